"""Forms of the item bank: choices, orders and matches are filled in, stories and pictures are written as YAML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kazipot.core.items.definition import Item, Kind, Option, Source, Text
from kazipot.core.items.written import LONGEST
from kazipot.verification.choices import ItemKind, ItemState, Verdict

MOST_OPTIONS = 6
DIFFICULTIES = (
    (-2.0, pgettext_lazy("difficulty", "very easy: nearly everybody gets it")),
    (-1.0, pgettext_lazy("difficulty", "easy: most people get it")),
    (0.0, pgettext_lazy("difficulty", "average: every second person gets it")),
    (1.0, pgettext_lazy("difficulty", "hard: a minority gets it")),
    (2.0, pgettext_lazy("difficulty", "very hard: only a few get it")),
)
FORM_KINDS = (
    ("single", _("choose exactly one answer")),
    ("multiple", _("choose one or several answers")),
    ("order", _("put the answers in order: write them below in the right order, the first one first")),
    ("match", _("match: write below what goes with each answer; an answer left empty has a match that is left over")),
)
type Areas = Sequence[tuple[str, str]]


def _text(label: Any, *, rows: int = 2, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class ItemForm(forms.Form):
    """An item with one or several right answers, an order or a match."""

    template_name = "ui/forms/grouped.html"
    key = forms.SlugField(
        label=_("Key"), max_length=64,
        help_text=_("A name of lower-case words with hyphens, for example parcel-fee-sms. It stays for ever."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What people do"), choices=FORM_KINDS, widget=forms.RadioSelect(), initial="single",
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Area"))
    difficulty = forms.TypedChoiceField(label=_("How hard it is for our employees"), coerce=float, initial=0.0)
    competences = forms.CharField(
        label=_("Competences"), max_length=60, initial="4.2",
        help_text=_("Codes of DigComp with commas between, for example 4.1, 4.2."),
    )  # fmt: skip
    enemies = forms.CharField(
        label=_("Words that keep items apart"), max_length=120, required=False,
        help_text=_("Items that share a word never meet in a test, because one gives the other away."),
    )  # fmt: skip
    stem_sl = _text(_("Question in Slovenian"), required=False)
    stem_en = _text(_("Question in English"), required=False)
    explanation_sl = _text(_("What to take away, in Slovenian"), required=False)
    explanation_en = _text(_("What to take away, in English"), required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("What the right answer rests on, for example a guide of SI-CERT."),
    )
    address = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    reason = forms.CharField(label=_("Why you write or change this item"), max_length=500)

    def __init__(self, data: Any = None, *, areas: Areas, item: Item | None = None) -> None:
        self.item = item
        super().__init__(data, initial=_initial(item) if item else None)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]
        self.fields["difficulty"].choices = _difficulties(item)  # type: ignore[attr-defined]
        if item:
            self.fields["key"].disabled = True
        for number in range(1, MOST_OPTIONS + 1):
            for name, field in _option_fields().items():
                self.fields[f"{name}_{number}"] = field

    @property
    def groups(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """The fields under headings."""
        yield _("The item"), self._named("key", "kind", "area", "difficulty", "competences", "enemies")
        yield _("The question"), self._named("stem_sl", "stem_en")
        for number in range(1, MOST_OPTIONS + 1):
            yield _("Answer %(number)s") % {"number": number}, self._named(*(f"{n}_{number}" for n in _option_fields()))
        yield _("After the answer"), self._named("explanation_sl", "explanation_en", "source", "address")
        yield _("About this change"), self._named("reason")

    def _named(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    def definition(self) -> Item:
        """The item that was filled in; what the form has no fields for (an artefact, more sources) stays as it was."""
        told = self.cleaned_data
        old = self.item or Item(told["key"], Kind.SINGLE, Text())
        sources = (Source(told["source"], told["address"]), *old.sources[1:])
        return replace(
            old, kind=Kind(told["kind"]), area=told["area"], difficulty=told["difficulty"], stem=_both(told, "stem"),
            explanation=_both(told, "explanation"), options=tuple(_options(told, old)), sources=sources,
            competences=tuple(told["competences"].replace(",", " ").split()),
            enemies=tuple(told["enemies"].replace(",", " ").split()),
        )  # fmt: skip


def fits_the_form(item: Item) -> bool:
    """Whether all of an item's answers have fields in the form."""
    return str(item.kind) in dict(FORM_KINDS) and len(item.options) <= MOST_OPTIONS


def _option_fields() -> dict[str, forms.Field]:
    return {
        "text_sl": forms.CharField(label=_("Answer in Slovenian"), required=False, max_length=400),
        "text_en": forms.CharField(label=_("Answer in English"), required=False, max_length=400),
        "match_sl": forms.CharField(label=_("Its match in Slovenian"), required=False, max_length=400),
        "match_en": forms.CharField(label=_("Its match in English"), required=False, max_length=400),
        "correct": forms.BooleanField(label=_("This answer is right (choosing)"), required=False),
        "why_sl": _text(_("Why it is right or wrong, in Slovenian"), required=False),
        "why_en": _text(_("Why it is right or wrong, in English"), required=False),
    }


def _difficulties(item: Item | None) -> list[tuple[float, Any]]:
    known: list[tuple[float, Any]] = list(DIFFICULTIES)
    if item and item.difficulty not in dict(known):
        known.append((item.difficulty, _("as before (%(difficulty)s)") % {"difficulty": f"{item.difficulty:g}"}))
    return known


def _initial(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": item.key, "kind": str(item.kind), "area": item.area, "difficulty": item.difficulty,
        "competences": ", ".join(item.competences), "enemies": ", ".join(item.enemies),
    }  # fmt: skip
    for name, text in (("stem", item.stem), ("explanation", item.explanation)):
        found |= {f"{name}_sl": text.sl, f"{name}_en": text.en}
    if item.sources:
        found |= {"source": item.sources[0].title, "address": item.sources[0].address}
    for number, option in enumerate(item.options, start=1):
        found |= {
            f"text_sl_{number}": option.text.sl, f"text_en_{number}": option.text.en,
            f"match_sl_{number}": option.match.sl, f"match_en_{number}": option.match.en,
            f"correct_{number}": option.correct, f"why_sl_{number}": option.rationale.sl,
            f"why_en_{number}": option.rationale.en,
        }  # fmt: skip
    return found


def _both(told: Mapping[str, Any], name: str, number: int = 0) -> Text:
    end = f"_{number}" if number else ""
    return Text(*(told[f"{name}_{language}{end}"].replace("\r\n", "\n").strip() for language in ("sl", "en")))


def _options(told: Mapping[str, Any], old: Item) -> Iterator[Option]:
    """Answers that were filled in. One that was there before keeps its key; a new one gets a free letter.

    What an answer of the kind has no use for (a tick in an order, a match in a choice) is left out.
    """
    chosen, matched = told["kind"] in {"single", "multiple"}, told["kind"] == "match"
    taken = {option.key for option in old.options}
    free = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    for number in range(1, MOST_OPTIONS + 1):
        text, why = _both(told, "text", number), _both(told, "why", number)
        match = _both(told, "match", number) if matched else Text()
        correct = chosen and told[f"correct_{number}"]
        if text or why or match or correct:
            key = old.options[number - 1].key if number <= len(old.options) else next(free)
            yield Option(key, text, correct, why, match)


class SourceForm(forms.Form):
    """Items as YAML, typed in or as a file."""

    source = forms.CharField(
        label=_("Items as YAML"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "class": "item__source", "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file of items (YAML)"), required=False)
    reason = forms.CharField(label=_("Why you write or change this item"), max_length=500)

    def clean(self) -> dict[str, Any]:
        """The text of the file, if there is one, takes the place of what was typed."""
        told: dict[str, Any] = super().clean() or {}
        file = told.get("file")
        if file is not None:
            try:
                told["source"] = file.read(LONGEST + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not text in UTF-8. Save it as UTF-8 and choose it again."))
        elif not told.get("source", "").strip():
            self.add_error("source", _("Write an item, or choose a file."))
        return told


class PictureForm(forms.Form):
    """A picture for items; its name is that of the file."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 1 MB. Items name it by the name of the file, such as desk.png."),
    )


class ReviewForm(forms.Form):
    """What a reviewer says of an item."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect())
    comment = _text(_("Comment"), rows=4, required=False, help_text=_("What is good, or what must be changed."))


class CalibrationForm(forms.Form):
    """A file that `verification calibrate` wrote."""

    file = forms.FileField(
        label=_("Calibration (JSON)"),
        help_text=_("The file that “kazipot verification calibrate” has written, with items named key@version."),
    )
    calibrated_on = forms.DateField(label=_("Day of the calibration"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class BlueprintForm(forms.Form):
    """The share of each area of the blueprint, in per cent."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, data: Any = None, *, areas: Sequence[tuple[str, str, int]]) -> None:
        super().__init__(data)
        shares = {
            f"percent_{key}": forms.IntegerField(label=title, min_value=1, max_value=100, initial=percent)
            for key, title, percent in areas
        }
        self.fields = {**shares, **self.fields}


class FilterForm(forms.Form):
    """Which items of the bank are listed."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all but retired")), *ItemState.choices]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *ItemKind.choices])
    words = forms.CharField(label=_("Part of the key"), required=False, max_length=64)

    def __init__(self, data: Any = None, *, areas: Areas) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", _("all")), *areas]  # type: ignore[attr-defined]

    def told(self) -> dict[str, str]:
        """What was asked for, without what doesn't exist."""
        held = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return {name: held.get(name, "") for name in self.fields}
