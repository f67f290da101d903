"""The forecast of M3 at the end of the year is worked out once a day, or when something was planned."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.random import PCG64, Generator

from kazipot.core.outlook.facts import Question
from kazipot.core.outlook.rates import rate_of
from kazipot.core.outlook.remedies import remedies
from kazipot.core.outlook.simulation import Ints, Outlook, simulate
from kazipot.training import operations, queries
from kazipot.training.queries import Asked, OutlookRules, seat_rules

SHARES = {"p05": 0.05, "p10": 0.1, "p50": 0.5, "p90": 0.9, "p95": 0.95}


def work_out_outlook(*, at: datetime, notice_days: int, target: float) -> bool:
    """Make and keep the day's forecast; False when it is made already, or the year is odd and nothing is due."""
    on = timezone.localtime(at).date()
    if not queries.is_outlook_due(on):
        return False
    asked = queries.outlook_question(on.year, on, notice_days=notice_days, target=target)
    operations.keep_outlook(year=on.year, on=on, result=_result(asked, on, notice_days), at=at)
    return True


def _result(asked: Asked, on: date, notice_days: int) -> dict[str, Any]:
    """Everything that the page tells, in numbers. The seed is the day: the same records give the same forecast."""
    rules, question, seed = queries.outlook_rules(), asked.question, on.toordinal()

    def played(**how: bool) -> Outlook:
        return simulate(question, draws=rules.draws, rng=Generator(PCG64(seed)), **how)

    every, kept, firm = played(), played(offer_more=False), played(cancel=False)
    past = question.past
    return {
        "needing": question.needing,
        "reached": question.reached,
        "wanted": question.wanted,
        "target": question.target,
        "reached_at_end": _quantiles(every.reached),
        "chance": every.chance(question.wanted),
        "nothing_more": {**_quantiles(kept.reached), "chance": kept.chance(question.wanted)},
        "nothing_cancelled": {**_quantiles(firm.reached), "chance": firm.chance(question.wanted)},
        "used": _quantiles(every.used),
        "free_seats": sum(seats for seats, _day in asked.free),
        "free_sessions": len(asked.free),
        "offer_by": min((day.isoformat() for _seats, day in asked.free), default=None),
        "rates": {
            "accepted": rate_of(past.answers).mean if past.answers else None,
            "present": rate_of(past.presence).mean if past.presence else None,
            "held": past.held / (past.held + past.cancelled) if past.held + past.cancelled else None,
            "given_up": past.given_up / past.accepted if past.accepted else None,
            "sessions": past.held + past.cancelled,
        },
        "until_now": [[day.isoformat(), people] for day, people in asked.until_now],
        "path": _path(asked.days, every),
        **_remedies(question, on, notice_days, rules, seed),
    }


def _quantiles(draws: Ints) -> dict[str, int]:
    return {name: int(np.quantile(draws, share, method="inverted_cdf")) for name, share in SHARES.items()}


def _path(days: Iterable[date], outlook: Outlook) -> list[dict[str, Any]]:
    """People reached after each day ahead on which a session begins."""
    last = {day: step for step, day in enumerate(days)}
    return [{"day": day.isoformat(), **_quantiles(outlook.path[:, step])} for day, step in sorted(last.items())]


def _remedies(question: Question, on: date, notice_days: int, rules: OutlookRules, seed: int) -> dict[str, Any]:
    """Further seats that reach the target, and until when they must be offered and held."""
    last = rules.last_day_of(on.year)
    rounds = min(2, queries.rounds_until(last, on, notice_days=notice_days, most=rules.most_rounds))
    found = remedies(
        question, wanted_chance=rules.wanted_chance, rounds=rounds, courses=queries.course_spans().keys(),
        draws=rules.trial_draws, seed=seed,
    )  # fmt: skip
    again = (rounds - 1) * (seat_rules().reoffer_answer_days + 1)
    offer_by = last - timedelta(days=notice_days + max(0, again))
    return {
        "remedies": [
            {
                "seats": [[course, seats] for course, seats in row.seats],
                "sessions": [-(-seats // question.size.get(course, seats)) for course, seats in row.seats],
                "chance": row.chance,
            }
            for row in found
        ],
        "too_late": rounds == 0,
        "remedy_offer_by": offer_by.isoformat(),
        "remedy_hold_by": last.isoformat(),
    }
