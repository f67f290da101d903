"""Where those work who get a slip: unit and workplace, for handing it out."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kazipot.needs.models import Invitation
from kazipot.needs.queries.campaigns import unreachable
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employer
from kazipot.organisation.queries import Job, Workplace

SHOWN_AT_ONCE = 20


def workplaces(asked: QuerySet[Invitation], *, on: date) -> dict[Job, Workplace]:
    """Where the people asked work on the day: {(person id, employer id): workplace}. Two queries.

    Who moved since the campaign opened is found where they work now, because a slip is handed out there.
    """
    people, employers = asked.order_by().values("person_id"), asked.order_by().values("employer_id")
    return organisation.workplaces(people, employers, on=on)


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
