"""Addresses of M3."""

from django.urls import path

from kazipot.training import views

app_name = "training"
urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("sessions/<int:session_id>/offer-seats/", views.offer_seats, name="offer-seats"),
    path("sessions/<int:session_id>/attendance/", views.attendance, name="attendance"),
    path("sessions/<int:session_id>/cancel/", views.cancel, name="cancel"),
    path("offer/<str:token>/", views.offer, name="offer"),
    path("own/", views.own, name="own"),
    path("own/<int:offer_id>/answer/", views.answer, name="answer"),
]
