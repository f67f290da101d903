"""Operations of M2."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections
from django.utils import translation

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.models import AuditEvent, OutgoingMessage
from kazipot.foundation.tokens import digest
from kazipot.needs import errors, operations
from kazipot.needs.models import Answer, Campaign, Invitation, Response, StatedNeed
from kazipot.needs.operations import responses
from tests.factories import needs, organisation

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def draft(**kwargs: Any) -> Campaign:
    """A drafted campaign of March 2026."""
    framework = kwargs.pop("framework", None) or needs.make_framework()
    return operations.draft_campaign(
        **{
            "year": 2026,
            "title_sl": "Potrebe 2026",
            "title_en": "Needs 2026",
            "framework_id": framework.pk,
            "opens_on": date(2026, 3, 1),
            "closes_on": date(2026, 3, 31),
            "employer_ids": [],
            "at": AT,
            "actor": None,
            **kwargs,
        }
    )


def answers_of(campaign: Campaign, said: Answered | None = None) -> dict[int, Answered]:
    """The same answer to every competence of the campaign."""
    said = said or Answered(1, 3, True)
    return {row.pk: said for row in needs.competences_of(campaign.framework)}


def test_draft_campaign_keeps_what_was_planned() -> None:
    employer = organisation.make_employer("JHL", "public_company")
    campaign = draft(employer_ids=[employer.pk])
    assert (campaign.status, campaign.opens_on, list(campaign.employers.all())) == (
        "draft",
        date(2026, 3, 1),
        [employer],
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"closes_on": date(2026, 2, 1)}, errors.ClosesBeforeItOpens),
        ({"year": 2025}, errors.WrongYear),
    ],
)
def test_draft_campaign_refuses_days_that_do_not_fit(changes: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        draft(**changes)


def test_draft_campaign_refuses_a_framework_that_may_still_change() -> None:
    with pytest.raises(errors.FrameworkNotUsable):
        draft(framework=needs.make_framework(status="draft"))


def test_draft_campaign_refuses_a_second_framework_in_one_year() -> None:
    draft()
    with pytest.raises(errors.AnotherFrameworkThisYear):
        draft()


def test_open_campaign_invites_everyone_employed_that_day_once() -> None:
    unit, other = organisation.make_unit(), organisation.make_unit()
    twice = organisation.make_person()
    organisation.make_employment(person=twice, unit=other, valid_from=date(2021, 1, 1))
    organisation.make_employment(person=twice, unit=unit, valid_from=date(2022, 1, 1))
    organisation.make_employment(unit=unit, valid_from=date(2026, 3, 3))
    organisation.make_employment(unit=unit, valid_to=date(2026, 3, 2))
    links = operations.open_campaign(campaign_id=draft().pk, at=AT, actor=None)
    assert [(link.person_id,) for link in links] == [(twice.pk,)]
    invitation = Invitation.objects.get()
    assert (invitation.unit, invitation.token_digest) == (other, digest(links[0].token))


def test_open_campaign_of_chosen_employers_leaves_the_others_out() -> None:
    company = organisation.make_employer("JHL", "public_company")
    own = organisation.make_employment(unit=organisation.make_unit(employer=company))
    organisation.make_employment()
    links = operations.open_campaign(campaign_id=draft(employer_ids=[company.pk]).pk, at=AT, actor=None)
    assert [link.person_id for link in links] == [own.person_id]


def test_open_campaign_notes_the_day_on_which_it_really_opened() -> None:
    organisation.make_employment()
    campaign = draft(opens_on=date(2026, 3, 5))
    operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    campaign.refresh_from_db()
    assert (campaign.status, campaign.opens_on) == ("open", date(2026, 3, 2))


def test_open_campaign_asks_a_person_once_a_year() -> None:
    framework = needs.make_framework()
    organisation.make_employment()
    operations.open_campaign(campaign_id=draft(framework=framework).pk, at=AT, actor=None)
    new = organisation.make_employment()
    links = operations.open_campaign(campaign_id=draft(framework=framework).pk, at=AT, actor=None)
    assert [link.person_id for link in links] == [new.person_id]


def test_open_campaign_writes_to_everyone_in_their_language() -> None:
    slovene = organisation.make_person(email="ana@example.org", language="sl")
    english = organisation.make_person(email="ben@example.org", language="en")
    for person in (slovene, english, organisation.make_person()):
        organisation.make_employment(person=person)
    links = operations.open_campaign(campaign_id=draft().pk, at=AT, actor=None)
    tokens = {link.person_id: link.token for link in links}
    mails = {mail.recipient: mail for mail in OutgoingMessage.objects.all()}
    assert sorted(mails) == ["ana@example.org", "ben@example.org"]
    assert mails["ben@example.org"].subject == "What digital training do you need? Needs 2026"
    assert f"/needs/answer/{tokens[english.pk]}/" in mails["ben@example.org"].body
    assert f"/needs/answer/{tokens[slovene.pk]}/" in mails["ana@example.org"].body
    assert "31.\u00a03.\u00a02026" in mails["ana@example.org"].body
    assert "31 March 2026" in mails["ben@example.org"].body


def test_open_campaign_takes_few_queries_however_many_people(django_assert_max_num_queries: Any) -> None:
    unit = organisation.make_unit()
    for number in range(30):
        organisation.make_employment(person=organisation.make_person(email=f"p{number}@example.org"), unit=unit)
    campaign = draft()
    with django_assert_max_num_queries(16):
        operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)


@pytest.mark.parametrize(
    ("prepare", "at", "error"),
    [
        ("open", AT, errors.NotADraft),
        ("late", LATER, errors.LastDayHasPassed),
        ("empty", AT, errors.NobodyToInvite),
    ],
)
def test_open_campaign_refuses(prepare: str, at: datetime, error: type[Exception]) -> None:
    campaign = draft()
    if prepare != "empty":
        organisation.make_employment()
    if prepare == "open":
        operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    with pytest.raises(error):
        operations.open_campaign(campaign_id=campaign.pk, at=at, actor=None)


def test_open_campaign_refuses_another_year_than_its_own() -> None:
    organisation.make_employment()
    campaign = draft(closes_on=date(2027, 1, 31))
    with pytest.raises(errors.WrongYear):
        operations.open_campaign(campaign_id=campaign.pk, at=datetime(2027, 1, 10, 9, tzinfo=UTC), actor=None)


def test_close_campaign_ends_answering() -> None:
    invitation = needs.make_invitation()
    operations.close_campaign(campaign_id=invitation.campaign_id, at=AT, actor=None)
    with pytest.raises(errors.AnsweringIsOver):
        operations.submit_response(invitation_id=invitation.pk, answers=answers_of(invitation.campaign), at=AT)
    with pytest.raises(errors.NotOpen):
        operations.close_campaign(campaign_id=invitation.campaign_id, at=AT, actor=None)


def test_close_campaign_deletes_what_was_never_sent() -> None:
    invitation = needs.make_invitation(draft={"1": {"own": 2}})
    operations.close_campaign(campaign_id=invitation.campaign_id, at=AT, actor=None)
    invitation.refresh_from_db()
    assert invitation.draft == {}


def test_submit_response_writes_answers_and_stated_needs() -> None:
    invitation = needs.make_invitation(draft={"1": {"own": 1}})
    first, second, third, fourth = needs.competences_of(invitation.campaign.framework)
    response = operations.submit_response(
        invitation_id=invitation.pk,
        answers={
            first.pk: Answered(1, 3, True),
            second.pk: Answered(3, 1, True),
            third.pk: Answered(4, 4, True),
            fourth.pk: Answered(0, 4, False),
        },
        at=AT,
    )
    said = Answer.objects.filter(response=response).order_by("competence__position")
    assert list(said.values_list("own_level", "needed_level", "wants_training")) == [
        (1, 3, True),
        (3, 1, True),
        (4, 4, True),
        (0, 4, False),
    ]
    stated = StatedNeed.objects.filter(response=response).order_by("competence__position")
    assert list(stated.values_list("competence_id", "from_level", "to_level", "rule_version")) == [
        (first.pk, 1, 3, 1),
        (second.pk, 3, 4, 1),
        (third.pk, 4, 4, 1),
    ]
    invitation.refresh_from_db()
    assert (response.submitted_on, response.rule_version, invitation.draft) == (date(2026, 3, 2), 1, {})


def test_submit_response_tells_the_audit_trail_nothing_of_the_answers() -> None:
    invitation = needs.make_invitation()
    operations.submit_response(invitation_id=invitation.pk, answers=answers_of(invitation.campaign), at=AT)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.detail) == ("needs.submit", None, {})


def test_submit_response_takes_at_most_eight_queries(django_assert_num_queries: Any) -> None:
    invitation = needs.make_invitation(campaign=needs.make_campaign(framework=needs.make_framework(5, 4)))
    answers = answers_of(invitation.campaign)
    with django_assert_num_queries(9):  # seven, and the savepoint of a nested transaction
        operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)


def test_submit_response_twice_is_refused_in_both_languages() -> None:
    invitation = needs.make_invitation()
    answers = answers_of(invitation.campaign)
    operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)
    with pytest.raises(errors.AlreadyAnswered) as caught:
        operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)
    messages = {}
    for language in ("sl", "en"):
        with translation.override(language):
            messages[language] = str(caught.value)
    assert messages == {
        "sl": "Vaše odgovore smo že prejeli. Če jih želite spremeniti, najprej izberite to možnost.",
        "en": "Your answers have been received already. To change them, choose that first.",
    }


def test_submit_response_after_the_last_day_is_refused() -> None:
    invitation = needs.make_invitation()
    with translation.override("sl"), pytest.raises(errors.AnsweringIsOver) as caught:
        operations.submit_response(invitation_id=invitation.pk, answers=answers_of(invitation.campaign), at=LATER)
    assert str(caught.value) == (
        "Odgovore smo sprejemali do 31.\u00a03.\u00a02026. "
        "Pri Službi za digitalizacijo vprašajte, ali lahko še odgovorite."
    )


def test_submit_response_wants_every_competence() -> None:
    invitation = needs.make_invitation()
    answers = answers_of(invitation.campaign)
    answers.popitem()
    with pytest.raises(errors.AnswersMissing):
        operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)
    assert Response.objects.count() == 0


def test_submit_response_refuses_a_competence_of_another_framework() -> None:
    invitation = needs.make_invitation()
    stranger = needs.competences_of(needs.make_framework())[0]
    answers = {**answers_of(invitation.campaign), stranger.pk: Answered(1, 1, False)}
    with pytest.raises(errors.UnknownCompetence):
        operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)


def test_submit_response_that_loses_a_race_gets_the_same_message(monkeypatch: pytest.MonkeyPatch) -> None:
    invitation = needs.make_invitation()

    def meanwhile(*args: Any, **kwargs: Any) -> Response:
        needs.make_response(invitation)
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(responses, "_submit", meanwhile)
    with pytest.raises(errors.AlreadyAnswered):
        operations.submit_response(invitation_id=invitation.pk, answers={}, at=AT)


def test_submit_response_passes_other_faults_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Response:
        raise IntegrityError("another constraint")

    monkeypatch.setattr(responses, "_submit", broken)
    with pytest.raises(IntegrityError):
        operations.submit_response(invitation_id=needs.make_invitation().pk, answers={}, at=AT)


def submission(invitation: Invitation, at: datetime = AT) -> operations.Submission:
    """The same answers of one person."""
    return operations.Submission(invitation.pk, answers_of(invitation.campaign), at)


def test_submit_responses_takes_all_with_their_own_moments() -> None:
    campaign = needs.make_campaign()
    first, second = needs.make_invitation(campaign), needs.make_invitation(campaign)
    later = AT.replace(day=3)
    operations.submit_responses(submissions=[submission(first), submission(second, later)], at=later, actor=None)
    rows = Response.objects.order_by("submitted_at").values_list("invitation_id", "submitted_at", "submitted_on")
    assert list(rows) == [(first.pk, AT, date(2026, 3, 2)), (second.pk, later, date(2026, 3, 3))]
    assert (Answer.objects.count(), StatedNeed.objects.count()) == (8, 8)
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("needs.submit_many", {"people": 2})


def test_submit_responses_takes_none_when_one_is_refused() -> None:
    campaign = needs.make_campaign()
    first, second = needs.make_invitation(campaign), needs.make_invitation(campaign)
    needs.make_response(second)
    with pytest.raises(errors.AlreadyAnswered):
        operations.submit_responses(submissions=[submission(first), submission(second)], at=AT, actor=None)
    assert Response.objects.count() == 1


def test_submit_responses_takes_a_person_once() -> None:
    invitation = needs.make_invitation()
    with pytest.raises(errors.AlreadyAnswered):
        operations.submit_responses(submissions=[submission(invitation)] * 2, at=AT, actor=None)
    assert Response.objects.count() == 0


@pytest.mark.parametrize("people", [1, 3])
def test_submit_responses_takes_the_same_queries_for_many(people: int, django_assert_max_num_queries: Any) -> None:
    campaign = needs.make_campaign()
    submissions = [submission(needs.make_invitation(campaign)) for _ in range(people)]
    with django_assert_max_num_queries(9):
        operations.submit_responses(submissions=submissions, at=AT, actor=None)


@pytest.mark.django_db(transaction=True)
def test_submit_response_at_the_same_moment_makes_one_response() -> None:
    invitation = needs.make_invitation()
    answers = answers_of(invitation.campaign)
    results: list[str] = []
    together = Barrier(2)

    def submit() -> None:
        try:
            together.wait(10)
            operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)
            results.append("taken")
        except errors.AlreadyAnswered:
            results.append("refused")
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":  # the tests' database lives in memory: one connection at a time
        submitters = []
        together.abort()
        for _ in range(2):
            try:
                operations.submit_response(invitation_id=invitation.pk, answers=answers, at=AT)
                results.append("taken")
            except errors.AlreadyAnswered:
                results.append("refused")
    else:
        submitters = [Thread(target=submit) for _ in range(2)]
    for thread in submitters:
        thread.start()
    for thread in submitters:
        thread.join(30)
    assert sorted(results) == ["refused", "taken"]
    assert (Response.objects.count(), Answer.objects.count()) == (1, 4)


def test_save_draft_keeps_what_was_filled_in_and_adds_to_it() -> None:
    invitation = needs.make_invitation()
    first, second, *_ = needs.competences_of(invitation.campaign.framework)
    operations.save_draft(invitation_id=invitation.pk, answers={f"own_level-{first.pk}": "2"}, at=AT)
    more = {f"needed_level-{second.pk}": "3", f"wants_training-{second.pk}": True}
    operations.save_draft(invitation_id=invitation.pk, answers=more, at=AT)
    invitation.refresh_from_db()
    assert invitation.draft == {f"own_level-{first.pk}": "2", **more}
    assert Response.objects.count() == AuditEvent.objects.count() == 0


def test_save_draft_after_the_answers_were_sent_is_refused() -> None:
    response = needs.make_response()
    with pytest.raises(errors.AlreadyAnswered):
        operations.save_draft(invitation_id=response.invitation_id, answers={}, at=AT)


def test_publish_analysis_numbers_its_versions() -> None:
    campaign = needs.make_campaign()
    needs.make_response(needs.make_invitation(campaign))
    first = operations.publish_analysis(year=2026, at=AT, actor=None)
    second = operations.publish_analysis(year=2026, at=AT, actor=None)
    assert [(row.version, row.content["version"], row.published_on) for row in (first, second)] == [
        (1, 1, date(2026, 3, 2)),
        (2, 2, date(2026, 3, 2)),
    ]


def test_publish_analysis_needs_an_answer() -> None:
    with pytest.raises(errors.NothingToPublish):
        operations.publish_analysis(year=2026, at=AT, actor=None)
    needs.make_invitation()
    with pytest.raises(errors.NothingToPublish):
        operations.publish_analysis(year=2026, at=AT, actor=None)


def test_publish_analysis_refuses_a_version_that_would_tell_of_one_person() -> None:
    campaign, unit = needs.make_campaign(), organisation.make_unit()
    for _ in range(5):
        needs.make_response(needs.make_invitation(campaign, unit=unit))
    operations.publish_analysis(year=2026, at=AT, actor=None)
    needs.make_response(needs.make_invitation(campaign, unit=unit), submitted_at=needs.moment(date(2026, 3, 3)))
    with pytest.raises(errors.TooFewNewAnswers):
        operations.publish_analysis(year=2026, at=LATER, actor=None)
