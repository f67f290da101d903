"""Addresses of M5."""

from django.urls import path

from kazipot.verification.views import duties, entering, results, sitting, talks

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
]
