"""Answers coming in: a draft, one response, and its change until the campaign closes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from kazipot.core.survey.stated_need import RULE_VERSION, Answered, stated_need
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework.models import Competence
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import (
    AlreadyAnswered,
    AnalysisIsPublished,
    AnsweringIsOver,
    AnswersMissing,
    NotOpen,
    UnknownCompetence,
)
from kazipot.needs.models import Analysis, Answer, Campaign, Invitation, Response, StatedNeed

BATCH = 2_000

type Partial = Mapping[int, Mapping[str, int | bool]]
"""A draft: what was filled in so far, {competence id: {"own": level, "needed": level, "wish": bool}}."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers to every competence of their campaign, and the moment in which they came in."""

    invitation_id: int
    answers: Mapping[int, Answered]
    at: datetime


@transaction.atomic
def save_draft(*, invitation_id: int, answers: Partial, at: datetime) -> Invitation:
    """Keep what was filled in so far; the competences named replace what the draft said of them before.

    A draft is not an answer: nothing is counted from it, and nothing is written to the audit trail.
    Raises AlreadyAnswered, NotOpen, AnsweringIsOver, UnknownCompetence.
    """
    invitation = _open_invitations({invitation_id: at})[invitation_id]
    _refuse_unknown(answers, _competence_ids(invitation.campaign))
    changed = {str(competence_id): dict(said) for competence_id, said in answers.items()}
    invitation.draft = {**invitation.draft, **changed}
    invitation.save(update_fields=["draft"])
    return invitation


@transaction.atomic
def answer_again(*, invitation_id: int, show_earlier: bool, at: datetime) -> Invitation:
    """Let a person change what they answered. Until the new answers are sent, the earlier ones stay.

    The draft begins with the earlier answers when they may be shown to whoever is asking. Nothing happens when there
    is no response yet, or when they are being changed already, perhaps on another device.
    Raises NotOpen, AnsweringIsOver, AnalysisIsPublished.
    """
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).select_related("campaign").get()
    _refuse_when_closed(invitation.campaign, at)
    response = Response.objects.filter(invitation=invitation).first()
    if response is None or invitation.answering_again:
        return invitation
    if Analysis.objects.filter(year=invitation.campaign.year, published_at__gte=response.submitted_at).exists():
        raise AnalysisIsPublished
    earlier = Answer.objects.filter(response=response) if show_earlier else Answer.objects.none()
    invitation.draft = {
        str(row.competence_id): {"own": row.own_level, "needed": row.needed_level, "wish": row.wants_training}
        for row in earlier
    }
    invitation.answering_again = True
    invitation.save(update_fields=["draft", "answering_again"])
    return invitation


@transaction.atomic
def keep_answers(*, invitation_id: int) -> None:
    """The person changed their mind: the earlier answers stay, the new draft goes."""
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).get()
    if invitation.answering_again:
        invitation.answering_again, invitation.draft = False, {}
        invitation.save(update_fields=["answering_again", "draft"])


@transaction.atomic
def submit_draft(*, invitation_id: int, at: datetime) -> Response:
    """Take what a person's draft says once it is locked: a page that another device saved a moment ago is in it.

    Raises what `submit_response` raises.
    """
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).get()
    return submit_response(invitation_id=invitation_id, answers=queries.drafted(invitation), at=at)


def submit_response(*, invitation_id: int, answers: Mapping[int, Answered], at: datetime) -> Response:
    """Take a person's answers to every competence of the campaign; stated needs follow by rule 1.

    Once, or instead of the earlier ones after `answer_again`. Raises AlreadyAnswered (also to the later of two that
    come at once), NotOpen, AnsweringIsOver, AnswersMissing, UnknownCompetence.
    """
    return submit_responses(submissions=[Submission(invitation_id, answers, at)], at=at, actor=None)[0]


def submit_responses(*, submissions: Sequence[Submission], at: datetime, actor: User | None) -> list[Response]:
    """Take many people's answers at once, such as those given on paper: all of them, or none.

    Everything that holds for one response holds for each of them. One audit event for each response would say
    no more than one for all, so a batch leaves one. Raises what `submit_response` raises.
    """
    try:
        return _submit(submissions, at=at, actor=actor)
    except IntegrityError as error:
        asked = [submission.invitation_id for submission in submissions]
        if len(set(asked)) < len(asked) or Response.objects.filter(invitation_id__in=asked).exists():
            raise AlreadyAnswered from error
        raise


@transaction.atomic
def _submit(submissions: Sequence[Submission], *, at: datetime, actor: User | None) -> list[Response]:
    invitations = _open_invitations({submission.invitation_id: submission.at for submission in submissions})
    asked: dict[int, frozenset[int]] = {}
    for submission in submissions:
        campaign = invitations[submission.invitation_id].campaign
        if campaign.framework_id not in asked:
            asked[campaign.framework_id] = _competence_ids(campaign)
        _refuse_unknown(submission.answers, asked[campaign.framework_id])
        if asked[campaign.framework_id] - submission.answers.keys():
            raise AnswersMissing
    responses = _write_responses(submissions, invitations)
    _write_answers(list(zip(responses, submissions, strict=True)))
    _drop_drafts(list(invitations.values()))
    if len(submissions) == 1:
        invitation = invitations[submissions[0].invitation_id]
        audit.record("needs.submit", invitation, actor=actor, at=at, employer_code=invitation.employer.code)
    elif submissions:
        audit.record(
            "needs.submit_many", next(iter(invitations.values())).campaign, actor=actor, at=at, people=len(submissions)
        )  # fmt: skip
    return responses


def _write_responses(submissions: Sequence[Submission], invitations: Mapping[int, Invitation]) -> list[Response]:
    """A response for each submission, in order: a new one, or the earlier one emptied of its answers."""
    again = [pk for pk, invitation in invitations.items() if invitation.answering_again]
    earlier = {row.invitation_id: row for row in Response.objects.filter(invitation_id__in=again)}
    made = Response.objects.bulk_create(
        (
            Response(
                invitation=invitations[submission.invitation_id],
                submitted_at=submission.at,
                submitted_on=timezone.localtime(submission.at).date(),
                rule_version=RULE_VERSION,
            )
            for submission in submissions
            if submission.invitation_id not in earlier
        ),
        batch_size=BATCH,
    )
    if earlier:
        Answer.objects.filter(response__in=earlier.values()).delete()
        StatedNeed.objects.filter(response__in=earlier.values()).delete()
        for submission in submissions:
            if (response := earlier.get(submission.invitation_id)) is not None:
                response.rule_version, response.changed_at = RULE_VERSION, submission.at
        Response.objects.bulk_update(earlier.values(), ["rule_version", "changed_at"], batch_size=500)
    by_invitation = {**earlier, **{row.invitation_id: row for row in made}}
    return [by_invitation[submission.invitation_id] for submission in submissions]


def _write_answers(given: Sequence[tuple[Response, Submission]]) -> None:
    """Answers, and the stated needs that follow from them."""
    Answer.objects.bulk_create(
        (
            Answer(
                response_id=response.pk,
                competence_id=competence_id,
                own_level=said.own_level,
                needed_level=said.needed_level,
                wants_training=said.wants_training,
            )
            for response, submission in given
            for competence_id, said in submission.answers.items()
        ),
        batch_size=BATCH,
    )
    StatedNeed.objects.bulk_create(
        (
            StatedNeed(
                response_id=response.pk,
                competence_id=competence_id,
                from_level=need[0],
                to_level=need[1],
                rule_version=RULE_VERSION,
            )
            for response, submission in given
            for competence_id, said in submission.answers.items()
            if (need := stated_need(said)) is not None
        ),
        batch_size=BATCH,
    )


def _drop_drafts(invitations: Collection[Invitation]) -> None:
    """The response says it all: a draft isn't kept longer than it is needed."""
    drafted = [invitation for invitation in invitations if invitation.draft or invitation.answering_again]
    for invitation in drafted:
        invitation.draft, invitation.answering_again = {}, False
    if drafted:
        Invitation.objects.bulk_update(drafted, ["draft", "answering_again"], batch_size=500)


def _open_invitations(moments: Mapping[int, datetime]) -> dict[int, Invitation]:
    """The invitations, locked, if each may still be answered at its moment: {invitation id: moment}.

    Whether there is a response is asked after the locks are held: what was read with a lock may be older.
    """
    rows = lock(Invitation.objects.filter(pk__in=moments)).select_related("campaign", "employer").order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(moments):
        raise Invitation.DoesNotExist
    once = [pk for pk, invitation in found.items() if not invitation.answering_again]
    if Response.objects.filter(invitation_id__in=once).exists():
        raise AlreadyAnswered
    for invitation_id, at in moments.items():
        _refuse_when_closed(found[invitation_id].campaign, at)
    return found


def _refuse_when_closed(campaign: Campaign, at: datetime) -> None:
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED or timezone.localtime(at).date() > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)


def _competence_ids(campaign: Campaign) -> frozenset[int]:
    return frozenset(Competence.objects.filter(framework_id=campaign.framework_id).values_list("pk", flat=True))


def _refuse_unknown(answers: Collection[int], asked: frozenset[int]) -> None:
    if not asked.issuperset(answers):
        raise UnknownCompetence
