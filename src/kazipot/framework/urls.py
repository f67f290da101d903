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
    path(f"{VERSION}work/", views.profile_targets, name="profile-targets"),
    path(f"{VERSION}work/<str:profile_code>/", views.change_targets, name="change-targets"),
    path(f"{VERSION}beside/<str:other>/", views.crosswalk, name="crosswalk"),
    path(f"{VERSION}competences/<str:competence_code>/", views.competence, name="competence"),
]
