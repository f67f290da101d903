"""What changed since the earlier years' published analyses, from what they and this one tell and from nothing else.

A change is made of two published figures, so it tells nothing that they don't: where either is hidden, there is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kazipot.core.survey.questionnaire import NEEDED_LEVEL, OWN_LEVEL, WANTS_TRAINING
from kazipot.core.survey.trend import Change, Year, change
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.models import Analysis, Campaign
from kazipot.needs.queries.questionnaires import definition_of

YEARS = 3
"""So many earlier years are compared with."""
ESTIMATES_SINCE = 3
"""The method from which on analyses hold estimates."""
ITEM_OF = {"share": WANTS_TRAINING, "own": OWN_LEVEL}
"""By which question each figure was asked."""
DIGITS = {"share": 3, "own": 2}

type Content = Mapping[str, Any]


def questions(campaigns: Iterable[Campaign]) -> list[dict[str, Any]]:
    """Which versions of the questions were asked in a year: one entry for each different set."""
    found: list[dict[str, Any]] = []
    for campaign in campaigns:
        definition = definition_of(campaign.questionnaire)
        items = {key: definition.item(key) for key in (OWN_LEVEL, NEEDED_LEVEL, WANTS_TRAINING)}
        told = {
            "questionnaire": definition.key,
            "versions": {key: item.version for key, item in items.items() if item is not None},
        }
        if told not in found:
            found.append(told)
    return found


def trends(content: Content, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Changes since the last version of each of the last three earlier years that have estimates. Three queries.

    [{year, version, groups: {group: {competence id: {"share": …, "own": …}}}}], each change with what is told ("rise",
    "fall", "no change told", "broken"), both values, the difference and its bounds. The years' answers count as
    independent: who answered twice isn't looked up, which makes intervals wider rather than narrower as long as the
    same people answer alike.
    """
    newest: dict[int, int] = {}
    rows = Analysis.objects.filter(year__lt=content["year"], content__method__version__gte=ESTIMATES_SINCE)
    for pk, year in rows.order_by("-year", "-version").values_list("pk", "year"):
        newest.setdefault(year, pk)
    compared = Analysis.objects.filter(pk__in=list(newest.values())[:YEARS]).defer("narrative").order_by("-year")
    latest = {analysis.year: analysis for analysis in compared}
    by_year: dict[int, list[Campaign]] = {year: [] for year in latest}
    opened = Campaign.objects.filter(year__in=latest).exclude(status=CampaignStatus.DRAFT)
    for campaign in opened.select_related("questionnaire").order_by("opens_on", "id"):
        by_year[campaign.year].append(campaign)
    found = []
    for year, analysis in latest.items():
        then = analysis.content.get("questions") or questions(by_year[year])
        groups = _groups(content, analysis.content, asked, then)
        if groups:
            found.append({"year": year, "version": analysis.version, "groups": groups})
    return found


def _groups(
    now: Content, then: Content, asked: list[dict[str, Any]], asked_then: list[dict[str, Any]]
) -> dict[str, Any]:
    """By group that both years tell, units left out: they change too much from year to year."""
    pairs = _pairs(now, then)
    found: dict[str, Any] = {}
    for key, estimated in now["estimates"].items():
        before = then.get("estimates", {}).get(key)
        if before is None or key.startswith("unit:"):
            continue
        lines = {
            pk: line
            for pk, (other, is_same) in pairs.items()
            if (line := _line(estimated, before, pk, other, _unbroken(asked, asked_then) if is_same else {}))
        }
        if lines:
            found[key] = lines
    return found


def _pairs(now: Content, then: Content) -> dict[str, tuple[str, bool]]:
    """Each competence's counterpart of then by its code, and whether it is called the same in both languages."""
    if now["framework"]["code"] != then.get("framework", {}).get("code"):
        return {}
    earlier = {row["code"]: row for row in then["competences"]}
    found = {}
    for row in now["competences"]:
        other = earlier.get(row["code"])
        if other is not None:
            same = (row["name_sl"], row["name_en"]) == (other["name_sl"], other["name_en"])
            found[str(row["id"])] = str(other["id"]), same
    return found


def _unbroken(asked: list[dict[str, Any]], then: list[dict[str, Any]]) -> dict[str, bool]:
    """Whether the question behind each figure was asked in one version, the same in both years."""
    if len(asked) != 1 or len(then) != 1 or asked[0]["questionnaire"] != then[0]["questionnaire"]:
        return {}
    return {
        figure: asked[0]["versions"].get(item) is not None
        and asked[0]["versions"].get(item) == then[0]["versions"].get(item)
        for figure, item in ITEM_OF.items()
    }


def _line(now: Content, then: Content, pk: str, other: str, unbroken: Mapping[str, bool]) -> dict[str, Any]:
    found = {}
    for figure in ITEM_OF:
        later = now["lines"].get(pk, {}).get(figure)
        earlier = then["lines"].get(other, {}).get(figure)
        if _is_known(later) and _is_known(earlier):
            is_same = unbroken.get(figure, False)
            made = change(_year(then, earlier, "same"), _year(now, later, "same" if is_same else "other"))
            found[figure] = {**_told(made, DIGITS[figure]), "then": earlier[0], "now": later[0]}
    return found


def _is_known(figure: list[float | None] | None) -> bool:
    return figure is not None and None not in figure


def _year(estimated: Content, figure: list[float], version: str) -> Year:
    population = max(float(estimated["population"]), 1.0)
    value, lower, upper = figure
    return Year(version, value, (upper - lower) / 4, min(lower, value), max(upper, value), 0, population)


def _told(made: Change, digits: int) -> dict[str, Any]:
    parts = {name: value for name, value in asdict(made).items() if name in {"value", "lower", "upper"}}
    return {"told": made.told, **{name: None if one is None else round(one, digits) for name, one in parts.items()}}
