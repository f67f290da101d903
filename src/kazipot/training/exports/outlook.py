"""The forecast of M3 in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.foundation.ui.templatetags.ui import day, number, percent

RATES = ("accepted", "present", "given_up", "held")


def share(people: float, told: Mapping[str, Any]) -> str:
    """People as a share of those who need training."""
    return percent(round(people / told["needing"], 3))


def chance(value: float) -> str:
    """A chance in whole per cent; never 0 or 100, which nobody can promise."""
    if value < 0.01:
        return _("less than %(share)s") % {"share": percent(0.01)}
    if value > 0.99:
        return _("more than %(share)s") % {"share": percent(0.99)}
    return percent(round(value, 2))


def headline(told: Mapping[str, Any]) -> list[str]:
    """Where the year is heading, and how likely the target is."""
    end = told["reached_at_end"]
    found = [
        _("At the end of the year %(low)s to %(high)s of those who need training will have had the opportunity, most "
          "likely about %(middle)s. In four years of five such an interval holds.")
        % {"low": share(end["p10"], told), "high": share(end["p90"], told), "middle": share(end["p50"], told)},
    ]  # fmt: skip
    if told["reached"] >= told["wanted"]:
        found.append(_("The target of %(target)s is reached already.") % {"target": percent(told["target"])})
    else:
        words = _("The chance to reach the target of %(target)s is %(chance)s.")
        found.append(words % {"target": percent(told["target"]), "chance": chance(told["chance"])})
    return found


def steps(told: Mapping[str, Any]) -> list[str]:
    """What must happen for the forecast to come true, and what it would be worth if nothing fell out."""
    found = []
    if told["free_seats"]:
        sessions = ngettext(
            "%(seats)s seats of %(number)s planned session are free and can be offered in time. Begin by %(day)s.",
            "%(seats)s seats of %(number)s planned sessions are free and can be offered in time. Begin by %(day)s.",
            told["free_sessions"],
        ) % {
            "seats": number(told["free_seats"]),
            "number": number(told["free_sessions"]),
            "day": day(date.fromisoformat(told["offer_by"])),
        }
        found.append(sessions)
        if told["reached"] < told["wanted"]:
            words = _("If nothing more is offered, the chance to reach the target is %(chance)s.")
            found.append(words % {"chance": chance(told["nothing_more"]["chance"])})
    if told["reached"] < told["wanted"] and told["nothing_cancelled"]["chance"] > told["chance"] + 0.01:
        words = _("If no planned session were cancelled, the chance would be %(chance)s.")
        found.append(words % {"chance": chance(told["nothing_cancelled"]["chance"])})
    return found


def remedies(told: Mapping[str, Any], titles: Mapping[int, str]) -> list[str]:
    """Further seats that would reach the target, each a sentence; or that it is too late."""
    if told["too_late"] and told["reached"] < told["wanted"]:
        return [_("It is too late for further sessions this year.")]
    found = []
    for row in told["remedies"]:
        seats = _(" and ").join(
            ngettext(
                "%(seats)s more seat in “%(course)s” (sessions: %(sessions)s)",
                "%(seats)s more seats in “%(course)s” (sessions: %(sessions)s)",
                people,
            )
            % {"seats": number(people), "course": titles.get(course, str(course)), "sessions": number(sessions)}
            for (course, people), sessions in zip(row["seats"], row["sessions"], strict=True)
        )
        words = _("%(seats)s, offered by %(offer_by)s and held by %(hold_by)s: the chance would be %(chance)s.")
        found.append(
            words
            % {
                "seats": seats,
                "offer_by": day(date.fromisoformat(told["remedy_offer_by"])),
                "hold_by": day(date.fromisoformat(told["remedy_hold_by"])),
                "chance": chance(row["chance"]),
            }
        )
    return found


def rate_rows(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How offers and sessions went until now; a dash where nothing is known."""
    names = {
        "accepted": _("Offers that are accepted"),
        "given_up": _("Accepted seats that are given up before the session"),
        "present": _("People with a seat who come"),
        "held": _("Planned sessions that are held"),
    }
    rates = told["rates"]
    return [(names[name], percent(None if rates[name] is None else round(rates[name], 3))) for name in RATES]


def path_rows(told: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """The figures of the drawing: the day, and the share reached, at least and at most."""
    rows = [
        (day(date.fromisoformat(on)), share(people, told), share(people, told), share(people, told))
        for on, people in told["until_now"]
    ]
    for step in _by_month(told):
        rows.append(
            (
                day(date.fromisoformat(step["day"])),
                share(step["p50"], told),
                share(step["p10"], told),
                share(step["p90"], told),
            )
        )
    return rows


def _by_month(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The last step of each month."""
    return list({step["day"][:7]: step for step in told["path"]}.values())
