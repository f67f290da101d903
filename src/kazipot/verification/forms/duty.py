"""Forms of the duty: exemptions, leaves, history, terms, appeals, weeks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.models import Employer
from kazipot.verification.choices import AppealOutcome


class PersonForm(forms.Form):
    """A person of an employer, by number."""

    employer = forms.TypedChoiceField(label=_("Employer"), coerce=int)
    personnel_number = forms.CharField(label=_("Personnel number"), max_length=32)

    def __init__(self, data: Any = None, *, employers: Iterable[Employer]) -> None:
        super().__init__(data)
        self.fields["employer"].choices = [(row.pk, row.name) for row in employers]  # type: ignore[attr-defined]


class ExemptionForm(PersonForm):
    """An exemption by evidence."""

    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day"), widget=DateInput(), required=False, help_text=_("Leave it empty: until further notice.")
    )
    evidence = forms.CharField(
        label=_("Proof on file"),
        max_length=200,
        help_text=_(
            "Where the evidence is filed, for example 0141-7/2026. Write no diagnosis and no other reason here."
        ),
    )


class EndExemptionForm(forms.Form):
    """An exemption ends before its time."""

    last_day = forms.DateField(label=_("Last day of the exemption"), widget=DateInput())


class LeaveForm(PersonForm):
    """A long leave."""

    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        required=False,
        help_text=_("Leave it empty while it is not known; record the leave again with the last day later."),
    )


class HistoryFileForm(forms.Form):
    """A table of earlier completions."""

    file = forms.FileField(
        label=_("Earlier completions (CSV or XLSX)"),
        help_text=_("Columns: employer, personnel number, what (training or verification), day, reference."),
    )


class TermsForm(forms.Form):
    """The terms of the duty from a day on."""

    valid_from = forms.DateField(label=_("From"), widget=DateInput())
    window_days = forms.IntegerField(
        label=_("Days before lapsing in which it can be renewed"), min_value=1, max_value=365
    )
    return_months = forms.IntegerField(
        label=_("Months of time after a long leave or an exemption"), min_value=0, max_value=24
    )
    accept_months = forms.IntegerField(
        label=_("Greatest age of a proof from elsewhere, in months"), min_value=0, max_value=60
    )
    attempts = forms.IntegerField(label=_("Attempts before help comes first"), min_value=1, max_value=10)
    waiting_days = forms.IntegerField(label=_("Days between attempts"), min_value=0, max_value=365)
    asked_since = forms.DateField(
        label=_("First day of the duty"),
        widget=DateInput(),
        required=False,
        help_text=_("Who worked here on it has the time of newcomers from it. Empty: there is none."),
    )
    spared_profiles = forms.TypedMultipleChoiceField(
        label=_("Kinds of work that are not asked"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    because = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self, data: Any = None, *, profiles: Iterable[tuple[int, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["spared_profiles"].choices = list(profiles)  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    """A person objects to a result."""

    text = forms.CharField(
        label=_("What do you object to?"), widget=forms.Textarea(attrs={"rows": 6}), max_length=2_000
    )


class DecisionForm(forms.Form):
    """An appeal is decided."""

    outcome = forms.ChoiceField(label=_("What was decided"), choices=AppealOutcome.choices, widget=forms.RadioSelect())
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2_000)


class SpreadForm(forms.Form):
    """How the load is to be spread."""

    seats = forms.IntegerField(label=_("Seats in a month"), min_value=1, max_value=100_000, required=False)
    closed = forms.TypedMultipleChoiceField(
        label=_("Months without invitations"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, data: Any = None, *, months: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["closed"].choices = list(months)  # type: ignore[attr-defined]


class WeekForm(forms.Form):
    """A verification week."""

    title = forms.CharField(label=_("Name"), max_length=100)
    opens_on = forms.DateField(label=_("First day"), widget=DateInput())
    closes_on = forms.DateField(label=_("Last day"), widget=DateInput())
    lapsing_by = forms.DateField(
        label=_("Whose proof lapses by"),
        widget=DateInput(),
        help_text=_("People whose verification lapses by this day are invited, and those who hold none."),
    )
    employers = forms.TypedMultipleChoiceField(
        label=_("Employers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("None chosen: all of them."),
    )

    def __init__(self, data: Any = None, *, employers: Iterable[Employer]) -> None:
        super().__init__(data)
        self.fields["employers"].choices = [(row.pk, row.name) for row in employers]  # type: ignore[attr-defined]


class BounceForm(forms.Form):
    """Mail came back: an address typed, or the message itself."""

    email = forms.EmailField(label=_("Address"), required=False)
    file = forms.FileField(
        label=_("The message that came back (.eml)"),
        required=False,
        help_text=_("The address is taken from it. Soft failures, such as a full mailbox, mark nothing."),
    )


class PlatformForm(forms.Form):
    """A learning platform that reports completions."""

    name = forms.CharField(label=_("Name"), max_length=100)
    trainings = forms.CharField(
        label=_("Activities that count as training"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One id of an activity in a line; an id that ends with * stands for all that begin so."),
    )
    verifications = forms.CharField(
        label=_("Activities that count as verification"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
