"""Notes of the watch are written and changed, and their proposals decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.choices import Fate
from kazipot.advisors.errors import NoteIsGathered, ReasonNeeded
from kazipot.advisors.models import NoteCompetence, NoteTag, Proposal, WatchNote
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.folding import folded
from kazipot.foundation.models import User
from kazipot.framework.models import Competence

MOST_TAGS = 12


@dataclass(frozen=True, slots=True)
class Written:
    """What an author writes; tags are names of digital solutions."""

    field: str
    title: str
    news: str
    meaning: str
    proposal: str = ""
    competence_ids: Collection[int] = ()
    tags: Sequence[str] = ()


@transaction.atomic
def write_note(*, unit_id: int, author_id: int, written: Written, at: datetime, actor: User | None) -> WatchNote:
    """A new note for the quarter of the day. Raises NoteIsGathered when the quarter's digest is out."""
    quarter = queries.quarter_of(timezone.localtime(at).date())
    _refuse_gathered(quarter)
    note = WatchNote(
        unit_id=unit_id, author_id=author_id, year=quarter.year, quarter=quarter.number, written_at=at
    )  # fmt: skip
    _fill(note, written)
    _note("advisors.write_note", note, at, actor)
    return note


@transaction.atomic
def change_note(*, note_id: int, written: Written, at: datetime, actor: User | None) -> WatchNote:
    """Another wording, until the digest is out. Raises NoteIsGathered."""
    note = lock(WatchNote.objects.filter(pk=note_id)).get()
    _refuse_gathered(queries.Quarter(note.year, note.quarter))
    _fill(note, written)
    _note("advisors.change_note", note, at, actor)
    return note


def _refuse_gathered(quarter: queries.Quarter) -> None:
    if queries.digest_of(quarter) is not None:
        raise NoteIsGathered


def _fill(note: WatchNote, written: Written) -> None:
    """Write down what was written; a proposal that was decided stays."""
    tags = {folded(tag): tag.strip() for tag in reversed(written.tags) if folded(tag)}
    competences = list(Competence.objects.filter(pk__in=written.competence_ids))
    words = [written.title, written.news, written.meaning, written.proposal, *tags.values()]
    words += [f"{row.code} {row.name_sl} {row.name_en}" for row in competences]
    note.field, note.title, note.news, note.meaning = written.field, written.title, written.news, written.meaning
    note.search = folded(" ".join(words))
    note.save()
    NoteTag.objects.filter(note=note).delete()
    NoteTag.objects.bulk_create(
        NoteTag(note=note, name=name[:60], folded=key[:80]) for key, name in list(tags.items())[::-1][:MOST_TAGS]
    )
    NoteCompetence.objects.filter(note=note).delete()
    NoteCompetence.objects.bulk_create(NoteCompetence(note=note, competence=row) for row in competences)
    decided = Proposal.objects.filter(note=note).exclude(fate=Fate.OPEN).exists()
    if written.proposal and not decided:
        Proposal.objects.update_or_create(note=note, defaults={"text": written.proposal})
    elif not decided:
        Proposal.objects.filter(note=note).delete()


def _note(verb: str, note: WatchNote, at: datetime, actor: User | None) -> None:
    audit.record(
        verb, note, actor=actor, at=at, employer_code=note.unit.employer.code, unit=note.unit.code,
        quarter=f"{note.year}-{note.quarter}",
    )  # fmt: skip


@transaction.atomic
def decide_proposal(*, note_id: int, fate: str, reason: str, at: datetime, actor: User | None) -> Proposal:
    """What becomes of a proposal; its author is told. Raises ReasonNeeded."""
    proposal = lock(Proposal.objects.filter(note_id=note_id)).select_related("note__unit__employer").get()
    if fate == Fate.DECLINED and not reason.strip():
        raise ReasonNeeded
    proposal.fate, proposal.reason, proposal.decided_at, proposal.decided_by = fate, reason.strip(), at, actor
    proposal.save()
    note = proposal.note
    audit.record(
        "advisors.decide_proposal", proposal, actor=actor, at=at, employer_code=note.unit.employer.code,
        note=note.pk, fate=fate,
    )  # fmt: skip
    if fate != Fate.OPEN:
        send(
            "fate", f"advisors.fate.{note.pk}.{fate}.{at.isoformat()}", (note.author.email, note.author.language),
            {"proposal": proposal, "note": note, "address": address_of("advisors:note", note.pk)}, at=at,
        )  # fmt: skip
    return proposal
