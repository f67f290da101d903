"""Forms of job profiles: a file of posts, and the day from which a version holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.models import Employer


class PositionsForm(forms.Form):
    """A file of posts; at first it is only looked at."""

    employer = forms.TypedChoiceField(label=_("Employer"), coerce=int)
    file = forms.FileField(
        label=_("Job classification (CSV or XLSX)"), help_text=_("One post a row: code, title, profile."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )  # fmt: skip
    only_look = forms.BooleanField(label=_("Only show what would change"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, employers: Iterable[Employer], looked: bool) -> None:
        super().__init__(data, files, initial={"only_look": not looked})
        field: Any = self.fields["employer"]
        field.choices = [(row.pk, row.name) for row in employers]


class ApproveForm(forms.Form):
    """From which day a version holds."""

    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
