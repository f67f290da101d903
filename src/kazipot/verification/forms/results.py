"""Forms of results and of seats for those who are due."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.models import Employer
from kazipot.training.models import Session
from kazipot.verification.choices import Method


class WhoForm(forms.Form):
    """A person of an employer, by number, on a day."""

    employer = forms.TypedChoiceField(label=_("Employer"), coerce=int)
    personnel_number = forms.CharField(label=_("Personnel number"), max_length=32)
    taken_on = forms.DateField(label=_("Day of the verification"), widget=DateInput())
    reference = forms.CharField(
        label=_("Reference"), max_length=64, help_text=_("Under which the result is filed, for example T-14/2026.")
    )

    def __init__(self, data: Any = None, *, employers: Iterable[Employer], today: date) -> None:
        super().__init__(data, initial={"taken_on": today})
        self.fields["employer"].choices = [(row.pk, row.name) for row in employers]  # type: ignore[attr-defined]


class ResultForm(WhoForm):
    """One result."""

    passed = forms.TypedChoiceField(
        label=_("Result"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("passed")), ("no", _("not passed"))],
        widget=forms.RadioSelect(),
    )
    method = forms.ChoiceField(label=_("Method"), choices=Method.choices)


class AnnulForm(WhoForm):
    """A result that was recorded by mistake."""

    because = forms.CharField(label=_("Reason"), max_length=200)


class ResultsFileForm(forms.Form):
    """A table of results."""

    file = forms.FileField(
        label=_("Results (CSV or XLSX)"),
        help_text=_("Columns: employer, personnel number, day, passed (yes or no), reference; method if you like."),
    )


class OfferDutyForm(forms.Form):
    """How many seats of which session go to people who are due."""

    session = forms.TypedChoiceField(label=_("Session"), coerce=int)
    ahead = forms.TypedChoiceField(
        label=_("Whose training or verification lapses"),
        coerce=int,
        choices=[(0, _("today or earlier")), (2, _("within two months")), (6, _("within half a year"))],
        initial=2,
    )
    limit = forms.IntegerField(label=_("Number of seats to offer"), min_value=1)

    def __init__(self, data: Any = None, *, sessions: Iterable[tuple[Session, str]]) -> None:
        super().__init__(data)
        self.fields["session"].choices = [(row.pk, text) for row, text in sessions]  # type: ignore[attr-defined]
