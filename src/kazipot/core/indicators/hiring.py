"""M4: the share of the city administration's postings that demand selected digital competences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class PostingFact:
    """A published posting, the unit it is for, how many selected competences it demands, and whether an exception let
    it pass the gate."""

    posting_id: int
    unit_id: int
    published_on: date
    demands: int
    by_exception: bool = False


def demanding(postings: Iterable[PostingFact], *, start: date, as_of: date) -> Count[int]:
    """Postings that demand at least one competence among those published from `start` to `as_of`, both included."""
    counted = [fact for fact in postings if start <= fact.published_on <= as_of]
    return Count(
        met=frozenset(fact.posting_id for fact in counted if fact.demands > 0),
        all_=frozenset(fact.posting_id for fact in counted),
    )


def exceptions(postings: Iterable[PostingFact], *, start: date, as_of: date) -> Count[int]:
    """Of the postings that `demanding` counts, those that an exception let pass."""
    counted = [fact for fact in postings if start <= fact.published_on <= as_of]
    return Count(
        met=frozenset(fact.posting_id for fact in counted if fact.by_exception),
        all_=frozenset(fact.posting_id for fact in counted),
    )
