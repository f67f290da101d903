"""Forms of those who ask: a campaign, a questionnaire."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput


class CampaignForm(forms.Form):
    """A campaign to be drafted."""

    title_sl = forms.CharField(label=_("Title in Slovenian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    framework = forms.TypedChoiceField(label=_("Competence framework"), coerce=int)
    opens_on = forms.DateField(
        label=_("Opening day"),
        widget=DateInput(),
        help_text=_("People employed on the day on which you really open the campaign are asked."),
    )
    closes_on = forms.DateField(label=_("Last day for answers"), widget=DateInput())
    employers = forms.TypedMultipleChoiceField(
        label=_("Employers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask everyone in the programme."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        frameworks: Iterable[tuple[int, str]],
        employers: Iterable[tuple[int, str]],
        today: date,
    ) -> None:
        super().__init__(data, initial={"year": today.year, "opens_on": today})
        self.fields["framework"].choices = list(frameworks)  # type: ignore[attr-defined]
        self.fields["employers"].choices = list(employers)  # type: ignore[attr-defined]
