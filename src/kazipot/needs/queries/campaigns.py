"""Campaigns: whom they ask, and how many have answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employment, Person


@dataclass(frozen=True, slots=True)
class Asked:
    """A person to be invited, with the employment under which they are counted."""

    person: Person
    employment: Employment


def population(on: date, employer_ids: Collection[int] = ()) -> list[Asked]:
    """Everyone employed on the day, once, under their main employment; no employers named means all of them.

    With employers named, those whose main employment is with one of them: a person is asked by one employer.
    Two queries, by person id.
    """
    main = organisation.main_employments(on)
    chosen = set(employer_ids)
    people = Person.objects.filter(pk__in=organisation.employments_on(on).values("person_id")).order_by("pk")
    return [
        Asked(person, main[person.pk])
        for person in people
        if person.pk in main and (not chosen or main[person.pk].employer_id in chosen)
    ]
