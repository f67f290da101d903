"""Forms of candidates: who applies, what each showed, whom the commission chose, who came."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.hiring.choices import Showing
from kazipot.hiring.models import Candidate, PostingDemand

PREFIX, HOW = "shown_", "how_"


class CandidateForm(forms.Form):
    """A candidate's name, which is sealed."""

    name = forms.CharField(
        label=_("Name and surname"), max_length=200,
        help_text=_("The commission sees only a number until it has decided."),
    )  # fmt: skip


class ShowingForm(forms.Form):
    """What a candidate showed of each demand, and how."""

    def __init__(
        self, data: Any = None, *, demands: Iterable[PostingDemand], present: dict[int, tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for demand in demands:
            showing, how = present.get(demand.pk, ("", ""))
            name = f"{demand.competence.code} {demand.competence.name}"
            self.fields[f"{PREFIX}{demand.pk}"] = forms.ChoiceField(
                label=name, choices=[("", "—"), *Showing.choices], required=False, initial=showing
            )
            self.fields[f"{HOW}{demand.pk}"] = forms.CharField(
                label=_("%(competence)s: how") % {"competence": name}, max_length=200, required=False, initial=how
            )

    def shown(self) -> dict[int, tuple[Showing, str]]:
        """{demand id: (showing, how)} of what was looked at."""
        return {
            int(name.removeprefix(PREFIX)): (
                Showing(value), self.cleaned_data[f"{HOW}{name.removeprefix(PREFIX)}"],
            )
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value
        }  # fmt: skip


class ChooseForm(forms.Form):
    """Whom the commission chose: a number, or nobody."""

    candidate = forms.TypedChoiceField(
        label=_("Chosen candidate"), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, candidates: Iterable[Candidate]) -> None:
        super().__init__(data)
        field: Any = self.fields["candidate"]
        field.choices = [
            *((row.pk, _("Candidate %(number)s") % {"number": row.number}) for row in candidates),
            ("", _("nobody")),
        ]


class HireForm(forms.Form):
    """Who the chosen candidate is on the roster."""

    person = forms.TypedChoiceField(label=_("Employee"), coerce=int)

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        field: Any = self.fields["person"]
        field.choices = [("", "—"), *people]
