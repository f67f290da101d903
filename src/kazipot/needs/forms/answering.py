"""Forms of the person asked: a page of the questionnaire, made from its definition, and the code of a letter."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kazipot.core.survey.questionnaire import (
    Asked,
    Fault,
    Item,
    Kind,
    NotReadable,
    Place,
    Questionnaire,
    Step,
    Value,
    fault_of,
    is_asked,
    places,
    read,
)
from kazipot.foundation.ui.widgets import DateInput

type Answers = Mapping[str, Value]
PIPED = re.compile(r"\$\{\s*(\w+)\s*\}")


def message_of(fault: Fault, item: Item, language: str) -> str:
    """Why an answer isn't taken, and what to do."""
    match fault.code:
        case "required":
            return gettext("choose an answer.") if item.kind in {Kind.ONE, Kind.MANY} else gettext("give an answer.")
        case "choice":
            return gettext("choose one of the answers offered.")
        case "whole_number":
            return gettext("write a whole number, for example 12.")
        case "number":
            return gettext("write a number, for example 1.5.")
        case "too_large":
            return gettext("this number is too large. Write a smaller one.")
        case "day":
            return gettext("write a day that exists, for example 2026-06-01.")
        case "too_long":
            longest = int(str(fault.detail["longest"]))
            signs = {"n": longest}
            return ngettext("at most %(n)d sign fits here.", "at most %(n)d signs fit here.", longest) % signs
        case _:
            return item.constraint_message.in_language(language) or gettext("this answer is not possible here.")


class ItemField(forms.Field):
    """The answer to an item, of whatever kind; read by the questionnaire's own rules."""

    def __init__(self, place: Place, definition: Questionnaire, *, language: str, label: str) -> None:
        self.item, self.language = place.item, language
        code = place.competence.code if place.competence and definition.framework else ""
        choices = definition.choices_for(place.item, code)
        self.offered = [choice.value for choice in choices]
        super().__init__(
            label=label,
            help_text=place.item.hint.in_language(language),
            required=False,
            widget=_widget(place.item.kind, [(choice.value, choice.label.in_language(language)) for choice in choices]),
        )
        self.required = place.item.required  # told on the page; what is missing is settled by the page as a whole

    def clean(self, value: Any) -> Value:
        """The answer; None when there is none."""
        typed = [str(one) for one in value] if isinstance(value, list) else [_typed(value)]
        try:
            return read(self.item, typed, self.offered)
        except NotReadable as error:
            raise forms.ValidationError(message_of(error.fault, self.item, self.language)) from error


def _typed(value: Any) -> str:
    return "" if value in {None, False} else str(value)


def _widget(kind: Kind, choices: list[tuple[str, str]]) -> forms.Widget:
    match kind:
        case Kind.ONE:
            return forms.RadioSelect(choices=choices)
        case Kind.MANY:
            return forms.CheckboxSelectMultiple(choices=choices)
        case Kind.TICK:
            return forms.CheckboxInput()
        case Kind.LONG_TEXT:
            return forms.Textarea(attrs={"rows": 5})
        case Kind.DATE:
            return DateInput()
        case Kind.INTEGER | Kind.DECIMAL:
            return forms.TextInput(attrs={"inputmode": "numeric" if kind is Kind.INTEGER else "decimal"})
        case _:
            return forms.TextInput()


class StepForm(forms.Form):
    """A page of the questionnaire: everything that is asked on it, given the answers so far.

    `check` says what is missing on a page that is only looked at.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: MultiValueDict[str, Any] | None = None,
        *,
        definition: Questionnaire,
        step: Step,
        answers: Answers,
        language: str,
        check: bool = False,
    ) -> None:
        shown = {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}
        bound = data if data is not None else _as_sent(shown) if check else None
        super().__init__(bound, initial=shown)
        self.definition, self.step, self.answers, self.language = definition, step, answers, language
        self.places = {place.name: place for place in places(step) if is_asked(place, answers) or self._was_sent(place)}
        for name, place in self.places.items():
            if place.item.kind is not Kind.NOTE:
                self.fields[name] = ItemField(place, definition, language=language, label=self._label(place))

    def _was_sent(self, place: Place) -> bool:
        return self.is_bound and place.name in self.data

    @staticmethod
    def _about(place: Place) -> str:
        return f"{place.competence.code} {place.competence.name}: " if place.competence else ""

    def _label(self, place: Place) -> str:
        said = {key: ", ".join(self._in_words(key, value)) for key, value in self.answers.items()}
        return _piped(place.item.label.in_language(self.language), place, said)

    def _in_words(self, key: str, value: Value) -> list[str]:
        """An answer as its question words it."""
        item = self.definition.item(key)
        chosen = value if isinstance(value, tuple) else (str(value),) if value is not None else ()
        offered = {} if item is None else {one.value: one.label for one in self.definition.choices_for(item)}
        return [offered[one].in_language(self.language) if one in offered else one for one in chosen]

    def filled_in(self) -> dict[str, Value]:
        """What can be kept of what was filled in; None where nothing is. Call after `is_valid`."""
        return dict(self.readable)

    def appeared(self, answers: Answers) -> list[str]:
        """Names of the page's questions that follow from its own answers and were not on it when it was sent."""
        return [place.name for place in places(self.step) if place.name not in self.places and is_asked(place, answers)]

    def clean(self) -> dict[str, Any]:
        """What is missing, and what breaks a rule, now that all the page's answers are known."""
        cleaned = super().clean() or {}
        self.unreadable = frozenset(self.errors)
        self.readable = {name: cleaned.get(name) for name in self.fields if name not in self.unreadable}
        now = {**self.answers, **self.readable}
        for name, place in self.places.items():
            fault = None if name in self.unreadable else fault_of(place, now)
            if fault is not None:
                self.add_error(name, self._about(place) + message_of(fault, place.item, self.language))
        return cleaned

    @property
    def sections(self) -> list[tuple[Asked | None, list[tuple[str, forms.BoundField | None]]]]:
        """What is drawn: for each competence (or none) its items, as (text of a note, field)."""
        found: dict[int | None, tuple[Asked | None, list[tuple[str, forms.BoundField | None]]]] = {}
        for name, place in self.places.items():
            key = place.competence.id if place.competence else None
            drawn = ("", self[name]) if name in self.fields else (self._label(place), None)
            found.setdefault(key, (place.competence, []))[1].append(drawn)
        return list(found.values())


def _piped(text: str, place: Place, said: Mapping[str, str]) -> str:
    """A label with what it speaks of: ${competence_name}, or an answer given before."""

    def told_of(match: re.Match[str]) -> str:
        if place.competence is not None and match[1] in {"competence_name", "competence_code"}:
            return place.competence.name if match[1] == "competence_name" else place.competence.code
        return said.get(match[1]) or "…"

    return PIPED.sub(told_of, text)


def _as_sent(shown: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Answers the way a browser sends them."""
    sent: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in shown.items():
        if value is True:
            sent.setlist(name, ["on"])
        elif value is not None:
            sent.setlist(name, value if isinstance(value, list) else [str(value)])
    return sent


class NumberForm(forms.Form):
    """Shows that somebody is who the link is for, before last year's answers are shown."""

    number = forms.CharField(
        label=_("Your personnel number"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It stands on your pay slip. We ask because a link can fall into other hands."),
    )


class DeleteForm(forms.Form):
    """That the deletion is meant."""

    sure = forms.BooleanField(label=_("Yes, delete my answers for good."))


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=64,
        help_text=_("For example abcd-efgh-2345. Capital letters, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
