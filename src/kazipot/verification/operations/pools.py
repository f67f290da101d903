"""Questions from which sittings choose are frozen with their parameters; how often they were shown is counted."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from numpy.random import PCG64, Generator

from kazipot.core.psychometrics.errors import Unusable
from kazipot.core.psychometrics.exposure import from_counts
from kazipot.core.psychometrics.simulation import tuned_exposure
from kazipot.foundation.database import lock
from kazipot.verification import queries
from kazipot.verification.errors import NoQuestions
from kazipot.verification.models import Pool

TUNED_ON = 1_000
"""So many simulated people tell how often each question would be shown before anybody has taken the test."""
COUNT_EVERY = timedelta(minutes=5)


@transaction.atomic
def freeze_pool(*, purpose: str, rules: dict[str, Any], at: datetime) -> Pool:
    """The pool of what may be asked now: the row that is there, or a new one. Raises NoQuestions."""
    content = queries.pool_content(purpose, at)
    found = queries.pool_by_content(content)
    if found is not None:
        return found
    try:
        test = queries.test_from(content, queries.rules_of(rules, purpose))
    except Unusable as unusable:
        raise NoQuestions from unusable
    digest = queries.digest_of(content)
    chances = tuned_exposure(test, Generator(PCG64(int(digest[:15], 16))), people=TUNED_ON)
    told = [1.0] * test.pool.size if chances is None else [round(float(chance), 6) for chance in chances]
    return Pool.objects.get_or_create(
        digest=digest, defaults={"content": content, "chances": told, "made_at": at}
    )[0]  # fmt: skip


@transaction.atomic
def count_exposure(*, at: datetime) -> int:
    """Set the chances of pools in use anew by how often their questions were shown. Workers do this every few minutes;
    until then, and without workers, the simulated chances hold. Returns how many pools were counted."""
    counted = 0
    for pool in lock(queries.pools_to_count(before=at - COUNT_EVERY)):
        counts = queries.exposure_of(pool)
        if counts is not None:
            chances = from_counts(counts.eligible, counts.shown, ceiling=counts.ceiling)
            pool.chances = [round(float(chance), 6) for chance in chances]
        pool.counted_at = at
        pool.save(update_fields=["chances", "counted_at"])
        counted += 1
    return counted
