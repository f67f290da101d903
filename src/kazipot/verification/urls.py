"""Addresses of M5."""

from django.urls import path

from kazipot.verification.views import duties, entering, item_writing, items, results, sitting, talks

app_name = "verification"
urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("offer/", duties.offer, name="offer"),
    path("results/new/", results.record, name="record"),
    path("results/import/", results.import_, name="import"),
    path("results/annul/", results.annul, name="annul"),
    path("own/", duties.own, name="own"),
    path("test/", sitting.test, name="test"),
    path("practice/", sitting.practice, name="practice"),
    path("tests/", sitting.sittings, name="sittings"),
    path("tests/<int:sitting_id>/", sitting.sitting, name="sitting"),
    path("enter/", entering.enter, name="enter"),
    path("link/<str:token>/", entering.link, name="link"),
    path("leave/", entering.leave, name="leave"),
    path("here/", sitting.here_test, name="here-test"),
    path("here/practice/", sitting.here_practice, name="here-practice"),
    path("here/tests/<int:sitting_id>/", sitting.here_sitting, name="here-sitting"),
    path("talks/", talks.talks, name="talks"),
    path("talks/<int:talk_id>/", talks.talk, name="talk"),
    path("items/", items.items, name="items"),
    path("items/new/", item_writing.new, name="new-item"),
    path("items/text/", item_writing.new_from_text, name="new-items"),
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
