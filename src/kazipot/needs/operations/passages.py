"""Passages are joined and split before anybody codes them, so that all coders hear the same passages."""

from datetime import datetime

from django.db import transaction

from kazipot.core.language.sentences import sentences
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs.errors import NothingToJoin, NothingToSplit, PassageIsCoded, PassagesChanged
from kazipot.needs.models import Coding, Interview, Passage


@transaction.atomic
def join_passages(*, interview_id: int, passage_id: int, at: datetime, actor: User | None) -> Passage:
    """Join a passage with the one that follows. Raises PassagesChanged, NothingToJoin, PassageIsCoded."""
    interview, passage = _found(interview_id, passage_id)
    following = _following(passage)
    if following is None:
        raise NothingToJoin
    _not_coded(passage, following)
    following.delete()
    passage.end = following.end
    passage.save(update_fields=["end"])
    audit.record("needs.join_passages", interview, actor=actor, at=at, employer_code=interview.unit.employer.code)
    return passage


@transaction.atomic
def split_passage(*, interview_id: int, passage_id: int, at: datetime, actor: User | None) -> list[Passage]:
    """Cut a joined passage into its sentences again. Raises PassagesChanged, NothingToSplit, PassageIsCoded."""
    interview, passage = _found(interview_id, passage_id)
    _not_coded(passage)
    following = _following(passage)
    places = [
        (passage.start + start, passage.start + end)
        for start, end in sentences(interview.text[passage.start : passage.end])
    ]
    if following is not None:  # positions count sentences: no more of them than were joined
        room = following.position - passage.position
        places = [*places[: room - 1], (places[room - 1][0], passage.end)] if len(places) > room else places
    if len(places) < 2:
        raise NothingToSplit
    passage.end = places[0][1]
    passage.save(update_fields=["end"])
    rest = Passage.objects.bulk_create(
        Passage(interview=interview, position=passage.position + number, start=start, end=end)
        for number, (start, end) in enumerate(places[1:], start=1)
    )
    audit.record("needs.split_passage", interview, actor=actor, at=at, employer_code=interview.unit.employer.code)
    return [passage, *rest]


def _found(interview_id: int, passage_id: int) -> tuple[Interview, Passage]:
    """The interview, locked as coders lock it, and its passage."""
    interview = lock(Interview.objects.filter(pk=interview_id).select_related("unit__employer")).get()
    passage = Passage.objects.filter(interview=interview, pk=passage_id).first()
    if passage is None:
        raise PassagesChanged
    return interview, passage


def _following(passage: Passage) -> Passage | None:
    rows = Passage.objects.filter(interview_id=passage.interview_id, position__gt=passage.position)
    return rows.order_by("position").first()


def _not_coded(*passages: Passage) -> None:
    if Coding.objects.filter(passage__in=passages).exists():
        raise PassageIsCoded
