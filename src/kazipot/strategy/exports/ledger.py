"""The opportunity ledger in words and as a table to take away."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazipot.foundation.tables import csv_bytes
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.strategy.exports.words import CONDITIONS
from kazipot.strategy.queries import Ledger
from kazipot.training.models import SeatOffer
from kazipot.training.queries import LedgerLine

STATES = {
    "offered": gettext_lazy("offered"),
    "accepted": gettext_lazy("accepted"),
    "attended": gettext_lazy("attended"),
    "absent": gettext_lazy("accepted, did not come"),
    "declined": gettext_lazy("declined"),
    "expired": gettext_lazy("expired without an answer"),
    "given_up": gettext_lazy("accepted and given up later"),
    "withdrawn": gettext_lazy("withdrawn"),
}
FAILS = {
    "withdrawn": gettext_lazy("the offer was withdrawn"),
    "fits": gettext_lazy("fits no stated need"),
    "working_time": gettext_lazy("outside working time"),
    "reachable": gettext_lazy("the person could not get to the place"),
    "accessible": gettext_lazy("not accessible without barriers"),
    "notice": gettext_lazy("came too late"),
    "held": gettext_lazy("the session has not taken place"),
}


def state_in_words(line: LedgerLine, offer: SeatOffer) -> str:
    """What became of an offer, with the reason if it was declined or given up."""
    words = str(STATES[line.state])
    because = offer.get_declined_because_display()
    return f"{words}: {because}" if because else words


def fails_in_words(line: LedgerLine) -> list[str]:
    """Which conditions fail."""
    return [str(FAILS[name]) for name in line.fails]


def rule_in_words(ledger: Ledger) -> list[str]:
    """What an offer must be to count."""
    return [str(CONDITIONS[name]) for name in ledger.conditions]


def ledger_table(ledger: Ledger, lines: list[LedgerLine], offers: Mapping[int, SeatOffer]) -> bytes:
    """The lines as CSV, under the same references as in the evidence."""
    columns = [
        _("Reference"), _("Employer"), _("Course"), _("First day"), _("Offered on"), _("State"), _("Counts"),
        _("What fails"),
    ]  # fmt: skip
    rows = [
        [
            ledger.reference_of(line),
            offers[line.offer_id].employer.name,
            offers[line.offer_id].session.course.title,
            offers[line.offer_id].session.starts_on.isoformat(),
            offers[line.offer_id].offered_on.isoformat(),
            state_in_words(line, offers[line.offer_id]),
            _("yes") if line.counts else _("no"),
            "; ".join(fails_in_words(line)),
        ]
        for line in lines
    ]
    return csv_bytes(columns, rows)


def headline(ledger: Ledger) -> dict[str, object]:
    """The figures above the table."""
    counting = [line for line in ledger.lines if line.counts]
    return {
        "offers": len(ledger.lines),
        "counting": len(counting),
        "people": len({line.person_id for line in counting}),
        "day": day(ledger.day),
    }
