"""A posting is drafted, checked, approved by somebody else and published through the gate."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework import queries as framework
from kazipot.framework.models import ProfileTarget
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.hiring import errors, operations, queries
from kazipot.hiring.choices import PostingStage
from kazipot.hiring.models import Override, Posting, PostingDemand
from tests.factories.hiring import AT, SELECTED, VAGUE, make_draft, make_published
from tests.factories.organisation import make_employer, make_profile, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def shipped(at: datetime) -> None:
    install_shipped_frameworks(at=at)


def demanded(posting: Posting) -> list[tuple[str, int, bool]]:
    rows = PostingDemand.objects.filter(posting=posting).order_by("competence__position")
    return list(rows.values_list("competence__code", "level", "required"))


def step(name: str, posting: Posting, **told: Any) -> Any:
    return getattr(operations, name)(posting_id=posting.pk, at=AT, **{"actor": None, **told})


def test_demands_follow_from_the_text_of_each_version() -> None:
    posting = make_draft(make_unit(), VAGUE)
    assert demanded(posting) == []
    operations.revise_text(posting_id=posting.pk, text=SELECTED, at=AT, actor=None)
    assert demanded(posting) == [("1.3", 2, True)]
    assert [(row.number, row.verdict) for row in queries.texts_of(posting.pk)] == [(2, "selected"), (1, "vague")]


def test_passages_are_the_text_itself_with_the_evidence_marked() -> None:
    posting = make_draft(make_unit())
    latest = queries.latest_text(posting.pk)
    assert latest is not None
    passages = queries.marked(latest)
    assert "".join(passage.text for passage in passages) == SELECTED
    assert [passage.code for passage in passages if passage.code] == ["1.3"] * sum(bool(p.code) for p in passages)
    assert any("preglednicami" in passage.text for passage in passages if passage.code)


def test_what_the_profile_needs_is_proposed_and_taken_over() -> None:
    profile = make_profile()
    active = framework.active_framework(MAY)
    assert active is not None
    ids = {item.code: item.id for item in framework.competences(active.pk)}
    for code, level in (("1.3", 2), ("4.1", 1)):
        ProfileTarget.objects.create(
            profile=profile, competence_id=ids[code], from_level=level, to_level=3, valid_from=date(2020, 1, 1)
        )
    posting = make_draft(make_unit(), profile_id=profile.pk)
    (found,) = queries.missing(posting, on=MAY)
    assert (found.code, found.shortfall) == ("4.1", "missing")
    operations.take_over_wording(posting_id=posting.pk, sentences=[found.wording], at=AT, actor=None)
    assert demanded(posting) == [("1.3", 2, True), ("4.1", 1, True)]
    assert queries.missing(posting, on=MAY) == []


def test_posting_goes_its_way_and_counts_once_published() -> None:
    posting = make_draft(make_unit())
    assert queries.posting_facts(date(2026, 1, 1), date(2026, 12, 31)) == []
    step("submit", posting), step("approve", posting)
    step("publish", posting, published_on=MAY, closes_on=date(2026, 5, 15))
    (fact,) = queries.posting_facts(date(2026, 1, 1), date(2026, 12, 31))
    assert (fact.posting_id, fact.demands) == (posting.pk, 1)


def test_nobody_approves_what_they_wrote() -> None:
    author = make_user()
    posting = make_draft(make_unit(), author=author)
    step("submit", posting, actor=author)
    with pytest.raises(errors.ApprovedByTheAuthor):
        step("approve", posting, actor=author)


def test_text_of_a_submitted_posting_is_fixed_until_it_is_sent_back() -> None:
    posting = make_draft(make_unit())
    step("submit", posting)
    with pytest.raises(errors.NotADraft):
        operations.revise_text(posting_id=posting.pk, text="Drugo besedilo.", at=AT, actor=None)
    step("send_back", posting, because="dodajte raven")
    posting.refresh_from_db()
    assert (posting.stage, posting.returned_because) == (PostingStage.DRAFT, "dodajte raven")


@pytest.mark.parametrize("text", [VAGUE, "Pogoji: osnovna šola.", "Zaželeno je znanje programa Excel."])
def test_gate_stops_a_posting_without_selected_requirements(text: str) -> None:
    posting = make_draft(make_unit(), text)
    step("submit", posting), step("approve", posting)
    with pytest.raises(errors.GateClosed):
        step("publish", posting, published_on=MAY, closes_on=MAY)
    posting.refresh_from_db()
    assert (posting.stage, posting.published_on) == (PostingStage.APPROVED, None)


def test_gate_is_for_the_city_administration() -> None:
    unit = make_unit(employer=make_employer(code="JHL", kind="public_company"))
    posting = make_published(unit, text=VAGUE)
    assert posting.stage == PostingStage.PUBLISHED


def test_override_opens_the_gate_and_is_counted() -> None:
    posting = make_draft(make_unit(), VAGUE)
    step("submit", posting), step("approve", posting)
    step("override_gate", posting, reason="nujna zaposlitev")
    step("publish", posting, published_on=MAY, closes_on=MAY)
    (found,) = queries.overrides(date(2026, 1, 1), date(2026, 12, 31))
    assert (found.posting_id, found.reason) == (posting.pk, "nujna zaposlitev")
    (fact,) = queries.posting_facts(date(2026, 1, 1), date(2026, 12, 31))
    assert fact.demands == 0


def test_override_of_an_open_gate_is_refused() -> None:
    posting = make_draft(make_unit())
    step("submit", posting)
    with pytest.raises(errors.OverrideNotNeeded):
        step("override_gate", posting, reason="x")
    assert not Override.objects.exists()


def test_empty_text_is_refused() -> None:
    with pytest.raises(errors.NothingRead):
        make_draft(make_unit(), "  \n ")
    assert not Posting.objects.exists()


def test_hr_drafts_head_approves_hr_publishes_on_pages(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-02"
    unit = make_unit()
    hr, head = Client(), Client()
    sign_in(hr, Role.HR, unit.employer)
    sign_in(head, Role.HEAD, unit.employer, unit)
    told = {"unit": unit.pk, "reference": "110-9/2026", "title": "Vrtnar", "kind": "posting", "text": VAGUE}
    assert hr.post(reverse("hiring:new-draft"), told).status_code == 302
    posting = Posting.objects.get()
    page = reverse("hiring:posting", args=[posting.pk])
    assert "ni mogoče objaviti" in hr.get(page).text
    assert hr.post(reverse("hiring:revise", args=[posting.pk]), {"text": SELECTED}).status_code == 302
    assert "<mark" in hr.get(page).text
    for client, name in ((hr, "submit"), (head, "approve")):
        assert client.post(reverse(f"hiring:{name}", args=[posting.pk])).status_code == 302
    days = {"published_on": "2026-05-02", "closes_on": "2026-05-16"}
    assert hr.post(reverse("hiring:publish", args=[posting.pk]), days).status_code == 302
    posting.refresh_from_db()
    assert (posting.stage, posting.published_on) == (PostingStage.PUBLISHED, date(2026, 5, 2))
