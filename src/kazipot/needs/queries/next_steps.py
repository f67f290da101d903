"""What is to be done next with a campaign: one answer for its own page and for the desk."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Max

from kazipot.needs.choices import CampaignStatus, NextStep
from kazipot.needs.models import Analysis, Campaign


def next_step(asked: Campaign, *, on: date) -> NextStep:
    """What is to be done next with a campaign. One query at most."""
    return _step(asked, _published([asked.year]) if asked.status == CampaignStatus.CLOSED else {}, on)


def campaigns_to_run(on: date) -> list[tuple[Campaign, NextStep]]:
    """Campaigns with which something is to be done, the latest first. Two queries.

    A draft whose last day, or whose year, has passed can't be opened any more and is left out.
    """
    rows = list(Campaign.objects.order_by("-year", "-opens_on", "-id"))
    published = _published({row.year for row in rows if row.status == CampaignStatus.CLOSED})
    found = [(row, _step(row, published, on)) for row in rows if not _is_stale(row, on)]
    return [(row, step) for row, step in found if step is not NextStep.NOTHING]


def was_asked(year: int) -> bool:
    """Whether a campaign of the year has been drafted, opened or closed. One query."""
    return Campaign.objects.filter(year=year).exists()


def _is_stale(asked: Campaign, on: date) -> bool:
    return asked.status == CampaignStatus.DRAFT and (asked.closes_on < on or asked.year < on.year)


def _published(years: Collection[int]) -> dict[int, date]:
    rows = Analysis.objects.filter(year__in=years).order_by().values("year").annotate(last=Max("published_on"))
    return {row["year"]: row["last"] for row in rows}


def _step(asked: Campaign, published: Mapping[int, date], on: date) -> NextStep:
    match asked.status:
        case CampaignStatus.DRAFT:
            return NextStep.OPEN
        case CampaignStatus.OPEN:
            return NextStep.COLLECT if on <= asked.closes_on else NextStep.CLOSE
    return NextStep.NOTHING if published.get(asked.year, date.min) >= asked.opens_on else NextStep.PUBLISH
