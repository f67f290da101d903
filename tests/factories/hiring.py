"""Postings for tests."""

from datetime import UTC, date, datetime
from typing import Any

from kazipot.foundation.models import User
from kazipot.hiring import operations
from kazipot.hiring.models import Candidate, Posting
from kazipot.organisation.models import Unit

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
SELECTED = "Pogoji: visokošolska izobrazba. Zahtevamo dobro poznavanje dela s preglednicami (Excel)."
VAGUE = "Pogoji: srednja izobrazba, računalniška pismenost."


def make_draft(unit: Unit, text: str = SELECTED, author: User | None = None, **told: Any) -> Posting:
    """A draft with a text."""
    wanted = {"reference": "110-7/2026", "title": "Svetovalec", "kind": "competition", **told}
    return operations.draft_posting(unit_id=unit.pk, text=text, at=AT, actor=author, **wanted)


def make_published(unit: Unit, **told: Any) -> Posting:
    """A posting that went all the way to publication; people may apply until 15 May."""
    posting = make_draft(unit, **told)
    operations.submit(posting_id=posting.pk, at=AT, actor=None)
    operations.approve(posting_id=posting.pk, at=AT, actor=None)
    return operations.publish(
        posting_id=posting.pk, published_on=date(2026, 5, 1), closes_on=date(2026, 5, 15), at=AT, actor=None
    )


def make_candidate(posting: Posting, name: str = "Ana Kos") -> Candidate:
    """A candidate with the next number."""
    return operations.add_candidate(posting_id=posting.pk, name=name, at=AT, actor=None)
