"""What the slips of a verification week say, on paper: to each person, and to the head who hands them out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.exports import SlipWords
from kazipot.organisation.exports import slips as organisation_slips
from kazipot.verification.operations import Slip


def slips(letters: Sequence[Slip], *, name: str, closes_on: date, address: str, at: datetime) -> HttpResponseBase:
    """The slips as a PDF, or several in a ZIP; in the language of who asks, each slip in its person's."""
    words = SlipWords(
        title=_("Slips for the test of digital security"),
        link=f"{address}/verification/link/",
        texts=lambda language: _texts(language, closes_on, address),
        sheet=_sheet(closes_on),
    )
    return organisation_slips(letters, name=name, words=words, at=at)


def _texts(language: str, closes_on: date, address: str) -> dict[str, str]:
    with override(language):
        return {
            "heading": _("Digital security: it is your turn"),
            "what": _("Every employee shows once in two years that they know how to work safely with digital devices."),
            "why": _("The test has about twenty questions. You can practise first, as often as you like."),
            "time": _("You can stop the test and continue later with the same code."),
            "last_day": _("Last day: %(day)s") % {"day": day(closes_on)},
            "privacy": _("Your result is yours: your head sees only until when it is valid. Do not pass the code on."),
            "help": _("Questions, or lost the slip? Ask human resources of your employer."),
            "camera": _("Point the camera of a phone at the QR code."),
            "or_open": _(
                "Or open the address below on any device and type the code. Capital letters and hyphens do not matter."
            ),
            "address": f"{address}/verification/enter/",
            "qr_label": _("QR code of the address"),
        }


def _sheet(closes_on: date) -> dict[str, Any]:
    return {
        "for": _("For the head of unit: slips to hand out"),
        "steps": [
            _("Hand each person the slip with their name. It is folded over the code: leave it closed."),
            _("Tick the name when the slip has been handed out."),
            _("Give people time for the test, on a device of the unit if they have none."),
            _("Ask nobody how they did: it is told to nobody but them."),
            _("Return slips of people who are away or have left to human resources."),
        ],
        "last_day": _("Last day: %(day)s") % {"day": day(closes_on)},
        "list": _("Who gets a slip"),
        "name": _("Name"),
        "workplace": _("Workplace"),
        "given": _("Handed out"),
    }
