"""Registers the hiring room with Django."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "kazipot.hiring"
    label = "hiring"
    default_auto_field = "django.db.models.BigAutoField"
