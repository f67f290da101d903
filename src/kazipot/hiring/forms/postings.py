"""Forms of postings that are published already, and of what one demands."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.hiring.choices import PostingKind
from kazipot.organisation.queries import UnitOnDay

PREFIX = "demand_"
LEVELS = [(1, _("basic")), (2, _("intermediate")), (3, _("advanced")), (4, _("highly advanced"))]


class PostingForm(forms.Form):
    """A posting and the competences that it requires."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    reference = forms.CharField(label=_("Reference"), max_length=64)
    title = forms.CharField(label=_("Post"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=PostingKind.choices)
    published_on = forms.DateField(label=_("Published on"), widget=DateInput())
    closes_on = forms.DateField(label=_("Last day to apply"), widget=DateInput())
    demands = forms.TypedMultipleChoiceField(
        label=_("Required competences"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    level = forms.TypedChoiceField(
        label=_("Required level"),
        coerce=int,
        choices=LEVELS,
    )

    def __init__(
        self, data: Any = None, *, units: Iterable[UnitOnDay], competences: Iterable[CompetenceItem], today: date
    ) -> None:
        super().__init__(data, initial={"published_on": today, "closes_on": today + timedelta(days=14), "level": 2})
        self.fields["unit"].choices = [(unit.id, unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["demands"].choices = [  # type: ignore[attr-defined]
            (item.id, f"{item.code} {item.name}") for item in competences
        ]


class DemandsForm(forms.Form):
    """What a posting demands: for each competence nothing, or a level that is required or desired."""

    def __init__(
        self, data: Any = None, *, competences: Iterable[CompetenceItem], present: Mapping[int, tuple[int, bool]]
    ) -> None:
        super().__init__(data)
        choices: list[tuple[str, Any]] = [("", "—")]
        for required, word in ((True, _("required")), (False, _("desired"))):
            choices += [(f"{level}-{int(required)}", format_lazy("{}: {}", word, name)) for level, name in LEVELS]
        for item in competences:
            level, required = present.get(item.id, (0, False))
            self.fields[f"{PREFIX}{item.id}"] = forms.ChoiceField(
                label=f"{item.code} {item.name}",
                choices=choices,
                required=False,
                initial=f"{level}-{int(required)}" if level else "",
            )

    def demanded(self) -> list[tuple[int, int, bool]]:
        """What was chosen: competence id, level, whether required."""
        chosen = ((int(name.removeprefix(PREFIX)), value) for name, value in self.cleaned_data.items() if value)
        return [(pk, int(value.split("-")[0]), value.endswith("1")) for pk, value in chosen]


class WithdrawForm(forms.Form):
    """Why a posting is withdrawn."""

    because = forms.CharField(label=_("Reason"), max_length=200)
