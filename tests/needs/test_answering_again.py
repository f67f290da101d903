"""A person may change their answers until the campaign closes; the earlier ones stay until the new ones are sent."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.core.survey.stated_need import Answered
from kazipot.needs import operations
from kazipot.needs.errors import AlreadyAnswered, AnalysisIsPublished, AnsweringIsOver
from kazipot.needs.models import Answer, Invitation, Response, StatedNeed
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 11, 9, tzinfo=UTC)
ADDRESS = "/needs/answer/secret/"


@pytest.fixture
def invitation(settings: Any) -> Invitation:
    """An invitation about one competence, answered: own 1, needed 2, training wanted."""
    settings.KAZIPOT_TODAY = "2026-03-10"
    campaign = needs.make_campaign(framework=needs.make_framework(1, 1))
    found = needs.make_invitation(campaign, token="secret")
    send(found, Answered(1, 2, True), NOW)
    return found


def send(invitation: Invitation, said: Answered, at: datetime) -> Response:
    competence = needs.competences_of(invitation.campaign.framework)[0].pk
    return operations.submit_response(invitation_id=invitation.pk, answers={competence: said}, at=at)


def again(invitation: Invitation, *, show: bool = False, at: datetime = LATER) -> Invitation:
    return operations.answer_again(invitation_id=invitation.pk, show_earlier=show, at=at)


def answers() -> list[tuple[int, int, bool]]:
    return list(Answer.objects.values_list("own_level", "needed_level", "wants_training"))


def test_new_answers_take_the_place_of_the_earlier_ones(invitation: Invitation) -> None:
    again(invitation)
    assert answers() == [(1, 2, True)]
    response = send(invitation, Answered(0, 3, True), LATER)
    assert answers() == [(0, 3, True)]
    assert list(StatedNeed.objects.values_list("from_level", "to_level")) == [(0, 3)]
    assert Response.objects.get() == response
    response.refresh_from_db()
    assert (response.submitted_at, response.changed_at) == (NOW, LATER)


def test_answers_are_not_sent_twice_without_asking(invitation: Invitation) -> None:
    again(invitation)
    send(invitation, Answered(0, 3, True), LATER)
    with pytest.raises(AlreadyAnswered):
        send(invitation, Answered(4, 4, False), LATER)
    assert answers() == [(0, 3, True)]


def test_who_keeps_the_earlier_answers_loses_only_the_draft(invitation: Invitation) -> None:
    again(invitation, show=True)
    operations.keep_answers(invitation_id=invitation.pk)
    invitation.refresh_from_db()
    assert (invitation.answering_again, invitation.draft, answers()) == (False, {}, [(1, 2, True)])


def test_change_ends_with_the_last_day(invitation: Invitation) -> None:
    again(invitation, at=datetime(2026, 3, 31, 21, 59, tzinfo=UTC))  # the last minute of the day in Ljubljana
    send(invitation, Answered(0, 3, True), datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC))
    with pytest.raises(AnsweringIsOver):
        again(invitation, at=datetime(2026, 3, 31, 22, 0, tzinfo=UTC))


def test_closing_keeps_the_earlier_answers_of_who_has_not_sent_new_ones(invitation: Invitation) -> None:
    again(invitation, show=True)
    operations.close_campaign(campaign_id=invitation.campaign_id, at=LATER, actor=None)
    invitation.refresh_from_db()
    assert (invitation.answering_again, invitation.draft, answers()) == (False, {}, [(1, 2, True)])
    with pytest.raises(AlreadyAnswered):
        send(invitation, Answered(0, 3, True), LATER)


def test_published_answers_are_not_changed(invitation: Invitation) -> None:
    needs.make_analysis(2026, published_on=date(2026, 3, 11))
    with pytest.raises(AnalysisIsPublished):
        again(invitation, at=datetime(2026, 3, 12, 9, tzinfo=UTC))


def test_link_changes_answers_without_showing_the_earlier_ones(client: Client, invitation: Invitation) -> None:
    assert "Spremeni odgovore" in client.get(ADDRESS).text
    begun = client.post(ADDRESS, {"step": "again"}, follow=True)
    assert "Odgovore spreminjate" in begun.text
    invitation.refresh_from_db()
    assert invitation.draft == {}
    competence = needs.competences_of(invitation.campaign.framework)[0].pk
    sent = {f"own_level-{competence}": 2, f"needed_level-{competence}": 2, "step": "next"}
    client.post(f"{ADDRESS}?part=1", sent)
    assert answers() == [(1, 2, True)]
    assert client.post(f"{ADDRESS}?part=review").headers["Location"] == f"{ADDRESS}receipt/"
    assert answers() == [(2, 2, False)]
    assert not StatedNeed.objects.exists()


def test_person_signed_in_begins_with_the_earlier_answers(client: Client, invitation: Invitation) -> None:
    user = organisation.make_user("ana", invitation.person)
    client.force_login(user)
    address = f"/needs/own/{invitation.pk}/"
    assert "Spremeni odgovore" in client.get(f"{address}receipt/").text
    client.post(address, {"step": "again"})
    invitation.refresh_from_db()
    competence = needs.competences_of(invitation.campaign.framework)[0].pk
    assert invitation.draft == {
        f"own_level-{competence}": "1",
        f"needed_level-{competence}": "2",
        f"wants_training-{competence}": True,
    }
    assert "Obdrži prejšnje odgovore" in client.get(address).text
    client.post(address, {"step": "keep"})
    assert "Vaše odgovore smo prejeli" in client.get(address).text
