"""Forms of M1; they check what was typed, the operations check the rules."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person


class PersonField(forms.ModelChoiceField):
    """A choice of people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.last_name} {obj.first_name} ({obj.key})"


class DateInput(forms.DateInput):
    """A date as the browser asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AppointForm(forms.Form):
    """Who becomes the advisor, from when, by which decision."""

    person = PersonField(label=_("Employee"), queryset=Person.objects.none())
    valid_from = forms.DateField(label=_("First day as advisor"), widget=DateInput())
    decision_reference = forms.CharField(
        label=_("Reference of the decision"), max_length=64, help_text=_("For example 100-12/2026-3.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"valid_from": today}, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """When an appointment ends, and why."""

    on = forms.DateField(
        label=_("First day without this advisor"),
        widget=DateInput(),
        help_text=_("The advisor's last day is the day before."),
    )
    because = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)


class ReplaceForm(EndForm):
    """An end, and who takes over on the same day."""

    person = PersonField(label=_("Successor"), queryset=Person.objects.none())
    decision_reference = forms.CharField(label=_("Reference of the decision"), max_length=64)

    def __init__(self, *args: Any, people: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
