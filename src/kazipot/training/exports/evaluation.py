"""Results statement by statement, and slips on paper for the short form."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation.ui.templatetags.ui import day, number, percent
from kazipot.organisation.exports import SlipWords
from kazipot.organisation.exports import slips as organisation_slips
from kazipot.training.choices import STATEMENTS, EvaluationKind
from kazipot.training.models import Session
from kazipot.training.queries import EvaluationLetter, Result, Said


def result_cells(row: Result, rating: float | None) -> list[str]:
    """A row of the table of results; a dash where nothing is shown."""
    reaction, behaviour, heads, known = row.reaction, row.behaviour, row.heads, row.knowledge
    return [
        number(reaction.people if reaction else None),
        _share(reaction.agree["again"] if reaction else None),
        _share(reaction.agree["useful"] if reaction else None),
        number(behaviour.people if behaviour else None),
        _share(behaviour.agree["used"] if behaviour else None),
        _share(heads.agree["used"] if heads else None),
        _share(known.before if known else None),
        _share(known.after if known else None),
        number(None if rating is None else round(rating, 1)),
    ]


def _share(value: float | None) -> str:
    return percent(None if value is None else round(value, 3))


def statement_rows(said: Said | None, kind: EvaluationKind) -> list[tuple[str, float, float]]:
    """Each statement with its mean and the share that agrees; nothing where nothing is shown."""
    if said is None:
        return []
    return [(str(each.label), round(said.means[each], 1), round(said.agree[each], 3)) for each in STATEMENTS[kind]]


def evaluation_slips(
    letters: Sequence[EvaluationLetter], session: Session, *, address: str, at: datetime
) -> HttpResponseBase:
    """The slips as a PDF, each in its person's language."""
    words = SlipWords(
        title=_("Slips: how was the training?"),
        link=f"{address}/training/how-was-it/",
        texts=lambda language: _texts(language, session, address),
        sheet={},
    )
    return organisation_slips(letters, name=_("slips") + f"-{session.pk}", words=words, at=at, sheets=False)


def _texts(language: str, session: Session, address: str) -> dict[str, str]:
    with override(language):
        return {
            "heading": _("How was the training?"),
            "what": session.course.title,
            "why": _("Five statements and one minute: your opinion decides which training is bought again."),
            "time": _("On a phone, or on any device."),
            "last_day": _("Training on %(day)s") % {"day": day(session.starts_on)},
            "privacy": _("Nobody learns what you said. Do not pass the code on."),
            "help": _("Lost the slip? Ask the trainer or the Digitalisation Service."),
            "camera": _("Point the camera of a phone at the QR code."),
            "or_open": _(
                "Or open the address below on any device and type the code. Capital letters and hyphens do not matter."
            ),
            "address": f"{address}/training/how-was-it/",
            "qr_label": _("QR code of the address"),
        }
