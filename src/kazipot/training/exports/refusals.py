"""Why somebody got no seat, in words to themselves."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazipot.foundation.ui.templatetags.ui import day
from kazipot.training.queries import Explanation

WORDS = {
    "offered": gettext_lazy("A seat is offered to you. Please answer by %(last)s."),
    "accepted": gettext_lazy("You have a seat in this session."),
    "declined": gettext_lazy(
        "A seat was offered to you on %(day)s and you declined it, so it was offered to the next person in line. This "
        "year the course is not offered to you again."
    ),
    "expired": gettext_lazy(
        "A seat was offered to you on %(day)s. There was no answer by %(last)s, so it was offered to the next person "
        "in line. The course's other sessions can still be offered to you."
    ),
    "given_up": gettext_lazy(
        "You accepted the seat and gave it up later, so it was offered to the next person in line. This year the "
        "course is not offered to you again."
    ),
    "objection": gettext_lazy(
        "Your head could not spare you on that day: “%(reason)s” You keep your place in line for the course's other "
        "sessions."
    ),
    "cancelled": gettext_lazy(
        "The session does not take place. %(reason)s You are in line for the course's other sessions."
    ),
    "held": gettext_lazy("The session has been held. Seats in it were given to others in line."),
    "too_near": gettext_lazy(
        "You are in line, but seats that fall free after %(last)s are offered to nobody: it would be too late to "
        "change shifts. You stay in line for the course's next session."
    ),
    "next": gettext_lazy("A seat is free and it is your turn. It will be offered to you within minutes."),
    "in_line": gettext_lazy(
        "All seats are taken. You are number %(place)s of %(length)s in line. When a seat falls free, it is offered to "
        "whoever is first; seats that fall free after %(last)s are not offered any more."
    ),
    "not_employed": gettext_lazy("Only people who are employed today are offered seats."),
    "other_session": gettext_lazy(
        "A seat in another session of this course is or was offered to you this year. One seat for each person is "
        "enough, so that more people get one."
    ),
    "busy": gettext_lazy("You hold a seat in other training on one of these days."),
    "not_asked": gettext_lazy(
        "You have not told the survey that you need what this course teaches, and you are not on its list. Ask for a "
        "place on the list below."
    ),
}  # fmt: skip


def why(told: Explanation) -> list[str]:
    """The reason, then how the order in line is made and how it can be checked."""
    figures = {
        "day": day(told.day), "last": day(told.last), "reason": told.reason, "place": told.place, "length": told.length,
    }  # fmt: skip
    found = [" ".join(str(WORDS[told.kind] % figures).split())]
    if told.kind in {"in_line", "too_near", "next"}:
        found.append(
            _(
                "How the order is made: in front are people who told the survey that they need the course, then those "
                "who asked for a place on the list, as they came. Every employer gets its share of the seats. Within "
                "an employer those come first who were offered fewer seats this year (you: %(before)s). Ties are drawn "
                "by lot from the number %(seed)s, so that anybody can repeat the draw."
            )
            % {"before": told.before, "seed": told.seed}
        )
    return found
