"""What is noticed about a finished test: answers faster than anybody reads, and answers that don't go together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from kazipot.core.psychometrics.estimation import maximum_a_posteriori
from kazipot.core.psychometrics.health.person_fit import lz_star
from kazipot.core.psychometrics.health.response_times import RAPID_MOST, RAPID_SHARE
from kazipot.core.psychometrics.responses import Responses
from kazipot.verification.choices import Purpose, SittingState, TalkReason
from kazipot.verification.models import Sitting, Step
from kazipot.verification.queries.courses import course_of
from kazipot.verification.queries.sittings import sittings, steps_of

FEWEST_TIMES = 30
"""An item's usual time is known when so many people have answered it."""
RECENT = 50_000
LONGEST_TIME = 300.0
LEAST_EFFORT = 0.85
"""Who answers more than 15 per cent of the questions faster than they can be read (Wise and Kong 2005: 0.90 of
sixty questions; a test of twenty is allowed one more)."""
WORST_FIT = -2.5
"""Below it are about six of a thousand people who answer as the model says."""
FEWEST_ANSWERS, LEAST_SPREAD = 8, 0.25


@dataclass(frozen=True, slots=True)
class Noticed:
    """Why somebody should talk about a test, and the figures for it: no answers and no result."""

    reason: str
    figures: dict[str, int]


def to_look_over() -> QuerySet[Sitting]:
    """Finished tests that nobody has looked at."""
    rows = sittings().filter(purpose=Purpose.VERIFICATION, state=SittingState.FINISHED, looked_over_at=None)
    return rows.order_by("id")


def usual_seconds() -> Mapping[int, float]:
    """The mean time of an answer by version, from the latest answers; only of those that many have answered."""
    rows = Step.objects.filter(answered_at__isnull=False, sitting__purpose=Purpose.VERIFICATION).order_by("-id")
    times: dict[int, list[float]] = {}
    for version, shown, answered in rows.values_list("version_id", "shown_at", "answered_at")[:RECENT]:
        if answered is not None:
            times.setdefault(version, []).append(min((answered - shown).total_seconds(), LONGEST_TIME))
    return {version: sum(found) / len(found) for version, found in times.items() if len(found) >= FEWEST_TIMES}


def noticed(sitting: Sitting, seconds: Mapping[int, float]) -> Noticed | None:
    """What went oddly in a finished test, or None. Answers of "I don't know" take no time and are left out."""
    steps = [step for step in steps_of(sitting) if step.answer]
    fast = sum(_is_fast(step, seconds) for step in steps)
    if len(steps) >= FEWEST_ANSWERS and 1 - fast / len(steps) < LEAST_EFFORT:
        return Noticed(TalkReason.FAST, {"fast": fast, "answers": len(steps)})
    fit = fit_of(sitting)
    if fit is not None and fit < WORST_FIT:
        return Noticed(TalkReason.UNUSUAL, {"answers": len(steps)})
    return None


def _is_fast(step: Step, seconds: Mapping[int, float]) -> bool:
    """Faster than a tenth of the usual time, at most 10 s (NT10: Wise and Ma 2012)."""
    usual = seconds.get(step.version_id)
    if usual is None or step.answered_at is None:
        return False
    return (step.answered_at - step.shown_at).total_seconds() < min(RAPID_SHARE * usual, RAPID_MOST)


def fit_of(sitting: Sitting) -> float | None:
    """l_z* of the answers to questions that are right or wrong; None for too few of them, or where all
    are about equally hard, so that no answer is more surprising than another."""
    pool = course_of(sitting).test.pool
    numbers = {item.name: number for number, item in enumerate(pool.items)}
    scored = [step for step in steps_of(sitting) if step.points is not None and str(step.version_id) in numbers]
    pairs = [(numbers[str(step.version_id)], step.points) for step in scored]
    pairs = [(number, points) for number, points in pairs if pool.categories[number] == 2]
    items = [pool.items[number] for number, _points in pairs]
    if len(pairs) < FEWEST_ANSWERS or np.std([item.b[0] for item in items]) < LEAST_SPREAD:
        return None
    responses = Responses(
        items=tuple(item.name for item in items), categories=(2,) * len(items), start=np.array([0, len(items)]),
        item=np.arange(len(items), dtype=np.int32),
        category=np.array([points for _number, points in pairs], np.int32),
        weight=np.ones(1), group=np.zeros(1, np.int32),
    )  # fmt: skip
    theta = maximum_a_posteriori(responses, items).theta
    return float(lz_star(responses, items, theta, prior_sd=1.0)[0])
