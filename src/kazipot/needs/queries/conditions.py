"""When a question is asked, in words: on paper nobody works out an expression."""

import re

from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import Questionnaire

JOINED = re.compile(r"\s+(and|or)\s+")
SELECTED = re.compile(r"selected\(\s*\$\{\s*(?P<key>[^}\s]+)\s*\}\s*,\s*['\"](?P<value>[^'\"]*)['\"]\s*\)")
COMPARED = re.compile(r"\$\{\s*(?P<key>[^}\s]+)\s*\}\s*(?P<sign>=|!=|<=|>=|<|>)\s*['\"]?(?P<value>[^'\"()]*)['\"]?")
NOT = re.compile(r"not\(\s*(?P<inner>.*)\s*\)")


def in_words(definition: Questionnaire, relevant: str, language: str) -> str:
    """A condition as a sentence in the language; what is too intricate for that is told as it is written.

    Sentences are made in the language that is active, names of questions in the one given.
    """
    if not relevant.strip():
        return ""
    parts = JOINED.split(relevant.strip())
    signs = set(parts[1::2])
    told = [_one(definition, part.strip(), language) for part in parts[::2]]
    if len(signs) > 1 or not all(told):
        return _("Answer only if this holds: %(condition)s") % {"condition": relevant.strip()}
    both = _(" and ") if signs == {"and"} else _(" or ")
    return _("Answer only if %(condition)s.") % {"condition": both.join(told)}


def _one(definition: Questionnaire, part: str, language: str) -> str:
    """A single comparison in words; empty when it isn't one."""
    denied = NOT.fullmatch(part)
    found = SELECTED.fullmatch(denied["inner"] if denied else part)
    if found:
        return _chosen(definition, found["key"], found["value"], language, is_denied=bool(denied))
    compared = None if denied else COMPARED.fullmatch(part)
    if compared is None:
        return ""
    if compared["sign"] in {"=", "!="} and (compared["value"] or compared["sign"] == "!="):
        if not compared["value"].strip():
            return _("you answered “%(question)s”") % {"question": _label(definition, compared["key"], language)}
        is_denied = compared["sign"] == "!="
        return _chosen(definition, compared["key"], compared["value"].strip(), language, is_denied=is_denied)
    words = {
        "<": _("the answer to “%(question)s” is less than %(value)s"),
        "<=": _("the answer to “%(question)s” is at most %(value)s"),
        ">": _("the answer to “%(question)s” is more than %(value)s"),
        ">=": _("the answer to “%(question)s” is at least %(value)s"),
    }.get(compared["sign"], "")
    values = {"question": _label(definition, compared["key"], language), "value": compared["value"].strip()}
    return words % values if words else ""


def _chosen(definition: Questionnaire, key: str, value: str, language: str, *, is_denied: bool) -> str:
    item = definition.item(key)
    choices = definition.choices_for(item) if item is not None else ()
    label = next((one.label.in_language(language) for one in choices if one.value == value), value)
    values = {"question": _label(definition, key, language), "choice": label}
    if is_denied:
        return _("you did not choose “%(choice)s” at “%(question)s”") % values
    return _("you chose “%(choice)s” at “%(question)s”") % values


def _label(definition: Questionnaire, key: str, language: str) -> str:
    item = definition.item(key)
    return item.label.in_language(language) if item is not None else key
