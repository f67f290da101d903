"""Addresses of M5."""

from django.urls import path

from kazipot.verification.views import certificates, duties, item_exchange, item_writing, items, lessons, results

app_name = "verification"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("offer/", duties.offer, name="offer"),
    path("results/new/", results.record, name="record"),
    path("results/import/", results.import_, name="import"),
    path("results/annul/", results.annul, name="annul"),
    path("own/", duties.own, name="own"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<slug:area>/", lessons.lesson, name="lesson"),
    path("own/certificates/", certificates.certificates, name="certificates"),
    path("own/certificates/of/<int:verification_id>/", certificates.issue, name="issue-certificate"),
    path("own/certificates/<int:certificate_id>.pdf", certificates.pdf, name="certificate-pdf"),
    path("own/certificates/<int:certificate_id>.json", certificates.badge, name="certificate-badge"),
    path("items/", items.items, name="items"),
    path("items/new/", item_writing.new, name="new-item"),
    path("items/text/", item_writing.new_from_text, name="new-items"),
    path("items/import/", item_exchange.import_, name="import-items"),
    path("items/export/", item_exchange.export, name="export-items"),
    path("items/calibration/", items.calibration, name="take-calibration"),
    path("items/blueprint/", items.blueprint, name="blueprint"),
    path("items/pictures/", item_writing.add_picture, name="add-item-picture"),
    path("items/pictures/<str:name>", items.picture, name="item-picture"),
    path("items/<int:version_id>/", items.item, name="item"),
    path("items/<int:version_id>/edit/", item_writing.edit, name="edit-item"),
    path("items/<int:version_id>/text/", item_writing.edit_text, name="edit-item-text"),
    path("items/<int:version_id>/submit/", item_writing.submit, name="submit-item"),
    path("items/<int:version_id>/review/", item_writing.review, name="review-item"),
    path("items/<int:version_id>/version/", item_writing.new_version, name="new-item-version"),
    path("items/<int:version_id>/<slug:step>/", items.step, name="item-step"),
]
