"""Registers the advisors room with Django."""

from django.apps import AppConfig


class AdvisorsConfig(AppConfig):
    name = "kazipot.advisors"
    label = "advisors"
    default_auto_field = "django.db.models.BigAutoField"
