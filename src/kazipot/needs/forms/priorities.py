"""How important a competence is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportanceForm(forms.Form):
    """A weight with its reason; left empty, it follows from what posts ask for."""

    percent = forms.IntegerField(
        label=_("Importance in percent, 0 to 100"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Left empty, importance follows from the levels that posts ask for."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is published with the analysis, for example “the strategy’s measure M5”."),
    )
