"""Answers coming in: page by page into a draft, sent, changed until the campaign closes, deleted when somebody asks."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kazipot.core.survey.questionnaire import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    ROLES,
    WANTS_TRAINING,
    Value,
    counted,
    is_complete,
    name_of,
    steps,
)
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs import queries
from kazipot.needs.choices import Privacy
from kazipot.needs.errors import (
    AnalysisIsPublished,
    AnswersMissing,
    NobodyKnowsWhose,
    NothingToDelete,
    UnknownItem,
)
from kazipot.needs.models import (
    Analysis,
    Answer,
    DeletedAnswers,
    Invitation,
    ItemAnswer,
    Response,
    StatedNeed,
)
from kazipot.needs.operations.anonymity import put_sealed
from kazipot.needs.operations.responses import Submission, open_invitations, refuse_when_closed, submit_responses


@transaction.atomic
def save_draft(
    *, invitation_id: int, answers: Mapping[str, Value], at: datetime, key: bytes | None = None
) -> Invitation:
    """Keep what was filled in so far; the names given replace what the draft said under them, None empties them.

    A draft is not an answer: nothing is counted from it, and nothing is written to the audit trail. An anonymous draft
    is sealed by `key`, which comes from the person's link. Raises AlreadyAnswered, NotOpen, AnsweringIsOver,
    UnknownItem.
    """
    invitation = open_invitations({invitation_id: at})[invitation_id]
    if not _names(queries.way_of(invitation)).issuperset(answers):
        raise UnknownItem
    held = {**queries.draft_of(invitation, key), **answers}
    kept = {name: value for name, value in held.items() if value is not None}
    invitation.draft = queries.kept_draft(kept, privacy=invitation.campaign.privacy, key=key)
    invitation.save(update_fields=["draft"])
    return invitation


@transaction.atomic
def send_answers(*, invitation_id: int, at: datetime, key: bytes | None = None) -> None:
    """Send what was filled in. It counts once, however often it is sent; stated needs follow by rule 1.

    Raises AlreadyAnswered (also to the later of two that come at once), NotOpen, AnsweringIsOver, AnswersMissing.
    """
    invitation = open_invitations({invitation_id: at})[invitation_id]
    way = queries.way_of(invitation)
    answers = queries.draft_of(invitation, key)
    if not all(is_complete(step, answers) for step in steps(way.definition, way.asked, answers)):
        raise AnswersMissing
    told = counted(way.definition, way.asked, answers)
    if invitation.campaign.is_anonymous:
        put_sealed(invitation, told)
        invitation.took_part, invitation.draft = True, {}
        invitation.save(update_fields=["took_part", "draft"])
        return
    submit_responses(submissions=[submission_of(invitation_id, way, told, at)], at=at, actor=None)


def submission_of(invitation_id: int, way: queries.Way, told: Mapping[str, Value], at: datetime) -> Submission:
    """What `submit_responses` takes, from complete answers by name."""
    levels = {
        competence.id: Answered(
            int(str(told[name_of(OWN_LEVEL, competence.id)])),
            int(str(told[name_of(NEEDED_LEVEL, competence.id)])),
            bool(told.get(name_of(WANTS_TRAINING, competence.id))),
        )
        for competence in way.asked
    }
    others = {name: value for name, value in told.items() if name.partition("-")[0] not in ROLES}
    return Submission(invitation_id, levels, at, others)


def _names(way: queries.Way) -> set[str]:
    return {
        name_of(item.key, competence.id if competence else None)
        for page, item in way.definition.items()
        for competence in (way.asked if page.per_competence else (None,))
    }


@transaction.atomic
def start_from_earlier(*, invitation_id: int, at: datetime) -> Invitation:
    """Fill the draft with last year's own answers where nothing was filled in yet; the person says what still holds.

    Raises AlreadyAnswered, NotOpen, AnsweringIsOver, NobodyKnowsWhose.
    """
    invitation = open_invitations({invitation_id: at})[invitation_id]
    if invitation.campaign.is_anonymous:
        raise NobodyKnowsWhose
    earlier = queries.earlier_answers(invitation)
    if earlier is not None:
        filled = {**earlier.answers, **queries.draft_of(invitation, None)}
        invitation.draft = queries.kept_draft(filled, privacy=invitation.campaign.privacy, key=None)
        invitation.save(update_fields=["draft"])
    return invitation


@transaction.atomic
def answer_again(*, invitation_id: int, show_earlier: bool, at: datetime) -> Invitation:
    """Let a person change what they answered. Until the new answers are sent, the earlier ones stay.

    The draft begins with the earlier answers when they may be shown to whoever is asking. Nothing happens when there
    is no response yet, or when they are being changed already, perhaps on another device. Raises NotOpen,
    AnsweringIsOver, AnalysisIsPublished, NobodyKnowsWhose.
    """
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).select_related("campaign").get()
    refuse_when_closed(invitation.campaign, at)
    if invitation.took_part:
        raise NobodyKnowsWhose
    response = Response.objects.filter(invitation=invitation).first()
    if response is None or invitation.answering_again:
        return invitation
    if Analysis.objects.filter(year=invitation.campaign.year, published_at__gte=response.submitted_at).exists():
        raise AnalysisIsPublished
    earlier = queries.answers_of(response) if show_earlier else {}
    invitation.draft = queries.kept_draft(earlier, privacy=Privacy.CONFIDENTIAL, key=None)
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
def delete_answers(*, invitation_id: int, at: datetime, actor: User | None) -> None:
    """Delete what a person answered, at their wish, also after closing; that it was there and went is kept.

    Published analyses stay as they are, and needs stated in the answers count no more from now on. Raises
    NothingToDelete, NobodyKnowsWhose.
    """
    invitation = lock(Invitation.objects.filter(pk=invitation_id)).select_related("campaign", "employer").get()
    if invitation.took_part:
        raise NobodyKnowsWhose
    response = Response.objects.filter(invitation=invitation).first()
    if response is None:
        raise NothingToDelete
    DeletedAnswers.objects.create(invitation=invitation, submitted_at=response.submitted_at, deleted_at=at)
    for model in (StatedNeed, ItemAnswer, Answer):
        model.objects.filter(response=response).delete()
    response.delete()
    invitation.answering_again, invitation.draft = False, {}
    invitation.save(update_fields=["answering_again", "draft"])
    audit.record("needs.delete_answers", invitation, actor=actor, at=at, employer_code=invitation.employer.code)
