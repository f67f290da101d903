"""The narrative of an analysis, drafted from its figures in either language; an editor completes it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.foundation.ui.templatetags.ui import number, percent
from kazipot.needs.queries.narrative_parts import of_demand, of_interviews, of_priorities, of_trend
from kazipot.needs.queries.published import named, response_rate

MOST = 3
"""So many competences are named."""


def drafted(content: Mapping[str, Any]) -> dict[str, str]:
    """The narrative in both languages: {"sl": …, "en": …}."""
    found = {}
    for language in ("sl", "en"):
        with override(language):
            found[language] = "\n\n".join(" ".join(part) for part in _paragraphs(content) if part)
    return found


def _paragraphs(content: Mapping[str, Any]) -> Iterator[list[str]]:
    yield [*_response(content["response"]), *_units(content["units"])]
    whole = content.get("estimates", {}).get(WHOLE)
    if whole:
        yield [*_wanted(content, whole["lines"]), *_gaps(content, whole["lines"])]
    yield [*of_trend(content)]
    yield [*of_priorities(content), *of_demand(content)]
    yield _definitions(content.get("tables", {}).get("people", {}).get(WHOLE, {}).get("any"))
    yield [*of_interviews(content)]


def _response(response: Mapping[str, Any]) -> Iterator[str]:
    asked, answered = response["invited"], response["answered"]
    yield ngettext("%(asked)s person was asked.", "%(asked)s people were asked.", asked) % {"asked": number(asked)}
    yield ngettext("%(answered)s person answered (%(rate)s).", "%(answered)s people answered (%(rate)s).", answered) % {
        "answered": number(answered), "rate": percent(response_rate(response)),
    }  # fmt: skip


def _units(units: Mapping[str, Any]) -> Iterator[str]:
    covered = units["covered"]
    yield ngettext(
        "Answers came from %(covered)s unit of %(units)s.", "Answers came from %(covered)s units of %(units)s.", covered
    ) % {"covered": number(covered), "units": number(units["all"])}


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(row["id"]): f"{row['code']} {named(row)}" for row in content["competences"]}


def _wanted(content: Mapping[str, Any], lines: Mapping[str, Any]) -> Iterator[str]:
    """The competences in which most people state a need, in estimated people of everybody asked."""
    names = _names(content)
    known = [(line["needs"][0], pk) for pk, line in lines.items() if line["needs"] and line["needs"][0]]
    top = sorted(known, key=lambda pair: (-pair[0], names[pair[1]]))[:MOST]
    if top:
        listed = "; ".join(f"{names[pk]} ({_people(round(count))})" for count, pk in top)
        yield _("If everybody had answered, most would want training in: %(competences)s.") % {"competences": listed}


def _people(count: int) -> str:
    return ngettext("about %(count)s person", "about %(count)s people", count) % {"count": number(count)}


def _gaps(content: Mapping[str, Any], lines: Mapping[str, Any]) -> Iterator[str]:
    names = _names(content)
    known = [(line["below"], pk) for pk, line in lines.items() if line["below"] and line["below"][0]]
    top = sorted(known, key=lambda pair: (-pair[0][0], names[pair[1]]))[:MOST]
    if top:
        listed = "; ".join(
            _("%(name)s (%(share)s, interval %(lower)s to %(upper)s)")
            % {"name": names[pk], "share": percent(share[0]), "lower": percent(share[1]), "upper": percent(share[2])}
            for share, pk in top
        )
        yield _("Own level is most often below the level that the work needs in: %(competences)s.") % {
            "competences": listed
        }


def _definitions(counts: Sequence[int | None] | None) -> list[str]:
    """What each definition of a need would say of those who answered."""
    if counts is None or any(count is None for count in counts):
        return []
    both, stated, required, neither = (count or 0 for count in counts)
    return [
        ngettext(
            "%(count)s person stated a need (the strategy counts by this).",
            "%(count)s people stated a need (the strategy counts by this).",
            both + stated,
        ) % {"count": number(both + stated)},
        ngettext(
            "%(count)s person has a level below what the post requires.",
            "%(count)s people have a level below what their posts require.",
            both + required,
        ) % {"count": number(both + required)},
        ngettext("For %(count)s person both hold.", "For %(count)s people both hold.", both) % {"count": number(both)},
        ngettext("For %(count)s person neither holds.", "For %(count)s people neither holds.", neither)
        % {"count": number(neither)},
        *_would_change(stated, required),
    ]  # fmt: skip


def _would_change(stated: int, required: int) -> Iterator[str]:
    """What counting by requirements instead of wishes would change."""
    if stated:
        yield ngettext(
            "If requirements decided instead of wishes, %(count)s person who states a need would no longer count.",
            "If requirements decided instead of wishes, %(count)s people who state a need would no longer count.",
            stated,
        ) % {"count": number(stated)}
    if required:
        yield ngettext(
            "%(count)s person who states none would count instead.",
            "%(count)s people who state none would count instead.",
            required,
        ) % {"count": number(required)}
