"""Published analyses as they are read: a frozen content told in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.models import Analysis, Campaign
from kazipot.needs.queries.analyses import kind_label

FAMILY = "family:"
"""How the key of a job family begins."""


@dataclass(frozen=True, slots=True)
class YearOfAnalysis:
    """A year with the last published version of its analysis, if there is one."""

    year: int
    version: int | None
    published_on: date | None
    invited: int | None
    answered: int | None
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class GroupTold:
    """A group of an analysis; `people` is None when the group isn't shown."""

    key: str
    label: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate for everybody asked, with the bounds of its interval."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class LineTold:
    """What a group said of one competence: plain figures of those who answered, and estimates for everybody asked.

    What is hidden is None; analyses before method 3 have no estimates.
    """

    code: str
    name: str
    area: str
    own: float
    needed: float
    below: float | None
    needs: int | None
    own_estimate: Estimate | None = None
    needed_estimate: Estimate | None = None
    below_estimate: Estimate | None = None
    needs_estimate: Estimate | None = None

    @property
    def levels_estimated(self) -> tuple[Estimate | None, Estimate | None]:
        """The estimated means of the own and the needed level."""
        return self.own_estimate, self.needed_estimate


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """Of a group's people: how many have a need by each definition, in any competence; None where hidden."""

    label: str
    stated: int | None
    required: int | None
    both: int | None
    neither: int | None


def years() -> list[YearOfAnalysis]:
    """Every year in which people were asked or an analysis was published, the latest first. Two queries."""
    found: dict[int, YearOfAnalysis] = {
        year: YearOfAnalysis(year, None, None, None, None, None)
        for year in Campaign.objects.exclude(status=CampaignStatus.DRAFT).order_by().values_list("year", flat=True)
    }
    rows = Analysis.objects.order_by("year", "version")
    for year, version, published_on, response in rows.values_list(
        "year", "version", "published_on", "content__response"
    ):
        told = response or {}
        found[year] = YearOfAnalysis(
            year, version, published_on, told.get("invited"), told.get("answered"), response_rate(told)
        )
    return sorted(found.values(), key=lambda row: -row.year)


def response_rate(told: Mapping[str, Any]) -> Fraction | None:
    """The response rate from its two counts: a document keeps it rounded, and rounding twice would mislead."""
    return Fraction(told["answered"], told["invited"]) if told.get("invited") else None


def versions(year: int) -> list[Analysis]:
    """Every published version of a year's analysis, the latest first; the content is read when asked for. One query."""
    return list(Analysis.objects.filter(year=year).defer("content", "narrative").order_by("-version"))


def named(thing: Mapping[str, Any], field: str = "name") -> str:
    """A name of the content in the reader's language."""
    return str(thing[f"{field}_{'en' if get_language() == 'en' else 'sl'}"])


def group_label(group: Mapping[str, Any]) -> str:
    """What a group is called."""
    if group["key"].startswith(FAMILY):
        return _("Job family: %(name)s") % {"name": group["key"].removeprefix(FAMILY)}
    if group["key"] == WHOLE:
        return _("All who answered")
    return f"{group['employer']}: {named(group)}" if group["code"] else kind_label(group["key"])


def groups(content: Mapping[str, Any]) -> list[GroupTold]:
    """The groups of an analysis: the whole, kinds of unit, units, and the job families that may be told."""
    return [GroupTold(group["key"], group_label(group), group["people"]) for group in rows_of(content)]


def rows_of(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The groups as they are frozen, families in the shape of the others."""
    families = content.get("families", {}).get("groups", ())
    return [
        *content["groups"],
        *(
            {
                "key": f"{FAMILY}{row['name']}",
                "employer": "",
                "code": "",
                "people": row["people"],
                "lines": row["lines"],
            }
            for row in families
        ),
    ]


def _part(content: Mapping[str, Any], part: str, key: str) -> Mapping[str, Any]:
    """The tables or estimates among which the group's stand, and that of families apart."""
    return cast(Mapping[str, Any], (content.get("families", {}) if key.startswith(FAMILY) else content).get(part, {}))


def lines(content: Mapping[str, Any], key: str) -> list[LineTold]:
    """The table of a group; empty when the group is hidden or not there."""
    group = next((group for group in rows_of(content) if group["key"] == key), None)
    if group is None or group["lines"] is None:
        return []
    estimates = _part(content, "estimates", key).get(key.removeprefix(FAMILY), {}).get("lines", {})
    return [
        LineTold(
            competence["code"],
            named(competence),
            named(competence, "area"),
            *group["lines"][str(competence["id"])],
            *_estimates(estimates.get(str(competence["id"]), {})),
        )
        for competence in content["competences"]
        if str(competence["id"]) in group["lines"]
    ]


def _estimates(line: Mapping[str, Any]) -> list[Estimate | None]:
    told = (line.get(name) for name in ("own", "needed", "below", "needs"))
    return [Estimate(*parts) if parts and parts[0] is not None else None for parts in told]


def people(content: Mapping[str, Any]) -> list[PeopleTold]:
    """Needs by definition, for the whole, kinds of unit and job families; without those of which nothing is told."""
    families = content.get("families", {}).get("tables", {}).get("people", {})
    tables = content.get("tables", {}).get("people", {}) | {f"{FAMILY}{name}": line for name, line in families.items()}
    labels = {group["key"]: group_label(group) for group in rows_of(content)}
    found = []
    for key, line in tables.items():
        both, stated, required, neither = line["any"]
        if both is stated is required is neither is None:
            continue
        found.append(PeopleTold(labels[key], _sum(both, stated), _sum(both, required), both, neither))
    return found


def _sum(*counts: int | None) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def levels(content: Mapping[str, Any], key: str) -> list[tuple[str, list[int | None]]]:
    """How many of a group are at each level 0 to 4 of each competence; empty where it isn't told."""
    table = _part(content, "tables", key).get("levels", {}).get(key.removeprefix(FAMILY), {})
    return [
        (f"{row['code']} {named(row)}", table[str(row["id"])])
        for row in content["competences"]
        if str(row["id"]) in table
    ]


@dataclass(frozen=True, slots=True)
class ItemTold:
    """A question besides the levels: how many of a group chose each answer; None where hidden."""

    label: str
    people: int
    choices: tuple[tuple[str, int | None], ...]


def items(content: Mapping[str, Any], key: str) -> list[ItemTold]:
    """The other questions for a group; empty where they aren't told."""
    return [
        ItemTold(
            named(item, "label"),
            item["people"][key],
            tuple(
                (named(choice, "label"), count)
                for choice, count in zip(item["choices"], item["counts"][key], strict=True)
            ),
        )
        for item in content.get("items", ())
        if key in item["counts"]
    ]
