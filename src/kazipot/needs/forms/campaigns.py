"""Forms of those who ask: a campaign, a questionnaire."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.needs.choices import Privacy, Stratum
from kazipot.organisation.choices import UnitKind

LARGEST_SAMPLE = 1_000_000


class CampaignForm(forms.Form):
    """A campaign to be drafted: what is asked, when, what people are promised, and who is asked."""

    template_name = "ui/forms/grouped.html"
    GROUPS = (
        (_("What is asked"), ("title_sl", "title_en", "year", "framework", "questionnaire")),
        (_("When"), ("opens_on", "closes_on", "reminders")),
        (_("Confidential or anonymous"), ("privacy",)),
        (_("Who is asked"), ("employers", "kinds", "profiles", "units", "population_on")),
        (_("Everybody or a random sample"), ("sample_size", "sample_by")),
    )

    title_sl = forms.CharField(label=_("Title in Slovenian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    framework = forms.TypedChoiceField(label=_("Competence framework"), coerce=int)
    questionnaire = forms.TypedChoiceField(
        label=_("Questionnaire"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("The yearly one asks everybody about the competences that their work needs."),
    )
    opens_on = forms.DateField(label=_("Opening day"), widget=DateInput())
    closes_on = forms.DateField(label=_("Last day for answers"), widget=DateInput())
    reminders = forms.CharField(
        label=_("Reminders, so many days before the last day"),
        initial="7, 2",
        required=False,
        help_text=_("Numbers separated by commas. Who has answered is not reminded."),
    )
    privacy = forms.ChoiceField(
        label=_("What people are promised"),
        choices=Privacy.choices,
        widget=forms.RadioSelect,
        initial=Privacy.CONFIDENTIAL,
        help_text=_("This cannot be changed once the survey is open."),
    )
    employers = forms.TypedMultipleChoiceField(
        label=_("Employers"),
        coerce=int,
        help_text=_("Choose none to ask everyone in the programme."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of units"),
        choices=UnitKind.choices,
        help_text=_("Choose none to ask all kinds."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    profiles = forms.TypedMultipleChoiceField(
        label=_("Job profiles"),
        coerce=int,
        help_text=_("Choose none to ask all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = forms.CharField(
        label=_("Units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Employer and unit, one in a line, for example MU/OGDP. Units below are asked too. Empty: all units."
        ),
    )
    population_on = forms.DateField(
        label=_("People employed on"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: on the day on which you really open the campaign."),
    )
    sample_size = forms.IntegerField(
        label=_("Size of a random sample"),
        min_value=1,
        max_value=LARGEST_SAMPLE,
        required=False,
        help_text=_("Empty: everybody is asked. Only who is asked can state a need and be offered a seat."),
    )
    sample_by = forms.ChoiceField(
        label=_("Groups that each have their share of the sample"),
        required=False,
        choices=[("", "—"), *Stratum.choices],
    )

    def __init__(
        self,
        data: Any = None,
        *,
        frameworks: Iterable[tuple[int, str]],
        questionnaires: Iterable[tuple[int, str]],
        employers: Iterable[tuple[int, str]],
        profiles: Iterable[tuple[int, str]],
        units: Mapping[str, int],
        today: date,
        drafted: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(drafted or {"year": today.year, "opens_on": today}))
        self.known_units = units
        for name, choices in (
            ("framework", frameworks),
            ("questionnaire", questionnaires),
            ("employers", employers),
            ("profiles", profiles),
        ):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        if not self.fields["questionnaire"].choices:  # type: ignore[attr-defined]
            del self.fields["questionnaire"]

    @property
    def groups(self) -> list[tuple[Promise, list[forms.BoundField]]]:
        """What is drawn: fields that belong together, under a heading."""
        return [(legend, [self[name] for name in names if name in self.fields]) for legend, names in self.GROUPS]

    def clean_reminders(self) -> list[int]:
        """Days before the last one."""
        parts = [part.strip() for part in self.cleaned_data["reminders"].split(",") if part.strip()]
        if not all(part.isdecimal() and int(part) <= 60 for part in parts):
            raise forms.ValidationError(_("Write numbers of days up to 60, separated by commas, for example 7, 2."))
        return [int(part) for part in parts]

    def clean_units(self) -> list[int]:
        """The units named, each line its own."""
        names = [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]
        unknown = [name for name in names if name not in self.known_units]
        if unknown:
            text = _("There is no unit %(units)s. Write the employer's code, a slash and the unit's code.")
            raise forms.ValidationError(text % {"units": ", ".join(unknown[:5])})
        return [self.known_units[name] for name in names]


class QuestionnaireForm(forms.Form):
    """A questionnaire as an XLSForm workbook."""

    file = forms.FileField(label=_("Questionnaire (XLSForm, XLSX)"))
    note = forms.CharField(
        label=_("What has changed, and why"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    same_meaning = forms.CharField(
        label=_("Items whose wording was only corrected"),
        required=False,
        max_length=2_000,
        help_text=_(
            "Their keys, separated by commas. The trend of any other item with another wording is broken, because "
            "another question was asked."
        ),
    )

    def clean_same_meaning(self) -> list[str]:
        """The keys."""
        return [key.strip() for key in self.cleaned_data["same_meaning"].split(",") if key.strip()]
