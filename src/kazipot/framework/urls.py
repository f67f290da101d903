"""Addresses of competence frameworks."""

from django.urls import path

from kazipot.framework import views

app_name = "framework"
urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("<str:code>/<str:version>/", views.framework, name="framework"),
]
