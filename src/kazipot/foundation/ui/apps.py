"""Registers the look with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kazipot.foundation.ui"
    label = "ui"
