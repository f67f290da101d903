"""The advisor's desk and profile: put together from what each room knows, for one's own units and oneself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kazipot.advisors import queries as advisors
from kazipot.framework import queries as framework
from kazipot.hiring import queries as hiring
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires
from kazipot.organisation.models import Person
from kazipot.strategy.queries import duty_rule
from kazipot.training import queries as training
from kazipot.verification import queries as verification

SMALLEST_GROUP = 5
"""A number of 1 to 4 people is not shown, nor one that leaves 1 to 4 of all."""
SHOWN_NEEDS = 5
UNKNOWN: tuple[int | None, int | None] = (None, None)
HANDED_OVER_LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people; None when it is hidden because the group is small."""

    value: int | None

    @property
    def hidden(self) -> bool:
        """Whether it may not be shown."""
        return self.value is None


@dataclass(frozen=True, slots=True)
class Picture:
    """A unit with the units below it: people, what they want to learn, seats, verification due, postings.

    `needs` come from the year's published analysis, whose counts are protected already; `year` is None without one.
    """

    unit: organisation.UnitOnDay
    people: Number
    year: int | None
    needs: tuple[tuple[str, int | None], ...]
    offered: Number
    accepted: Number
    due: Number
    postings: int
    requiring: int


@require_GET
@requires("advisors.advise")
def desk(request: Request) -> HttpResponse:
    """My units' picture, who asked me something, what I owe, and what I have to do."""
    person = request.actor.person
    if person is None:
        raise Http404
    steps = advisors.path_of(person.pk, on=request.today)
    context = {
        "pictures": pictures(advisors.units_advised_by(person.pk, on=request.today), request.today),
        "questions": advisors.asked_of(person.pk)[:10],
        "owed": advisors.owed_by(person.pk, on=request.today),
        "shares": advisors.shares_to_do(person.pk)[:20],
        "meetings": advisors.next_meetings(person.pk, on=request.today)[:5],
        "handovers": advisors.handovers_to(person.pk, since=request.now - HANDED_OVER_LATELY)[:5],
        "announcements": advisors.announcements()[:3],
        "steps_left": advisors.steps_left(steps, on=request.today),
        "steps": len(steps),
        "today": request.today,
        "quarter": advisors.quarter_of(request.today),
    }
    return render(request, "project/advisor_desk.html", context)


def pictures(units: Collection[organisation.UnitOnDay], on: date) -> list[Picture]:
    """Each unit's picture. The number of queries grows with the advisor's own units alone, of which there are few."""
    if not units:
        return []
    rule = duty_rule()
    duties = verification.duties_by_unit(on, months=rule.months, grace_months=rule.grace_months)
    heads = organisation.headcount_by_unit(on)
    year = next((row.year for row in needs.years() if row.version is not None), None)
    analysis = needs.published_version(year, None) if year is not None else None
    content = analysis.content if analysis is not None else {"groups": (), "competences": ()}
    found = []
    for unit in units:
        below = organisation.unit_ids_below(unit.id, on=on)
        people = sum(heads.get(pk, 0) for pk in below)
        seats = training.people_by_state(below, on.year)
        due = sum(row.due for row in duties if row.unit.id in below)
        postings, requiring = hiring.postings_of_units(below, on)
        wanted = [line for line in needs.lines(content, f"unit:{unit.id}") if line.needs]
        wanted.sort(key=lambda line: (-(line.needs or 0), line.code))
        found.append(
            Picture(
                unit=unit,
                people=_shown(people, people),
                year=year,
                needs=tuple((f"{line.code} {line.name}", line.needs) for line in wanted[:SHOWN_NEEDS]),
                offered=_shown(seats.get("offered", 0), people),
                accepted=_shown(seats.get("accepted", 0), people),
                due=_shown(due, people),
                postings=postings,
                requiring=requiring,
            )
        )
    return found


def _shown(number: int, of: int) -> Number:
    """A number, unless it or what is left of the group is small."""
    small = range(1, SMALLEST_GROUP)
    return Number(None if of < SMALLEST_GROUP or number in small or of - number in small else number)


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A competence: what one's work needs, and what one said of oneself."""

    name: str
    low: int | None
    high: int | None
    own: int | None

    @property
    def enough(self) -> bool | None:
        """Whether the own level reaches what the work needs; None when either isn't known."""
        return None if self.own is None or self.low is None else self.own >= self.low


@require_GET
@requires("advisors.advise")
def profile(request: Request) -> HttpResponse:
    """My own competence profile, which nobody else sees."""
    person = request.actor.person
    if person is None:
        raise Http404
    return render(request, "project/advisor_profile.html", {"lines": profile_of(person, request.today)})


def profile_of(person: Person, on: date) -> list[ProfileLine]:
    """What the person's work needs and what they said in the last survey, in the words of today's framework."""
    active = framework.active_framework(on)
    if active is None:
        return []
    targets = framework.profile_targets(active.pk, on=on)
    jobs = organisation.employments_of(person, on=on)
    profile_id = next((job.post.profile_id for job in jobs if job.post.profile_id in targets), None)
    needed: dict[int, tuple[int | None, int | None]] = dict(targets.get(profile_id, {}))
    said_as = framework.expressions(active.pk)
    own = {pk: row.own for row in needs.own_levels(person.pk) for pk in said_as.get(row.competence_id, ())}
    return [
        ProfileLine(f"{row.code} {row.name}", *needed.get(row.id, UNKNOWN), own.get(row.id))
        for row in framework.competences(active.pk)
        if row.id in needed or row.id in own
    ]
