"""Campaigns: whom they ask, and how many have answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Protocol

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from kazipot.core.survey.disclosure import protect
from kazipot.core.survey.needs_tables import WHOLE, unit_key
from kazipot.framework.choices import Status
from kazipot.framework.models import Framework
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.models import Campaign, Invitation
from kazipot.organisation import queries as organisation


class Reach(Protocol):
    """How far somebody sees (an actor's reach)."""

    @property
    def everywhere(self) -> bool: ...
    @property
    def employer_ids(self) -> frozenset[int]: ...
    @property
    def unit_ids(self) -> frozenset[int]: ...
    def covers(self, *, employer_id: int | None = None, unit_id: int | None = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Rate:
    """How many were invited and how many answered."""

    invited: int
    answered: int

    @property
    def share(self) -> Fraction | None:
        """Answered among invited; None when nobody was."""
        return Fraction(self.answered, self.invited) if self.invited else None


NOBODY_ASKED = Rate(0, 0)
ANSWERED = Count("pk", filter=Q(took_part=True) | Q(response__isnull=False))
WAITING = Q(response=None, took_part=False)
"""Invitations that were not answered yet, in either mode."""


@dataclass(frozen=True, slots=True)
class UnitRate:
    """A unit's response; `rate` is None when it is hidden, because the unit is small or tells of a small one."""

    unit: organisation.UnitOnDay
    rate: Rate | None


@dataclass(frozen=True, slots=True)
class LettersWaiting:
    """How many of an employer's people have no e-mail address, work there still and have not answered."""

    employer_code: str
    employer_name: str
    people: int


def campaign(campaign_id: int) -> Campaign | None:
    """A campaign with its framework, or None."""
    return Campaign.objects.filter(pk=campaign_id).select_related("framework", "questionnaire").first()


def campaigns(reach: Reach) -> QuerySet[Campaign]:
    """Campaigns, the latest first: all for who reaches everywhere, else those that asked somebody in reach."""
    rows = Campaign.objects.order_by("-year", "-opens_on", "-id")
    if reach.everywhere:
        return rows
    return rows.filter(Exists(_within(reach).filter(campaign_id=OuterRef("pk"))))


def asks_within(campaign_id: int, reach: Reach) -> bool:
    """Whether the campaign asked somebody of the employers or units in reach."""
    return _within(reach).filter(campaign_id=campaign_id).exists()


def asks_employer(campaign_id: int, employer_id: int) -> bool:
    """Whether the campaign asked somebody of the employer."""
    return Invitation.objects.filter(campaign_id=campaign_id, employer_id=employer_id).exists()


def _within(reach: Reach) -> QuerySet[Invitation]:
    return Invitation.objects.order_by().filter(Q(employer_id__in=reach.employer_ids) | Q(unit_id__in=reach.unit_ids))


def rates(campaign_ids: Collection[int]) -> dict[int, Rate]:
    """The response of campaigns: {campaign id: rate}; drafts are left out. One query."""
    rows = Invitation.objects.filter(campaign_id__in=campaign_ids).order_by().values("campaign_id")
    return {
        row["campaign_id"]: Rate(row["invited"], row["answered"])
        for row in rows.annotate(invited=Count("pk"), answered=ANSWERED)
    }


def unit_rates(asked: Campaign, reach: Reach) -> list[UnitRate]:
    """The response of every unit in reach, by employer and code, with small groups hidden. Two queries.

    What is hidden is settled over all units, so that nobody's reach shows more of a unit than another's.
    """
    rows = Invitation.objects.filter(campaign=asked).order_by().values("unit_id")
    found = {
        row["unit_id"]: Rate(row["invited"], row["answered"])
        for row in rows.annotate(invited=Count("pk"), answered=ANSWERED)
    }
    counts = {unit_key(unit_id): rate.invited for unit_id, rate in found.items()}
    counts[WHOLE] = sum(rate.invited for rate in found.values())
    shown = protect({key: None if key == WHOLE else WHOLE for key in counts}, counts)
    return [
        UnitRate(unit, found[unit.id] if unit_key(unit.id) in shown else None)
        for unit in organisation.units_on(asked.opens_on)
        if unit.id in found and reach.covers(employer_id=unit.employer_id, unit_id=unit.id)
    ]


def letters_waiting(asked: Campaign, reach: Reach, *, on: date) -> list[LettersWaiting]:
    """For whom letters could be printed, by employer in reach. One query."""
    rows = (
        unreachable(asked.pk, on=on)
        .order_by()
        .values("employer_id", "employer__code", "employer__name_sl", "employer__name_en")
    )
    names = rows.annotate(people=Count("pk")).values_list(
        "employer_id", "employer__code", "employer__name_sl", "employer__name_en", "people"
    )
    english = get_language() == "en"
    return [
        LettersWaiting(code, name_en if english else name_sl, people)
        for employer_id, code, name_sl, name_en, people in names.order_by("employer__code")
        if reach.covers(employer_id=employer_id)
    ]


def unreminded(campaign_id: int, *, on: date, before: datetime) -> QuerySet[Invitation]:
    """Invitations not answered yet, of people with an e-mail address who still work for the employer on the day, and
    who were neither invited nor reminded since a moment."""
    employed = organisation.employments_on(on).filter(
        person_id=OuterRef("person_id"), employer_id=OuterRef("employer_id")
    )
    rows = Invitation.objects.filter(WAITING, Exists(employed), campaign_id=campaign_id, invited_at__lte=before)
    return rows.exclude(person__email="").exclude(reminded_at__gt=before)


def unreachable(campaign_id: int, *, on: date, employer_id: int | None = None) -> QuerySet[Invitation]:
    """Invitations not answered yet, of people without an e-mail address who work for the employer on the day."""
    employed = organisation.employments_on(on).filter(
        person_id=OuterRef("person_id"), employer_id=OuterRef("employer_id")
    )
    rows = Invitation.objects.filter(WAITING, Exists(employed), campaign_id=campaign_id, person__email="")
    return rows if employer_id is None else rows.filter(employer_id=employer_id)


def frameworks_to_ask_about() -> list[tuple[int, str]]:
    """Active frameworks as choices: (id, name and version). One query."""
    rows = Framework.objects.filter(status=Status.ACTIVE).order_by("code", "version")
    return [(row.pk, f"{row.name} ({row.version})") for row in rows]


def employers_to_ask() -> list[tuple[int, str]]:
    """Employers as choices: (id, name). One query."""
    return [(row.pk, row.name) for row in organisation.employers()]


def profiles_to_ask() -> list[tuple[int, str]]:
    """Job profiles as choices: (id, name). One query."""
    return [(row.pk, row.name) for row in organisation.job_profiles()]


def units_to_ask(on: date) -> dict[str, int]:
    """Units of the day by the way they are written: {"employer/unit": id}. One query."""
    return {f"{unit.employer_code}/{unit.code}": unit.id for unit in organisation.units_on(on)}


def campaigns_to_answer(person_id: int, *, on: date) -> int:
    """How many open questionnaires a person has not answered yet. One query."""
    return Invitation.objects.filter(
        WAITING, person_id=person_id, campaign__status=CampaignStatus.OPEN, campaign__closes_on__gte=on
    ).count()


def framework_of_year(year: int) -> int | None:
    """The id of the framework that a year's campaigns ask about; None when there are none. One query."""
    return Campaign.objects.filter(year=year).order_by("pk").values_list("framework_id", flat=True).first()


def draft_as_filled_in(campaign: Campaign) -> dict[str, Any]:
    """A draft in the words of the form that made it. Three queries."""
    units = campaign.units.select_related("employer").order_by("employer__code", "code")
    return {
        "title_sl": campaign.title_sl,
        "title_en": campaign.title_en,
        "year": campaign.year,
        "framework": campaign.framework_id,
        "questionnaire": campaign.questionnaire_id,
        "opens_on": campaign.opens_on,
        "closes_on": campaign.closes_on,
        "reminders": ", ".join(str(days) for days in campaign.reminder_days),
        "privacy": campaign.privacy,
        "employers": list(campaign.employers.values_list("pk", flat=True)),
        "kinds": campaign.kinds,
        "profiles": list(campaign.profiles.values_list("pk", flat=True)),
        "units": "\n".join(f"{unit.employer.code}/{unit.code}" for unit in units),
        "population_on": campaign.population_on,
        "sample_size": campaign.sample_size,
        "sample_by": campaign.sample_by,
    }
