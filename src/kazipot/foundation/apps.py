"""Registers the ground floor with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "kazipot.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
