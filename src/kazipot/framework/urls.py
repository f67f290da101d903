"""Addresses of competence frameworks."""

from django.urls import path

from kazipot.framework import views

app_name = "framework"
VERSION = "<str:code>/<str:version>/"
urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("import/", views.import_, name="import"),
    path(VERSION, views.framework, name="framework"),
    path(f"{VERSION}activate/", views.activate, name="activate"),
    path(f"{VERSION}beside/<str:other>/", views.crosswalk, name="crosswalk"),
    path(f"{VERSION}competences/<str:competence_code>/", views.competence, name="competence"),
]
