"""The tables of a year's needs analysis: for each group and competence, what people said, in sums and means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kazipot.core.survey.disclosure import THRESHOLD, Published, protect

METHOD_VERSION = 5
"""The method by which tables are made today (docs/methods/needs-analysis.md); an analysis keeps its own."""

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a group of people said of one competence, in sums. Levels run from 0 to 4."""

    people: int = 0
    own_sum: int = 0
    needed_sum: int = 0
    below: int = 0
    needs: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.people + other.people,
            self.own_sum + other.own_sum,
            self.needed_sum + other.needed_sum,
            self.below + other.below,
            self.needs + other.needs,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of a table, of n = `people` answers, each with an own level oᵢ and a needed level pᵢ.

    own = Σoᵢ/n and needed = Σpᵢ/n (means, 0 to 4); below = |{i: oᵢ < pᵢ}|/n (share, 0 to 1);
    needs = how many people stated a need.
    """

    people: int
    own: Fraction
    needed: Fraction
    below: Fraction
    needs: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the tables; hidden when `figures` is None. Hidden groups don't tell their number of people.

    A competence about which too few people of the group were asked has no figures.
    """

    key: str
    parent: str | None
    people: int | None
    figures: Mapping[int, Figures] | None


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of the analysis: how many had answered in each unit, and the keys of the groups shown.

    `gone` are those whose answers were deleted since; `lines` is the same for each competence.
    """

    answered: Mapping[int, int]
    shown: frozenset[str]
    gone: Mapping[int, int] = field(default_factory=dict)
    lines: Mapping[int, "Version"] = field(default_factory=dict)


def kind_key(kind: str) -> str:
    """The key of all units of a kind."""
    return f"kind:{kind}"


def unit_key(unit_id: int) -> str:
    """The key of a unit."""
    return f"unit:{unit_id}"


def figures(tally: Tally) -> Figures:
    """The line that a tally of at least one person gives."""
    return Figures(
        people=tally.people,
        own=Fraction(tally.own_sum, tally.people),
        needed=Fraction(tally.needed_sum, tally.people),
        below=Fraction(tally.below, tally.people),
        needs=tally.needs,
    )


def tables(
    kinds: Mapping[int, str],
    answered: Mapping[int, int],
    tallies: Mapping[int, Mapping[int, Tally]],
    *,
    before: Version | None = None,
    threshold: int = THRESHOLD,
) -> list[Group]:
    """The whole, every kind of unit and every unit, in this order, with what must be hidden left out.

    `kinds` is {unit id: kind of unit} of every unit with people asked; `answered` {unit id: people who answered};
    `tallies` {unit id: {competence id: Tally}} of those who were asked about the competence; `before` is the year's
    last version that showed anything. Groups are protected by their people, each competence by those asked about it.
    """
    parents: dict[str, str | None] = {WHOLE: None}
    parents |= {kind_key(kind): WHOLE for kind in sorted(set(kinds.values()))}
    parents |= {unit_key(unit_id): kind_key(kinds[unit_id]) for unit_id in sorted(kinds)}
    sums: dict[str, dict[int, Tally]] = {key: {} for key in parents}
    people: dict[int, dict[int, int]] = {}
    for unit_id, by_competence in tallies.items():
        for competence_id, tally in by_competence.items():
            people.setdefault(competence_id, {})[unit_id] = tally.people
            for key in (unit_key(unit_id), kind_key(kinds[unit_id]), WHOLE):
                sums[key][competence_id] = sums[key].get(competence_id, Tally()) + tally
    counts = _people(parents, kinds, answered)
    shown = _shown(parents, kinds, answered, before, threshold)
    lines = {
        competence_id: _shown(parents, kinds, asked, before.lines.get(competence_id) if before else None, threshold)
        for competence_id, asked in people.items()
    }
    return [
        Group(
            key,
            parent,
            counts[key],
            {line: figures(tally) for line, tally in sums[key].items() if key in lines[line]},
        )
        if key in shown
        else Group(key, parent, None, None)
        for key, parent in parents.items()
    ]


def _shown(
    parents: Mapping[str, str | None],
    kinds: Mapping[int, str],
    people: Mapping[int, int],
    before: Version | None,
    threshold: int,
) -> frozenset[str]:
    published = None
    if before is not None:
        then, gone = (_people(parents, kinds, counts) for counts in (before.answered, before.gone))
        published = Published(then, before.shown, gone)
    return protect(parents, _people(parents, kinds, people), before=published, threshold=threshold)


def _people(parents: Mapping[str, str | None], kinds: Mapping[int, str], answered: Mapping[int, int]) -> dict[str, int]:
    """How many people answered in every group, from those of every unit."""
    found = dict.fromkeys(parents, 0)
    for unit_id, people in answered.items():
        for key in (unit_key(unit_id), kind_key(kinds[unit_id]), WHOLE):
            found[key] += people
    return found
