"""Drafts are edited, mappings named, interviews moved; receipts and paper say what is so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Text
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.foundation.ui.templatetags.ui import percent
from kazipot.needs import errors, operations, queries
from kazipot.needs.models import AnswerMapping
from kazipot.needs.operations import Scope
from kazipot.organisation import queries as people
from tests.factories import needs, organisation

AT = needs.moment(date(2026, 4, 10))

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(client: Client) -> Iterator[Client]:
    """The Service, which reads English here."""
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    client.cookies["language"] = "en"
    with override("en"):
        yield client


def filled_in(campaign: Any, **other: Any) -> dict[str, Any]:
    """What the form of a draft sends."""
    told = {name: "" if value is None else value for name, value in queries.draft_as_filled_in(campaign).items()}
    return {**told, **other}


def test_a_draft_is_changed_on_its_page(service: Client) -> None:
    campaign = needs.make_campaign(status="draft", asked={})
    unit = organisation.make_unit()
    page = service.get(f"/needs/campaigns/{campaign.pk}/edit/").text
    assert 'value="Needs 2026"' in page
    sent = filled_in(
        campaign, title_en="Changed", closes_on="2026-04-30", units=f"{unit.employer.code}/{unit.code}",
        sample_size="40", sample_by="kind", privacy="anonymous", reminders="5",
    )  # fmt: skip
    page = service.post(f"/needs/campaigns/{campaign.pk}/edit/", sent, follow=True).text
    assert "The draft has been changed." in page
    campaign.refresh_from_db()
    assert (campaign.title_en, campaign.closes_on, campaign.privacy) == ("Changed", date(2026, 4, 30), "anonymous")
    assert (campaign.sample_size, campaign.sample_by, campaign.reminder_days) == (40, "kind", [5])
    assert list(campaign.units.all()) == [unit]
    seed = campaign.sample_seed
    service.post(f"/needs/campaigns/{campaign.pk}/edit/", filled_in(campaign, title_en="Again"))
    campaign.refresh_from_db()
    assert (campaign.title_en, campaign.sample_seed) == ("Again", seed)


def test_an_open_campaign_is_not_changed(service: Client) -> None:
    campaign = needs.make_campaign()
    page = service.post(f"/needs/campaigns/{campaign.pk}/edit/", filled_in(campaign, title_en="No"), follow=True).text
    assert "it cannot be changed any more" in page
    with pytest.raises(errors.NotADraft):
        operations.change_draft(
            campaign_id=campaign.pk, year=2026, title_sl="N", title_en="N", framework_id=campaign.framework_id,
            opens_on=campaign.opens_on, closes_on=campaign.closes_on, scope=Scope(), at=AT, actor=None,
        )  # fmt: skip


def test_a_draft_keeps_to_the_framework_of_the_years_other_campaigns() -> None:
    needs.make_campaign()
    draft = needs.make_campaign(2025, status="draft")
    with pytest.raises(errors.AnotherFrameworkThisYear):
        operations.change_draft(
            campaign_id=draft.pk, year=2026, title_sl="N", title_en="N", framework_id=draft.framework_id,
            opens_on=date(2026, 5, 1), closes_on=date(2026, 5, 30), scope=Scope(), at=AT, actor=None,
        )  # fmt: skip


def test_mappings_are_listed_renamed_and_deleted(service: Client) -> None:
    questionnaire = needs.make_version().questionnaire
    first, second = (
        AnswerMapping.objects.create(name=name, questionnaire=questionnaire, kind="1ka", content={}, made_at=AT)
        for name in ("Spring", "Autumn")
    )
    assert service.get("/needs/mappings/").text.index("Autumn") < service.get("/needs/mappings/").text.index("Spring")
    taken = service.post(f"/needs/mappings/{first.pk}/rename/", {"name": "Autumn"})
    assert taken.status_code == 422
    service.post(f"/needs/mappings/{first.pk}/rename/", {"name": "Spring 2026"})
    service.post(f"/needs/mappings/{second.pk}/delete/")
    assert list(AnswerMapping.objects.values_list("name", flat=True)) == ["Spring 2026"]
    assert service.post(f"/needs/mappings/{second.pk}/delete/").status_code == 404


def test_an_interview_is_rescheduled_and_the_head_is_told() -> None:
    unit = organisation.make_unit()
    head = organisation.make_user(person=organisation.make_person(email="vodja@example.si"))
    organisation.grant(head, Role.HEAD, unit.employer, unit)
    plan = operations.plan_interview(
        unit_id=unit.pk, starts_at=AT + timedelta(days=7), minutes=60, place="Soba 2", form="group", people=4,
        language="sl", contact="Maja", at=AT, actor=None,
    )  # fmt: skip
    operations.reschedule_interview(
        plan_id=plan.pk, starts_at=AT + timedelta(days=9), minutes=45, place="Soba 3", at=AT, actor=None
    )
    plan.refresh_from_db()
    assert (plan.starts_at, plan.minutes, plan.place) == (AT + timedelta(days=9), 45, "Soba 3")
    [mail] = OutgoingMessage.objects.all()
    assert "Soba 3" in mail.body
    with pytest.raises(errors.InterviewInThePast):
        operations.reschedule_interview(plan_id=plan.pk, starts_at=AT, minutes=45, place="X", at=AT, actor=None)
    operations.cancel_interview(plan_id=plan.pk, reason="Bolezen", at=AT, actor=None)
    with pytest.raises(errors.InterviewIsOver):
        operations.reschedule_interview(
            plan_id=plan.pk, starts_at=AT + timedelta(days=9), minutes=45, place="X", at=AT, actor=None
        )


def test_a_receipt_after_the_last_day_speaks_of_the_past(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-20"
    needs.make_response(needs.make_invitation(needs.make_campaign(), token="secret"))
    client.cookies["language"] = "en"
    assert "Answers are collected until 31 March 2026." in client.get("/needs/answer/secret/receipt/").text
    settings.KAZIPOT_TODAY = "2026-04-01"
    assert "Answers were collected until 31 March 2026." in client.get("/needs/answer/secret/receipt/").text


def test_a_label_that_ends_with_a_full_stop_gets_no_colon(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-20"
    unit = organisation.make_unit()
    person = people.person_of_user(organisation.sign_in(client, Role.EMPLOYEE, unit.employer, unit))
    response = needs.make_response(needs.make_invitation(needs.make_campaign(), person=person, unit=unit))
    client.cookies["language"] = "en"
    page = client.post(f"/needs/own/{response.invitation_id}/?part=delete", {}).text
    assert "for good.</a> This field is required." in page


CONDITIONS = {
    "": "",
    "selected(${way}, '1')": "Answer only if you chose “level 1” at “Way”.",
    "${way} = '2'": "Answer only if you chose “level 2” at “Way”.",
    "not(selected(${way}, '1')) and ${way} != ''": (
        "Answer only if you did not choose “level 1” at “Way” and you answered “Way”."
    ),
    "${age} >= 18 or ${age} < 3": (
        "Answer only if the answer to “Age” is at least 18 or the answer to “Age” is less than 3."
    ),
    "${age} + 1 > 3": "Answer only if this holds: ${age} + 1 > 3",
}


@pytest.mark.parametrize(("relevant", "told"), CONDITIONS.items())
def test_a_condition_is_told_in_words(relevant: str, told: str) -> None:
    levels = tuple(Choice(str(number), Text(f"raven {number}", f"level {number}")) for number in range(3))
    way = Item("way", Kind.ONE, Text("Način", "Way"), choices="levels")
    age = Item("age", Kind.INTEGER, Text("Starost", "Age"))
    asked = replace(
        needs.small_questionnaire(), pages=(Page("other", Text("Drugo", "Other"), (way, age)),),
        choice_lists={"levels": levels},
    )  # fmt: skip
    with override("en"):
        assert queries.condition_in_words(asked, relevant, "en") == told


def test_paper_shows_conditional_pages_and_questions_with_their_condition(service: Client) -> None:
    needs.make_framework(code="DigComp", version="3.0")
    base = needs.small_questionnaire()
    way = Item("way", Kind.ONE, Text("Način", "Way"), choices="levels")
    why = Item("why", Kind.TEXT, Text("Zakaj", "Why"))
    where = Item("where", Kind.TEXT, Text("Kje", "Where"), relevant="${way} = '1'")
    pages = (
        *base.pages,
        Page("other", Text("Drugo", "Other"), (way, where)),
        Page("more", Text("Še več", "Even more"), (why,), relevant="${way} = '2'"),
    )  # fmt: skip
    version = needs.make_version(replace(base, key="paper", pages=pages))
    page = service.get(f"/needs/questionnaires/{version.pk}/paper/").text
    assert "Answer only if you chose “level 1” at “Way”." in page
    assert "Even more" in page
    assert "Answer only if you chose “level 2” at “Way”." in page


def test_response_rate_is_rounded_once() -> None:
    with override("en"):
        told = percent(queries.response_rate({"invited": 299, "answered": 193, "rate": 0.6455}))
    assert told == "64.5%"
    assert queries.response_rate({"invited": 0, "answered": 0, "rate": None}) is None


def test_head_is_not_told_to_do_what_the_service_does(client: Client) -> None:
    campaign = needs.make_campaign(opens_on=date(2026, 3, 1), closes_on=date(2099, 12, 31))
    unit = organisation.make_unit()
    needs.make_invitation(campaign, unit=unit)
    client.cookies["language"] = "sl"
    organisation.sign_in(client, Role.HEAD, unit.employer, unit)
    page = client.get(f"/needs/campaigns/{campaign.pk}/").text
    assert "Spodbudite ljudi, naj odgovorijo" in page
    assert "Natisnite listke" not in page
