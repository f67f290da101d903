"""Addresses of credentials, all public."""

from django.urls import path

from kazipot.foundation.credentials import views

app_name = "credentials"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("issuer", views.issuer, name="issuer"),
    path("status/<int:number>", views.status, name="status"),
    path("<slug:code>/", views.check, name="check"),
]
