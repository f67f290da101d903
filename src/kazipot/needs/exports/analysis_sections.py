"""The further sections of the analysis as a PDF: by definition, trend, priorities, demand, interviews."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.foundation.ui.templatetags.ui import day, number, percent
from kazipot.needs import queries
from kazipot.needs.exports.analysis_parts import demand_kind_columns, demand_kind_rows
from kazipot.needs.exports.part_charts import (
    demand_svg,
    demand_words,
    priority_svg,
    priority_words,
    trend_svg,
    trend_words,
)


def sections(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each section with heading, text, drawing, table and quotes; those with nothing to tell are left out."""
    label = next((group.label for group in queries.groups(content) if group.key == WHOLE), "")
    found = [
        *_definitions(content),
        *(_trend(label, since) for since in queries.trend(content, WHOLE)),
        *_priorities(label, content),
        *_demand(content),
        *_demand_by_kind(content),
        *_interviews(content),
        *_quotes(content),
    ]
    return [
        {"text": "", "chart": "", "chart_words": "", "columns": [], "rows": [], "quotes": [], **one} for one in found
    ]


def _definitions(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [
        [row.label, *(number(one) for one in (row.stated, row.required, row.both, row.neither))]
        for row in queries.people(content)
    ]
    columns = [_("Group"), _("Stated (official)"), _("Required"), _("Both"), _("Neither")]
    text = _(
        "The strategy counts stated needs. A need is required when the own level is below the lowest level that the "
        "post asks for. Self-assessment misleads in both directions; measured results stand beside the indicator M3."
    )
    return _if(rows, heading=_("Who needs training, by definition"), text=text, columns=columns, rows=rows)


def _trend(label: str, since: queries.TrendTold) -> dict[str, Any]:
    rows = [
        [line.name, line.share.as_points if line.share else "–", line.own.as_levels if line.own else "–"]
        for line in since.lines
    ]  # fmt: skip
    text = _(
        "Differences between this analysis and version %(version)s of %(year)s, with 95%% intervals. "
        "A rise or a fall is told only if the interval leaves out zero; where the question was worded otherwise, "
        "the trend is broken."
    )
    columns = [_("Competence"), _("Share with a stated need, percentage points"), _("Own level (mean)")]
    return {
        "heading": _("Change since %(year)s") % {"year": since.year},
        "text": text % {"version": since.version, "year": since.year},
        "columns": columns,
        "rows": [] if since.is_broken else rows,
        "chart": "" if since.is_broken else trend_svg(label, since),
        "chart_words": "" if since.is_broken else trend_words(label, since),
        **({"text": broken(since)} if since.is_broken else {}),
    }


def broken(since: queries.TrendTold) -> str:
    """Why nothing is compared with a year."""
    return _(
        "The trend since %(year)s is broken: questions or competences were worded otherwise then, "
        "so the answers cannot be compared."
    ) % {"year": since.year}


def _priorities(label: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = queries.priority(content, WHOLE)
    rows = [
        [
            number(row.rank), row.name, number(row.levels), percent(row.importance), number(row.people),
            f"{number(row.score)} ({number(row.lower)}–{number(row.upper)})",
        ]
        for row in told
    ]  # fmt: skip
    columns = [_("Rank"), _("Competence"), _("Mean gap"), _("Importance"), _("People"), _("Score")]
    text = _(
        "Score = mean gap in levels of those who have one / 4 · importance (0 to 1) · share of people who have the "
        "gap. The parts stand beside it, so that everybody sees why."
    )
    reasons = [
        f"{row.name}: {percent(row.importance)}, {day(row.set_on)}, {row.reason}"
        for row in told
        if row.source == "set"
    ]  # fmt: skip
    return _if(
        rows, heading=_("What comes first"), columns=columns, rows=rows,
        text=" ".join([text, *_set_by_hand(reasons)]),
        chart=priority_svg(label, told) if rows else "", chart_words=priority_words(label, told) if rows else "",
    )  # fmt: skip


def _set_by_hand(reasons: Sequence[str]) -> list[str]:
    told = _("Importance set by the Digitalisation Service: %(reasons)s.") % {"reasons": "; ".join(reasons)}
    return [told] if reasons else []


def _demand(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = queries.demand_told(content)
    rows = [[f"{row.code} {row.name}", number(row.people), *(number(one) for one in row.levels_wanted)] for row in told]
    columns = [_("Competence"), _("People"), *(_("To level %(level)s") % {"level": level} for level in range(1, 5))]
    return _if(
        rows, heading=_("Demand for training"), columns=columns, rows=rows,
        text=_(
            "How many of those who answered state a need, by competence and by the level to which they want to get."
        ),
        chart=demand_svg(told) if rows else "", chart_words=demand_words(told) if rows else "",
    )  # fmt: skip


def _demand_by_kind(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [[f"{code} {name}", *(number(one) if isinstance(one, int | None) else one for one in cells)]
            for code, name, *cells in demand_kind_rows(content)]  # fmt: skip
    columns = [_("Competence"), *demand_kind_columns()[2:]]
    return _if(
        rows, heading=_("Demand by kind of unit"), columns=columns, rows=rows,
        text=_("The same by kind of unit, where that can be told without giving small groups away."),
    )  # fmt: skip


def _interviews(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    units = [
        [row.label, *(number(one) for one in (row.both, row.survey, row.interviews, row.neither, row.held, row.people))]
        for row in queries.reached(content)
    ]
    columns = [
        _("Kind of unit"), _("Both"), _("Survey alone"), _("Interviews alone"), _("Neither"), _("Interviews held"),
        _("People interviewed"),
    ]  # fmt: skip
    return _if(
        units, heading=_("Units reached by survey and interviews"), columns=columns, rows=units,
        text=_("Units of at least five people. How many were interviewed is told for groups of at least five people."),
    )  # fmt: skip


def _quotes(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    heard = [[row.name, *(number(one) for one in row.kinds)] for row in queries.heard_told(content)]
    quotes = [
        {
            "heading": heading,
            "said": [
                {"text": _quoted(one.text) if one.is_original else one.text, "origin": one.origin} for one in said
            ],
        }
        for heading, said in queries.quotes_told(content)
    ]  # fmt: skip
    columns = [_("Competence"), _("Gaps"), _("Barriers"), _("Ideas"), _("Good practices")]
    return _if(
        heard or quotes, heading=_("What people said in interviews"), columns=columns if heard else [], rows=heard,
        quotes=quotes,
        text=_("In other words, or in people's own words where they agreed to it; without names."),
    )  # fmt: skip


def _quoted(text: str) -> str:
    """In the quotation marks of the reader's language."""
    return f"“{text}”" if get_language() == "en" else f"»{text}«"


def _if(there_is: Sequence[Any], **section: Any) -> list[dict[str, Any]]:
    return [section] if there_is else []
