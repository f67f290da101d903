"""The year's analysis: made from the answers, and as it was published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from kazipot.core.indicators import needs as indicator
from kazipot.core.survey.disclosure import THRESHOLD, protect
from kazipot.core.survey.intervals import CONFIDENCE
from kazipot.core.survey.need_definitions import OFFICIAL, RULES
from kazipot.core.survey.need_estimates import INTERVALS
from kazipot.core.survey.needs_tables import (
    METHOD_VERSION,
    WHOLE,
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
from kazipot.needs.queries.analysis_parts import parts
from kazipot.needs.queries.analysis_tables import Estimated, Table, estimated, parents_of, protected_tables
from kazipot.needs.queries.analysis_tables import Made as TableMade
from kazipot.needs.queries.coverage import uncovered
from kazipot.needs.queries.editions import earlier_versions, earlier_years
from kazipot.needs.queries.facts import invitation_facts
from kazipot.needs.queries.family_tables import families
from kazipot.needs.queries.other_items import other_items
from kazipot.needs.queries.respondents import Survey, survey
from kazipot.needs.queries.tallies import (
    UNPLACED,
    add_anonymous,
    anonymous_campaigns,
    answered_by_unit,
    confidential_tallies,
    last_shown,
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
    return list(rows.select_related("framework", "questionnaire").order_by("opens_on", "id"))


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
    competences = _competences(campaigns[-1].framework_id)
    tabled = _tabled(year, as_of, {unit_id: unit.kind for unit_id, unit in units.items()}, competences)
    response = indicator.response(invitations)
    staffed = {employment.unit_id for employment in organisation.main_employments(as_of).values()}
    coverage = indicator.covered_units(invitations, staffed | {fact.unit_id for fact in invitations})
    names = {unit_key(unit_id): unit for unit_id, unit in units.items()}
    answering = {fact.unit_id for fact in invitations if fact.responded}
    content: Content = {
        "method": _method(tabled),
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
        "competences": competences,
        "columns": ["own", "needed", "below", "needs"],
        "groups": [_group(group, names.get(group.key), tabled) for group in tabled.groups],
        "tables": {name: _listed(made.table, tabled.hidden) for name, made in tabled.made.items()},
        "estimates": tabled.estimated.groups if tabled.estimated else {},
        "families": tabled.families,
        "items": other_items(
            year, as_of, campaigns[-1], {unit_id: unit.kind for unit_id, unit in units.items()}, last_shown(year)
        ),
        "uncovered": uncovered(year, as_of, answering),
    }
    content |= parts(content, campaigns, tabled.survey, tabled.kinds, tabled.made, answering, last_shown(year))
    return Made(content, response.numerator, tuple(tabled.groups))


@dataclass(frozen=True, slots=True)
class _Tabled:
    """The groups of the analysis with their tables; `hidden` are places that are counted and never listed."""

    groups: list[Group]
    hidden: frozenset[str]
    asked: Mapping[str, int]
    answered: Mapping[str, int]
    made: Mapping[str, TableMade]
    estimated: Estimated | None
    families: Content
    survey: Survey | None
    kinds: Mapping[int, str]


def _tabled(year: int, as_of: date, kinds: dict[int, str], competences: Sequence[Content]) -> _Tabled:
    """The tables, protected; places of anonymous answers without a unit count in the groups above them."""
    known = set(kinds)
    people, tallies = answered_by_unit(year, as_of), confidential_tallies(year, as_of)
    add_anonymous(year, as_of, kinds, people, tallies)
    found = survey(year, as_of, kinds, [cast(int, row["id"]) for row in competences])
    hidden = frozenset({unit_key(place) for place in kinds.keys() - known} | {kind_key(UNPLACED)})
    groups = tables(kinds, people, tallies, before=last_version(year))
    asked = _asked_shown(groups, year, as_of, kinds)
    listed = [group for group in groups if group.key not in hidden]
    answered = {group.key: group.people for group in listed if group.people is not None}
    if found is None or not answered:
        return _Tabled(listed, hidden, asked, answered, {}, None, {}, None, kinds)
    areas = {str(row["id"]): f"area:{row['area_code']}" for row in competences}
    ids = found.competence_ids
    made = protected_tables(
        groups, kinds, tallies, found, areas, earlier_versions(year, kinds, ids), earlier_years(year, kinds, ids)
    )
    by_family, by_group = families(groups, found, kinds, made, last_shown(year)), estimated(listed, found, kinds, made)
    return _Tabled(listed, hidden, asked, answered, made, by_group, by_family, found, kinds)


def _asked_shown(groups: Sequence[Group], year: int, as_of: date, kinds: Mapping[int, str]) -> dict[str, int]:
    """How many people were asked in the groups where that may be told. One query."""
    parents = parents_of(groups)
    counts = dict.fromkeys(parents, 0)
    for fact in invitation_facts(year, as_of):
        for key in (unit_key(fact.unit_id), kind_key(kinds[fact.unit_id]), WHOLE):
            counts[key] += 1
    return {key: counts[key] for key in protect(parents, counts)}


def _listed(table: Table, hidden: frozenset[str]) -> Table:
    return {group: line for group, line in table.items() if group not in hidden}


def _method(tabled: _Tabled) -> Content:
    """By which rules the analysis was made, and how the protection went."""
    return {
        "version": METHOD_VERSION,
        "rule_version": RULE_VERSION,
        "rules": {**RULES},
        "official": OFFICIAL,
        "threshold": THRESHOLD,
        "weights": tabled.estimated.weights if tabled.estimated else {},
        "intervals": {**INTERVALS, "confidence": CONFIDENCE},
        "response_rate": "AAPOR RR1",
        "protection": {
            name: {"hidden": made.hidden, "of": made.cells, "audited": made.checked, "derivable": 0}
            for name, made in tabled.made.items()
        },
    }


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


def _line(key: str, pk: int, line: Figures, made: Mapping[str, TableMade]) -> list[float | int | None]:
    """Plain figures of those who answered; a share or count is None where its table hides it."""
    below, needs = (made[name].table[key][str(pk)][0] for name in ("below", "need"))
    return [
        _rounded(line.own, 2),
        _rounded(line.needed, 2),
        None if below is None else _rounded(line.below, 3),
        needs,
    ]


def _group(group: Group, unit: organisation.UnitOnDay | None, tabled: _Tabled) -> Content:
    lines = None
    if group.figures is not None and tabled.made:
        lines = {str(pk): _line(group.key, pk, line, tabled.made) for pk, line in group.figures.items()}
    asked = tabled.asked.get(group.key) if group.people is not None else None
    return {
        "key": group.key,
        "parent": group.parent,
        "employer": unit.employer_code if unit else "",
        "code": unit.code if unit else "",
        "name_sl": unit.name_sl if unit else "",
        "name_en": unit.name_en if unit else "",
        "people": group.people,
        "asked": asked,
        "rate": _rounded(Fraction(group.people, asked), 4) if asked and group.people is not None else None,
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
