"""Addresses of M5."""

from django.urls import path

from kazipot.verification.views import duties, results

app_name = "verification"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("offer/", duties.offer, name="offer"),
    path("results/new/", results.record, name="record"),
    path("results/import/", results.import_, name="import"),
    path("results/annul/", results.annul, name="annul"),
    path("own/", duties.own, name="own"),
]
