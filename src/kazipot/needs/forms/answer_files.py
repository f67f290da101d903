"""Forms for answers collected elsewhere: the file, what its columns and values mean, and that they are to be taken."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kazipot.core.survey.collected import CODE, EMAIL, EMPLOYER, MOMENT, NO_ANSWER, NUMBER, PERSON, Target
from kazipot.core.survey.collected import Mapping as ColumnMapping
from kazipot.core.survey.questionnaire import Choice, Questionnaire
from kazipot.needs.choices import SourceKind
from kazipot.needs.imports import Column

NOT_USED = ("", pgettext_lazy("column", "not used"))
ABOUT_THE_PERSON = (
    (EMAIL, _("e-mail address of the person")),
    (NUMBER, _("personnel number")),
    (EMPLOYER, _("employer of that number")),
    (CODE, _("code of the invitation")),
    (MOMENT, _("moment of the answer")),
)
MOST_VALUES = 60
"""More different values than this in one list mean that a column was mistaken."""
type Group = tuple[Any, list[tuple[str, Any]]]


class AnswerFileForm(forms.Form):
    """A file that another tool wrote."""

    file = forms.FileField(
        label=_("Answers (CSV or XLSX)"),
        help_text=_("As 1KA, LimeSurvey or Microsoft Forms exports them, at most 10 MB."),
    )


class MappingNameForm(forms.Form):
    """What a saved mapping is called."""

    name = forms.CharField(label=_("Name of the mapping"), max_length=100)


class StartFromForm(forms.Form):
    """The mapping from which to start."""

    start = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, data: Any = None, *, saved: Iterable[tuple[int, str]], initial: str) -> None:
        super().__init__(data, initial={"start": initial})
        field = self.fields["start"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("what the columns seem to mean")), *((str(pk), name) for pk, name in saved)]


class ColumnsForm(forms.Form):
    """What every column holds, and how the tool writes."""

    kind = forms.ChoiceField(label=_("Tool"), choices=SourceKind.choices)
    employer = forms.ChoiceField(
        label=_("Employer of the personnel numbers"),
        required=False,
        help_text=_("Only when no column names the employer."),
    )
    month_first = forms.ChoiceField(
        label=_("Days with strokes (3/5/2026)"),
        choices=[("", _("day, month, year")), ("1", _("month, day, year"))],
        required=False,
    )
    start = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        columns: Sequence[Column],
        groups: Sequence[Group],
        employers: Iterable[tuple[str, str]],
        mapping: ColumnMapping,
        start: str,
    ) -> None:
        first = {"kind": mapping.kind, "employer": mapping.employer, "start": start}
        super().__init__(data, initial={**first, "month_first": "1" if mapping.month_first else ""})
        self.columns, self.groups = columns, groups
        self.offered = {name for _title, options in groups for name, _label in options}
        self.initial_columns = mapping.columns
        field = self.fields["employer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *employers]

    def rows(self) -> list[tuple[str, Column, SafeString]]:
        """Every column for the page: (field's name, column, the list of what it may mean).

        The options are drawn once for all: hundreds of columns have hundreds of options each.
        """
        options = _drawn([("", [NOT_USED]), *self.groups])
        found = []
        for place, column in enumerate(self.columns):
            chosen = format_html('value="{}"', self._now(place, column))
            marked = SafeString(options.replace(chosen, f"{chosen} selected", 1))
            field = f"column-{place}"
            html = format_html('<select class="usa-select" name="{}" id="id_{}">{}</select>', field, field, marked)
            found.append((field, column, html))
        return found

    def _chosen(self) -> dict[str, str]:
        now = {column.name: self._now(place, column) for place, column in enumerate(self.columns)}
        return {column: name for column, name in now.items() if name in self.offered}

    def _now(self, place: int, column: Column) -> str:
        if self.is_bound:
            return str(self.data.get(f"column-{place}", ""))
        return self.initial_columns.get(column.name, "")

    def clean(self) -> dict[str, Any]:
        """Each meaning once, one way to the person, and at least one answer."""
        cleaned = super().clean() or {}
        chosen = self._chosen()
        names = list(chosen.values())
        if twice := next((name for name in names if names.count(name) > 1), None):
            columns = ", ".join(column for column, name in chosen.items() if name == twice)
            self.add_error(None, gettext("Two columns mean the same: %(columns)s.") % {"columns": columns})
        ways = [name for name in names if name in PERSON]
        if len(ways) != 1:
            self.add_error(None, gettext("Choose one column that tells the person: by address, by number or by code."))
        if NUMBER in names and EMPLOYER not in names and not cleaned.get("employer"):
            self.add_error("employer", gettext("Say whose personnel numbers they are."))
        if all(name.startswith("@") for name in names):
            self.add_error(None, gettext("Choose at least one column with answers."))
        return {**cleaned, "columns": chosen}


def _drawn(groups: Sequence[Group]) -> SafeString:
    """Options of a list, in groups."""
    parts = []
    for title, options in groups:
        drawn = format_html_join("", '<option value="{}">{}</option>', options)
        parts.append(format_html('<optgroup label="{}">{}</optgroup>', title, drawn) if title else drawn)
    return SafeString("".join(parts))


def column_groups(targets: Sequence[Target], offered: Any) -> list[Group]:
    """What a column may be, for the page: the person, then the items in order; `offered` gives a target's choices."""
    language = get_language() or "sl"
    groups: list[Group] = [(_("The person"), list(ABOUT_THE_PERSON))]
    last = None
    for target in targets:
        label = target.item.label.in_language(language)
        if target.item.key != last:
            groups.append((label, []))
            last = target.item.key
        about = f"{target.competence.code} {_named(target, language)}: {label}" if target.competence else label
        choice = _worded(target, offered(target), language) if target.choice else ""
        groups[-1][1].append((target.name, f"{about} → {choice}" if choice else about))
    return groups


def _named(target: Target, language: str) -> str:
    names = target.competence.names if target.competence else ()
    return names[-1] if language == "en" else names[0]


def _worded(target: Target, choices: Sequence[Choice], language: str) -> str:
    return next(choice.label.in_language(language) for choice in choices if choice.value == target.choice)


class ValuesForm(forms.Form):
    """What the written values of the choices mean, and the name under which the mapping is kept."""

    mapping_name = forms.CharField(
        label=_("Keep this mapping as"),
        max_length=100,
        required=False,
        help_text=_("For the next file of this tool. A mapping of the same name is replaced; it holds no answers."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        written: Mapping[str, Mapping[str, int]],
        definition: Questionnaire,
        known: Mapping[str, Mapping[str, str]],
    ) -> None:
        super().__init__(data)
        language = get_language() or "sl"
        self.lists: list[tuple[str, list[tuple[Any, str, int]], int]] = []
        self.meant: dict[str, tuple[str, str]] = {}
        for number, (name, texts) in enumerate(written.items()):
            options = [
                ("", "—"),
                *_options(definition.choice_lists.get(name, ()), language),
                (NO_ANSWER, _("no answer")),
            ]
            shown = []
            for place, (text, times) in enumerate(list(texts.items())[:MOST_VALUES]):
                field = f"value-{number}-{place}"
                self.fields[field] = forms.ChoiceField(
                    label=text, choices=options, required=False, initial=known.get(name, {}).get(text, "")
                )
                self.meant[field] = (name, text)
                shown.append((self[field], text, times))
            asked = [item.label.in_language(language) for _page, item in definition.items() if item.choices == name]
            self.lists.append((" ".join(asked), shown, max(0, len(texts) - MOST_VALUES)))

    def values(self) -> dict[str, dict[str, str]]:
        """{choice list: {as written: value}} of what was chosen. Call after `is_valid`."""
        found: dict[str, dict[str, str]] = {}
        for field, (name, text) in self.meant.items():
            if value := self.cleaned_data.get(field):
                found.setdefault(name, {})[text] = value
        return found


def _options(choices: Sequence[Choice], language: str) -> list[tuple[str, str]]:
    """Each value once, in general words where there are any."""
    found: dict[str, str] = {}
    for choice in sorted(choices, key=lambda one: bool(one.competence)):
        found.setdefault(choice.value, choice.label.in_language(language))
    order = dict.fromkeys(choice.value for choice in choices)
    return [(value, f"{value}: {found[value]}") for value in order]


class TakeAnswersForm(forms.Form):
    """That the answers, as they were shown, are to be taken."""

    shown = forms.CharField(widget=forms.HiddenInput())
    leave_out = forms.BooleanField(label=_("Leave out the rows named below"), required=False)

    def __init__(self, data: Any = None, *, shown: str, some_refused: bool) -> None:
        super().__init__(data, initial={"shown": shown})
        if not some_refused:
            del self.fields["leave_out"]
