"""What changing or cancelling a session will do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.training.queries import Preview


def change_in_words(preview: Preview) -> list[str]:
    """Who is told, and what is planned anew."""
    found = []
    if preview.moved:
        found += _told(preview)
        found.append(_("Everybody keeps their seat or offer. Calendars change what they have."))
    if preview.clashing:
        text = ngettext(
            "%(n)s person holds another seat on one of the new days. They will have to give one of the two up.",
            "%(n)s people hold another seat on one of the new days. They will have to give one of the two up.",
            preview.clashing,
        )
        found.append(text % {"n": preview.clashing})
    if preview.new_seats:
        text = ngettext(
            "%(n)s new seat is offered to whoever is next in line.",
            "%(n)s new seats are offered to whoever is next in line.",
            preview.new_seats,
        )
        found.append(text % {"n": preview.new_seats})
        if preview.next_in_line:
            found.append(_("Of these seats %(n)s find somebody in line now.") % {"n": preview.next_in_line})
        else:
            found.append(_("Nobody is in line at present."))
    if not found:
        found.append(_("Nobody has to be told anything, and nothing is planned anew."))
    return found


def cancellation_in_words(preview: Preview) -> list[str]:
    """Who is told, and what is planned anew."""
    found = _told(preview)
    found.append(_("None of these offers counts as an opportunity any more."))
    if preview.other_sessions:
        text = ngettext(
            "They are in line again for %(n)s other session of the course; its free seats are offered at once.",
            "They are in line again for %(n)s other sessions of the course; their free seats are offered at once.",
            preview.other_sessions,
        )
        found.append(text % {"n": preview.other_sessions})
    else:
        found.append(_("The course has no other session ahead. They stay in line for the next one."))
    return found


def _told(preview: Preview) -> list[str]:
    found = []
    if preview.accepted:
        text = ngettext("%(n)s person with a seat is told.", "%(n)s people with a seat are told.", preview.accepted)
        found.append(text % {"n": preview.accepted})
    if preview.offered:
        text = ngettext(
            "%(n)s person whose offer waits is told.", "%(n)s people whose offers wait are told.", preview.offered
        )
        found.append(text % {"n": preview.offered})
    if not found:
        return [_("Nobody has a seat or an offer yet, so nobody has to be told.")]
    if preview.without_mail:
        text = ngettext(
            "Mail does not reach %(n)s of them: the head must tell them in person.",
            "Mail does not reach %(n)s of them: their heads must tell them in person.",
            preview.without_mail,
        )
        found.append(text % {"n": preview.without_mail})
    return found
