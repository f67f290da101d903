"""Where those work who get a slip: unit and workplace, for handing it out."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language

from kazipot.needs.models import Invitation
from kazipot.needs.queries.campaigns import unreachable
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employer

SHOWN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works on a day, at the employer that asked them."""

    employer_code: str
    employer_sl: str
    employer_en: str
    unit_code: str
    unit_sl: str
    unit_en: str
    title: str
    """The title of the post, or nothing."""
    personnel_number: str

    @property
    def employer(self) -> str:
        """The employer's name in the reader's language."""
        return self.employer_en if get_language() == "en" else self.employer_sl

    @property
    def unit(self) -> str:
        """The unit's name in the reader's language."""
        return self.unit_en if get_language() == "en" else self.unit_sl


type Job = tuple[int, int]
"""A person's id and the id of the employer."""


def workplaces(asked: QuerySet[Invitation], *, on: date) -> dict[Job, Workplace]:
    """Where the people asked work on the day: {(person id, employer id): workplace}. Two queries.

    Who moved since the campaign opened is found where they work now, because a slip is handed out there. Of two jobs
    with one employer the one held longest counts. Who works for the employer no more is left out.
    """
    rows = organisation.employments_on(on).filter(
        person_id__in=asked.order_by().values("person_id"), employer_id__in=asked.order_by().values("employer_id")
    )
    units = {unit.id: unit for unit in organisation.units_on(on)}
    found: dict[Job, Workplace] = {}
    for row in rows.select_related("employer", "unit", "post").order_by("hired_on", "pk"):
        unit, employer = units.get(row.unit_id), row.employer
        found.setdefault(
            (row.person_id, row.employer_id),
            Workplace(
                employer_code=employer.code,
                employer_sl=employer.name_sl,
                employer_en=employer.name_en,
                unit_code=row.unit.code,
                unit_sl=unit.name_sl if unit else row.unit.code,
                unit_en=unit.name_en if unit else row.unit.code,
                title=row.post.title.strip(),
                personnel_number=row.personnel_number,
            ),
        )
    return found


def employers_asked(campaign_id: int) -> list[Employer]:
    """Employers whose people a campaign asked, by code. One query."""
    asked = Invitation.objects.order_by().filter(campaign_id=campaign_id)
    return list(organisation.employers().filter(pk__in=asked.values("employer_id")))


def waiting_for_slips(campaign_id: int, employer_ids: Collection[int], *, on: date) -> QuerySet[Invitation]:
    """Invitations of some employers' people who get a slip on the day, with the people."""
    rows = unreachable(campaign_id, on=on).filter(employer_id__in=employer_ids)
    return rows.select_related("person")


def working(campaign_id: int, employer_id: int, *, on: date) -> QuerySet[Invitation]:
    """Invitations of people who work for the employer on the day, answered or not, with the people, by name."""
    employed = organisation.employments_on(on).filter(employer_id=employer_id).values("person_id")
    rows = Invitation.objects.filter(campaign_id=campaign_id, employer_id=employer_id, person_id__in=employed)
    return rows.select_related("person").order_by("person__last_name", "person__first_name", "pk")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may have lost a slip."""

    invitation_id: int
    name: str
    workplace: Workplace


def who_lost(campaign_id: int, employer_id: int, *, containing: str, on: date) -> tuple[list[Found], bool]:
    """People asked whose name or personnel number contains every word, and whether there are more. Four queries.

    Carons and capital letters do not matter; SQLite would tell "č" from "Č", so names are compared here. Whether
    somebody has answered is not told: nobody at work needs to know.
    """
    numbers: dict[int, str] = defaultdict(str)
    jobs = organisation.employments_on(on).filter(employer_id=employer_id)
    for person_id, number in jobs.values_list("person_id", "personnel_number"):
        numbers[person_id] += f" {number}"
    words = _plain(containing).split()
    found = [
        row
        for row in working(campaign_id, employer_id, on=on)
        if all(word in _plain(row.person.name + numbers[row.person_id]) for word in words)
    ]
    shown = found[:SHOWN_AT_ONCE]
    places = workplaces(Invitation.objects.filter(pk__in=[row.pk for row in shown]), on=on)
    people = [Found(row.pk, row.person.name, places[row.person_id, row.employer_id]) for row in shown]
    return people, len(found) > SHOWN_AT_ONCE


def _plain(text: str) -> str:
    """A text without capital letters and marks, to be searched in."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
