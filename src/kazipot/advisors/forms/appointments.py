"""Forms of appointments; they check what was typed, the operations check the rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.queries import Candidate
from kazipot.foundation.ui.widgets import DateInput


class PersonField(forms.TypedChoiceField):
    """A choice of people, by name; its value is a person's id."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            coerce=int,
            error_messages={"invalid_choice": _("Choose an employee from the list.")},
        )

    def offer(self, people: Iterable[Candidate]) -> None:
        """Fill the list."""
        self.choices = [("", "—"), *((person.id, f"{person.name} ({person.unit_code})") for person in people)]


class AppointForm(forms.Form):
    """Who becomes the advisor, from when, by which decision."""

    person = PersonField(label=_("Employee"))
    valid_from = forms.DateField(label=_("First day as advisor"), widget=DateInput())
    decision_reference = forms.CharField(
        label=_("Reference of the decision"), max_length=64, help_text=_("For example 100-12/2026-3.")
    )

    def __init__(self, data: Any = None, *, people: Iterable[Candidate], today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """When an appointment ends, and why."""

    on = forms.DateField(
        label=_("First day without this advisor"),
        widget=DateInput(),
        help_text=_("The advisor's last day is the day before."),
    )
    because = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class ReplaceForm(EndForm):
    """An end, and who takes over on the same day."""

    person = PersonField(label=_("Successor"))
    decision_reference = forms.CharField(label=_("Reference of the decision"), max_length=64)

    def __init__(self, data: Any = None, *, people: Iterable[Candidate], today: date) -> None:
        super().__init__(data, today=today)
        self.fields["on"].label = _("First day of the successor")
        self.fields["on"].help_text = _("The present advisor's last day is the day before.")
        self.fields["person"].offer(people)  # type: ignore[attr-defined]
