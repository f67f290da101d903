"""Answers coming in: a draft that may be changed, and one response that may not."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from kazipot.core.survey.stated_need import RULE_VERSION, Answered, stated_need
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.framework.models import Competence
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import (
    AlreadyAnswered,
    AnsweringIsOver,
    AnswersMissing,
    NotOpen,
    UnknownCompetence,
)
from kazipot.needs.models import Answer, Invitation, Response, StatedNeed

type Partial = Mapping[int, Mapping[str, int | bool]]
"""A draft: what was filled in so far, {competence id: {"own": level, "needed": level, "wish": bool}}."""


@transaction.atomic
def save_draft(*, invitation_id: int, answers: Partial, at: datetime) -> Invitation:
    """Keep what was filled in so far; the competences named replace what the draft said of them before.

    A draft is not an answer: nothing is counted from it, and nothing is written to the audit trail.
    Raises AlreadyAnswered, NotOpen, AnsweringIsOver, UnknownCompetence.
    """
    invitation = _open_invitation(invitation_id, at)
    _refuse_unknown(answers, _competence_ids(invitation))
    changed = {str(competence_id): dict(said) for competence_id, said in answers.items()}
    invitation.draft = {**invitation.draft, **changed}
    invitation.save(update_fields=["draft"])
    return invitation


def submit_response(*, invitation_id: int, answers: Mapping[int, Answered], at: datetime) -> Response:
    """Take a person's answers to every competence of the campaign, once; stated needs follow by rule 1.

    Raises AlreadyAnswered (also to the later of two that come at once), NotOpen, AnsweringIsOver,
    AnswersMissing, UnknownCompetence.
    """
    try:
        return _submit(invitation_id=invitation_id, answers=answers, at=at)
    except IntegrityError as error:
        if Response.objects.filter(invitation_id=invitation_id).exists():
            raise AlreadyAnswered from error
        raise


@transaction.atomic
def _submit(*, invitation_id: int, answers: Mapping[int, Answered], at: datetime) -> Response:
    invitation = _open_invitation(invitation_id, at)
    asked = _competence_ids(invitation)
    _refuse_unknown(answers, asked)
    if asked - answers.keys():
        raise AnswersMissing
    response = Response.objects.create(
        invitation=invitation,
        submitted_at=at,
        submitted_on=timezone.localtime(at).date(),
        rule_version=RULE_VERSION,
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            competence_id=competence_id,
            own_level=said.own_level,
            needed_level=said.needed_level,
            wants_training=said.wants_training,
        )
        for competence_id, said in answers.items()
    )
    needs = ((competence_id, stated_need(said)) for competence_id, said in answers.items())
    StatedNeed.objects.bulk_create(
        StatedNeed(
            response=response,
            competence_id=competence_id,
            from_level=need[0],
            to_level=need[1],
            rule_version=RULE_VERSION,
        )
        for competence_id, need in needs
        if need is not None
    )
    if invitation.draft:  # the response says it all; a draft isn't kept longer than it is needed
        invitation.draft = {}
        invitation.save(update_fields=["draft"])
    audit.record("needs.submit", invitation, actor=None, at=at, employer_code=invitation.employer.code)
    return response


def _open_invitation(invitation_id: int, at: datetime) -> Invitation:
    """The invitation, locked, if it may still be answered at that moment.

    Whether there is a response is asked after the lock is held: what was read with the lock may be older.
    """
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).select_related("campaign", "employer").get()
    if Response.objects.filter(invitation=invitation).exists():
        raise AlreadyAnswered
    campaign = invitation.campaign
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED or timezone.localtime(at).date() > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)
    return invitation


def _competence_ids(invitation: Invitation) -> frozenset[int]:
    return frozenset(
        Competence.objects.filter(framework_id=invitation.campaign.framework_id).values_list("pk", flat=True)
    )


def _refuse_unknown(answers: Collection[int], asked: frozenset[int]) -> None:
    if not asked.issuperset(answers):
        raise UnknownCompetence
