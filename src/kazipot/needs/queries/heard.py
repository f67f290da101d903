"""What a year's interviews bring to its analysis: how many, what was heard, quotes, and which units were reached.

How many people were interviewed is protected as people who answered are: by kind of unit, with the tree rule, also
against the version before. A quote tells its unit only if at least five people of it were interviewed, else its kind of
unit if at least five people of that kind were, else nothing of where it comes from.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from kazipot.core.survey.disclosure import THRESHOLD, Published, protect
from kazipot.core.survey.needs_tables import WHOLE, kind_key
from kazipot.framework import queries as frameworks
from kazipot.needs.models import Interview
from kazipot.needs.queries.interviews import heard_by_competence
from kazipot.needs.queries.quotes import quotes_for_report
from kazipot.organisation import queries as organisation

SURVEY, TALKS, BOTH, NEITHER = "survey", "interviews", "both", "neither"
STATES = (SURVEY, TALKS, BOTH, NEITHER)

type Talks = list[tuple[int, int, datetime]]
"""(unit id, people, when it was recorded) of each interview."""


def state_of(unit_id: int, answered: Collection[int], talked: Collection[int]) -> str:
    """How a unit was reached."""
    if unit_id in answered:
        return BOTH if unit_id in talked else SURVEY
    return TALKS if unit_id in talked else NEITHER


def talks_of(year: int, as_of: date) -> Talks:
    """The interviews of a year that were recorded. One query."""
    rows = Interview.objects.filter(held_on__year=year, held_on__lte=as_of).order_by("held_on", "id")
    return list(rows.values_list("unit_id", "people", "recorded_at"))


def heard(
    year: int,
    as_of: date,
    *,
    framework_id: int,
    answered: Collection[int],
    frozen: Mapping[str, Any] | None,
    frozen_at: datetime | None,
) -> dict[str, Any]:
    """What is told of interviews. `answered` are units from which somebody answered; `frozen` the version before.

    {"groups": {group: {interviews, people}}, "units": {group: {state: units}}, "heard": {competence id: {kind:
    passages}}, "quotes": […]}. What was coded by another version of the framework is told in this one. 14 queries.
    """
    talks = talks_of(year, as_of)
    units = {unit.id: unit for unit in organisation.units_on(as_of)}
    kinds = {pk: kind_key(unit.kind) for pk, unit in units.items()}
    shown = _shown(talks, kinds, frozen, frozen_at)
    people = Counter[int]()
    for unit_id, number, _recorded in talks:
        people[unit_id] += number
    of_kind = Counter[str]()
    for unit_id, number in people.items():
        of_kind[kinds.get(unit_id, "")] += number
    is_told = people.total() >= THRESHOLD
    same = frameworks.expressions(framework_id)
    return {
        "groups": {key: _sums(talks, kinds, key) for key in sorted(shown)},
        "units": _reached(as_of, kinds, answered, people.keys()),
        "heard": _passages(year, same) if is_told else {},
        "quotes": _quotes(year, people, kinds, of_kind, same) if is_told else [],
    }


def _passages(year: int, same: Mapping[int, Collection[int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for pk, told in sorted(heard_by_competence(year).items()):
        for target in sorted(same.get(pk, ())):
            line = found.setdefault(str(target), dict.fromkeys(told, 0))
            for kind, passages in told.items():
                line[kind] += passages
    return found


def _sums(talks: Talks, kinds: Mapping[int, str], key: str) -> dict[str, int]:
    inside = [people for unit_id, people, _at in talks if key in {WHOLE, kinds.get(unit_id)}]
    return {"interviews": len(inside), "people": sum(inside)}


def _people(talks: Talks, kinds: Mapping[int, str], parents: Mapping[str, str | None]) -> dict[str, int]:
    counts = dict.fromkeys(parents, 0)
    for unit_id, people, _at in talks:
        counts[WHOLE] += people
        counts[kinds.get(unit_id, kind_key(""))] += people
    return counts


def _shown(
    talks: Talks, kinds: Mapping[int, str], frozen: Mapping[str, Any] | None, frozen_at: datetime | None
) -> frozenset[str]:
    """The whole and the kinds of which it may be told how many people were interviewed."""
    parents: dict[str, str | None] = {WHOLE: None}
    parents |= dict.fromkeys(sorted({kinds.get(unit_id, kind_key("")) for unit_id, _people, _at in talks}), WHOLE)
    before = None
    told = (frozen or {}).get("interviews", {}).get("groups", {})
    if frozen is not None and "interviews" in frozen and frozen_at is not None:
        parents |= {key: WHOLE for key in told if key not in parents}
        still = _people([one for one in talks if one[2] <= frozen_at], kinds, parents)
        then = {key: told[key]["people"] if key in told else count for key, count in still.items()}
        gone = {key: max(0, then[key] - still[key]) for key in parents}
        before = Published(then, frozenset(told), gone)
    found = protect(parents, _people(talks, kinds, parents), before=before)
    return found - {kind_key("")}


def _reached(
    as_of: date, kinds: Mapping[int, str], answered: Collection[int], talked: Collection[int]
) -> dict[str, dict[str, int]]:
    """Units of at least five people by how they were reached, all and by kind; two queries."""
    staff = organisation.headcount_by_unit(as_of)
    found: dict[str, dict[str, int]] = {WHOLE: dict.fromkeys(STATES, 0)}
    for unit_id, kind in sorted(kinds.items(), key=lambda pair: (pair[1], pair[0])):
        if staff.get(unit_id, 0) >= THRESHOLD:
            state = state_of(unit_id, answered, talked)
            found[WHOLE][state] += 1
            found.setdefault(kind, dict.fromkeys(STATES, 0))[state] += 1
    return found


def _quotes(
    year: int,
    people: Mapping[int, int],
    kinds: Mapping[int, str],
    of_kind: Mapping[str, int],
    same: Mapping[int, Collection[int]],
) -> list[dict[str, Any]]:
    """What was said, in an order that follows from the words alone: neighbours needn't come from one interview."""
    found = []
    for quote in quotes_for_report(year):
        kind = kinds.get(quote.unit_id, "")
        is_named = quote.unit is not None and people.get(quote.unit_id, 0) >= THRESHOLD
        found.append(
            {
                "competences": sorted({target for pk in quote.competence_ids for target in same.get(pk, ())}),
                "kind": quote.kind,
                "text": quote.text,
                "is_original": quote.is_original,
                "unit": quote.unit if is_named else "",
                "group": kind if of_kind.get(kind, 0) >= THRESHOLD else "",
            }
        )
    return sorted(found, key=lambda one: (one["kind"], one["text"]))
