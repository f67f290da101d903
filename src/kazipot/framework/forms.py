"""Forms of competence frameworks; they check what was typed, the operations check the rules."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput


class WorkbookForm(forms.Form):
    """The Commission's workbook."""

    file = forms.FileField(
        label=_("DigComp workbook (XLSX)"),
        help_text=_("As the European Commission publishes it. Statements and outcomes are added, nothing is changed."),
    )


class ActivateForm(forms.Form):
    """From when a version is the active one."""

    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
