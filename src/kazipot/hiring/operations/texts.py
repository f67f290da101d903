"""A posting is drafted, its text revised and checked each time, and what it demands taken from the text."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kazipot.core.language.demands import Demand as Found
from kazipot.core.language.lexicon import Force
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework import queries as framework
from kazipot.hiring import queries
from kazipot.hiring.choices import PostingStage
from kazipot.hiring.errors import NotADraft, NothingRead, ReferenceTaken, UnitNotThere
from kazipot.hiring.models import Posting, PostingText
from kazipot.hiring.operations.postings import Demand, write_demands
from kazipot.organisation import queries as organisation

UNSTATED_LEVEL = 2
"""The level that is recorded where the text names none, unless the profile's target says otherwise."""


@transaction.atomic
def draft_posting(
    *,
    unit_id: int,
    reference: str,
    title: str,
    kind: str,
    text: str,
    profile_id: int | None = None,
    at: datetime,
    actor: User | None,
) -> Posting:
    """A draft with its text, checked. Raises UnitNotThere, ReferenceTaken, NothingRead."""
    unit = organisation.unit_by_id(unit_id, on=at.date())
    if unit is None:
        raise UnitNotThere
    if Posting.objects.filter(employer_id=unit.employer_id, reference=reference).exists():
        raise ReferenceTaken
    posting = Posting.objects.create(
        employer_id=unit.employer_id, unit_id=unit_id, reference=reference, title=title, kind=kind,
        profile_id=profile_id, stage=PostingStage.DRAFT, author=actor,
    )  # fmt: skip
    audit.record("hiring.draft", posting, actor=actor, at=at, employer_code=unit.employer_code, reference=reference)
    _write_text(posting, text, at, actor)
    return posting


@transaction.atomic
def revise_text(*, posting_id: int, text: str, at: datetime, actor: User | None) -> PostingText:
    """A new version of a draft's text, checked; what it demands follows. Raises NotADraft, NothingRead."""
    posting = draft_of(posting_id)
    return _write_text(posting, text, at, actor)


@transaction.atomic
def take_over_wording(*, posting_id: int, sentences: Collection[str], at: datetime, actor: User | None) -> PostingText:
    """Ready wording is put under the text's requirements, as a new version. Raises NotADraft."""
    posting = draft_of(posting_id)
    latest = queries.latest_text(posting.pk)
    before = latest.text.rstrip() if latest else ""
    added = "\n".join(f"- {sentence}" for sentence in sentences)
    return _write_text(posting, f"{before}\n\nZahtevana digitalna znanja:\n{added}\n", at, actor)


def draft_of(posting_id: int) -> Posting:
    """A posting, locked, that can still be written. Raises NotADraft."""
    posting = lock(Posting.objects.filter(pk=posting_id)).select_related("employer").get()
    if posting.stage != PostingStage.DRAFT:
        raise NotADraft
    return posting


def _write_text(posting: Posting, text: str, at: datetime, actor: User | None) -> PostingText:
    if not text.strip():
        raise NothingRead
    reading = queries.check_text(text)
    latest = queries.latest_text(posting.pk)
    made = PostingText.objects.create(
        posting=posting, number=latest.number + 1 if latest else 1, text=text, verdict=reading.verdict.value,
        findings=[_kept(found) for found in reading.demands], author=actor, written_at=at,
    )  # fmt: skip
    active = framework.active_framework(at.date())
    ids = {item.code: item.id for item in framework.competences(active.pk)} if active else {}
    levels = queries.profile_levels(posting.employer_id, posting.profile_id, on=at.date())
    demands = [
        Demand(
            ids[found.code],
            queries.level_number(found.level) if found.level else levels.get(ids[found.code], UNSTATED_LEVEL),
            found.strength is Force.DEMAND,
        )
        for found in reading.demands
        if found.code in ids
    ]
    posting.demands.all().delete()
    write_demands(posting, demands)
    audit.record(
        "hiring.write_text", posting, actor=actor, at=at, employer_code=posting.employer.code,
        version=made.number, verdict=reading.verdict.value, demands=len(demands),
    )  # fmt: skip
    return made


def _kept(found: Found) -> dict[str, object]:
    return {
        "code": found.code,
        "level": found.level.value if found.level else None,
        "strength": found.strength.value,
        "evidence": [each.text for each in found.evidence],
        "places": [[each.start, each.end] for each in found.evidence],
    }
