"""The records behind an indicator: what is counted, whether it is met, and what shows it.

Nobody's answers, needs or results are here. That somebody stated a need is itself an answer, so M3's people
appear under a reference that leads to nobody; M5 says "in order" or "due" and no dates.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from kazipot.advisors import queries as advisors
from kazipot.hiring import queries as hiring
from kazipot.hiring.models import Posting
from kazipot.needs.models import Analysis
from kazipot.organisation.models import Person
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.indicator import Indicator, of_units, spec_of
from kazipot.strategy.queries.readings import Reader, Reading
from kazipot.strategy.queries.scopes import Scope
from kazipot.strategy.queries.tree import Place
from kazipot.training.models import SeatOffer


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing counted, and the unit it is counted under (none for what is counted once for everybody)."""

    id: int
    met: bool
    place: Place | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An indicator with everything counted in it."""

    figure: Indicator
    reading: Reading
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A session, an analysis or an advisor that shows that the thing is met."""

    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the evidence. What isn't of its kind is empty."""

    thing: Thing
    label: str = ""
    """A unit's name, a posting's title or a reference; a person's pseudonym."""
    name: str = ""
    """A person's name, for those who may see it."""
    posting_id: int = 0
    on: date | None = None
    exception: str | None = None
    """Why a posting was let pass the gate, if it was."""
    shown: tuple[Shown, ...] = ()
    trained: bool = False
    verified: bool = False


def evidence(as_of: date, indicator_id: str, *, scope: Scope) -> Evidence:
    """Everything counted in an indicator as of a day, by unit; unmet things first, for they need attention.

    Raises UnknownIndicator.
    """
    strategy = strategy_file.active()
    reading = Reader(strategy, as_of).read(spec_of(strategy, indicator_id))
    units = scope.units_if_there(reading.tree)
    figure = of_units(strategy, reading, scope, units)
    unit_of = reading.unit_of
    things = []
    for thing in reading.count.all_:
        unit_id = unit_of[thing] if unit_of is not None else None
        if units is None or unit_id is None or unit_id in units:
            place = reading.tree.places.get(unit_id) if unit_id is not None else None
            things.append(Thing(thing, thing in reading.count.met, place))
    things.sort(key=lambda thing: (thing.met, thing.place.path if thing.place else "", thing.id))
    return Evidence(figure, reading, tuple(things))


def records(found: Evidence, things: Iterable[Thing]) -> list[Record]:
    """The lines for some of the things (a page of them): at most three queries, however many there are."""
    return DESCRIBE[found.reading.spec.kind](found.reading, list(things))


def analyses(found: Evidence) -> list[Analysis]:
    """The versions of the analysis that make M2 met. One query."""
    chosen = [record for thing in found.things for record in found.reading.records(thing.id)]
    return list(Analysis.objects.filter(pk__in=chosen).order_by("published_on", "version"))


def _units(reading: Reading, things: list[Thing]) -> list[Record]:
    on_duty = {row.unit.id: row.advisors for row in advisors.coverage(reading.counted_on)} if things else {}
    return [
        Record(
            thing,
            label=thing.place.name if thing.place else "",
            shown=tuple(Shown(advisor.person_name, advisor.since) for advisor in on_duty.get(thing.id, ())),
        )
        for thing in things
    ]


def _analyses(reading: Reading, things: list[Thing]) -> list[Record]:
    return [Record(thing, label=str(thing.id), on=reading.counted_on) for thing in things]


def reference(indicator_id: str, year: int, person_id: int) -> str:
    """A reference that stays the same for a year and leads to nobody without this installation's key."""
    return salted_hmac(
        "kazipot.strategy.evidence", f"{indicator_id}/{year}/{person_id}", algorithm="sha256"
    ).hexdigest()[:10]


def _opportunities(reading: Reading, things: list[Thing]) -> list[Record]:
    offers_of = {thing.id: reading.records(thing.id) for thing in things if thing.met}
    chosen = [offer_id for offer_ids in offers_of.values() for offer_id in offer_ids]
    offers = {offer.pk: offer for offer in SeatOffer.objects.filter(pk__in=chosen).select_related("session__course")}
    year = reading.counted_on.year
    return [
        Record(
            thing,
            label=reference(reading.spec.id, year, thing.id),
            shown=tuple(
                Shown(offers[offer_id].session.course.title, offers[offer_id].session.starts_on)
                for offer_id in offers_of.get(thing.id, ())
            ),
        )
        for thing in things
    ]


def _postings(reading: Reading, things: list[Thing]) -> list[Record]:  # noqa: ARG001
    ids = [thing.id for thing in things]
    postings, reasons = Posting.objects.in_bulk(ids), hiring.reasons_of_overrides(ids)
    return [
        Record(
            thing,
            label=postings[thing.id].title,
            name=postings[thing.id].reference,
            posting_id=thing.id,
            on=postings[thing.id].published_on,
            exception=reasons.get(thing.id),
        )
        for thing in things
    ]


def _duties(reading: Reading, things: list[Thing]) -> list[Record]:
    people = Person.objects.in_bulk([thing.id for thing in things])
    found = []
    for thing in things:
        trained, verified = reading.records(thing.id)
        person = people[thing.id]
        found.append(Record(thing, label=person.key, name=person.name, trained=bool(trained), verified=bool(verified)))
    return found


DESCRIBE: Mapping[str, Callable[[Reading, list[Thing]], list[Record]]] = {
    "advisors": _units,
    "needs": _analyses,
    "training": _opportunities,
    "hiring": _postings,
    "verification": _duties,
}
