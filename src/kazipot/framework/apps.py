"""Registers the framework room with Django."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "kazipot.framework"
    label = "framework"
    default_auto_field = "django.db.models.BigAutoField"
