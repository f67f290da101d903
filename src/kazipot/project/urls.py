"""Addresses of the whole application."""

from django.urls import include, path

urlpatterns = [
    path("organisation/", include("kazipot.organisation.urls")),
    path("framework/", include("kazipot.framework.urls")),
    path("advisors/", include("kazipot.advisors.urls")),
    path("needs/", include("kazipot.needs.urls")),
    path("training/", include("kazipot.training.urls")),
    path("hiring/", include("kazipot.hiring.urls")),
    path("verification/", include("kazipot.verification.urls")),
    path("", include("kazipot.strategy.urls")),
]
