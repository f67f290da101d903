"""Registers credentials with Django."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "kazipot.foundation.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"
