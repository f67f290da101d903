"""A published analysis as a PDF: what it says, a chart with its table, and how it was made."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.foundation.pdf import render
from kazipot.foundation.ui.templatetags.ui import day, number, percent
from kazipot.needs import queries
from kazipot.needs.exports.analysis_chart import description, svg
from kazipot.needs.exports.analysis_sections import sections

TEMPLATE = "needs/templates/needs/analysis.typ"


def analysis_pdf(published: queries.Published, *, at: datetime) -> bytes:
    """The document in the reader's language: tagged, with the drawing described in words."""
    language = get_language() or "sl"
    title = _("Analysis of training needs %(year)s") % {"year": published.year}
    return render(TEMPLATE, _content(published, language, title), title=title, language=language, at=at)


def _content(published: queries.Published, language: str, title: str) -> dict[str, Any]:
    content = published.content
    groups = [group for group in queries.rows_of(content) if group["lines"] and not group["key"].startswith("unit:")]
    return {
        "heading": title,
        "version": _("Version %(version)s, published on %(day)s.")
        % {"version": published.version, "day": day(published.published_on)},
        "changes": published.changes,
        "changes_label": _("What this version changes"),
        "narrative": [part for part in published.narrative.get(language, "").split("\n\n") if part.strip()],
        "columns": [
            _("Competence"), _("Own level"), _("Needed level"), _("Below the needed level"), _("Stated needs"),
        ],
        "groups": [_group(content, group) for group in groups],
        "sections": sections(content),
        "competence_column": _("Competence"),
        "method_heading": _("Method"),
        "method": _method(content),
        "digest": published.digest,
        "digest_label": _("SHA-256 of the document"),
    }  # fmt: skip


def _group(content: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, Any]:
    lines = queries.lines(content, group["key"])
    label = queries.group_label(group)
    is_drawn = group["key"] == WHOLE and any(line.below_estimate for line in lines)
    return {
        "label": label,
        "people": _("People answering: %(answered)s, asked: %(asked)s.")
        % {"answered": number(group["people"]), "asked": number(group.get("asked"))},
        "rows": [[f"{line.code} {line.name}", *_cells(line)] for line in lines],
        "chart": svg(label, lines) if is_drawn else "",
        "chart_words": description(label, lines) if is_drawn else "",
    }


def _cells(line: queries.LineTold) -> list[str]:
    """Estimates with their intervals, plain figures where there are no estimates."""
    return [
        _between(number, line.own_estimate) or number(line.own),
        _between(number, line.needed_estimate) or number(line.needed),
        _between(percent, line.below_estimate) or percent(line.below),
        _between(lambda value: number(round(value)), line.needs_estimate) or number(line.needs),
    ]


def _between(told: Callable[[float], str], estimate: queries.Estimate | None) -> str:
    if estimate is None:
        return ""
    if estimate.lower is None or estimate.upper is None:
        return told(estimate.value)
    return f"{told(estimate.value)} ({told(estimate.lower)}–{told(estimate.upper)})"


def _method(content: Mapping[str, Any]) -> list[str]:
    method = content.get("method", {})
    if not method:
        return []
    return [
        _("Method %(method)s, rule of stated needs %(rule)s; groups of fewer than %(threshold)s people are not shown.")
        % {"method": method["version"], "rule": method["rule_version"], "threshold": method["threshold"]},
        _("Rules in force: stated needs %(stated)s, required needs %(required)s, measured needs %(measured)s.")
        % {name: method.get("rules", {}).get(name, "–") for name in ("stated", "required", "measured")},
        _("Estimates speak of everybody asked; in brackets are 95% intervals. A dash stands for what is hidden."),
    ]
