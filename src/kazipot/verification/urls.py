"""Addresses of M5."""

from django.urls import path

from kazipot.verification.views import certificates, duties, results

app_name = "verification"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("offer/", duties.offer, name="offer"),
    path("results/new/", results.record, name="record"),
    path("results/import/", results.import_, name="import"),
    path("results/annul/", results.annul, name="annul"),
    path("own/", duties.own, name="own"),
    path("own/certificates/", certificates.certificates, name="certificates"),
    path("own/certificates/of/<int:verification_id>/", certificates.issue, name="issue-certificate"),
    path("own/certificates/<int:certificate_id>.pdf", certificates.pdf, name="certificate-pdf"),
    path("own/certificates/<int:certificate_id>.json", certificates.badge, name="certificate-badge"),
]
