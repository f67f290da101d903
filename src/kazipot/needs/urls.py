"""Addresses of M2."""

from django.urls import path

from kazipot.needs.views import answering

app_name = "needs"
urlpatterns = [
    path("answer/<str:token>/", answering.answer, name="answer"),
]
