"""Addresses of M1."""

from django.urls import path

from kazipot.advisors import views

app_name = "advisors"
urlpatterns = [
    path("", views.units, name="units"),
    path("units/<str:employer_code>/<str:unit_code>/", views.unit, name="unit"),
    path("units/<str:employer_code>/<str:unit_code>/appoint/", views.appoint, name="appoint"),
    path("appointments/<int:appointment_id>/end/", views.end, name="end"),
    path("appointments/<int:appointment_id>/replace/", views.replace, name="replace"),
]
