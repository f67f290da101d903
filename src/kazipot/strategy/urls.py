"""Addresses of the count. The public page itself is mounted at the root by project/urls."""

from django.urls import path

from kazipot.strategy import views
from kazipot.strategy.views import ledger

app_name = "strategy"
urlpatterns = [
    path("indicators.json", views.open_data, name="open-data"),
    path("public/<str:indicator_id>/chart.svg", views.public_chart, name="public-chart"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/snapshots/", views.take_snapshots, name="take-snapshots"),
    path("indicators/export/<str:form>/", views.export, name="export"),
    path("indicators/context/skilled/", views.skilled, name="skilled"),
    path("indicators/<str:indicator_id>/", views.indicator, name="indicator"),
    path("indicators/<str:indicator_id>/evidence/", views.evidence, name="evidence"),
    path("indicators/<str:indicator_id>/ledger/", ledger.ledger, name="ledger"),
    path("indicators/<str:indicator_id>/ledger.csv", ledger.ledger_file, name="ledger-file"),
    path("indicators/<str:indicator_id>/chart.svg", views.chart, name="chart"),
]
