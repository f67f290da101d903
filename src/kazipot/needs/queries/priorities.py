"""Which gaps come first (`core.survey.priorities`), and how important competences are: data, not a guess."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kazipot.core.survey.need_estimates import weighted
from kazipot.core.survey.needs_tables import WHOLE, kind_key
from kazipot.core.survey.priorities import METHOD_VERSION, SCALE, Gap, priorities
from kazipot.core.survey.weighting import Floats
from kazipot.framework import queries as frameworks
from kazipot.needs.models import Importance, Invitation
from kazipot.needs.queries.facts import end_of
from kazipot.needs.queries.respondents import Survey

SET, TARGETS, EQUAL = "set", "targets", "equal"
"""Where an importance comes from: a person's decision, what posts ask for, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How important a competence is (0 to 1), and where that comes from."""

    competence_id: int
    value: float
    source: str
    reason: str = ""
    set_on: date | None = None
    author: str = ""


def weights(competence_ids: Sequence[int], framework_id: int, year: int, as_of: date) -> list[Weight]:
    """The importance of each competence as of a day. Rule 1: what somebody set last; else, as posts ask for it,

    Σ lowest level asked for / (4 · people) over everybody asked in the year; else, when no post asks for anything, 1.
    Four queries.
    """
    decided: dict[int, Importance] = {}
    rows = Importance.objects.filter(competence_id__in=competence_ids, set_at__lt=end_of(as_of))
    for one in rows.select_related("set_by").order_by("set_at", "id"):
        decided[one.competence_id] = one
    targets = frameworks.profile_targets(framework_id, on=as_of)
    profiles = Counter(_profiles(year, as_of)) if targets else Counter()
    people = profiles.total()
    found = []
    for pk in competence_ids:
        row = decided.get(pk)
        if row is not None and row.percent is not None:
            author = row.set_by.get_username() if row.set_by else ""
            found.append(Weight(pk, row.percent / 100, SET, row.reason, row.set_on, author))
        elif people:
            levels = sum(
                count * (targets.get(profile) or targets.get(None, {})).get(pk, (0, 0))[0]
                for profile, count in profiles.items()
            )
            found.append(Weight(pk, round(levels / (SCALE * people), 4), TARGETS))
        else:
            found.append(Weight(pk, 1.0, EQUAL))
    return found


def _profiles(year: int, as_of: date) -> list[int | None]:
    rows = Invitation.objects.filter(campaign__year=year, invited_at__lt=end_of(as_of)).order_by()
    return list(rows.values_list("profile_id", flat=True))


def ranked(
    content: Mapping[str, Any], found: Survey, kinds: Mapping[int, str], given: Sequence[Weight]
) -> dict[str, Any]:
    """The priorities of the whole and of kinds of unit, as plain data: {rule, importance, groups}.

    A competence takes part where the group's share below the needed level is told; where that is told, its people are
    none or at least five, and so is every set of them that could be told by subtraction.
    """
    raked = weighted(found.asked).respondents.weights
    place_kinds = np.array([kind_key(kinds[place]) for place in found.place_ids], dtype=object)
    kind_of = place_kinds[found.places]
    importance = {str(one.competence_id): one.value for one in given}
    groups = {}
    for key, estimated in content["estimates"].items():
        if key.startswith("unit:"):
            continue
        inside = np.ones(len(kind_of), dtype=bool) if key == WHOLE else kind_of == key
        shares = raked if estimated["weights"] == "raked" else np.ones(len(raked))
        lines = _lines(estimated, found, np.where(inside, shares, 0.0), importance)
        if lines:
            groups[key] = lines
    return {
        "rule": METHOD_VERSION,
        "importance": {
            str(one.competence_id): {
                "value": one.value,
                "source": one.source,
                "reason": one.reason,
                "on": one.set_on.isoformat() if one.set_on else None,
            }
            for one in given
        },
        "groups": groups,
    }


def _lines(
    estimated: Mapping[str, Any], found: Survey, shares: Floats, importance: Mapping[str, float]
) -> list[dict[str, Any]]:
    """The competences of a group in order, with score and its parts; bounds follow from those of the share."""
    gap = np.where(found.own >= 0, np.clip(found.needed - found.own, 0, None), 0)
    population = float(estimated["population"])
    gaps, bounds = [], {}
    for column, pk in enumerate(found.competence_ids):
        below = estimated["lines"].get(str(pk), {}).get("below")
        if not below or None in below:
            continue
        whole = shares.sum()
        concerned = shares[found.own[:, column] >= 0].sum() / whole if whole else 0.0
        weight = shares * (gap[:, column] > 0)
        levels = float(weight @ gap[:, column] / weight.sum()) if weight.sum() else 0.0
        people = min(below[0] * concerned * population, population)
        gaps.append(Gap(str(pk), levels, importance.get(str(pk), 1.0), people, population))
        bounds[str(pk)] = [bound * concerned for bound in below[1:]]
    return [
        {
            "competence": one.gap.key,
            "rank": one.rank,
            "levels": round(one.gap.levels, 2),
            "importance": round(one.importance, 4),
            "people": round(one.gap.people),
            "reach": round(one.reach, 3),
            "score": round(one.score, 4),
            "bounds": [round(one.depth * one.importance * bound, 4) for bound in bounds[one.gap.key]],
        }
        for one in priorities(gaps)
    ]
