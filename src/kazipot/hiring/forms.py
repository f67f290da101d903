"""Forms of M4; they check what was typed, the operations check the rules."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.hiring.choices import PostingKind
from kazipot.organisation.queries import UnitOnDay


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
        choices=[(1, _("basic")), (2, _("intermediate")), (3, _("advanced")), (4, _("highly advanced"))],
    )

    def __init__(
        self, data: Any = None, *, units: Iterable[UnitOnDay], competences: Iterable[CompetenceItem], today: date
    ) -> None:
        super().__init__(data, initial={"published_on": today, "closes_on": today + timedelta(days=14), "level": 2})
        self.fields["unit"].choices = [(unit.id, unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["demands"].choices = [  # type: ignore[attr-defined]
            (item.id, f"{item.code} {item.name}") for item in competences
        ]


class WithdrawForm(forms.Form):
    """Why a posting is withdrawn."""

    because = forms.CharField(label=_("Reason"), max_length=200)
