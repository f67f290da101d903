"""Addresses of M5."""

from django.urls import path

from kazipot.verification import views

app_name = "verification"
urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("own/", views.own, name="own"),
]
