"""An instance of the allocation from a JSON file, as docs/methods/allocation.md describes it."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.allocation import problem as asked
from kazipot.training.imports.reading import Reading, load

TOP = ("year", "seed", "budget", "rules", "units", "people", "sessions")
RULES = (
    "max_absent_share", "max_offers_per_person", "holidays", "budgets", "min_reached_share", "min_unit_share",
)  # fmt: skip
UNIT = ("id", "size", "closed")
PERSON = (
    "id", "unit", "waited_years", "languages", "modes", "unavailable", "needs", "places", "accessibility", "hours",
)  # fmt: skip
NEED = ("competence", "from", "to", "weight")
SESSION = (
    "id", "provider", "competences", "meetings", "capacity", "min_people", "price_fixed", "price_per_head",
    "language", "mode", "requires", "place", "accessibility",
)  # fmt: skip


def read_instance(path: Path) -> asked.Problem:
    """The problem in the file. Raises InputRefused that names every fault with its place and the remedy."""
    return instance_of(load(path))


def instance_of(content: dict[str, Any]) -> asked.Problem:
    """The problem that a JSON object states. Raises InputRefused."""
    r = Reading()
    r.object(content, "", TOP)
    year, seed = r.whole(content, "year", "", least=1), r.whole(content, "seed", "")
    budget = r.number(content, "budget", "")
    if budget == 0 and content.get("budget") in (0, 0.0):
        r.fault("budget", content["budget"], _("There is no money."), _("Write a budget greater than 0."))
    units = tuple(_unit(r, value, f"units[{i}]") for i, value in enumerate(r.items(content, "units", "")))
    known = frozenset(unit.id for unit in units)
    people = tuple(_person(r, value, f"people[{i}]", known) for i, value in enumerate(r.items(content, "people", "")))
    sessions = tuple(_session(r, value, f"sessions[{i}]") for i, value in enumerate(r.items(content, "sessions", "")))
    rules = _rules(r, content.get("rules"), frozenset(session.provider for session in sessions))
    for kind, items in (("units", units), ("people", people), ("sessions", sessions)):
        _once(r, kind, [item.id for item in items])
    _prerequisites(r, sessions)
    r.finish()
    return asked.Problem(year, seed, budget, rules, units, people, sessions)


def _rules(r: Reading, value: Any, providers: frozenset[str]) -> asked.Rules:
    item = r.object(value, "rules", RULES, strict=True)
    shares = {
        key: r.number(item, key, "rules.", most=1) if item.get(key) is not None else None
        for key in ("max_absent_share", "min_reached_share", "min_unit_share")
    }
    budgets = item.get("budgets") or {}
    if not isinstance(budgets, dict):
        r.fault("rules.budgets", budgets, _("This is not an object."), _("Write providers with their amounts."))
        budgets = {}
    for provider in budgets:
        if provider not in providers:
            message = _("No session is of this provider.")
            r.fault(f"rules.budgets.{provider}", provider, message, _("Correct the provider."))
    most = item.get("max_offers_per_person")
    return asked.Rules(
        max_offers_per_person=r.whole(item, "max_offers_per_person", "rules.", least=1) if most is not None else None,
        holidays=r.days(item, "holidays", "rules."),
        budgets=tuple((provider, r.number(budgets, provider, "rules.budgets.")) for provider in sorted(budgets)),
        max_absent_share=shares["max_absent_share"],
        min_reached_share=shares["min_reached_share"],
        min_unit_share=shares["min_unit_share"],
    )


def _unit(r: Reading, value: Any, at: str) -> asked.Unit:
    item, place = r.object(value, at, UNIT), f"{at}."
    return asked.Unit(r.text(item, "id", place), r.whole(item, "size", place, least=1), r.days(item, "closed", place))


def _person(r: Reading, value: Any, at: str, units: frozenset[str]) -> asked.Person:
    item, place = r.object(value, at, PERSON), f"{at}."
    unit = r.text(item, "unit", place)
    if unit and unit not in units:
        r.fault(f"{at}.unit", unit, _("There is no such unit."), _("Add it to the units, or correct it."))
    hours = None
    if item.get("hours") is not None:
        start, end = _times(r, r.object(item["hours"], f"{at}.hours", ("from", "to")), f"{at}.hours.", "from", "to")
        hours = (start, end)
    return asked.Person(
        id=r.text(item, "id", place),
        unit=unit,
        needs=tuple(_need(r, need, f"{at}.needs[{i}]") for i, need in enumerate(r.items(item, "needs", place))),
        languages=r.texts(item, "languages", place),
        modes=r.texts(item, "modes", place),
        unavailable=r.days(item, "unavailable", place),
        waited_years=r.number(item, "waited_years", place, missing=0),
        places=r.texts(item, "places", place) if item.get("places") is not None else None,
        accessibility=r.texts(item, "accessibility", place, missing=[]),
        hours=hours,
    )


def _need(r: Reading, value: Any, at: str) -> asked.Need:
    item, place = r.object(value, at, NEED), f"{at}."
    low, high = _levels(r, item, place)
    return asked.Need(r.text(item, "competence", place), low, high, r.number(item, "weight", place, missing=1.0))


def _levels(r: Reading, item: dict[str, Any], place: str) -> tuple[int, int]:
    before = len(r.found)
    low, high = r.whole(item, "from", place), r.whole(item, "to", place)
    if low >= high and len(r.found) == before:
        message = _("The level to reach is not above the level to start from (%(low)s).") % {"low": low}
        r.fault(f"{place}to", high, message, _("Raise it, or lower the other."))
    return low, high


def _session(r: Reading, value: Any, at: str) -> asked.Session:
    item, place = r.object(value, at, SESSION), f"{at}."
    capacity, least = r.whole(item, "capacity", place, least=1), r.whole(item, "min_people", place)
    if least > capacity and isinstance(item.get("capacity"), int):
        message = _("The minimum is above the capacity (%(capacity)s).") % {"capacity": capacity}
        r.fault(f"{at}.min_people", least, message, _("Lower it, or raise the capacity."))
    spans = r.items(item, "competences", place)
    if not spans and isinstance(item.get("competences"), list):
        r.fault(f"{at}.competences", None, _("The session teaches nothing."), _("Name at least one competence."))
    return asked.Session(
        id=r.text(item, "id", place),
        provider=r.text(item, "provider", place),
        competences=tuple(_span(r, span, f"{at}.competences[{i}]") for i, span in enumerate(spans)),
        meetings=_meetings(r, item, at),
        capacity=capacity,
        min_people=least,
        price_fixed=r.number(item, "price_fixed", place),
        price_per_head=r.number(item, "price_per_head", place),
        language=r.text(item, "language", place),
        mode=r.text(item, "mode", place),
        requires=r.texts(item, "requires", place, missing=[]),
        place=r.text(item, "place", place) if item.get("place") is not None else None,
        accessibility=r.texts(item, "accessibility", place, missing=[]),
    )


def _span(r: Reading, value: Any, at: str) -> asked.Span:
    item, place = r.object(value, at, ("competence", "from", "to")), f"{at}."
    return asked.Span(r.text(item, "competence", place), *_levels(r, item, place))


def _meetings(r: Reading, item: dict[str, Any], at: str) -> tuple[asked.Meeting, ...]:
    values = r.items(item, "meetings", f"{at}.")
    if not values and isinstance(item.get("meetings"), list):
        r.fault(f"{at}.meetings", None, _("The session has no dates."), _("Add at least one meeting."))
    found: list[asked.Meeting] = []
    for i, value in enumerate(values):
        place = f"{at}.meetings[{i}]"
        meeting = r.object(value, place, ("date", "start", "end"))
        day = r.day(meeting.get("date"), f"{place}.date")
        start, end = _times(r, meeting, f"{place}.", "start", "end")
        if day is None:
            continue
        if any(other.day == day and start < other.end and other.start < end for other in found):
            message = _("The meeting overlaps another one of this session.")
            r.fault(place, day, message, _("Correct one of the two."))
        found.append(asked.Meeting(day, start, end))
    return tuple(found)


def _times(r: Reading, item: dict[str, Any], place: str, first: str, last: str) -> tuple[int, int]:
    start, end = r.clock(item, first, place), r.clock(item, last, place)
    if start is None or end is None:
        return 0, 0
    if start >= end:
        r.fault(f"{place}{last}", item.get(last), _("The end is not after the start."), _("Correct one of the two."))
    return start, end


def _once(r: Reading, kind: str, names: Iterable[str]) -> None:
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        if name and first.setdefault(name, i) != i:
            place = f"{kind}[{first[name]}]"
            remedy = _("Give each its own id, or take one out.")
            r.fault(f"{kind}[{i}].id", name, _("%(place)s has the same id.") % {"place": place}, remedy)


def _prerequisites(r: Reading, sessions: tuple[asked.Session, ...]) -> None:
    number = {session.id: i for i, session in enumerate(sessions)}
    for i, session in enumerate(sessions):
        for j, name in enumerate(session.requires):
            if name not in number:
                place = f"sessions[{i}].requires[{j}]"
                r.fault(place, name, _("There is no such session."), _("Add it to the sessions, or correct it."))
    graph = {session.id: [name for name in session.requires if name in number] for session in sessions}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(error.args[1])
        place = f"sessions[{number[circle[0]]}].requires"
        message = _("The prerequisites run in a circle.")
        r.fault(place, " → ".join(circle), message, _("Take one of them out."))
