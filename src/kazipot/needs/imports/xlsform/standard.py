"""What we write and read of the XLSForm standard (xlsform.org): sheets, columns, types, and the repeat per competence.

The repeat is ordinary XLSForm, so that the same workbook works in ODK and Kobo: a question with several answers says
which competences are asked about, the repeat counts them, and two calculations inside say whose turn it is.
"""

import re

from kazipot.core.survey.questionnaire import Kind

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
SHEETS = (SURVEY, CHOICES, SETTINGS)
LANGUAGES = {"sl": "Slovenščina (sl)", "en": "English (en)"}
TYPES = {
    Kind.ONE: "select_one",
    Kind.MANY: "select_multiple",
    Kind.TICK: "acknowledge",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.DATE: "date",
    Kind.NOTE: "note",
}
MULTILINE = "multiline"
ALL = "all"
"""In the column `competences` of the settings: every competence of the framework may be asked about."""
REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML can't hold."""
CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})
"""Quotation marks that word processors and spreadsheets put in place of straight ones."""


def count_of(asked: str) -> str:
    """How often the repeat is repeated: as often as competences are chosen in the question `asked`."""
    return f"count-selected(${{{asked}}})"


def code_of(asked: str) -> str:
    """The calculation of the code of the competence whose turn it is."""
    return f"selected-at(${{{asked}}}, position(..)-1)"


def name_of(code: str, asked: str) -> str:
    """The calculation of its name."""
    return f"jr:choice-name(${{{code}}}, '${{{asked}}}')"


def own_wording(code: str) -> str:
    """The filter that offers a competence's own wordings of choices, besides those without a competence.

    A choice without a competence has no such node in the form, and an XPath comparison with a node that isn't there is
    false; its text is empty (XPath 1.0, 4.2).
    """
    return f"competence = ${{{code}}} or string(competence) = ''"


ONLY_GENERAL = "string(competence) = ''"
"""The filter outside of the repeat: the choices without a competence."""


def known_filters(code: str) -> set[str]:
    """The filters that we know, as `tight` makes them; `code` is "" outside of the repeat."""
    general, own = tight(ONLY_GENERAL), f"competence=${{{code}}}"
    return {general, *((f"{own}or{general}", f"{general}or{own}") if code else ())}


def tight(expression: str) -> str:
    """An expression without its spaces and with one kind of quotation marks, to see whether two are the same."""
    return re.sub(r"\s+", "", expression).translate(CURLY).replace('"', "'").replace("string(competence)", "competence")


def plain_references(text: str) -> str:
    """The text with `${ key }` written as the standard has it, `${key}`."""
    return REFERENCE.sub(r"${\1}", text)
