"""Why a question of another system can't be taken, or an item not be given to it, in words."""

from django.utils.translation import gettext as _

from kazipot.core.items.interchange import Fault, Reason
from kazipot.foundation.errors import Problem


def exchange_problem(fault: Fault, file: str) -> Problem:
    """A fault as a person reads it: the line, the question, what is wrong, and the remedy."""
    message, remedy = _words()[fault.reason]
    return Problem(fault.line or None, fault.name or file, fault.found, message, remedy)


def _words() -> dict[Reason, tuple[str, str]]:
    return {**_about_files(), **_about_kinds(), **_about_keys(), **_about_content()}


def _about_files() -> dict[Reason, tuple[str, str]]:
    choose = _("Choose the right file, or another format.")
    return {
        Reason.NOT_TEXT: (
            _("This is not text in UTF-8, or it holds characters that cannot be seen."),
            _("Save it as UTF-8."),
        ),
        Reason.NOT_XML: (_("The XML is broken here."), _("Export the file anew.")),
        Reason.UNSAFE_XML: (
            _("The file has a document type, entities or elements nested too deep, and is not opened."),
            _("Export the file anew, without them."),
        ),
        Reason.TOO_LARGE: (_("The file is too large."), _("Split it into several.")),
        Reason.NOT_THE_FORMAT: (_("The file is not in this format."), choose),
        Reason.SYNTAX: (_("The question breaks the rules of the format."), _("Correct it in the file.")),
    }


def _about_kinds() -> dict[Reason, tuple[str, str]]:
    choice = _("Rewrite it as a question with options.")
    return {
        Reason.TYPED: (_("The answer is typed; here answers are chosen, ordered or matched."), choice),
        Reason.NO_QUESTION: (_("The text asks nothing."), _("Take it out, or write the question.")),
        Reason.UNKNOWN_KIND: (_("There is no such kind of question here."), choice),
        Reason.PART_OF_POINTS: (
            _("An option is worth a part of the points; here an answer is right or wrong."),
            _("Decide whether the option is right."),
        ),
        Reason.LOOSE_PART: (
            _("A story and its parts belong together, and one of them is missing or cannot be taken."),
            _("Correct the part that is named, or add what is missing."),
        ),
    }


def _about_keys() -> dict[Reason, tuple[str, str]]:
    return {
        Reason.NO_KEY: (_("No answer is marked as right."), _("Mark what is right.")),
        Reason.MANY_KEYS: (
            _("More than one answer is right where one is chosen."),
            _("Mark one, or let several be chosen."),
        ),
        Reason.NO_WRONG: (_("Every option is right."), _("Add an option that is wrong.")),
        Reason.TOO_FEW: (_("There are too few options."), _("Add options.")),
        Reason.ODD_KEY: (
            _("The key has signs that other systems cannot hold."),
            _("Use letters, digits and hyphens."),
        ),
    }


def _about_content() -> dict[Reason, tuple[str, str]]:
    return {
        Reason.EMPTY: (_("The question or one of its options has no text."), _("Write the text.")),
        Reason.PICTURE: (
            _("There is something in the question that is not text: a picture, a table or a film."),
            _("Describe it in words, or add the picture to the draft here."),
        ),
        Reason.PICTURE_STAYS: (
            _("The picture is named in the file, and not in it."),
            _("Hand the picture over separately."),
        ),
    }
