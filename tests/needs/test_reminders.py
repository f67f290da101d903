"""Reminders: to whom, how often, until when; every link that was sent goes on working, and counts one answer."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.needs import operations, queries
from kazipot.needs.errors import AnsweringIsOver, NobodyToRemind, NotOpen
from kazipot.needs.models import Campaign, Invitation
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db
OPENED = datetime(2026, 3, 1, 8, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 8, tzinfo=UTC)


@pytest.fixture
def campaign() -> Campaign:
    return needs.make_campaign(opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31))


def invite(campaign: Campaign, email: str = "ana@example.si", **job: Any) -> Invitation:
    unit = organisation.make_unit()
    person = organisation.make_person(email=email)
    organisation.make_employment(person, unit, **job)
    return needs.make_invitation(campaign, person, unit, token=f"link-of-{person.pk}", invited_at=OPENED)


def remind(campaign: Campaign, at: datetime = LATER) -> int:
    return operations.remind(campaign_id=campaign.pk, at=at, actor=None)


def test_reminded_is_who_can_be_mailed_and_has_not_answered(campaign: Campaign) -> None:
    waiting = invite(campaign)
    needs.make_response(invite(campaign, "answered@example.si"))
    invite(campaign, "")
    invite(campaign, "left@example.si", valid_to=date(2026, 3, 5))
    assert remind(campaign) == 1
    mail = OutgoingMessage.objects.get()
    assert (mail.recipient, mail.subject) == (waiting.person.email, f"Vašega odgovora še nimamo: {campaign.title_sl}")
    assert "31.\u00a03.\u00a02026" in mail.body


def test_every_link_that_was_sent_opens_the_same_questionnaire(campaign: Campaign, client: Client) -> None:
    invitation = invite(campaign)
    for days in (0, 4):
        remind(campaign, LATER + timedelta(days=days))
    bodies = OutgoingMessage.objects.values_list("body", flat=True)
    tokens = [body.split("/needs/answer/")[1].split("/")[0] for body in bodies]
    assert len(set(tokens)) == 2
    for token in (*tokens, f"link-of-{invitation.person_id}"):
        assert queries.invitation_by_token(token) == invitation


def test_nobody_gets_two_mails_in_three_days(campaign: Campaign) -> None:
    invite(campaign)
    with pytest.raises(NobodyToRemind):
        remind(campaign, OPENED + timedelta(days=2))
    assert remind(campaign) == 1
    with pytest.raises(NobodyToRemind):
        remind(campaign, LATER + timedelta(days=2))
    assert remind(campaign, LATER + timedelta(days=3)) == 1


def test_only_an_open_campaign_reminds_and_only_until_its_last_day(campaign: Campaign) -> None:
    invite(campaign)
    with pytest.raises(AnsweringIsOver):
        remind(campaign, datetime(2026, 4, 1, 8, tzinfo=UTC))
    operations.close_campaign(campaign_id=campaign.pk, at=LATER, actor=None)
    with pytest.raises(NotOpen):
        remind(campaign)
    assert not OutgoingMessage.objects.exists()


def test_workers_remind_a_week_and_two_days_before_the_last_day_once(campaign: Campaign) -> None:
    invite(campaign)
    sent = {}
    for day in range(20, 32):
        at = datetime(2026, 3, day, 9, tzinfo=UTC)
        sent[day] = [operations.remind_due(at=at), operations.remind_due(at=at)]
    assert {day: numbers for day, numbers in sent.items() if any(numbers)} == {24: [1, 0], 29: [1, 0]}


def test_letter_ends_the_links_that_were_mailed_before(campaign: Campaign) -> None:
    invitation = invite(campaign)
    remind(campaign)
    token = OutgoingMessage.objects.get().body.split("/needs/answer/")[1].split("/")[0]
    person = invitation.person
    person.email = ""
    person.save()
    operations.renew_links(campaign_id=campaign.pk, employer_ids=[invitation.employer_id], at=LATER, actor=None)
    assert queries.invitation_by_token(token) is None


def test_service_reminds_with_a_button(campaign: Campaign, client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    invite(campaign)
    invite(campaign)
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    address = f"/needs/campaigns/{campaign.pk}/"
    assert "Opomni tiste, ki še niso odgovorili" in client.get(address).text
    assert "Opomnik dobita 2 osebi." in client.post(f"{address}remind/", follow=True).text
    assert "Opomnika ne potrebuje nihče" in client.post(f"{address}remind/", follow=True).text


def test_reminding_takes_as_many_queries_for_one_as_for_thirty(
    campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        invite(campaign)
    with django_assert_max_num_queries(15):
        assert remind(campaign) == 30
