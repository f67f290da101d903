"""Forms on a provider's own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.training.choices import CourseMode, Language
from kazipot.training.forms.supply import EUROS


class BidForm(forms.Form):
    """An offer for a course that is needed."""

    price_fixed = forms.DecimalField(label=_("Price of a session in euros without VAT"), min_value=0, **EUROS)
    price_per_head = forms.DecimalField(
        label=_("Price for each person in euros without VAT"), min_value=0, initial=0, **EUROS
    )
    seats = forms.IntegerField(label=_("Most people in a session"), min_value=1, max_value=10_000)
    hours = forms.DecimalField(label=_("Hours"), min_value=0.5, max_digits=5, decimal_places=1)
    mode = forms.ChoiceField(label=_("Mode"), choices=CourseMode.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    accessibility = forms.CharField(
        label=_("Accessibility"),
        max_length=300,
        required=False,
        help_text=_("For example: room without steps, subtitles, materials for screen readers."),
    )
    valid_until = forms.DateField(label=_("Offer valid until"), widget=DateInput())
    note = forms.CharField(label=_("Note"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 4}))
    file = forms.FileField(
        label=_("Offer as a file"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel, OpenDocument, PNG or JPEG, at most 10 MB."),
    )

    def clean(self) -> dict[str, Any]:
        """An offer has a price."""
        told = super().clean() or {}
        if told.get("price_fixed") == 0 and told.get("price_per_head") == 0 and not told.get("note"):
            self.add_error("price_fixed", _("Write a price; if the course is free, say so in the note."))
        return told


class TimetableForm(forms.Form):
    """A filled-in template."""

    file = forms.FileField(label=_("Timetable (the template, XLSX)"))


class MaterialForm(forms.Form):
    """Something for those who take part."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel, OpenDocument, PNG or JPEG, at most 10 MB."),
    )
    link = forms.URLField(label=_("Or a link"), max_length=500, required=False, help_text=_("It begins with https://."))

    def clean_link(self) -> str:
        """Links go to web pages, protected on the way."""
        link = str(self.cleaned_data["link"])
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return link


class InvoiceForm(forms.Form):
    """The reference of an invoice."""

    reference = forms.CharField(label=_("Number of the invoice"), max_length=60)
    issued_on = forms.DateField(label=_("Issued on"), widget=DateInput())
    amount = forms.DecimalField(label=_("Amount in euros without VAT"), min_value=0.01, **EUROS)
