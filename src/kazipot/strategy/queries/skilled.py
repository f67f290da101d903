"""Context beside the indicators: the share of digitally skilled employees, as of each year's published analysis.

It has no target and nothing is due by it. Own levels are what people said of themselves; so the share that also passed
a verification of digital security stands beside it. Only numbers of at least five people are told, and no day may be
chosen: between two days close to each other one person's answer would show.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators import skilled as context
from kazipot.core.indicators.skilled import SkillFact
from kazipot.core.survey.disclosure import THRESHOLD, protect
from kazipot.framework import queries as framework
from kazipot.hiring import queries as hiring
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.organisation.choices import UnitKind
from kazipot.strategy.queries.tree import tree
from kazipot.verification import queries as verification


@dataclass(frozen=True, slots=True)
class Skilled:
    """How many of those counted are digitally skilled, and how many of them are confirmed; None when too few."""

    label: str
    on: date
    counted: int | None
    met: int | None
    confirmed: int | None

    @property
    def share(self) -> float | None:
        """The share that is skilled."""
        return self.met / self.counted if self.counted and self.met is not None else None

    @property
    def confirmed_share(self) -> float | None:
        """The share that is skilled and confirmed."""
        return self.confirmed / self.counted if self.counted and self.confirmed is not None else None


def skilled_over_time(as_of: date, *, months: int) -> list[Skilled]:
    """The share on the day of each year's last published analysis up to a day, the earliest first."""
    return [whole(str(year), facts(day, months=months), day) for year, day in analysis_days(as_of)]


def skilled_by_kind(as_of: date, *, months: int) -> list[Skilled]:
    """The same by kind of unit, on the day of the latest analysis."""
    days = analysis_days(as_of)
    if not days:
        return []
    day = days[-1][1]
    return kinds(facts(day, months=months), {place.id: place.kind for place in tree(day).places.values()}, day)


def analysis_days(as_of: date) -> list[tuple[int, date]]:
    """Of each year with an analysis published by the day: the day as of which its last version was made."""
    found = []
    for row in reversed(needs.years()):
        if row.version is None or row.published_on is None or row.published_on > as_of:
            continue
        analysis = needs.published_version(row.year, None)
        if analysis is not None:
            found.append((row.year, date.fromisoformat(analysis.content["as_of"])))
    return found


def facts(day: date, *, months: int) -> list[SkillFact]:
    """Everybody employed on the day whose own levels are known. The number of queries doesn't grow with people."""
    active = framework.active_framework(day)
    if active is None:
        return []
    own = needs.own_level_facts(day.year, day, expressed_in=active.pk)
    demanded = hiring.Demanded(day)
    verified = verification.verified_on(day, months=months)
    return [
        SkillFact(person_id, job.unit_id, demanded.of(job.employer_id, work.profile_id), own[person_id],
                  person_id in verified)
        for person_id, (job, work) in sorted(organisation.main_work(day).items())
        if person_id in own
    ]  # fmt: skip


def whole(label: str, people: Sequence[SkillFact], day: date) -> Skilled:
    """The figures for everybody; each is told only where it and what is left of the group are five people or more."""
    count, sure = context.skilled(people), context.confirmed(people)
    told = _large(count.numerator, count.denominator)
    also = told and _large(sure.numerator, count.denominator) and _none_or_large(count.numerator - sure.numerator)
    return Skilled(
        label,
        day,
        count.denominator if count.denominator >= THRESHOLD else None,
        count.numerator if told else None,
        sure.numerator if also else None,
    )


def kinds(people: Sequence[SkillFact], kind_of: Mapping[int, str], day: date) -> list[Skilled]:
    """A line for each kind of unit. Hidden is also what would follow from the whole and the other lines."""
    count = context.skilled(people)
    counted, met = Counter[str](), Counter[str]()
    for fact in people:
        if fact.person_id in count.all_:
            counted[kind_of[fact.unit_id]] += 1
            met[kind_of[fact.unit_id]] += fact.person_id in count.met
    parents: dict[str, str | None] = {"whole": None}
    numbers = {"whole": count.denominator}
    for kind, number in counted.items():
        parents |= {kind: "whole", f"{kind} met": kind, f"{kind} rest": kind}
        numbers |= {kind: number, f"{kind} met": met[kind], f"{kind} rest": number - met[kind]}
    shown = protect(parents, numbers)
    whole_told = _large(count.numerator, count.denominator)
    hidden = [kind for kind in counted if not {kind, f"{kind} met", f"{kind} rest"} <= shown]
    if whole_told and len(hidden) == 1:  # the one would follow from the whole
        hidden += sorted(counted.keys() - set(hidden), key=lambda kind: (counted[kind], kind))[:1]
    return [
        Skilled(
            label=str(UnitKind(kind).label),
            on=day,
            counted=None if kind in hidden else counted[kind],
            met=None if kind in hidden else met[kind],
            confirmed=None,
        )
        for kind in UnitKind.values
        if kind in counted
    ]


def _large(part: int, of: int) -> bool:
    return part >= THRESHOLD and of - part >= THRESHOLD


def _none_or_large(number: int) -> bool:
    return number == 0 or number >= THRESHOLD
