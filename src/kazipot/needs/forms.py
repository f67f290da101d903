"""Forms of M2; they check what was filled in, the operations check the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.needs.choices import Consent, NeededLevel, OwnLevel, PassageKind
from kazipot.needs.queries import AreaAsked, Question
from kazipot.organisation.queries import UnitOnDay


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


class InterviewForm(forms.Form):
    """An interview that was held, with consent."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    held_on = forms.DateField(label=_("Day of the interview"), widget=DateInput())
    people = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=50, initial=1)
    consent = forms.ChoiceField(
        label=_("What they agreed may be told"), choices=Consent.choices, widget=forms.RadioSelect()
    )
    text = forms.CharField(
        label=_("Notes or transcript"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Leave out names and whatever would give a person away."),
    )
    told = forms.BooleanField(
        label=_("Before we began, everybody was told what the notes are for and agreed to take part.")
    )

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date) -> None:
        super().__init__(data, initial={"held_on": today})
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((unit.id, f"{unit.employer_code} {unit.code} {unit.name}") for unit in units),
        ]


class PassageForm(forms.Form):
    """What was heard in one passage; `prefix` tells passages of a page apart."""

    heard = forms.TypedMultipleChoiceField(
        label=_("Competences"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    more = forms.TypedChoiceField(label=_("Another competence"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label=_("What it is"), required=False, choices=[("", "—"), *PassageKind.choices])

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str,
        offered: Iterable[tuple[int, str]],
        competences: Iterable[CompetenceItem],
        heard: Iterable[int],
        kind: str,
    ) -> None:
        super().__init__(data, prefix=prefix, initial={"heard": list(heard), "kind": kind})
        self.fields["heard"].choices = list(offered)  # type: ignore[attr-defined]
        self.fields["more"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((item.id, f"{item.code} {item.name}") for item in competences),
        ]
        if not self.fields["heard"].choices:  # type: ignore[attr-defined]
            self.fields["heard"].widget = forms.MultipleHiddenInput()

    def competence_ids(self) -> frozenset[int]:
        """Everything that was chosen."""
        more = self.cleaned_data["more"]
        return frozenset([*self.cleaned_data["heard"], *([more] if more else [])])

    def clean(self) -> dict[str, Any]:
        """A passage with a competence says what it is."""
        told = super().clean() or {}
        if (told.get("heard") or told.get("more")) and not told.get("kind"):
            self.add_error("kind", _("Say what it is."))
        return told


class WithdrawInterviewForm(forms.Form):
    """That the deletion is meant."""

    sure = forms.BooleanField(label=_("Yes, delete it for good."))


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=64,
        help_text=_("For example abcd-efgh-2345. Capital letters, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
