"""Forms around the test: the code of a slip, and how a talk ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.verification.choices import TalkOutcome


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=64,
        help_text=_("For example abcd-efgh-2345. Capital letters, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class TalkForm(forms.Form):
    """How a talk ended."""

    outcome = forms.ChoiceField(label=_("How did the talk end?"), choices=TalkOutcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what the two of you agreed on. The person may read it."),
    )  # fmt: skip
