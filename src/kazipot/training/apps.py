"""Registers the training room with Django."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "kazipot.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
