"""Forms of the running year: seats given up, objections, the head's desk, changes, attendance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput, TimeInput
from kazipot.training.choices import DeclineReason


class PublishForm(forms.Form):
    """Whoever publishes a plan has looked at it."""

    looked = forms.BooleanField(label=_("I have looked at the plan and answer for it."))


class GiveUpForm(forms.Form):
    """Why somebody gives an accepted seat up."""

    because = forms.ChoiceField(label=_("Why"), choices=DeclineReason.choices, widget=forms.RadioSelect())


class SwapForm(forms.Form):
    """To which session a seat is to be moved."""

    session = forms.IntegerField()


class ObjectForm(forms.Form):
    """Why the head can't spare somebody on the day."""

    reason = forms.CharField(
        label=_("Why the person cannot be spared on that day"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads these words."),
    )


class DeskForm(forms.Form):
    """What somebody without e-mail and phone answered at the head's desk."""

    answer = forms.ChoiceField(
        label=_("What the person said"),
        choices=[("accept", _("accepts the seat")), ("decline", _("declines the seat"))],
        widget=forms.RadioSelect(),
    )
    because = forms.ChoiceField(
        label=_("If the person declines: why"), choices=[("", "—"), *DeclineReason.choices], required=False
    )
    said = forms.BooleanField(
        label=_("The person told me this answer themselves. I have not decided for them."),
        error_messages={"required": _("Ask the person first, then tick this box.")},
    )


class SeatCodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=64,
        help_text=_("For example abcd-efgh-2345. Capital letters, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class ChangeSessionForm(forms.Form):
    """New days, hours, place or seats of a planned session."""

    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    begins_at = forms.TimeField(label=_("Begins at"), widget=TimeInput())
    closes_at = forms.TimeField(label=_("Ends at"), widget=TimeInput())
    place = forms.CharField(label=_("Place"), max_length=200)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000)


class AttendanceFileForm(forms.Form):
    """A filled-in table of those who were there."""

    file = forms.FileField(
        label=_("The filled-in table (XLSX or CSV)"),
        help_text=_("Use the table from the attendance page: the column “Present” holds yes or no for everybody."),
    )
    because = forms.CharField(label=_("Why it is corrected"), max_length=300, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, is_correction: bool) -> None:
        super().__init__(data, files)
        if is_correction:
            self.fields["because"].required = True
        else:
            del self.fields["because"]
