"""What an editor says of an analysis before it is published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """The narrative in both languages, and from the second version on what it changes."""

    narrative_sl = forms.CharField(
        label=_("What the analysis says, in Slovenian"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "sl"}),
        help_text=_("Drafted from the figures: complete it. Left empty, the draft is published."),
    )
    narrative_en = forms.CharField(
        label=_("What the analysis says, in English"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "en"}),
        help_text=_("Drafted from the figures: complete it. Left empty, the draft is published."),
    )
    changes = forms.CharField(
        label=_("What this version changes"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The earlier version stays published; readers see what was corrected."),
    )

    def __init__(self, data: Any = None, *, narrative: Mapping[str, str], is_first: bool) -> None:
        super().__init__(data, initial={f"narrative_{language}": text for language, text in narrative.items()})
        if is_first:
            del self.fields["changes"]

    def narrative(self) -> dict[str, str]:
        """What was written, by language."""
        return {language: self.cleaned_data[f"narrative_{language}"] for language in ("sl", "en")}
