"""What the draft says of the further parts of an analysis: trend, priorities, demand, interviews."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.foundation.ui.templatetags.ui import number
from kazipot.needs.queries.published_parts import TrendTold, demand_told, priority, quotes_told, reached, trend

MOST = 3
"""So many competences are named."""


def of_trend(content: Mapping[str, Any]) -> Iterator[str]:
    """What changed in the whole since the last year there is."""
    told = trend(content, WHOLE)
    if not told:
        return
    since = told[0]
    known = [line for line in since.lines if line.share and not line.share.is_broken]
    if not known:
        yield _(
            "Answers cannot be compared with those of %(year)s: questions or competences were worded otherwise."
        ) % {"year": since.year}
        return
    rises = _changed(since, "rise")
    falls = _changed(since, "fall")
    if rises:
        yield _("Since %(year)s the share of people with a stated need has risen in: %(competences)s.") % {
            "year": since.year, "competences": rises,
        }  # fmt: skip
    if falls:
        yield _("Since %(year)s the share of people with a stated need has fallen in: %(competences)s.") % {
            "year": since.year, "competences": falls,
        }  # fmt: skip
    still = sum(line.share.told == "no change told" for line in known if line.share)
    if still:
        yield ngettext(
            "In %(count)s competence the intervals tell no change since %(year)s.",
            "In %(count)s competences the intervals tell no change since %(year)s.",
            still,
        ) % {"count": number(still), "year": since.year}
    broken = sum(bool(line.share and line.share.is_broken) for line in since.lines)
    if broken:
        yield ngettext(
            "In %(count)s competence the trend is broken, because it was worded otherwise.",
            "In %(count)s competences the trend is broken, because they were worded otherwise.",
            broken,
        ) % {"count": number(broken)}


def _changed(since: TrendTold, told: str) -> str:
    lines = [line for line in since.lines if line.share and line.share.told == told]
    lines.sort(key=lambda line: (-abs(line.share.value or 0) if line.share else 0, line.name))
    return "; ".join(
        f"{line.name} ({_points(line.share.value or 0)})" for line in lines[:MOST] if line.share is not None
    )


def _points(value: float) -> str:
    """A difference in percentage points, as words: 3 percentage points."""
    points = abs(100 * value)
    if points < 1:
        return _("by less than one percentage point")
    whole = round(points)
    return ngettext("by %(points)s percentage point", "by %(points)s percentage points", whole) % {
        "points": number(whole)
    }


def of_priorities(content: Mapping[str, Any]) -> Iterator[str]:
    """Which gaps come first in the whole."""
    told = [row for row in priority(content, WHOLE) if row.score > 0][:MOST]
    if told:
        listed = "; ".join(f"{row.name} ({_people(row.people)})" for row in told)
        yield _("By size of the gap, importance and number of people, first come: %(competences)s.") % {
            "competences": listed
        }


def _people(count: int) -> str:
    return ngettext("about %(count)s person", "about %(count)s people", count) % {"count": number(count)}


def of_demand(content: Mapping[str, Any]) -> Iterator[str]:
    """To which level most people want to get."""
    sums = [0, 0, 0, 0]
    for row in demand_told(content):
        for place, people in enumerate(row.levels_wanted):
            sums[place] += people or 0
    if any(sums):
        most = max(range(4), key=lambda place: (sums[place], -place))
        yield ngettext(
            "Most stated needs lead to level %(level)s: at least %(count)s need.",
            "Most stated needs lead to level %(level)s: at least %(count)s needs.",
            sums[most],
        ) % {"level": most + 1, "count": number(sums[most])}


def of_interviews(content: Mapping[str, Any]) -> Iterator[str]:
    """How many interviews there were, and which units were reached by nothing."""
    told = content.get("interviews", {})
    whole = told.get("groups", {}).get(WHOLE)
    if whole and whole["interviews"]:
        yield ngettext("%(count)s interview was held.", "%(count)s interviews were held.", whole["interviews"]) % {
            "count": number(whole["interviews"])
        }
        yield ngettext("%(count)s person took part.", "%(count)s people took part.", whole["people"]) % {
            "count": number(whole["people"])
        }
        heard = sum(len(said) for _heading, said in quotes_told(content))
        if heard:
            yield ngettext(
                "The analysis tells %(count)s thing that was said there.",
                "The analysis tells %(count)s things that were said there.",
                heard,
            ) % {"count": number(heard)}
    silent = reached(content)[0].neither if told.get("units") else 0
    if silent:
        yield ngettext(
            "From %(count)s unit there are neither answers nor interviews.",
            "From %(count)s units there are neither answers nor interviews.",
            silent,
        ) % {"count": number(silent)}
