"""Forms of the organisation; they check what was typed, the operations check the rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.queries import UnitOnDay


class MoveUnitForm(forms.Form):
    """Where a unit hangs from a day on."""

    parent = forms.TypedChoiceField(label=_("Superior unit"), coerce=int, required=False, empty_value=None)
    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((unit.id, f"{unit.code} {unit.name}") for unit in units),
        ]


class RosterForm(forms.Form):
    """A roster, and the day it speaks of."""

    file = forms.FileField(
        label=_("Roster (CSV or XLSX)"), help_text=_("Everybody whom the employer employs on the day, one job a row.")
    )
    as_of = forms.DateField(label=_("The roster is as of"), widget=DateInput())
    confirm_leavers = forms.BooleanField(
        label=_("The roster is complete, even if more than 10 % of the employees leave"), required=False
    )
    apply = forms.BooleanField(
        label=_("Import now"), required=False, help_text=_("Without this you see only what would change.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"as_of": today})
