"""Forms of whoever checks a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.tokens import CODE_LENGTH, plain_code


class CheckForm(forms.Form):
    """The code that stands on a certificate."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Twelve letters and digits, for example abcd-efgh-2345."),
    )

    def clean_code(self) -> str:
        """The code without hyphens and blanks."""
        code = plain_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("The code has twelve letters and digits. Compare it with the certificate."))
        return code


class HolderForm(forms.Form):
    """The name that stands on a certificate."""

    name = forms.CharField(
        label=_("Name on the certificate"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
