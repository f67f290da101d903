"""Sittings that went oddly are put on a list for a talk; whatever follows from the talk, a person decides."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.errors import TalkIsClosed
from kazipot.verification.models import Talk

BATCH = 200


@transaction.atomic
def look_over(*, at: datetime) -> int:
    """Look at finished tests that nobody has looked at yet, and put those on the list that went oddly. Workers do
    this. The result of the test stays as it is. Returns how many were put on the list."""
    made = 0
    seconds = queries.usual_seconds()
    for sitting in lock(queries.to_look_over())[:BATCH]:
        found = queries.noticed(sitting, seconds)
        if found is not None:
            Talk.objects.create(sitting=sitting, reason=found.reason, noticed=found.figures, made_at=at)
            made += 1
        sitting.looked_over_at = at
        sitting.save(update_fields=["looked_over_at"])
    return made


@transaction.atomic
def close_talk(*, talk_id: int, outcome: str, note: str, at: datetime, actor: User) -> Talk:
    """Note how a talk ended. Nothing else happens: where the two agreed that the test is taken again, the result is
    annulled by whoever records results, with its reason. Raises TalkIsClosed."""
    talk = lock(Talk.objects.filter(pk=talk_id)).select_related("sitting__employer").get()
    if talk.closed_at is not None:
        raise TalkIsClosed
    talk.outcome, talk.note, talk.closed_at, talk.closed_by = outcome, note, at, actor
    talk.save(update_fields=["outcome", "note", "closed_at", "closed_by"])
    audit.record("verification.close_talk", talk, actor=actor, at=at, employer_code=talk.sitting.employer.code)
    return talk
