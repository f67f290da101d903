"""Forms of nominations and decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.forms.appointments import PersonField
from kazipot.advisors.queries import Advisor, Candidate
from kazipot.foundation.ui.widgets import DateInput


class NominateForm(forms.Form):
    """Who is proposed, for what, from when, and whether they agree."""

    person = PersonField(label=_("Employee"))
    role = forms.ChoiceField(label=_("Nominated as"), choices=AppointmentRole.choices)
    replaces = forms.TypedChoiceField(
        label=_("In the place of"), coerce=int, empty_value=None, required=False,
        help_text=_("Whose task they take over, if anybody's. It ends on the successor's first day."),
    )  # fmt: skip
    first_day = forms.DateField(label=_("First day as advisor"), widget=DateInput())
    note = forms.CharField(
        label=_("Why this person"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    trained = forms.CharField(
        label=_("Training and experience"), max_length=300, required=False,
        help_text=_("For example: course for digital advisors, March 2026."),
    )  # fmt: skip
    agreed_how = forms.CharField(
        label=_("How did they agree?"), max_length=200, required=False,
        help_text=_("For example: in a talk on 3 March. Leave it empty and they are asked by the programme."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, people: Iterable[Candidate], holders: Iterable[Advisor], today: date
    ) -> None:
        super().__init__(data, initial={"first_day": today})
        self.fields["person"].offer(people)  # type: ignore[attr-defined]
        replaces: Any = self.fields["replaces"]
        replaces.choices = [("", _("nobody leaves")), *((row.appointment_id, row.person_name) for row in holders)]


class AgreeForm(forms.Form):
    """How somebody agreed."""

    how = forms.CharField(label=_("How did they agree?"), max_length=200)


class BecauseForm(forms.Form):
    """A reason."""

    because = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ConfirmForm(forms.Form):
    """The decision's reference."""

    decision_reference = forms.CharField(
        label=_("Reference of the decision"), max_length=64, help_text=_("For example 100-12/2026-3.")
    )


class TemplateForm(forms.Form):
    """The wording of decisions to come."""

    heading = forms.CharField(label=_("Heading"), max_length=200)
    body = forms.CharField(
        label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a new paragraph. In braces stands what the programme fills in."),
    )  # fmt: skip
    signatory = forms.CharField(label=_("Who signs"), max_length=200)
