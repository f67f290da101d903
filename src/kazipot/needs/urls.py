"""Addresses of the needs room."""

from django.urls import URLPattern

app_name = "needs"
urlpatterns: list[URLPattern] = []
