"""Registers the roof with Django."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "kazipot.project"
    label = "project"
