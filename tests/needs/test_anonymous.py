"""An anonymous survey: whoever reads the whole database can't tell whose an answer is, while it runs and later."""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kazipot.foundation import sealing
from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import secret_of
from kazipot.needs import errors, operations, queries
from kazipot.needs.models import AnonymousAnswers, Campaign, Invitation, Response, SealedAnswers
from tests.factories import needs, organisation

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"


def opened(people: dict[str, int]) -> tuple[Campaign, list[operations.Link]]:
    """An anonymous campaign of units with so many people, open since the 2nd of March."""
    for code, number in people.items():
        unit = organisation.make_unit(code=code)
        for _ in range(number):
            organisation.make_employment(unit=unit)
    campaign = operations.draft_campaign(
        year=2026, title_sl="P", title_en="N", framework_id=needs.make_framework().pk, opens_on=date(2026, 3, 2),
        closes_on=date(2026, 3, 31), questionnaire_id=needs.make_version().pk, privacy="anonymous", at=AT, actor=None,
    )  # fmt: skip
    links = operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    campaign.refresh_from_db()
    return campaign, links


def answers_of(campaign: Campaign, number: int) -> dict[str, Any]:
    """Answers that are one person's alone: their levels spell the number to base five."""
    found: dict[str, Any] = {}
    for place, row in enumerate(needs.competences_of(campaign.framework)):
        found[f"own_level-{row.pk}"] = str(number // 5**place % 5)
        found[f"needed_level-{row.pk}"] = "4"
    return found


def answer(campaign: Campaign, link: operations.Link, number: int, minutes: int = 0) -> None:
    """Everything in one page, then sent, the way a link does it."""
    key = queries.draft_key(secret_of(link.token))
    at = AT + timedelta(minutes=minutes)
    operations.save_draft(invitation_id=link.invitation_id, answers=answers_of(campaign, number), at=at, key=key)
    operations.send_answers(invitation_id=link.invitation_id, at=at, key=key)


def whole_database() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as an intruder with a copy of the database reads it, in the order in which it lies."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY {order}')
            columns = [column[0] for column in cursor.description]
            found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def texts_of(database: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Every text that stands anywhere, and every text inside JSON."""
    found: set[str] = set()
    for rows in database.values():
        for row in rows:
            for value in row.values():
                if isinstance(value, str) and len(value) < 2_000:
                    found.add(value)
                    found |= {piece.strip('"') for piece in value.replace(":", ",").split(",")}
    return {text for text in found if text}


def test_open_survey_is_sealed_against_a_reader_of_the_whole_database() -> None:
    campaign, links = opened({"A": 6, "B": 7})
    for number, link in enumerate(links):
        answer(campaign, link, number, minutes=number)
    half = links[0].invitation_id
    database = whole_database()
    boxes = database["needs_sealedanswers"]
    assert len(boxes) == 13
    assert {column for box in boxes for column in box} == {"id", "campaign_id", "content"}
    assert {len(box["content"]) for box in boxes} == {sealing.PADDED_TO + 28}
    for text in texts_of(database):
        for key in (queries.draft_key(text), sealing.key_from(text, "needs.campaign"), text.encode()[:32].ljust(32)):
            with pytest.raises(sealing.CannotUnseal):
                sealing.unseal(bytes(boxes[0]["content"]), key)
    assert Invitation.objects.get(pk=half).draft == {}
    assert not Response.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="needs.submit").exists()


def test_closed_survey_cannot_be_joined_by_key_order_or_moment() -> None:
    campaign, links = opened({"A": 14, "B": 11, "C": 3})
    shuffled = list(links)
    Random(5).shuffle(shuffled)
    told = {}
    for number, link in enumerate(shuffled):
        answer(campaign, link, number, minutes=number)
        told[link.invitation_id] = answers_of(campaign, number)
    operations.close_campaign(campaign_id=campaign.pk, at=AT + timedelta(days=1), actor=None)
    database = whole_database()
    people = [row for row in database["needs_invitation"] if row["took_part"]]
    answers = database["needs_anonymousanswers"]
    assert len(people) == len(answers) == 28
    assert (database["needs_sealedanswers"], Campaign.objects.get().sealing_key) == ([], "")
    shared = {"campaign_id", "unit_id", "id"}
    assert set(answers[0]) & set(people[0]) == shared, "nothing but the campaign and the unit is in both"
    assert not {str(row["id"]) for row in answers} & texts_of({"all": people})
    in_order = [json.loads(row["answers"]) if isinstance(row["answers"], str) else row["answers"] for row in answers]
    spoken = [told[link.invitation_id] for link in shuffled]
    by_id = [row for _id, row in sorted((str(row["id"]), index) for index, row in enumerate(answers))]
    for order in (in_order, [in_order[index] for index in by_id], in_order[::-1]):
        assert order != spoken
    for row in people:
        mine = [a for a, said in zip(answers, in_order, strict=True) if said == told[row["id"]]]
        (own,) = mine
        group = (own["unit_id"], own["kind"])
        alike = [other for other in answers if (other["unit_id"], other["kind"]) == group]
        assert len(alike) >= 5, "whoever took part hides among at least five answers"


def test_no_table_tells_when_somebody_answered() -> None:
    campaign, links = opened({"A": 6})
    before = whole_database()
    answer(campaign, links[0], 1, minutes=77)
    after = whole_database()
    changed = {
        table: [row for row in rows if row not in before[table]]
        for table, rows in after.items()
        if rows != before[table]
    }
    assert set(changed) == {"needs_invitation", "needs_sealedanswers"}
    moments = [str(AT + timedelta(minutes=77))[:16], (AT + timedelta(minutes=77)).isoformat()[:16]]
    assert not [row for rows in changed.values() for row in rows if any(moment in str(row) for moment in moments)]


def test_too_few_answers_are_dropped() -> None:
    campaign, links = opened({"A": 6})
    for number, link in enumerate(links[:4]):
        answer(campaign, link, number)
    operations.close_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    assert not AnonymousAnswers.objects.exists()
    assert not SealedAnswers.objects.exists()
    assert AuditEvent.objects.get(verb="needs.close").detail["dropped"] == 4


def test_an_answer_counts_once_and_is_neither_changed_nor_deleted() -> None:
    campaign, links = opened({"A": 6})
    answer(campaign, links[0], 1)
    with pytest.raises(errors.AlreadyAnswered):
        answer(campaign, links[0], 2)
    with pytest.raises(errors.NobodyKnowsWhose):
        operations.answer_again(invitation_id=links[0].invitation_id, show_earlier=True, at=AT)
    with pytest.raises(errors.NobodyKnowsWhose):
        operations.delete_answers(invitation_id=links[0].invitation_id, at=AT, actor=None)
    with pytest.raises(errors.NobodyKnowsWhose):
        operations.submit_response(invitation_id=links[1].invitation_id, answers={}, at=AT)
    assert SealedAnswers.objects.count() == 1


def test_draft_is_read_with_its_own_link_only() -> None:
    campaign, links = opened({"A": 6})
    key = queries.draft_key(secret_of(links[0].token))
    operations.save_draft(invitation_id=links[0].invitation_id, answers=answers_of(campaign, 3), at=AT, key=key)
    invitation = Invitation.objects.get(pk=links[0].invitation_id)
    assert set(invitation.draft) == {"sealed"}
    assert queries.draft_of(invitation, key) == answers_of(campaign, 3)
    other = queries.draft_key(secret_of(links[1].token))
    assert (queries.draft_of(invitation, other), queries.draft_of(invitation, None)) == ({}, {})


def test_everybody_is_asked_the_same() -> None:
    driver = organisation.make_profile()
    framework = needs.make_framework()
    first = needs.competences_of(framework)[0]
    asked = queries.asked_by_profile(needs.small_questionnaire(), framework, privacy="anonymous", on=AT.date())
    assert asked == {"": [row.pk for row in needs.competences_of(framework)]}
    assert str(driver.pk) not in asked
    assert first.pk in asked[""]


def test_pages_keep_the_promise(client: Client) -> None:
    client.cookies["language"] = "en"
    campaign, links = opened({"A": 6})
    address = f"/needs/answer/{links[0].token}/"
    start = client.get(address).text
    assert "This survey is anonymous." in start
    assert "Is it still true?" not in start
    sent = answers_of(campaign, 7)
    for page in (1, 2):
        client.post(f"{address}?part={page}", {**sent, "step": "next"})
    receipt = client.post(f"{address}?part=review", follow=True)
    assert receipt.redirect_chain[-1][0] == f"{address}receipt/"
    assert "nobody can find out which answers are yours" in receipt.text
    assert "Change my answers" not in receipt.text
    assert "needs.receipt" not in dict(client.session), "sessions lie in the database"
    assert SealedAnswers.objects.count() == 1


def test_code_typed_on_a_shared_device_keeps_its_key_in_the_browser(client: Client) -> None:
    campaign, links = opened({"A": 6})
    employer = Invitation.objects.get(pk=links[0].invitation_id).employer
    letters = operations.renew_links(campaign_id=campaign.pk, employer_ids=[employer.pk], at=AT, actor=None)
    client.post("/needs/enter/", {"code": letters[0].spaced_code.upper()})
    key = client.cookies["needs_draft"].value
    assert (client.cookies["needs_draft"]["httponly"], client.cookies["needs_draft"]["samesite"]) == (True, "Strict")
    assert key not in str(whole_database())
    for page in (1, 2):
        client.post(f"/needs/here/?part={page}", {**answers_of(campaign, 9), "step": "next"})
    assert client.post("/needs/here/?part=review").headers["Location"] == "/needs/here/receipt/"
    client.post("/needs/here/leave/")
    assert client.cookies["needs_draft"].value == ""
    assert SealedAnswers.objects.count() == 1


def test_account_alone_does_not_open_it(client: Client) -> None:
    client.cookies["language"] = "en"
    _campaign, links = opened({"A": 6})
    person = Invitation.objects.get(pk=links[0].invitation_id).person
    client.force_login(organisation.make_user(person=person))
    assert "Open the link from your invitation" in client.get(f"/needs/own/{links[0].invitation_id}/").text


def test_analysis_counts_anonymous_answers_in_their_groups(client: Client) -> None:
    campaign, links = opened({"A": 6, "B": 7, "C": 2})
    for number, link in enumerate(links):
        answer(campaign, link, number)
    assert queries.make(2026, date(2026, 3, 31)).groups[0].people is None  # type: ignore[union-attr]
    operations.close_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    made = queries.make(2026, date(2026, 3, 31))
    assert made is not None
    assert made.groups[0].people == 15
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    assert client.get(f"/needs/campaigns/{campaign.pk}/").status_code == 200
    assert queries.rates([campaign.pk])[campaign.pk].answered == 15
