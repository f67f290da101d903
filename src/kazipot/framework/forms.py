"""Forms of competence frameworks; they check what was typed, the operations check the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem


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


RANGES = [(low, high) for low in range(1, 5) for high in range(low, 5)]


class TargetsForm(forms.Form):
    """Which competences a kind of work needs, from a day on, and at which levels."""

    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(
        self,
        data: Any = None,
        *,
        competences: Iterable[CompetenceItem],
        targets: Mapping[int, tuple[int, int]],
        today: date,
    ) -> None:
        self.competences = list(competences)
        held = {f"levels_{pk}": f"{low}-{high}" for pk, (low, high) in targets.items()}
        super().__init__(data, initial={"on": today, **held})
        choices = [
            ("", _("not needed for this work")),
            *((f"{low}-{high}", _range_name(low, high)) for low, high in RANGES),
        ]
        for item in self.competences:
            self.fields[f"levels_{item.id}"] = forms.ChoiceField(
                label=f"{item.code} {item.name}", choices=choices, required=False
            )

    def targets(self) -> dict[int, tuple[int, int]]:
        """What was chosen; call after `is_valid`."""
        found = {}
        for item in self.competences:
            chosen = self.cleaned_data[f"levels_{item.id}"]
            if chosen:
                low, high = chosen.split("-")
                found[item.id] = (int(low), int(high))
        return found


def _range_name(low: int, high: int) -> Any:
    if low == high:
        return format_lazy(_("level {low}"), low=low)
    return format_lazy(_("levels {low} to {high}"), low=low, high=high)
