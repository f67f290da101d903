"""Responses are written: one that a person sends, or many at once that came in on paper or from another tool."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from kazipot.core.survey.questionnaire import ROLES, Value
from kazipot.core.survey.stated_need import RULE_VERSION, Answered, stated_need
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework.models import Competence
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import (
    AlreadyAnswered,
    AnsweringIsOver,
    AnswersMissing,
    NobodyKnowsWhose,
    NotOpen,
    UnknownCompetence,
    UnknownItem,
)
from kazipot.needs.models import Answer, Campaign, Invitation, ItemAnswer, Response, StatedNeed

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's answers to every competence they are asked about, to the other items, and when they came in."""

    invitation_id: int
    answers: Mapping[int, Answered]
    at: datetime
    items: Mapping[str, Value] = field(default_factory=dict)


def submit_response(
    *, invitation_id: int, answers: Mapping[int, Answered], at: datetime, items: Mapping[str, Value] | None = None
) -> Response:
    """Take a person's answers to every competence that they are asked about; stated needs follow by rule 1.

    Once, or instead of the earlier ones after `answer_again`. Raises AlreadyAnswered (also to the later of two that
    come at once), NotOpen, AnsweringIsOver, AnswersMissing, UnknownCompetence, UnknownItem, NobodyKnowsWhose.
    """
    return submit_responses(submissions=[Submission(invitation_id, answers, at, items or {})], at=at, actor=None)[0]


def submit_responses(*, submissions: Sequence[Submission], at: datetime, actor: User | None) -> list[Response]:
    """Take many people's answers at once, such as those given on paper: all of them, or none.

    Everything that holds for one response holds for each of them; answers given in time are taken until the campaign is
    closed. One audit event for each response would say no more than one for all, so a batch leaves one. Raises what
    `submit_response` raises.
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
    moments = {submission.invitation_id: submission.at for submission in submissions}
    invitations = open_invitations(moments)
    known: dict[int, _Known] = {}
    for submission in submissions:
        invitation = invitations[submission.invitation_id]
        campaign = invitation.campaign
        if campaign.is_anonymous:
            raise NobodyKnowsWhose
        if campaign.pk not in known:
            known[campaign.pk] = _known(campaign)
        _refuse(submission, invitation, known[campaign.pk])
    responses = _write_responses(submissions, invitations)
    _write_answers(list(zip(responses, submissions, strict=True)))
    _write_items(list(zip(responses, submissions, strict=True)), invitations, known)
    _drop_drafts(list(invitations.values()))
    if len(submissions) == 1:
        invitation = invitations[submissions[0].invitation_id]
        audit.record("needs.submit", invitation, actor=actor, at=at, employer_code=invitation.employer.code)
    elif submissions:
        audit.record(
            "needs.submit_many", next(iter(invitations.values())).campaign, actor=actor, at=at, people=len(submissions)
        )  # fmt: skip
    return responses


@dataclass(frozen=True, slots=True)
class _Known:
    """What a campaign asks: its competences, and the version of every item that isn't a level or a wish."""

    competence_ids: frozenset[int]
    versions: Mapping[str, int]


def _known(campaign: Campaign) -> _Known:
    asked = frozenset(pk for ids in campaign.asked.values() for pk in ids)
    whole = Competence.objects.filter(framework_id=campaign.framework_id).values_list("pk", flat=True)
    ids = asked or frozenset(whole)
    definition = queries.definition_of(campaign.questionnaire)
    return _Known(ids, {item.key: item.version for _page, item in definition.items() if item.key not in ROLES})


def _refuse(submission: Submission, invitation: Invitation, known: _Known) -> None:
    asked = queries.asked_ids(invitation.campaign, invitation.profile_id)
    wanted = known.competence_ids if asked is None else asked
    if not wanted.issuperset(submission.answers):
        raise UnknownCompetence
    if wanted - submission.answers.keys():
        raise AnswersMissing
    for name in submission.items:
        key, _dash, competence = name.partition("-")
        if key not in known.versions or (competence and int(competence) not in wanted):
            raise UnknownItem


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
        for model in (Answer, StatedNeed, ItemAnswer):
            model.objects.filter(response__in=earlier.values()).delete()
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


def _write_items(
    given: Sequence[tuple[Response, Submission]], invitations: Mapping[int, Invitation], known: Mapping[int, _Known]
) -> None:
    rows = []
    for response, submission in given:
        versions = known[invitations[submission.invitation_id].campaign_id].versions
        for name, value in submission.items.items():
            key, _dash, competence = name.partition("-")
            kept = list(value) if isinstance(value, tuple) else value
            rows.append(
                ItemAnswer(
                    response_id=response.pk,
                    key=key,
                    item_version=versions[key],
                    competence_id=int(competence) if competence else None,
                    value=kept,
                )
            )
    ItemAnswer.objects.bulk_create(rows, batch_size=BATCH)


def _drop_drafts(invitations: Collection[Invitation]) -> None:
    """The response says it all: a draft isn't kept longer than it is needed."""
    drafted = [invitation for invitation in invitations if invitation.draft or invitation.answering_again]
    for invitation in drafted:
        invitation.draft, invitation.answering_again = {}, False
    if drafted:
        Invitation.objects.bulk_update(drafted, ["draft", "answering_again"], batch_size=500)


def open_invitations(moments: Mapping[int, datetime]) -> dict[int, Invitation]:
    """The invitations, locked, if each may still be answered at its moment: {invitation id: moment}.

    Whether there is a response is asked after the locks are held: what was read with a lock may be older. Raises
    AlreadyAnswered, NotOpen, AnsweringIsOver.
    """
    rows = lock(Invitation.objects.filter(pk__in=moments)).select_related("employer").order_by("pk")
    found = {row.pk: row for row in rows}
    ids = {row.campaign_id for row in found.values()}
    campaigns = Campaign.objects.select_related("questionnaire").in_bulk(ids)  # read once, not once for each person
    for row in found.values():
        row.campaign = campaigns[row.campaign_id]
    if len(found) < len(moments):
        raise Invitation.DoesNotExist
    once = [pk for pk, invitation in found.items() if not invitation.answering_again]
    if any(row.took_part for row in found.values()) or Response.objects.filter(invitation_id__in=once).exists():
        raise AlreadyAnswered
    for invitation_id, at in moments.items():
        refuse_when_closed(found[invitation_id].campaign, at)
    return found


def refuse_when_closed(campaign: Campaign, at: datetime) -> None:
    """Raises NotOpen or AnsweringIsOver unless the campaign takes answers at the moment."""
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED or timezone.localtime(at).date() > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)
