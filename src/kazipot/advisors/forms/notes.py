"""Forms of the watch."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.advisors import queries
from kazipot.advisors.choices import Fate
from kazipot.framework.queries import CompetenceItem
from kazipot.organisation.queries import UnitOnDay

SHOWN_TAGS = 12


class TagsInput(forms.TextInput):
    """Names separated by commas."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "solutions", "autocomplete": "off"})


class NoteForm(forms.Form):
    """A note: what is new, what it means here, what is proposed."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    field = forms.ChoiceField(label=_("Field of work"))
    title = forms.CharField(label=_("Title"), max_length=200)
    news = forms.CharField(label=_("What is new?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    meaning = forms.CharField(
        label=_("What does it mean for the unit?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    proposal = forms.CharField(
        label=_("What do you propose?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The Digitalisation Service decides on every proposal and says why."),
    )  # fmt: skip
    tags = forms.CharField(
        label=_("Digital solutions"), max_length=400, required=False, widget=TagsInput(),
        help_text=_("Names separated by commas, for example: SPOT, Krpan."),
    )  # fmt: skip
    competences = forms.TypedMultipleChoiceField(
        label=_("Competences"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        *,
        units: Iterable[UnitOnDay],
        competences: Iterable[CompetenceItem],
        tags: Sequence[str] = (),
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        fields: Any = self.fields
        fields["unit"].choices = [(unit.id, f"{unit.name} ({unit.code})") for unit in units]
        if tags:
            fields["tags"].help_text = _("Names separated by commas. Others have written: %(names)s.") % {
                "names": ", ".join(tags[:SHOWN_TAGS])
            }
        fields["field"].choices = [("", "—"), *queries.fields().items()]
        fields["competences"].choices = [(row.id, f"{row.code} {row.name}") for row in competences]

    def clean_tags(self) -> list[str]:
        """The names, each once."""
        return list(dict.fromkeys(name for part in self.cleaned_data["tags"].split(",") if (name := part.strip())))


class FateForm(forms.Form):
    """What becomes of a proposal."""

    fate = forms.ChoiceField(label=_("What becomes of it?"), choices=Fate.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is not taken up."),
    )  # fmt: skip


class DigestForm(forms.Form):
    """The introduction of a digest."""

    sl = forms.CharField(
        label=_("Introduction in Slovenian"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    en = forms.CharField(label=_("Introduction in English"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
