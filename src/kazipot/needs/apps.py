"""Registers the needs room with Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "kazipot.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
