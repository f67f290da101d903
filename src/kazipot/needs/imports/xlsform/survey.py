"""The sheet "survey": its rows become pages and items; what we can't ask is refused by row, column and remedy."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from pyxform import aliases as pyxform_aliases

from kazipot.core.survey.questionnaire import DefinitionFault, ExpressionError, Item, Kind, Text, parse
from kazipot.foundation.errors import Problem
from kazipot.needs.imports.wording import fault_in_words
from kazipot.needs.imports.xlsform.block import Block
from kazipot.needs.imports.xlsform.choices import Lists
from kazipot.needs.imports.xlsform.grid import Grid, Row, problem, shown
from kazipot.needs.imports.xlsform.pages import Container, Pages
from kazipot.needs.imports.xlsform.standard import CURLY, MULTILINE, TYPES, known_filters, own_wording, tight

ALIASES = {
    "type": "type", "command": "type", "name": "name", "tag": "name", "value": "name", "label": "label",
    "caption": "label", "hint": "hint", "required": "required", "relevant": "relevant", "relevance": "relevant",
    "constraint": "constraint", "constraint_message": "constraint_message", "appearance": "appearance",
    "constraining_message": "constraint_message", "choice_filter": "choice_filter", "repeat_count": "repeat_count",
    "count": "repeat_count", "jr:count": "repeat_count", "calculation": "calculation", "calculate": "calculation",
    "default": "default", "disabled": "disabled", "readonly": "read_only", "read_only": "read_only",
}  # fmt: skip
TRANSLATED = frozenset({"label", "hint", "constraint_message"})
METADATA = {
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
}  # fmt: skip
PLAIN = {
    "acknowledge": Kind.TICK, "trigger": Kind.TICK, "integer": Kind.INTEGER, "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL, "text": Kind.TEXT, "string": Kind.TEXT, "date": Kind.DATE, "note": Kind.NOTE,
}  # fmt: skip
SELECTS = {"select one": Kind.ONE, "select all that apply": Kind.MANY}
YES, NO = {"yes", "true", "true()"}, {"", "no", "false", "false()"}
SUPPORTED = ", ".join(dict.fromkeys([*TYPES.values(), "begin_group", "begin_repeat", "calculate"]))


@dataclass(slots=True)
class Survey:
    """What the sheet came to, and the row of every key."""

    pages: Pages
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)


def read_survey(grid: Grid, lists: Lists, block: Block, title: Text) -> Survey:
    """The pages, what is wrong with them, and what was passed over."""
    return _Reader(grid, lists, block, title).read()


class _Reader:
    def __init__(self, grid: Grid, lists: Lists, block: Block, title: Text) -> None:
        self.grid, self.lists, self.block = grid, lists, block
        self.found = Survey(Pages(title, {row.get("name") for row in grid.rows}))

    def read(self) -> Survey:
        for row in self.grid.rows:
            self.row(row)
        for container in self.found.pages.stack:
            word = "repeat" if container.repeat else "group"
            message = _("“begin %(word)s” is not closed.") % {"word": word}
            self.refuse(container.row, "type", message, _("Add a row “end %(word)s” after it.") % {"word": word})
        for draft in self.found.pages.drafts:
            if draft.rows:
                self.found.rows.setdefault(draft.key, []).append(draft.rows[-1])
        for rows in self.found.rows.values():
            rows.sort(key=lambda row: row.number)
        return self.found

    def refuse(self, row: Row, field: str, message: str, remedy: str, language: str = "") -> None:
        self.found.problems.append(problem(self.grid, row, field, (message, remedy), language))

    def notice(self, row: Row, field: str, message: str) -> None:
        self.found.notices.append(problem(self.grid, row, field, (message, "")))

    def row(self, row: Row) -> None:
        told = " ".join(row.get("type").replace("_", " ").split())
        if row.get("disabled").lower() in YES:
            self.notice(row, "disabled", _("The row is disabled and was passed over."))
        elif not told:
            if row.get("name") or row.text("label") != Text():
                self.refuse(row, "type", _("The row has no type."), _("Write its type, such as text or note."))
        elif told.lower() in METADATA:
            self.notice(
                row, "type", _("Data about the device or the time are not collected here; the row was passed over.")
            )
        elif (action := self.control(told.lower())) is not None:
            action(row)
        elif self.block.is_helper(row):
            self.found.pages.skip()
        elif told.lower() == "calculate":
            message = _("Only the calculations of the repeat per competence are known here.")
            self.refuse(row, "calculation", message, _("Delete the row, or ask the question itself."))
        else:
            self.question(row)

    def control(self, told: str) -> Callable[[Row], None] | None:
        return {
            "begin group": self.begin_group,
            "begin repeat": self.begin_repeat,
            "end group": self.end_group,
            "end repeat": self.end_repeat,
        }.get(told)

    def begin_group(self, row: Row) -> None:
        self.begin(row, repeat=False)

    def begin_repeat(self, row: Row) -> None:
        if self.found.pages.block is not None:
            message = _("A repeat cannot stand inside another one.")
            self.refuse(row, "type", message, _("Put its questions directly into the repeat per competence."))
        elif row is not self.block.repeat:
            message = _("The only repeat known here is the one for each competence.")
            remedy = _("Write count-selected(${competences}), and ask before it with select_multiple competence.")
            self.refuse(row, "repeat_count", message, remedy)
        self.begin(row, repeat=True)

    def begin(self, row: Row, *, repeat: bool) -> None:
        label = self.texts(row)[0]
        pages = self.found.pages
        pages.begin(Container(row, row.get("name"), label, self.expression(row, "relevant"), repeat))

    def end_group(self, row: Row) -> None:
        self.end(row, repeat=False)

    def end_repeat(self, row: Row) -> None:
        self.end(row, repeat=True)

    def end(self, row: Row, *, repeat: bool) -> None:
        stack = self.found.pages.stack
        if stack and stack[-1].repeat is repeat:
            self.found.pages.end()
            return
        word = "repeat" if repeat else "group"
        message = _("“end %(word)s” closes nothing that is open here.") % {"word": word}
        remedy = _("Delete the row, or add “begin %(word)s” where it starts.") % {"word": word}
        if stack:
            other = "repeat" if stack[-1].repeat else "group"
            remedy = _("First close “begin %(word)s” of row %(row)s.") % {"word": other, "row": stack[-1].row.number}
        self.refuse(row, "type", message, remedy)

    def question(self, row: Row) -> None:
        kind, choices = self.kind(row)
        if kind is None:
            return
        self.unsupported(row)
        label, hint, message = self.texts(row)
        item = Item(
            key=row.get("name"),
            kind=kind,
            label=label,
            hint=hint,
            required=self.required(row),
            constraint=self.expression(row, "constraint"),
            constraint_message=message,
            choices=choices,
        )
        self.found.rows.setdefault(item.key, []).append(row)
        self.found.pages.add(item, self.expression(row, "relevant"))

    def kind(self, row: Row) -> tuple[Kind | None, str]:
        """The kind of a question and its list of choices; None when we don't ask such questions."""
        told = row.get("type")
        plain = PLAIN.get(told.lower())
        if plain is Kind.TEXT and MULTILINE in row.get("appearance").lower().split():
            return Kind.LONG_TEXT, ""
        if plain is not None:
            return plain, ""
        for alias in sorted(pyxform_aliases.select, key=len, reverse=True):
            words = told.lower().replace("_", " ")
            if words == alias.replace("_", " ") or words.startswith(f"{alias.replace('_', ' ')} "):
                kind = SELECTS.get(pyxform_aliases.select[alias])
                rest = told[len(alias) :].split()
                if kind is not None and "file" not in alias and len(rest) <= 1:
                    return kind, "".join(rest)
                break
        message = _("Questions of the type “%(type)s” are not known here.") % {"type": shown(told)}
        self.refuse(row, "type", message, self.other_type(told))
        return None, ""

    def other_type(self, told: str) -> str:
        near = difflib.get_close_matches(told.split()[0].lower(), SUPPORTED.split(", "), n=1, cutoff=0.75)
        if near and len(told.split()) <= 2:
            return _("Did you mean %(type)s?") % {"type": near[0]}
        return _("Use one of these: %(types)s.") % {"types": SUPPORTED}

    def required(self, row: Row) -> bool:
        told = row.get("required").lower()
        if told not in YES | NO:
            self.refuse(
                row, "required", _("A question is required, or it is not."), _("Write the word yes or no here.")
            )
        return told in YES

    def texts(self, row: Row) -> tuple[Text, Text, Text]:
        """Label, hint and message; an answer can't be put into a text here."""
        for name in ("label", "hint", "constraint_message"):
            for language in ("sl", "en"):
                if "${" in row.get(name, language):
                    message = _("A text here cannot show an answer (“${…}”).")
                    remedy = _("Write the text without it; the name of the competence is shown on the page anyway.")
                    self.refuse(row, name, message, remedy, language)
        return row.text("label"), row.text("hint"), row.text("constraint_message")

    def expression(self, row: Row, name: str) -> str:
        """An expression as it stands, with straight quotation marks if it can't be read otherwise; "" if not at all."""
        told = row.get(name)
        try:
            if told:
                parse(told)
        except ExpressionError as error:
            straight = told.translate(CURLY)
            if straight != told:
                return self.expression(Row(row.number, {**row.values, (name, ""): straight}), name)
            detail = {"reason": error.reason, "place": error.place, "found": error.found}
            self.refuse(row, name, *fault_in_words(DefinitionFault(row.get("name"), name, "expression", detail)))
            return ""
        return told

    def unsupported(self, row: Row) -> None:
        """Columns that would change what is asked in a way that we don't know."""
        if told := row.get("choice_filter"):
            code = self.block.code if self.found.pages.block is not None else ""
            if tight(told) not in known_filters(code):
                message = _("The only filter of choices known here is the one for a competence's own wordings.")
                remedy = _("Write %(filter)s in the repeat, or delete the filter.")
                told = own_wording(self.block.code or "competence_code")
                self.refuse(row, "choice_filter", message, remedy % {"filter": told})
        if row.get("calculation"):
            message = _("A question that is asked cannot be calculated.")
            self.refuse(row, "calculation", message, _("Delete the calculation, or the question."))
        if row.get("read_only").lower() not in NO:
            message = _("A question that cannot be answered is a note.")
            self.refuse(row, "read_only", message, _("Use the type note, or delete read_only."))
        if row.get("default"):
            self.notice(row, "default", _("Questions start without an answer here; the default was passed over."))
