"""A questionnaire as an XLSForm workbook, for people who write them in a spreadsheet, and for ODK and Kobo."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Questionnaire, Text
from kazipot.needs.imports.xlsform.standard import (
    ALL,
    CHOICES,
    LANGUAGES,
    MULTILINE,
    ONLY_GENERAL,
    SETTINGS,
    SURVEY,
    TYPES,
    UNPRINTABLE,
    code_of,
    count_of,
    name_of,
    own_wording,
    plain_references,
)

type Cells = dict[str, str]
ASKED = Text("O katerih kompetencah?", "About which competences?")
EVERY = Text("Vse kompetence okvira", "All competences of the framework")
WIDTHS = {"type": 26, "name": 22, "label": 48, "hint": 32, "constraint_message": 32, "relevant": 32, "constraint": 28}
OTHER_WIDTH = 18
GROUP, REPEAT, HELPER = "group", "repeat", "helper"
COLOURS = {GROUP: "#DFE8F2", REPEAT: "#E3F0E3", HELPER: "#F1F1F1"}


def _both(name: str) -> tuple[str, ...]:
    return tuple(f"{name}::{language}" for language in LANGUAGES.values())


SURVEY_COLUMNS = (
    "type", "name", *_both("label"), *_both("hint"), "required", "relevant", "constraint",
    *_both("constraint_message"), "appearance", "choice_filter", "repeat_count", "calculation", "default",
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", *_both("label"), "competence")
SETTINGS_COLUMNS = (
    "form_title", "form_title_en", "form_id", "default_language", "framework", "competences", "allow_choice_duplicates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the rows that serve the repeat; none of them is used by the questionnaire itself."""

    asked: str
    code: str
    name: str
    note: str
    list_name: str


def xlsform(questionnaire: Questionnaire, names: Mapping[str, Text] | None = None) -> bytes:
    """The questionnaire as XLSX with the sheets survey, choices and settings; `read_xlsform` reads it back unchanged.

    `names` are the competences of the framework by code, for people who answer in another program. Not in the file are
    the versions of items; texts lose the spaces around them and signs that XML can't hold.
    """
    helpers = _names(questionnaire)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        _write(book, SURVEY, SURVEY_COLUMNS, list(_survey(questionnaire, helpers)))
        _write(book, CHOICES, CHOICE_COLUMNS, _choices(questionnaire, helpers, names or {}))
        _write(book, SETTINGS, SETTINGS_COLUMNS, [("", _settings(questionnaire))])
    return out.getvalue()


def _names(questionnaire: Questionnaire) -> Names:
    taken = {page.key for page in questionnaire.pages} | {item.key for _page, item in questionnaire.items()}
    return Names(
        asked=_free("competences", taken),
        code=_free("competence_code", taken),
        name=_free("competence_name", taken),
        note=_free("competence_note", taken),
        list_name=_free("competence", questionnaire.choice_lists),
    )


def _free(stem: str, taken: Collection[str]) -> str:
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def _survey(questionnaire: Questionnaire, names: Names) -> list[tuple[str, Cells]]:
    rows: list[tuple[str, Cells]] = []
    for page in questionnaire.pages:
        if page.per_competence:
            rows += _repeat(questionnaire, page, names)
        else:
            rows.append((GROUP, _page(page, "begin_group")))
            rows += [("", _item(questionnaire, item, ONLY_GENERAL)) for item in page.items]
            rows.append((GROUP, {"type": "end_group", "name": page.key}))
    return rows


def _page(page: Page, kind: str) -> Cells:
    return {"type": kind, "name": page.key, **_text("label", page.label), "relevant": plain_references(page.relevant)}


def _repeat(questionnaire: Questionnaire, page: Page, names: Names) -> list[tuple[str, Cells]]:
    asked = {"type": f"select_multiple {names.list_name}", "name": names.asked, **_text("label", ASKED)}
    shown = f"${{{names.name}}}"
    return [
        (HELPER, {**asked, "default": " ".join(questionnaire.base)}),
        (REPEAT, {**_page(page, "begin_repeat"), "repeat_count": count_of(names.asked)}),
        (HELPER, {"type": "calculate", "name": names.code, "calculation": code_of(names.asked)}),
        (HELPER, {"type": "calculate", "name": names.name, "calculation": name_of(names.code, names.asked)}),
        (HELPER, {"type": "note", "name": names.note, **_text("label", Text(shown, shown))}),
        *(("", _item(questionnaire, item, own_wording(names.code))) for item in page.items),
        (REPEAT, {"type": "end_repeat", "name": page.key}),
    ]


def _item(questionnaire: Questionnaire, item: Item, wording: str) -> Cells:
    offered = questionnaire.choice_lists.get(item.choices, ()) if item.kind in {Kind.ONE, Kind.MANY} else ()
    return {
        "type": f"{TYPES[item.kind]} {item.choices}" if item.kind in {Kind.ONE, Kind.MANY} else TYPES[item.kind],
        "name": item.key,
        **_text("label", item.label),
        **_text("hint", item.hint),
        "required": "yes" if item.required else "",
        "relevant": plain_references(item.relevant),
        "constraint": plain_references(item.constraint),
        **_text("constraint_message", item.constraint_message),
        "appearance": MULTILINE if item.kind is Kind.LONG_TEXT else "",
        "choice_filter": wording if any(choice.competence for choice in offered) else "",
    }


def _choices(questionnaire: Questionnaire, names: Names, known: Mapping[str, Text]) -> list[tuple[str, Cells]]:
    lists = questionnaire.choice_lists
    rows = [("", _choice(name, choice)) for name, choices in lists.items() for choice in choices]
    if not questionnaire.competence_pages():
        return rows
    worded = [choice.competence for choices in lists.values() for choice in choices]
    codes = questionnaire.competences or [*dict.fromkeys([*known, *questionnaire.base, *filter(None, worded)])]
    labels = {code: known.get(code, Text(code, code)) for code in codes} or {ALL: EVERY}
    return [*rows, *((HELPER, _choice(names.list_name, Choice(code, label))) for code, label in labels.items())]


def _choice(list_name: str, choice: Choice) -> Cells:
    told = {"list_name": list_name, "name": choice.value, **_text("label", choice.label)}
    return {**told, "competence": choice.competence}


def _settings(questionnaire: Questionnaire) -> Cells:
    twice = any(choice.competence for choices in questionnaire.choice_lists.values() for choice in choices)
    return {
        "form_title": questionnaire.title.sl,
        "form_title_en": questionnaire.title.en,
        "form_id": questionnaire.key,
        "default_language": LANGUAGES["sl"],
        "framework": questionnaire.framework,
        "competences": "" if questionnaire.competences else ALL,
        "allow_choice_duplicates": "yes" if twice else "",
    }


def _text(name: str, text: Text) -> Cells:
    return {f"{name}::{LANGUAGES['sl']}": text.sl, f"{name}::{LANGUAGES['en']}": text.en}


def _write(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[tuple[str, Cells]]) -> None:
    """A sheet with its heading in sight; rows of one sort have one colour, and a cell is always a text."""
    sheet = book.add_worksheet(name)
    frame = {"text_wrap": True, "valign": "top"}
    heading = book.add_format({**frame, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1B3A5C"})
    formats = {"": book.add_format(frame)}
    formats |= {sort: book.add_format({**frame, "bg_color": colour}) for sort, colour in COLOURS.items()}
    sheet.freeze_panes(1, 2)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.split("::")[0], OTHER_WIDTH))
        sheet.write_string(0, index, column, heading)
    for number, (sort, cells) in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            text = UNPRINTABLE.sub("", cells.get(column, "")).strip()
            if text:
                sheet.write_string(number, index, text, formats[sort])
            elif sort:
                sheet.write_blank(number, index, None, formats[sort])
