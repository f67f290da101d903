"""Forms of M2; they check what was filled in, the operations check the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.needs.choices import NeededLevel, OwnLevel
from kazipot.needs.queries import AreaAsked, Question


class LevelField(forms.TypedChoiceField):
    """Five answers in plain words, none of them chosen beforehand: nothing is answered that nobody said."""

    def __init__(self, question: Question, *, label: Any, choices: Any) -> None:
        missing = _("%(code)s %(name)s: choose one of the five answers.") % {
            "code": question.code,
            "name": question.name,
        }
        super().__init__(
            label=label,
            choices=choices,
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )


type Draft = Mapping[str, Mapping[str, int | bool]]


def _by_field(area: AreaAsked, draft: Draft) -> dict[str, int | bool]:
    """What a draft says of an area, by name of field."""
    return {
        f"{part}_{question.competence_id}": value
        for question in area.questions
        for part, value in draft.get(str(question.competence_id), {}).items()
    }


class AreaForm(forms.Form):
    """One page of the questionnaire: for every competence of an area both levels and the wish."""

    def __init__(self, data: Any = None, *, area: AreaAsked, draft: Draft) -> None:
        super().__init__(data, initial=_by_field(area, draft))
        self.area = area
        for question in area.questions:
            key = question.competence_id
            self.fields[f"own_{key}"] = LevelField(
                question, label=_("What can you do today?"), choices=OwnLevel.choices
            )
            self.fields[f"needed_{key}"] = LevelField(
                question, label=_("What does your work need?"), choices=NeededLevel.choices
            )
            self.fields[f"wish_{key}"] = forms.BooleanField(label=_("I want training in this"), required=False)

    @classmethod
    def of_draft(cls, area: AreaAsked, draft: Draft) -> "AreaForm":
        """The page as it was filled in so far, to be checked."""
        return cls(_by_field(area, draft), area=area, draft={})

    @property
    def questions(self) -> list[tuple[Question, list[forms.BoundField]]]:
        """Every competence of the page with its three fields."""
        return [
            (question, [self[f"{part}_{question.competence_id}"] for part in ("own", "needed", "wish")])
            for question in self.area.questions
        ]

    def filled_in(self) -> dict[int, dict[str, int | bool]]:
        """What was filled in, complete or not, as a draft keeps it; call after `is_valid`."""
        return {
            question.competence_id: {
                part: value
                for part in ("own", "needed", "wish")
                if (value := self.cleaned_data.get(f"{part}_{question.competence_id}")) is not None
            }
            for question in self.area.questions
        }


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
