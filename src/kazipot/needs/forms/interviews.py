"""Forms for interviews that were held, their passages, and what goes into the report."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.needs.choices import Consent, PassageKind
from kazipot.organisation.queries import UnitOnDay


class InterviewForm(forms.Form):
    """An interview that was held, with consent."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    held_on = forms.DateField(label=_("Day of the interview"), widget=DateInput())
    people = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=50, initial=1)
    guide = forms.TypedChoiceField(label=_("Guide that was used"), coerce=int, required=False, empty_value=None)
    consent = forms.ChoiceField(
        label=_("What they agreed may be told"), choices=Consent.choices, widget=forms.RadioSelect()
    )
    text = forms.CharField(
        label=_("Notes or transcript"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Leave out names and whatever would give a person away."),
    )
    told = forms.BooleanField(
        label=_("Before we began, everybody was told what the notes are for and agreed to take part.")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        units: Iterable[UnitOnDay],
        guides: Iterable[tuple[int, str]],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["guide"].choices = [("", _("none")), *guides]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((unit.id, f"{unit.employer_code} {unit.code} {unit.name}") for unit in units),
        ]


class PassageForm(forms.Form):
    """What was heard in one passage; `prefix` tells passages of a page apart."""

    heard = forms.TypedMultipleChoiceField(
        label=_("Competences"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    more = forms.TypedChoiceField(label=_("Another competence"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label=_("What it is"), required=False, choices=[("", "—"), *PassageKind.choices])

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str,
        offered: Iterable[tuple[int, str]],
        competences: Iterable[CompetenceItem],
        heard: Iterable[int],
        kind: str,
    ) -> None:
        super().__init__(data, prefix=prefix, initial={"heard": list(heard), "kind": kind})
        self.fields["heard"].choices = list(offered)  # type: ignore[attr-defined]
        self.fields["more"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((item.id, f"{item.code} {item.name}") for item in competences),
        ]
        if not self.fields["heard"].choices:  # type: ignore[attr-defined]
            self.fields["heard"].widget = forms.MultipleHiddenInput()

    def competence_ids(self) -> frozenset[int]:
        """Everything that was chosen."""
        more = self.cleaned_data["more"]
        return frozenset([*self.cleaned_data["heard"], *([more] if more else [])])

    def clean(self) -> dict[str, Any]:
        """A passage with a competence says what it is."""
        told = super().clean() or {}
        if (told.get("heard") or told.get("more")) and not told.get("kind"):
            self.add_error("kind", _("Say what it is."))
        return told


class QuoteForm(forms.Form):
    """What of a passage goes into the report, and that it gives nobody away."""

    paraphrase = forms.CharField(
        label=_("In other words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What it means, told by you. Leave it empty to tell nothing of it."),
    )
    quotable = forms.BooleanField(label=_("The original may be quoted too"), required=False)
    no_name = forms.BooleanField(label=_("No person is named, and nothing points to one."), required=False)
    no_place = forms.BooleanField(label=_("No place gives it away."), required=False)
    no_unit = forms.BooleanField(label=_("Neither the unit nor a post can be recognised."), required=False)

    def __init__(self, data: Any = None, *, paraphrase: str, quotable: bool, may_quote: bool) -> None:
        super().__init__(data, initial={"paraphrase": paraphrase, "quotable": quotable})
        if not may_quote:
            del self.fields["quotable"]

    def clean(self) -> dict[str, Any]:
        """Whatever goes into the report has been checked for a name, a place and a unit."""
        told = super().clean() or {}
        told.setdefault("quotable", False)
        if told.get("paraphrase") or told["quotable"]:
            for name in ("no_name", "no_place", "no_unit"):
                if not told.get(name):
                    self.add_error(name, _("Check this before it goes into the report."))
        return told


class WithdrawInterviewForm(forms.Form):
    """That the deletion is meant."""

    sure = forms.BooleanField(label=_("Yes, delete it for good."))
