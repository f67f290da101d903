"""How states and dates of the duty are said, and why they are what they are. Dates only: never a score."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kazipot.core.duty.events import Proof
from kazipot.core.duty.standing import Because, Duty, Standing, State, Step, Why
from kazipot.foundation.ui.templatetags.ui import day


def proof_word(proof: Proof) -> str:
    """Training, or verification."""
    return pgettext("duty", "Training") if proof is Proof.TRAINING else _("Verification")


def state_word(state: State) -> str:
    """The state in a word or two."""
    return {
        State.NOT_EMPLOYED: _("not employed"),
        State.SPARED: _("not asked of you"),
        State.FUTURE: _("not yet"),
        State.EXEMPT: _("exempt"),
        State.PAUSED: _("paused"),
        State.VALID: _("in order"),
        State.EXPIRING: _("lapses soon"),
        State.OPEN: _("to be done"),
        State.FAILED: _("not passed yet"),
        State.REVOKED: _("annulled"),
        State.EXPIRED: _("lapsed"),
        State.OVERDUE: _("overdue"),
    }[state]


def why_sentence(because: Because | None, proof: Proof) -> str:
    """Why a date or a state is what it is, in a sentence."""
    if because is None:
        return ""
    told = {"day": day(because.day), "kept": day(because.kept), "count": because.months}
    if because.why in _FIXED:
        return _fixed(because) % told
    return _counted(because.why, proof, because.months) % told


_FIXED = {Why.LAPSED, Why.NOT_EMPLOYED, Why.SPARED, Why.FUTURE, Why.EXEMPT, Why.PAUSED}


def _fixed(because: Because) -> str:
    match because.why:
        case Why.LAPSED:
            return _("What you have done counts until %(day)s.")
        case Why.NOT_EMPLOYED:
            return _("You have no employment in the programme.")
        case Why.SPARED:
            return _("Your work or your unit does not ask for it at present.")
        case Why.FUTURE:
            return _("The duty begins for you on %(day)s.")
        case Why.EXEMPT if because.day is not None:
            return _("You are exempt until %(day)s.")
        case Why.EXEMPT:
            return _("You are exempt until further notice.")
    return _("You are on a long leave since %(day)s; nothing is asked of you until you are back.")


def _counted(why: Why, proof: Proof, months: int) -> str:
    """Sentences with a number of months."""
    training = proof is Proof.TRAINING
    match why:
        case Why.DONE if training:
            return ngettext(
                "You were trained on %(day)s, and training counts for %(count)s month.",
                "You were trained on %(day)s, and training counts for %(count)s months.",
                months,
            )
        case Why.DONE:
            return ngettext(
                "You passed the verification on %(day)s, and it counts for %(count)s month.",
                "You passed the verification on %(day)s, and it counts for %(count)s months.",
                months,
            )
        case Why.RENEWED:
            return ngettext(
                "You renewed it early, on %(day)s. You lose no days: %(count)s month is added to %(kept)s.",
                "You renewed it early, on %(day)s. You lose no days: %(count)s months are added to %(kept)s.",
                months,
            )
        case Why.ACCEPTED:
            return ngettext(
                "What you did elsewhere on %(day)s was accepted, and it counts for %(count)s month.",
                "What you did elsewhere on %(day)s was accepted, and it counts for %(count)s months.",
                months,
            )
        case Why.NEWCOMER:
            return ngettext(
                "You were hired on %(day)s, and newcomers have %(count)s month.",
                "You were hired on %(day)s, and newcomers have %(count)s months.",
                months,
            )
        case Why.BEGAN:
            return ngettext(
                "The duty began on %(day)s, and everybody has %(count)s month from then.",
                "The duty began on %(day)s, and everybody has %(count)s months from then.",
                months,
            )
        case Why.RETURNED:
            return ngettext(
                "You came back from a long leave on %(day)s, and have %(count)s month from then.",
                "You came back from a long leave on %(day)s, and have %(count)s months from then.",
                months,
            )
        case Why.EXEMPTION_ENDED:
            return ngettext(
                "Your exemption ended on %(day)s, and you have %(count)s month from then.",
                "Your exemption ended on %(day)s, and you have %(count)s months from then.",
                months,
            )
    return ngettext(
        "A record was annulled on %(day)s, and you have %(count)s month from then.",
        "A record was annulled on %(day)s, and you have %(count)s months from then.",
        months,
    )


def step_sentence(duty: Duty) -> str:
    """What to do next, in a sentence."""
    test = duty.verification
    match duty.step:
        case Step.DONE:
            until, from_on = duty.valid_until, _window(duty)
            return _("You are done. Everything counts until %(until)s; you can renew it from %(from)s on.") % {
                "until": day(until), "from": day(from_on),
            }  # fmt: skip
        case Step.NOTHING:
            return _("You need not do anything now.")
        case Step.TRAIN:
            return _("Do the training in digital security first: a short lesson or a session.")
        case Step.HELP:
            return _(
                "Before the next attempt, do a short lesson, or ask your digital advisor for help. "
                "After it you can take the test again."
            )
        case Step.WAIT:
            return _("You can take the test again from %(day)s on.") % {"day": day(test.next_attempt_on)}
    return _("Take the verification.")


def _window(duty: Duty) -> date | None:
    days = [row.window_from for row in (duty.training, duty.verification) if row.window_from is not None]
    return min(days, default=None)


def due_sentence(standing: Standing, on: date) -> str:
    """By when it is asked, or that the day has passed; nothing when it is in order or not asked."""
    if standing.due_on is None or standing.state is State.VALID:
        return ""
    if standing.is_late(on):
        return _("It was to be done by %(day)s.") % {"day": day(standing.due_on)}
    return _("To be done by %(day)s.") % {"day": day(standing.due_on)}
