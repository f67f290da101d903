"""What the slips for offered seats say, on paper: to each person, and to the head who hands them out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.organisation.exports import SlipWords
from kazipot.organisation.exports import slips as organisation_slips
from kazipot.training.operations import SeatSlip


def seat_slips(letters: Sequence[SeatSlip], *, name: str, address: str, at: datetime) -> HttpResponseBase:
    """The slips as a PDF, or several in a ZIP; in the language of who asks, each slip in its person's."""
    words = SlipWords(
        title=_("Slips for offered seats"),
        link=f"{address}/training/offer/",
        texts=lambda language: _texts(language, address),
        sheet=_sheet(),
    )
    return organisation_slips(letters, name=name, words=words, at=at)


def _texts(language: str, address: str) -> dict[str, str]:
    with override(language):
        return {
            "heading": _("A seat in training is offered to you"),
            "what": _("You told the survey what you need to learn, or it is your turn."),
            "why": _("Accept or decline the seat: if you decline, it goes to somebody else at once."),
            "time": _("It takes a minute. With the same code you can give an accepted seat up later."),
            "last_day": _("The training is in working time"),
            "privacy": _("The code is yours alone: do not pass it on."),
            "help": _("No phone and no computer? Tell your head what you decide; they note it for you."),
            "camera": _("Point the camera of a phone at the QR code."),
            "or_open": _(
                "Or open the address below on any device and type the code. Capital letters and hyphens do not matter."
            ),
            "address": f"{address}/training/enter/",
            "qr_label": _("QR code of the address"),
        }


def _sheet() -> dict[str, Any]:
    return {
        "for": _("For the head of unit: slips to hand out"),
        "steps": [
            _("Hand each person the slip with their name. It is folded over the code: leave it closed."),
            _("Tick the name when the slip has been handed out."),
            _("Each slip names its last day for an answer. Hand it out at once."),
            _("Whoever has neither phone nor computer tells you the answer: note it under “Seats of my people”."),
            _("Return slips of people who are away or have left to human resources."),
        ],
        "last_day": _("Hand out at once"),
        "list": _("Who gets a slip"),
        "name": _("Name"),
        "workplace": _("Workplace"),
        "given": _("Handed out"),
    }
