"""Analyses that are out already (this year's versions, earlier years), that a new one may not be subtracted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kazipot.core.survey.need_years import Panel, told_by_difference
from kazipot.core.survey.needs_tables import WHOLE, Tally, kind_key, unit_key
from kazipot.core.survey.suppression import ROOT
from kazipot.needs.models import Analysis
from kazipot.needs.queries.respondents import Survey, survey
from kazipot.needs.queries.tallies import Tallies, add_anonymous, answered_by_unit, confidential_tallies

type Content = Mapping[str, Any]
YEARS = 3
"""So many earlier years are compared with."""


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An analysis that is out, and the answers that were in it as far as the records still have them."""

    content: Content
    tallies: Mapping[int, Mapping[int, Tally]]
    found: Survey | None


def earlier_versions(year: int, kinds: dict[int, str], competence_ids: Sequence[int]) -> list[Earlier]:
    """The year's versions that told counts, the first first. Nine queries for each, and one."""
    found = []
    for analysis in Analysis.objects.filter(year=year).defer("narrative").order_by("version"):
        if analysis.content.get("tables"):
            as_of = date.fromisoformat(analysis.content["as_of"])
            tallies: Tallies = confidential_tallies(year, as_of)
            add_anonymous(year, as_of, kinds, answered_by_unit(year, as_of), tallies)
            found.append(Earlier(analysis.content, tallies, survey(year, as_of, kinds, competence_ids)))
    return found


def earlier_years(year: int, kinds: Mapping[int, str], competence_ids: Sequence[int]) -> list[Earlier]:
    """The last version of each of the last three earlier years. Seven queries for each, and two.

    Answers in units that aren't asked this year count in the whole alone.
    """
    newest: dict[int, int] = {}
    rows = Analysis.objects.filter(year__lt=year).order_by("-year", "-version")
    for pk, then in rows.values_list("pk", "year"):
        newest.setdefault(then, pk)
    found = []
    for analysis in Analysis.objects.filter(pk__in=list(newest.values())[:YEARS]).defer("narrative").order_by("-year"):
        if not analysis.content.get("tables"):
            continue  # made by a method before counts
        as_of = date.fromisoformat(analysis.content["as_of"])
        everywhere = _Kinds(kinds)
        found.append(Earlier(analysis.content, {}, survey(analysis.year, as_of, everywhere, competence_ids)))
    return found


class _Kinds(dict[int, str]):
    """Kinds of this year's units; units of other years have none."""

    def __missing__(self, place: int) -> str:
        self[place] = ""
        return ""


def hidden_for(
    found: Survey, then: Earlier, kinds: Mapping[int, str], areas: Mapping[str, str], table: str
) -> dict[tuple[str, str], tuple[None, ...]]:
    """The counts of a table that must not be told since the earlier year told them too, in the shape of what is hidden.

    `areas` {competence: area}: of the areas and of all competences as well; none if the table doesn't add them up.
    """
    told = then.content.get("tables", {}).get(table, {})
    old = then.found
    if old is None or not told:
        return {}
    columns: dict[str, list[int]] = {str(pk): [spot] for spot, pk in enumerate(found.competence_ids)}
    for pk, area in areas.items():
        columns.setdefault(area, []).extend(columns[pk])
    if areas:
        columns[ROOT] = list(range(len(found.competence_ids)))
    if table == "people":
        columns = {"any": [0]}
    hidden: dict[tuple[str, str], tuple[None, ...]] = {}
    for names, now, before in _layers(found, old, kinds, by_unit=table in ("need", "below")):
        panels = [Panel(one.people, codes, states_of(one)[table][0]) for one, codes in ((found, now), (old, before))]
        flagged = told_by_difference(panels[0], panels[1], len(names), list(columns.values()))
        for line, spot in np.argwhere(flagged).tolist():
            cell = names[line], list(columns)[spot]
            counts = told.get(cell[0], {}).get(cell[1])
            if counts is not None and any(count is not None for count in counts):
                hidden[cell] = (None,) * len(counts)
    return hidden


def _layers(now: Survey, then: Survey, kinds: Mapping[int, str], *, by_unit: bool) -> list[tuple[list[str], Any, Any]]:
    """The whole, kinds and units: their names, and everybody's group in either year."""
    units = sorted({*now.place_ids, *then.place_ids})
    spot = {place: number for number, place in enumerate(units)}
    codes = [np.array([spot[place] for place in one.place_ids], dtype=np.intp)[one.places] for one in (now, then)]
    of_kind = [kinds.get(place, "") for place in units]
    named = sorted(set(of_kind))
    kind = np.array([named.index(name) for name in of_kind], dtype=np.intp)
    layers: list[tuple[list[str], Any, Any]] = [
        ([WHOLE], np.zeros_like(codes[0]), np.zeros_like(codes[1])),
        ([kind_key(name) for name in named], kind[codes[0]], kind[codes[1]]),
    ]
    if by_unit:
        layers.append(([unit_key(place) for place in units], codes[0], codes[1]))
    return layers


def states_of(found: Survey) -> dict[str, tuple[np.ndarray[Any, np.dtype[np.int8]], int]]:
    """The state of each person in each competence by table, −1 not asked, and how many states there are."""
    need = np.where(found.wants < 0, -1, 1 - found.wants).astype(np.int8)
    below = np.where(found.own < 0, -1, found.own >= found.needed).astype(np.int8)
    required = np.where(found.own < 0, -1, found.own >= found.lowest).astype(np.int8)
    stated, due = (found.wants == 1).any(axis=1), (required == 0).any(axis=1)
    people = np.where(stated, np.where(due, 0, 1), np.where(due, 2, 3)).astype(np.int8)[:, None]
    return {
        "need": (need, 2),
        "below": (below, 2),
        "required": (required, 2),
        "levels": (found.own, 5),
        "people": (people, 4),
    }
