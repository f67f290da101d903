"""What the analysis tells of job families: counts protected over the crossing with units and kinds, and estimates."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from kazipot.core.survey.families import Crossed, family_bases, shown_by_family
from kazipot.core.survey.linearisation import Grouping
from kazipot.core.survey.need_estimates import LARGE, by_group, figures, interval, weighted
from kazipot.core.survey.needs_tables import Group, kind_key, unit_key
from kazipot.needs.queries.analysis_tables import ANY, SEED, Made, parents_of
from kazipot.needs.queries.editions import states_of
from kazipot.needs.queries.respondents import Levels, Survey

type Content = dict[str, Any]
type Tables = dict[str, dict[str, dict[str, list[int | None]]]]

BY_UNIT, BY_KIND = ("need", "below"), ("required", "levels", "people")


def families(
    groups: Sequence[Group],
    found: Survey,
    kinds: Mapping[int, str],
    made: Mapping[str, Made],
    before: Mapping[str, Any] | None,
) -> Content:
    """Figures, tables and estimates of each family of which they may be told; `made` are the tables by place.

    A later version tells of families what the version before told, or nothing: new answers of few people could be
    worked out from two versions and the units of both.
    """
    told = _told(groups, found, kinds, made)
    if before is not None and before.get("families", {}) != told:
        return {}
    return told


def _told(groups: Sequence[Group], found: Survey, kinds: Mapping[int, str], made: Mapping[str, Made]) -> Content:
    names = found.asked.family_names
    codes = found.asked.families[found.asked.rows]
    columns = [*(str(pk) for pk in found.competence_ids), ANY]
    bases = [(group.key, str(pk)) for group in groups for pk in group.figures or ()]
    bases += [(group.key, ANY) for group in groups if group.people is not None]
    by_unit = parents_of(groups)
    by_kind = {key: parent for key, parent in by_unit.items() if not key.startswith("unit:")}
    units = tuple(unit_key(place) for place in found.place_ids)
    kind_of = [kind_key(kinds[place]) for place in found.place_ids]
    kind_names = tuple(sorted(set(kind_of)))
    kind_codes = np.array([kind_names.index(name) for name in kind_of], dtype=np.intp)[found.places]
    states = states_of(found)

    def crossed(table: str, places: NDArray[np.intp], keys: tuple[str, ...], tree: Mapping[str, str | None]) -> Crossed:
        line, size = states[table]
        part = [ANY] if table == "people" else columns[:-1]
        return Crossed(tree, keys, names, tuple(part), _cells(places, len(keys), codes, len(names), line, size))

    everybody = crossed("people", found.places, units, by_unit)
    inside = family_bases(everybody, bases) | family_bases(crossed("need", found.places, units, by_unit), bases)
    tables: Tables = {}
    for table, one in made.items():
        places = (found.places, units, by_unit) if table in BY_UNIT else (kind_codes, kind_names, by_kind)
        told = shown_by_family(crossed(table, *places), bases, inside, one.parts, rng=Generator(PCG64(SEED)))
        tables[table] = {}
        for (family, column), counts in sorted(told.items()):
            tables[table].setdefault(family, {})[column] = list(counts)
    shown = [name for name in names if (name, ANY) in inside]
    estimates = _estimates(shown, found, codes, tables)
    people = np.bincount(codes, minlength=len(names)).tolist()
    return {
        "groups": [
            {
                "name": name,
                "people": people[names.index(name)],
                "lines": _lines(found, codes == code, name, tables, inside),
            }
            for code, name in enumerate(names)
            if name in shown
        ],
        "tables": {
            table: {name: line for name, line in told.items() if name in shown} for table, told in tables.items()
        },
        "estimates": estimates,
    }


def _cells(
    places: NDArray[np.intp], size: int, families: NDArray[np.intp], number: int, states: Levels, most: int
) -> NDArray[np.int64]:
    """Shape (places, families, competences, states)."""
    shape = (size, number, most)
    found = []
    for line in states.T:
        here = line >= 0
        flat = np.ravel_multi_index((places[here], families[here], line[here].astype(np.intp)), shape)
        found.append(np.bincount(flat, minlength=size * number * most).reshape(shape))
    return np.stack(found, axis=2)


def _lines(
    found: Survey, here: NDArray[np.bool_], name: str, tables: Tables, inside: frozenset[tuple[str, str]]
) -> Content:
    """Own and needed level (means), share below, stated needs: as of groups; None where the table hides it."""
    lines: Content = {}
    for column, pk in enumerate(found.competence_ids):
        asked = here & (found.own[:, column] >= 0)
        if (name, str(pk)) in inside:
            below, need = (tables[table].get(name, {}).get(str(pk), [None])[0] for table in BY_UNIT)
            lines[str(pk)] = [
                round(float(found.own[asked, column].mean()), 2),
                round(float(found.needed[asked, column].mean()), 2),
                None if below is None else round(below / int(asked.sum()), 3),
                need,
            ]
    return lines


def _estimates(shown: Sequence[str], found: Survey, codes: NDArray[np.intp], tables: Tables) -> Content:
    """For everybody asked: by the raked weights where at least a hundred answered, else one weight for the family."""
    names, size = found.asked.family_names, len(found.asked.family_names)
    answered = np.bincount(codes, minlength=size)
    asked = np.bincount(found.asked.families, found.asked.design, minlength=size)
    raked = weighted(found.asked).respondents
    told: Content = {}
    for weights, inside in (("raked", answered >= LARGE), ("group", answered < LARGE)):
        here = [code for code in np.flatnonzero(inside).tolist() if names[code] in shown]
        if not here:
            continue
        people = raked if weights == "raked" else by_group(codes, size, asked)
        grouping = Grouping(np.where(inside[codes], codes, -1), size)
        made = figures(people, grouping, found.own, found.needed, found.wants, with_levels=False)
        for code in here:
            lines: Content = {}
            for column, pk in enumerate(found.competence_ids):
                counts = {table: tables[table].get(names[code], {}).get(str(pk)) for table in BY_UNIT}
                if counts["need"] is None:
                    continue
                place, is_told = (code, column), {table: told and told[0] is not None for table, told in counts.items()}
                lines[str(pk)] = {
                    "own": interval(made.own, *place, digits=2),
                    "needed": interval(made.needed, *place, digits=2),
                    "below": interval(made.below, *place, 1, digits=3) if is_told["below"] else None,
                    "share": interval(made.share, *place, 1, digits=3) if is_told["need"] else None,
                    "needs": interval(made.needs, *place, 1, digits=0) if is_told["need"] else None,
                }
            told[names[code]] = {"weights": weights, "population": round(float(asked[code])), "lines": lines}
    return told
