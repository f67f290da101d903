"""The year's analysis: made from the answers, and as it was published."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kazipot.core.indicators import needs as indicator
from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.needs_tables import (
    METHOD_VERSION,
    Figures,
    Group,
    kind_key,
    tables,
    unit_key,
)
from kazipot.core.survey.stated_need import RULE_VERSION
from kazipot.framework.models import Competence
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.models import Campaign, Invitation
from kazipot.needs.queries.facts import invitation_facts
from kazipot.needs.queries.tallies import (
    UNPLACED,
    add_anonymous,
    anonymous_campaigns,
    answered_by_unit,
    confidential_tallies,
    last_version,
)
from kazipot.organisation import queries as organisation
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Unit

type Content = dict[str, object]
"""An analysis as plain data, the way it is frozen; what is in it stands in docs/methods/needs-analysis.md."""


@dataclass(frozen=True, slots=True)
class Made:
    """An analysis made from the answers; `answered` is how many people's answers are in it."""

    content: Content
    answered: int
    groups: tuple[Group, ...]


def opened_campaigns(year: int) -> list[Campaign]:
    """The campaigns of a year that have been opened, the first first. One query."""
    rows = Campaign.objects.filter(year=year).exclude(status=CampaignStatus.DRAFT)
    return list(rows.select_related("framework").order_by("opens_on", "id"))


def is_collecting(year: int, *, on: date) -> bool:
    """Whether answers of the year's campaigns are still coming in on the day. One query."""
    return Campaign.objects.filter(year=year, status=CampaignStatus.OPEN, closes_on__gte=on).exists()


def make(year: int, as_of: date) -> Made | None:
    """The year's analysis from the answers that came in by the end of the day; None when nobody was asked.

    Groups are protected against small numbers, also against comparing with the versions published before.
    """
    campaigns = opened_campaigns(year)
    if not campaigns:
        return None
    invitations = invitation_facts(year, as_of)
    units = _units_asked(campaigns)
    groups = _groups(year, as_of, {unit_id: unit.kind for unit_id, unit in units.items()})
    response = indicator.response(invitations)
    staffed = {employment.unit_id for employment in organisation.main_employments(as_of).values()}
    coverage = indicator.covered_units(invitations, staffed | {fact.unit_id for fact in invitations})
    names = {unit_key(unit_id): unit for unit_id, unit in units.items()}
    content: Content = {
        "method": {"version": METHOD_VERSION, "rule_version": RULE_VERSION, "threshold": THRESHOLD},
        "year": year,
        "as_of": as_of.isoformat(),
        "framework": _framework(campaigns[-1]),
        "campaigns": [_campaign(campaign) for campaign in campaigns],
        "anonymous": anonymous_campaigns(year, as_of),
        "response": {
            "invited": response.denominator,
            "answered": response.numerator,
            "rate": _rounded(response.value, 4),
        },
        "units": {
            "covered": coverage.numerator,
            "all": coverage.denominator,
            "share": _rounded(coverage.value, 4),
        },
        "competences": _competences(campaigns[-1].framework_id),
        "columns": ["own", "needed", "below", "needs"],
        "groups": [_group(group, names.get(group.key)) for group in groups],
    }
    return Made(content, response.numerator, tuple(groups))


def _groups(year: int, as_of: date, kinds: dict[int, str]) -> list[Group]:
    """The tables, protected; places of anonymous answers without a unit count in the groups above them."""
    known = set(kinds)
    people, tallies = answered_by_unit(year, as_of), confidential_tallies(year, as_of)
    add_anonymous(year, as_of, kinds, people, tallies)
    hidden = {unit_key(place) for place in kinds.keys() - known} | {kind_key(UNPLACED)}
    made = tables(kinds, people, tallies, before=last_version(year))
    return [group for group in made if group.key not in hidden]


def _units_asked(campaigns: list[Campaign]) -> dict[int, organisation.UnitOnDay]:
    """Every unit in which somebody was asked, as it stood when the first campaign that asked there opened.

    The kind is settled then, so that groups stay the same from one version of the analysis to the next.
    """
    asked: dict[int, set[int]] = defaultdict(set)
    rows = Invitation.objects.filter(campaign__in=campaigns).order_by().values_list("campaign_id", "unit_id")
    for campaign_id, unit_id in rows.distinct():
        asked[campaign_id].add(unit_id)
    found: dict[int, organisation.UnitOnDay] = {}
    for campaign in campaigns:
        for unit in organisation.units_on(campaign.opens_on):
            if unit.id in asked[campaign.pk]:
                found.setdefault(unit.id, unit)
    missing = set().union(*asked.values()) - found.keys()  # asked under a unit that the records don't know that day
    for row in Unit.objects.filter(pk__in=missing).select_related("employer"):
        found[row.pk] = organisation.UnitOnDay(
            id=row.pk,
            code=row.code,
            employer_id=row.employer_id,
            employer_code=row.employer.code,
            parent_id=None,
            name_sl=row.code,
            name_en=row.code,
            kind=row.employer.kind,
            must_have_advisor=False,
        )
    return found


def _rounded(value: Fraction | None, digits: int) -> float | None:
    return None if value is None else float(round(value, digits))


def _line(line: Figures) -> list[float | int | None]:
    return [_rounded(line.own, 2), _rounded(line.needed, 2), _rounded(line.below, 3), line.needs]


def _group(group: Group, unit: organisation.UnitOnDay | None) -> Content:
    lines = None if group.figures is None else {str(pk): _line(line) for pk, line in group.figures.items()}
    return {
        "key": group.key,
        "parent": group.parent,
        "employer": unit.employer_code if unit else "",
        "code": unit.code if unit else "",
        "name_sl": unit.name_sl if unit else "",
        "name_en": unit.name_en if unit else "",
        "people": group.people,
        "lines": lines,
    }


def _framework(campaign: Campaign) -> Content:
    framework = campaign.framework
    return {
        "id": framework.pk,
        "code": framework.code,
        "version": framework.version,
        "name_sl": framework.name_sl,
        "name_en": framework.name_en,
    }


def _campaign(campaign: Campaign) -> Content:
    return {
        "title_sl": campaign.title_sl,
        "title_en": campaign.title_en,
        "opens_on": campaign.opens_on.isoformat(),
        "closes_on": campaign.closes_on.isoformat(),
    }


def _competences(framework_id: int) -> list[Content]:
    rows = Competence.objects.filter(framework_id=framework_id).select_related("area").order_by("position")
    return [
        {
            "id": row.pk,
            "code": row.code,
            "name_sl": row.name_sl,
            "name_en": row.name_en,
            "area_code": row.area.code,
            "area_sl": row.area.name_sl,
            "area_en": row.area.name_en,
        }
        for row in rows
    ]


def kind_label(key: str) -> str:
    """The name of a kind of unit in the reader's language."""
    return next((str(kind.label) for kind in UnitKind if kind_key(kind.value) == key), key)
