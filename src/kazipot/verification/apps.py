"""Registers the verification room with Django."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "kazipot.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"
