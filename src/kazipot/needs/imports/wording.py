"""What is wrong with a questionnaire, in words: a fault of its definition as a sentence, and what to do about it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import DefinitionFault


def fault_in_words(fault: DefinitionFault) -> tuple[str, str]:
    """The message and the remedy, in the user's language."""
    if fault.code == "expression":
        return _expression(fault.detail)
    if fault.code == "language":
        return _language(str(fault.detail["language"]))
    message, remedy = _table()[fault.code]
    told = {"place": fault.place, "key": "", "list": "", "value": "", "longest": "", **fault.detail}
    return message % told, remedy % told


def _table() -> Mapping[str, tuple[str, str]]:
    return {**_keys(), **_choices(), **_references(), **_needs()}


def _keys() -> dict[str, tuple[str, str]]:
    return {
        "key": (
            _("“%(place)s” cannot be a name."),
            _("Use small letters a–z, digits and underscores, starting with a letter, at most 63 of them."),
        ),
        "key_twice": (_("The name “%(place)s” is used twice."), _("Give every question and every page its own name.")),
        "no_pages": (_("The questionnaire has no questions."), _("Write at least one question.")),
        "empty_page": (_("The page “%(place)s” has no questions."), _("Put a question on it, or delete the page.")),
        "second_block": (
            _("A second page is asked for each competence."),
            _("Put all questions about a competence on one page."),
        ),
        "title": (_("The questionnaire has no title."), _("Write a title.")),
        "too_long": (_("This text is too long."), _("Shorten it to at most %(longest)s characters.")),
        "required_note": (
            _("A note cannot be required: it is only read."),
            _("Make it a question, or leave it optional."),
        ),
    }


def _choices() -> dict[str, tuple[str, str]]:
    return {
        "no_list": (_("The question has no list of choices."), _("Name a list.")),
        "unknown_list": (
            _("There is no list of choices named “%(list)s”."),
            _("Correct the name, or write the list of choices."),
        ),
        "empty_list": (_("The list “%(place)s” has no choices."), _("Write its choices.")),
        "choice_value": (
            _("“%(value)s” cannot be the value of a choice."),
            _("Use 1 to 64 characters without spaces."),
        ),
        "choice_twice": (
            _("The choice “%(value)s” stands twice in its list."),
            _("Delete one of them, or give it another value."),
        ),
    }


def _references() -> dict[str, tuple[str, str]]:
    return {
        "unknown_key": (_("There is no question named “%(key)s”."), _("Correct the name in the expression.")),
        "later_key": (
            _("The question “%(key)s” is asked only later."),
            _("Speak of earlier questions only, or change the order."),
        ),
        "block_key": (
            _("The question “%(key)s” is asked for each competence; here it has no single answer."),
            _("Speak of questions that are asked once."),
        ),
    }


def _needs() -> dict[str, tuple[str, str]]:
    return {
        "needs_item": (
            _("The question “%(key)s” is missing on the page that is asked for each competence."),
            _("Add it there: needs are worked out from own_level, needed_level and wants_training."),
        ),
        "needs_levels": (
            _("The question “%(key)s” does not ask for a level."),
            _("Make it a required choice of one from 0, 1, 2, 3 and 4, without a condition."),
        ),
        "needs_tick": (_("The question “%(key)s” is no tick."), _("Make it a tick (acknowledge).")),
    }


def _language(language: str) -> tuple[str, str]:
    if language == "en":
        return _("The English text is missing."), _("Write the text in English too.")
    return _("The Slovenian text is missing."), _("Write the text in Slovenian too.")


def _expression(detail: Mapping[str, object]) -> tuple[str, str]:
    """Characters are counted from 1, as people count."""
    told = {"place": int(str(detail["place"])) + 1, "found": detail["found"]}
    remedy = _("Correct the expression there.")
    match detail["reason"]:
        case "end":
            return (
                _("The expression stops too early, at character %(place)s.") % told,
                _("Close every bracket and finish it."),
            )
        case "word":
            return (
                _("Character %(place)s of the expression: “%(found)s” is not known.") % told,
                _("Use and, or, not, selected, count-selected, string-length, number, if, regex, div and mod."),
            )
        case "rest":
            return _("Character %(place)s of the expression: “%(found)s” is too much.") % told, remedy
        case "arguments":
            return (
                _("Character %(place)s of the expression: “%(found)s” has too few or too many arguments.") % told,
                _("Put as many values in the brackets as the function takes."),
            )
        case "pattern":
            return (
                _("Character %(place)s of the expression: the pattern cannot be read (%(found)s).") % told,
                _("Correct the regular expression."),
            )
        case "deep" | "long":
            return _("The expression is too long or nested too deeply."), _(
                "Split the condition over several questions."
            )
        case _:
            return _("Character %(place)s of the expression: “%(found)s” does not belong there.") % told, remedy
