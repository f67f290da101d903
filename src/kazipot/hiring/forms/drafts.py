"""Forms of a draft: its text pasted or read from a file, and its way to publication."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.hiring.choices import PostingKind
from kazipot.organisation.queries import UnitOnDay

MOST_SIGNS = 30_000
FILES = ".txt,.docx,.pdf,.html,.htm"


class TextForm(forms.Form):
    """The text of a posting, pasted or from a file; the file goes before what was pasted."""

    text = forms.CharField(
        label=_("Text of the posting"), required=False, max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 16, "lang": "sl"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file with the text"), required=False, help_text=_("Word (DOCX), PDF, HTML or plain text"),
        widget=forms.ClearableFileInput(attrs={"accept": FILES}),
    )  # fmt: skip


class DraftForm(TextForm):
    """A new draft."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    reference = forms.CharField(label=_("Reference"), max_length=64)
    title = forms.CharField(label=_("Post"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=PostingKind.choices)
    profile = forms.TypedChoiceField(
        label=_("Job profile"), coerce=int, required=False, empty_value=None,
        help_text=_("What the profile's work needs is compared with what the text demands."),
    )  # fmt: skip
    field_order = ["unit", "reference", "title", "kind", "profile", "text", "file"]

    def __init__(
        self, data: Any = None, files: Any = None, *, units: Iterable[UnitOnDay], profiles: Iterable[tuple[int, str]]
    ) -> None:
        super().__init__(data, files)
        unit: Any = self.fields["unit"]
        unit.choices = [(row.id, row.name) for row in units]
        profile: Any = self.fields["profile"]
        profile.choices = [("", "—"), *profiles]


class BecauseForm(forms.Form):
    """A reason."""

    because = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PublishForm(forms.Form):
    """The days of a publication."""

    published_on = forms.DateField(label=_("Published on"), widget=DateInput())
    closes_on = forms.DateField(label=_("Last day to apply"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"published_on": today, "closes_on": today + timedelta(days=14)})
