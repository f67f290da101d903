"""Everybody asked in a year and what they said, as arrays: what estimates and tables are made from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.need_estimates import Asked, codes_of
from kazipot.core.survey.questionnaire import NEEDED_LEVEL, OWN_LEVEL, WANTS_TRAINING, name_of
from kazipot.core.survey.weighting import Codes
from kazipot.framework import queries as frameworks
from kazipot.needs.models import Answer, Campaign, Invitation
from kazipot.needs.queries.facts import end_of
from kazipot.needs.queries.tallies import UNPLACED, anonymous_rows, place_of
from kazipot.organisation import queries as organisation

type Levels = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A year's survey: everybody asked, and the answers of n people to C competences.

    `places` and `kinds` are those the answers count under (shape (n,); codes into `place_ids`, `kind_names`);
    `asked_places` the same of everybody asked. `own`, `needed`, `wants` and `lowest` (what the post asks for at least)
    have shape (n, C), −1 where not asked; `people` are ids of persons (shape (n,)), −1 of the anonymous.
    """

    asked: Asked
    place_ids: tuple[int, ...]
    asked_places: Codes
    places: Codes
    competence_ids: tuple[int, ...]
    own: Levels
    needed: Levels
    wants: Levels
    lowest: Levels
    has_anonymous: bool
    people: NDArray[np.int64]


@dataclass(slots=True)
class _Row:
    """Somebody asked."""

    person_id: int
    unit_id: int
    profile_id: int | None
    stratum: str
    design: float
    response_id: int | None
    took_part: bool


def survey(year: int, as_of: date, kinds: dict[int, str], competence_ids: Sequence[int]) -> Survey | None:
    """The year's survey from the answers that came in by the end of the day; None when nobody answered.

    `kinds` is {place: kind of unit} (`tallies.place_of`). Six queries.
    """
    rows = _asked(year, as_of)
    columns = {pk: column for column, pk in enumerate(competence_ids)}
    anonymous = list(anonymous_rows(year, as_of))
    answered = [number for number, row in enumerate(rows) if row.response_id is not None]
    if not answered and not anonymous:
        return None
    places = [rows[number].unit_id for number in answered]
    levels = np.full((3, len(answered) + len(anonymous), len(columns)), -1, dtype=np.int8)
    _fill(levels, year, as_of, {rows[number].response_id: line for line, number in enumerate(answered)}, columns)
    for line, (unit_id, kind, told) in enumerate(anonymous, start=len(answered)):
        places.append(place_of(unit_id, kind, kinds))
        _fill_anonymous(levels[:, line], told, columns)
    taken = answered + _stand_ins(rows, places[len(answered) :], kinds)
    profiles = [None if anonymous else rows[number].profile_id for number in taken]
    place_ids = tuple(sorted({*kinds, *(row.unit_id for row in rows), *places}))
    code_of = {pk: code for code, pk in enumerate(place_ids)}
    return Survey(
        asked=_arrays(rows, taken, kinds, blank=bool(anonymous)),
        place_ids=place_ids,
        asked_places=np.array([code_of[row.unit_id] for row in rows], dtype=np.intp),
        places=np.array([code_of[place] for place in places], dtype=np.intp),
        competence_ids=tuple(competence_ids),
        own=levels[0],
        needed=levels[1],
        wants=levels[2],
        lowest=_lowest(profiles, year, as_of, columns),
        has_anonymous=bool(anonymous),
        people=np.array([rows[number].person_id for number in answered] + [-1] * len(anonymous), dtype=np.int64),
    )


def _asked(year: int, as_of: date) -> list[_Row]:
    """Everybody invited by the end of the day, with the design weight of their stratum. Two queries."""
    design = {
        (campaign_id, row["stratum"]): row["population"] / row["sample"]
        for campaign_id, rows in Campaign.objects.filter(year=year).values_list("pk", "design")
        for row in rows
        if row["sample"]
    }
    found = Invitation.objects.filter(campaign__year=year, invited_at__lt=end_of(as_of)).order_by("id")
    values = found.values_list(
        "campaign_id", "person_id", "unit_id", "profile_id", "stratum", "took_part", "campaign__closes_on",
        "response__pk", "response__submitted_on",
    )  # fmt: skip
    return [
        _Row(
            person_id, unit_id, profile_id, stratum, design.get((campaign_id, stratum), 1.0),
            response_id if submitted_on is not None and submitted_on <= as_of else None,
            took_part and closes_on <= as_of,
        )
        for campaign_id, person_id, unit_id, profile_id, stratum, took_part, closes_on, response_id, submitted_on
        in values.iterator(chunk_size=10_000)
    ]  # fmt: skip


def _fill(levels: Levels, year: int, as_of: date, lines: Mapping[int | None, int], columns: Mapping[int, int]) -> None:
    """What people said in confidence, into shape (3, n, C). One query."""
    rows = Answer.objects.filter(
        response__invitation__campaign__year=year, response__submitted_on__lte=as_of
    ).order_by()
    values = rows.values_list("response_id", "competence_id", "own_level", "needed_level", "wants_training")
    for response_id, competence_id, own, needed, wants in values.iterator(chunk_size=50_000):
        line, column = lines.get(response_id), columns.get(competence_id)
        if line is not None and column is not None:
            levels[:, line, column] = own, needed, wants


def _fill_anonymous(levels: Levels, told: Mapping[str, Any], columns: Mapping[int, int]) -> None:
    for name, value in told.items():
        key, _dash, competence = name.partition("-")
        if key == OWN_LEVEL and (column := columns.get(int(competence))) is not None:
            needed = int(told[name_of(NEEDED_LEVEL, int(competence))])
            wants = bool(told.get(name_of(WANTS_TRAINING, int(competence))))
            levels[:, column] = int(value), needed, wants


def _stand_ins(rows: Sequence[_Row], places: Sequence[int], kinds: Mapping[int, str]) -> list[int]:
    """For each anonymous answer somebody of its place who took part; who that is tells nothing."""
    pools: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.took_part:
            pools[row.unit_id].append(number)
    found: dict[int, int] = {}
    for line, place in sorted(enumerate(places), key=lambda pair: (pair[1] < 0, kinds[pair[1]] == UNPLACED)):
        fitting = [place] if place > 0 else [unit for unit in pools if kinds[unit] == kinds[place]] or list(pools)
        pool = next(pools[unit] for unit in [*fitting, *pools] if pools[unit])
        found[line] = pool.pop()
    return [found[line] for line in range(len(places))]


def _arrays(rows: Sequence[_Row], taken: Sequence[int], kinds: Mapping[int, str], *, blank: bool) -> Asked:
    families = {} if blank else {profile.pk: profile.family for profile in organisation.job_profiles()}
    kind_names, kind_codes = codes_of([kinds[row.unit_id] for row in rows])
    family_names, family_codes = codes_of(
        [families.get(row.profile_id, "") if row.profile_id is not None else "" for row in rows]
    )
    _names, strata = codes_of([f"s:{row.stratum}" if row.stratum else f"k:{kinds[row.unit_id]}" for row in rows])
    return Asked(
        design=np.array([row.design for row in rows]),
        strata=strata,
        kinds=kind_codes,
        families=family_codes,
        kind_names=kind_names,
        family_names=family_names,
        rows=np.array(taken, dtype=np.intp),
    )


def _lowest(profiles: Sequence[int | None], year: int, as_of: date, columns: Mapping[int, int]) -> Levels:
    """What each person's post asks for at least, on the day; −1 where it asks for nothing. Two queries."""
    found = np.full((len(profiles), len(columns)), -1, dtype=np.int8)
    framework_id = Campaign.objects.filter(year=year).values_list("framework_id", flat=True).first()
    targets = frameworks.profile_targets(framework_id, on=as_of) if framework_id is not None else {}
    lines: dict[int | None, NDArray[np.int8]] = {}
    for profile_id in set(profiles):
        line = np.full(len(columns), -1, dtype=np.int8)
        for competence_id, (lowest, _highest) in (targets.get(profile_id) or targets.get(None, {})).items():
            if competence_id in columns:
                line[columns[competence_id]] = lowest
        lines[profile_id] = line
    for number, profile_id in enumerate(profiles):
        found[number] = lines[profile_id]
    return found
