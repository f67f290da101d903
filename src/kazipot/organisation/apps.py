"""Registers the organisation room with Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "kazipot.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
