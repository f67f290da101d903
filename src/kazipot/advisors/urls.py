"""Addresses of the advisors room."""

from django.urls import URLPattern

app_name = "advisors"
urlpatterns: list[URLPattern] = []
