"""Addresses of the organisation."""

from django.urls import path

from kazipot.organisation import views

app_name = "organisation"
urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<str:employer_code>/<str:unit_code>/", views.unit, name="unit"),
    path("units/<str:employer_code>/<str:unit_code>/move/", views.move_unit, name="move-unit"),
    path("people/", views.people, name="people"),
    path("people/import/", views.import_, name="import"),
    path("audit/", views.audit_trail, name="audit"),
]
