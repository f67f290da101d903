"""A person's own answers: last year's offered again, shown at the end, and deleted when they ask."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.core.survey.questionnaire import Choice, Text
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.models import AuditEvent, WrongCode
from kazipot.needs import errors, operations, queries
from kazipot.needs.models import Answer, DeletedAnswers, Invitation, ItemAnswer, Response, StatedNeed
from tests.factories import needs, organisation

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
ADDRESS = "/needs/answer/secret/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"


@pytest.fixture
def invitation() -> Invitation:
    """Somebody who answered in 2025 and is asked again."""
    framework = needs.make_framework(areas=1, competences=2)
    first = needs.competences_of(framework)[0]
    unit, person = organisation.make_unit(), organisation.make_person()
    organisation.make_employment(person=person, unit=unit, number="000777")
    before = needs.make_invitation(needs.make_campaign(2025, framework, status="closed"), person, unit)
    needs.make_response(before, {first.pk: Answered(2, 3, True)})
    return needs.make_invitation(needs.make_campaign(2026, framework), person, unit, token="secret")


def test_earlier_answers_are_those_asked_in_the_same_words(invitation: Invitation) -> None:
    first, second = needs.competences_of(invitation.campaign.framework)
    earlier = queries.earlier_answers(invitation)
    assert earlier is not None
    assert earlier.year == 2025
    assert earlier.answers == {
        f"own_level-{first.pk}": "2", f"needed_level-{first.pk}": "3", f"wants_training-{first.pk}": True,
        f"own_level-{second.pk}": "1", f"needed_level-{second.pk}": "2",
    }  # fmt: skip


def test_earlier_answers_leave_out_what_is_asked_in_other_words(invitation: Invitation) -> None:
    small = needs.small_questionnaire()
    levels = (*small.choice_lists["levels"][:4], Choice("4", Text("vodim", "I lead")))
    version = operations.draft_questionnaire(
        definition=type(small)(small.key, small.title, small.pages, {"levels": levels}), note="n", at=AT, actor=None
    )
    assert (version.number, version.reworded) == (2, ["own_level", "needed_level"])
    invitation.campaign.questionnaire = operations.approve_questionnaire(version_id=version.pk, at=AT, actor=None)
    invitation.campaign.save()
    earlier = queries.earlier_answers(Invitation.objects.get(pk=invitation.pk))
    assert earlier is not None
    assert {name.partition("-")[0] for name in earlier.answers} == {"wants_training"}, "levels are another question now"


def test_link_shows_last_year_only_to_who_knows_the_personnel_number(client: Client, invitation: Invitation) -> None:
    client.cookies["language"] = "en"
    start = client.get(ADDRESS).text
    assert "You answered in 2025 too." in start
    wrong = client.post(f"{ADDRESS}?part=earlier", {"number": "123"})
    assert (wrong.status_code, WrongCode.objects.count()) == (422, 1)
    assert "This is not the number that we know." in wrong.text
    assert Invitation.objects.get(pk=invitation.pk).draft == {}
    right = client.post(f"{ADDRESS}?part=earlier", {"number": " 000777 "})
    assert right.headers["Location"] == f"{ADDRESS}?part=review"
    sent = client.post(f"{ADDRESS}?part=review", follow=True)
    assert "Thank you, we have your answers" in sent.text
    assert list(Answer.objects.filter(response__invitation=invitation).values_list("own_level", flat=True)) == [2, 1]
    assert "In 2025" in sent.text


def test_person_signed_in_starts_from_last_year_at_once(client: Client, invitation: Invitation) -> None:
    client.force_login(organisation.make_user(person=invitation.person))
    address = f"/needs/own/{invitation.pk}/"
    assert client.post(f"{address}?part=earlier", {"number": "-"}).headers["Location"] == f"{address}?part=review"
    assert len(Invitation.objects.get(pk=invitation.pk).draft) == 5


def test_start_from_earlier_keeps_what_was_filled_in_already(invitation: Invitation) -> None:
    first = needs.competences_of(invitation.campaign.framework)[0]
    operations.save_draft(invitation_id=invitation.pk, answers={f"own_level-{first.pk}": "4"}, at=AT)
    operations.start_from_earlier(invitation_id=invitation.pk, at=AT)
    assert Invitation.objects.get(pk=invitation.pk).draft[f"own_level-{first.pk}"] == "4"


def test_answers_are_deleted_also_after_closing(client: Client, invitation: Invitation) -> None:
    client.cookies["language"] = "en"
    response = needs.make_response(invitation, default=Answered(1, 2, True))
    ItemAnswer.objects.create(response=response, key="other_wish", item_version=1, value="a wish")
    operations.close_campaign(campaign_id=invitation.campaign_id, at=AT, actor=None)
    assert "Have my answers deleted" in client.get(ADDRESS).text
    assert client.post(f"{ADDRESS}?part=delete", {}).status_code == 422
    deleted = client.post(f"{ADDRESS}?part=delete", {"sure": "on"}, follow=True)
    assert "Your answers have been deleted." in deleted.text
    mine = {"response__invitation": invitation}
    left = [model.objects.filter(**mine).count() for model in (Answer, StatedNeed, ItemAnswer)]  # type: ignore[attr-defined]
    assert (left, Response.objects.filter(invitation=invitation).exists()) == ([0, 0, 0], False)
    assert DeletedAnswers.objects.get().invitation_id == invitation.pk
    event = AuditEvent.objects.get(verb="needs.delete_answers")
    assert event.detail == {}


def test_deletion_takes_the_stated_need_away(invitation: Invitation) -> None:
    needs.make_response(invitation, default=Answered(1, 2, True))
    assert len(queries.need_facts(2026, date(2026, 3, 31))) == 1
    operations.delete_answers(invitation_id=invitation.pk, at=AT, actor=None)
    facts = queries.need_facts(2026, date(2026, 3, 31))
    assert [fact.person_id for fact in facts] == [invitation.person_id], "what was said in 2025 still stands"
    with pytest.raises(errors.NothingToDelete):
        operations.delete_answers(invitation_id=invitation.pk, at=AT, actor=None)


def test_new_version_after_few_deletions_shows_nothing_that_comparing_would_tell() -> None:
    framework = needs.make_framework(areas=1, competences=1)
    campaign = needs.make_campaign(2026, framework)
    unit, other = organisation.make_unit(), organisation.make_unit()
    invitations = [needs.make_invitation(campaign, unit=one) for one in (unit, other) for _ in range(8)]
    for row in invitations:
        needs.make_response(row)
    operations.publish_analysis(year=2026, at=AT, actor=None)
    operations.delete_answers(invitation_id=invitations[0].pk, at=datetime(2026, 3, 11, 9, tzinfo=UTC), actor=None)
    made = queries.make(2026, date(2026, 3, 31))
    assert made is not None
    assert all(group.figures is None for group in made.groups)
    for row in invitations[1:5]:
        operations.delete_answers(invitation_id=row.pk, at=datetime(2026, 3, 11, 9, tzinfo=UTC), actor=None)
    again = queries.make(2026, date(2026, 3, 31))
    assert again is not None
    shown = {group.key: group.people for group in again.groups if group.people}
    assert shown["whole"] == 11
    assert f"unit:{unit.pk}" not in shown, "three are left there"
