"""What a person is asked, what they have filled in so far, and what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.tokens import digest
from kazipot.framework.models import Competence
from kazipot.needs.choices import CampaignStatus, NeededLevel, OwnLevel
from kazipot.needs.models import Answer, Invitation, ReminderLink, StatedNeed


@dataclass(frozen=True, slots=True)
class Question:
    """One competence that is asked about, named in the reader's language."""

    competence_id: int
    code: str
    name: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class AreaAsked:
    """A competence area: one page of the questionnaire; `number` counts from 1."""

    number: int
    name: str
    questions: tuple[Question, ...]

    def is_complete(self, draft: Mapping[str, Mapping[str, object]]) -> bool:
        """Whether a draft says both levels of every competence of the area."""
        said = [draft.get(str(question.competence_id), {}) for question in self.questions]
        return all("own" in answer and "needed" in answer for answer in said)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of one competence, in words; `need` is the stated need as (from, to), or None."""

    code: str
    name: str
    own: str
    needed: str
    wants_training: bool
    need: tuple[int, int] | None


def questionnaire(framework_id: int) -> list[AreaAsked]:
    """What a campaign of this framework asks, area by area. One query."""
    rows = (
        Competence.objects.filter(framework_id=framework_id)
        .select_related("area")
        .order_by("area__position", "position")
    )
    return [
        AreaAsked(
            number,
            area.name,
            tuple(
                Question(
                    row.pk, row.code, row.name, row.descriptor_en if row.name == row.name_en else row.descriptor_sl
                )
                for row in questions
            ),
        )
        for number, (area, questions) in enumerate(groupby(rows, key=lambda row: row.area), 1)
    ]


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("campaign", "response", "person", "employer")


CODE_LENGTH = 12
"""Signs of a code on a letter."""


def plain_code(token: str) -> str:
    """A code as it was made, from the way a person typed it: hyphens, spaces and capitals don't matter."""
    return "".join(sign for sign in token.lower() if sign.isalnum())


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that the holder of this secret may answer, or None. One query, two for a reminder's link.

    Not one with OR: a database answers that by looking at every invitation.
    """
    digests = {digest(token), digest(plain_code(token))}
    reminded = ReminderLink.objects.filter(token_digest__in=digests).values("invitation_id")
    return (
        _invitations().filter(token_digest__in=digests).first() or _invitations().filter(pk__in=reminded).first()
    )  # fmt: skip


def invitation_by_id(invitation_id: int) -> Invitation | None:
    """The invitation, or None. One query."""
    return _invitations().filter(pk=invitation_id).first()


def invitation_of(person_id: int, invitation_id: int) -> Invitation | None:
    """A person's own invitation, or None when it isn't theirs or the campaign was never opened. One query."""
    return _invitations().filter(person_id=person_id, pk=invitation_id).first()


def invitations_of(person_id: int) -> QuerySet[Invitation]:
    """Everything a person was ever asked, the latest first."""
    return _invitations().filter(person_id=person_id).order_by("-invited_at", "-id")


def answered_at(invitation: Invitation) -> datetime | None:
    """When the answers were received; None when they weren't."""
    return invitation.response.submitted_at if hasattr(invitation, "response") else None


def is_open(invitation: Invitation, *, on: date) -> bool:
    """Whether answers would be accepted on the day."""
    campaign = invitation.campaign
    return campaign.status == CampaignStatus.OPEN and on <= campaign.closes_on


def drafted(invitation: Invitation) -> dict[int, Answered]:
    """The draft's complete answers: {competence id: what was said}; half-filled ones are left out."""
    return {
        int(competence_id): Answered(said["own"], said["needed"], bool(said.get("wish")))
        for competence_id, said in invitation.draft.items()
        if "own" in said and "needed" in said
    }


def in_words(areas: list[AreaAsked], answers: Mapping[int, Answered]) -> list[tuple[AreaAsked, list[Said]]]:
    """A draft's complete answers by area, in words."""
    return [
        (
            area,
            [
                _said(question.code, question.name, answers[question.competence_id], None)
                for question in area.questions
                if question.competence_id in answers
            ],
        )
        for area in areas
    ]


def said_by(invitation: Invitation) -> list[Said]:
    """What the person answered, in words: for that person alone. Two queries."""
    needs = {
        row.competence_id: (row.from_level, row.to_level)
        for row in StatedNeed.objects.filter(response__invitation=invitation)
    }
    answers = Answer.objects.filter(response__invitation=invitation).select_related("competence")
    return [
        _said(
            row.competence.code,
            row.competence.name,
            Answered(row.own_level, row.needed_level, row.wants_training),
            needs.get(row.competence_id),
        )
        for row in answers.order_by("competence__position")
    ]


def _said(code: str, name: str, answer: Answered, need: tuple[int, int] | None) -> Said:
    return Said(
        code=code,
        name=name,
        own=str(OwnLevel(answer.own_level).label),
        needed=str(NeededLevel(answer.needed_level).label),
        wants_training=answer.wants_training,
        need=need,
    )
