"""A roster's plan told line by line, for the person who must confirm it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person, Unit
from kazipot.organisation.queries.roster import RosterPlan

BATCH = 500
FIELDS = {
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "language": gettext_lazy("language"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a roster would change: `kind` is added, changed, moved or ended; `text` says it."""

    kind: str
    name: str
    text: str


def changes_of(plan: RosterPlan) -> list[Change]:
    """Everything that the plan would change: who leaves first, then moves, changes and newcomers.

    A bounded number of queries for each 500 people.
    """
    codes = dict(Unit.objects.values_list("pk", "code"))
    named = [employment for employment, _on in plan.ended]
    named += [employment for employment, _row, _unit in plan.moved]
    named += [employment for employment, _hired, _end in plan.corrected]
    names = _names({employment.person_id for employment in named} | set(plan.changed_people))
    return [
        *_ended(plan, names, codes),
        *_moved(plan, names, codes),
        *_changed(plan, names),
        *(
            Change("added", f"{row.first_name} {row.last_name}", f"{codes[unit_id]}, {row.post}, {day(first)}")
            for row, _key, _employer, unit_id, first in plan.added
        ),
    ]


def _names(person_ids: set[int]) -> dict[int, str]:
    ids = sorted(person_ids)
    found: dict[int, str] = {}
    for start in range(0, len(ids), BATCH):
        for pk, first, last in Person.objects.filter(pk__in=ids[start : start + BATCH]).values_list(
            "pk", "first_name", "last_name"
        ):
            found[pk] = f"{first} {last}"
    return found


def _ended(plan: RosterPlan, names: dict[int, str], codes: dict[int, str]) -> Iterable[Change]:
    for employment, on in plan.ended:
        text = _("%(unit)s, last day %(day)s") % {"unit": codes[employment.unit_id], "day": day(on - timedelta(days=1))}
        yield Change("ended", names[employment.person_id], text)


def _moved(plan: RosterPlan, names: dict[int, str], codes: dict[int, str]) -> Iterable[Change]:
    for employment, row, unit_id in plan.moved:
        text = f"{codes[employment.unit_id]} → {codes[unit_id]}, {row.post}"
        yield Change("moved", names[employment.person_id], text)


def _changed(plan: RosterPlan, names: dict[int, str]) -> Iterable[Change]:
    for person_id, fields in plan.changed_people.items():
        parts = [f"{FIELDS[name]}: {value or '–'}" for name, value in fields.items()]
        yield Change("changed", names[person_id], "; ".join(parts))
    for employment, hired_on, end in plan.corrected:
        text = _("employed from %(first)s") % {"first": day(hired_on)}
        if end is not None:
            text += _(", last day %(day)s") % {"day": day(end - timedelta(days=1))}
        yield Change("changed", names[employment.person_id], text)
