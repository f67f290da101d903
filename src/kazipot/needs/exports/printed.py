"""What the slips of a survey say, on paper: to each person, and to the head who hands them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kazipot.foundation.ui.templatetags.ui import day
from kazipot.needs.operations import Letter
from kazipot.organisation.exports import IN_A_FILE, SlipWords
from kazipot.organisation.exports import slips as organisation_slips

__all__ = ["IN_A_FILE", "Notice", "slips"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What every slip of a survey says: until when, where the programme is reached, how long it takes, the promise."""

    closes_on: date
    address: str
    minutes: int
    anonymous: bool = False


def slips(
    letters: Sequence[Letter],
    *,
    name: str,
    notice: Notice,
    at: datetime,
    sheets: bool = True,
) -> HttpResponseBase:
    """The slips as a PDF to download; more than five hundred come as several PDFs in a ZIP, made as it is sent.

    `letters` are sorted by employer and unit, `sheets` says whether heads of units get their sheet. In the language of
    who asks; each slip in its person's.
    """
    words = SlipWords(
        title=_("Slips for the survey"),
        link=f"{notice.address}/needs/answer/",
        texts=lambda language: _slip_texts(language, notice),
        sheet=_sheet_texts(notice.closes_on),
    )
    return organisation_slips(letters, name=name, words=words, at=at, sheets=sheets)


def _slip_texts(language: str, notice: Notice) -> dict[str, str]:
    """What stands on every slip in a language."""
    with override(language):
        return {
            "heading": _("What digital training do you need?"),
            "what": _("Your employer takes part in the city's programme of digital competences."),
            "why": _(
                "Please tell us what you can do, what your work needs, and what training you want: "
                "this decides which training will be offered."
            ),
            "time": f"{_time(notice.minutes)} {_('You can stop and continue later with the same code.')}",
            "last_day": _("Last day: %(day)s") % {"day": day(notice.closes_on)},
            "privacy": f"{_promise(notice.anonymous)} {_('The code is yours alone: do not pass it on.')}",
            "help": _("Questions, or lost the slip? Ask human resources of your employer."),
            "camera": _("Point the camera of a phone at the QR code."),
            "or_open": _(
                "Or open the address below on any device and type the code. Capital letters and hyphens do not matter."
            ),
            "address": f"{notice.address}/needs/enter/",
            "qr_label": _("QR code of the address"),
        }


def _time(minutes: int) -> str:
    text = ngettext("It takes about %(minutes)d minute.", "It takes about %(minutes)d minutes.", minutes)
    return text % {"minutes": minutes}


def _promise(anonymous: bool) -> str:
    if anonymous:
        return _(
            "The survey is anonymous: it is noted that you took part, but nobody can find out which answers are yours."
        )
    return _("Nobody at work sees which answers are yours. Results are shown only for groups of at least five people.")


def _sheet_texts(closes_on: date) -> dict[str, Any]:
    """What stands on every head's sheet, in the language of who prints."""
    return {
        "for": _("For the head of unit: slips to hand out"),
        "steps": [
            _("Hand each person the slip with their name. It is folded over the code: leave it closed."),
            _("Tick the name when the slip has been handed out."),
            _("Collect nothing and ask nobody whether they have answered. Answering is voluntary."),
            _(
                "Return slips of people who are away or have left to human resources. Whoever loses theirs gets a new "
                "one there; the old code then stops working."
            ),
        ],
        "last_day": _("Last day: %(day)s") % {"day": day(closes_on)},
        "list": _("Who gets a slip"),
        "name": _("Name"),
        "workplace": _("Workplace"),
        "given": _("Handed out"),
    }
