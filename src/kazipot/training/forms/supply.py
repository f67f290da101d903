"""Forms about providers, contracts, offers sought and the catalogue's files."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.training.choices import ContractKind, CourseMode, Language, PriceUnit, ProviderKind
from kazipot.training.forms import LEVELS, NOTHING
from kazipot.training.models import Contract, Provider
from kazipot.training.queries import Compared

EUROS: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}
PRICES = 4
"""So many prices may be written with a contract."""


class ChangeProviderForm(forms.Form):
    """A provider's name and kind."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProviderKind.choices)


class ContactForm(forms.Form):
    """Somebody at a provider to write to."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)


class ContractForm(forms.Form):
    """A contract or framework agreement with its prices."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContractKind.choices)
    reference = forms.CharField(label=_("Reference"), max_length=60)
    title = forms.CharField(label=_("Subject"), max_length=200)
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput())
    valid_from = forms.DateField(label=_("First day in force"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day in force"), widget=DateInput())
    budget = forms.DecimalField(label=_("Budget in euros without VAT"), min_value=1, **EUROS)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for place in range(1, PRICES + 1):
            self.fields[f"what_{place}"] = forms.CharField(
                label=_("Price %(number)s: what for") % {"number": place}, max_length=200, required=False
            )
            self.fields[f"unit_{place}"] = forms.ChoiceField(
                label=_("Price %(number)s: for") % {"number": place}, choices=PriceUnit.choices
            )
            self.fields[f"price_{place}"] = forms.DecimalField(
                label=_("Price %(number)s in euros without VAT") % {"number": place},
                min_value=0, required=False, **EUROS,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A price has words, and words have a price."""
        told = super().clean() or {}
        for place in range(1, PRICES + 1):
            what, price = told.get(f"what_{place}"), told.get(f"price_{place}")
            if what and price is None and f"price_{place}" not in self.errors:
                self.add_error(f"price_{place}", _("Write the price, or leave all of this price empty."))
            if not what and price is not None:
                self.add_error(f"what_{place}", _("Say what the price is for, or leave all of it empty."))
        return told

    def prices(self) -> list[tuple[str, str, Any]]:
        """(what for, unit, price) of those that were written."""
        told = self.cleaned_data
        return [
            (told[f"what_{n}"], told[f"unit_{n}"], told[f"price_{n}"])
            for n in range(1, PRICES + 1)
            if told.get(f"what_{n}")
        ]


class AnnexForm(forms.Form):
    """What an annex changes of a contract."""

    title = forms.CharField(label=_("Subject"), max_length=200)
    last_day = forms.DateField(label=_("Last day in force"), widget=DateInput())
    budget = forms.DecimalField(label=_("Budget in euros without VAT"), min_value=1, **EUROS)


class InquiryForm(forms.Form):
    """A course that is needed, and who is asked for an offer."""

    title = forms.CharField(label=_("What is needed"), max_length=200)
    description = forms.CharField(
        label=_("Description"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 5})
    )
    competences = forms.TypedMultipleChoiceField(
        label=_("Competences"), coerce=int, widget=forms.CheckboxSelectMultiple()
    )
    from_level = forms.TypedChoiceField(label=_("From the level"), coerce=int, choices=LEVELS[:-1], initial=1)
    to_level = forms.TypedChoiceField(label=_("To the level"), coerce=int, choices=LEVELS[1:], initial=2)
    mode = forms.ChoiceField(label=_("Mode"), choices=CourseMode.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    seats = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=20_000)
    deadline = forms.DateField(label=_("Last day for offers"), widget=DateInput())
    estimated_value = forms.DecimalField(label=_("Estimated value in euros without VAT"), min_value=1, **EUROS)
    is_special_service = forms.BooleanField(
        label=_("It is education, a special service by the Public Procurement Act (CPV 80…)"),
        required=False,
        help_text=_("Have the procurement office confirm it; needed from the threshold for ordinary services on."),
    )
    providers = forms.TypedMultipleChoiceField(
        label=_("Providers to ask"), coerce=int, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(
        self, data: Any = None, *, providers: Iterable[Provider], competences: Iterable[CompetenceItem]
    ) -> None:
        super().__init__(data)
        self.fields["providers"].choices = [(row.pk, row.name) for row in providers]  # type: ignore[attr-defined]
        self.fields["competences"].choices = [  # type: ignore[attr-defined]
            (item.id, f"{item.code} {item.name}") for item in competences
        ]

    def clean(self) -> dict[str, Any]:
        """A course raises the level."""
        told = super().clean() or {}
        if "from_level" in told and "to_level" in told and told["to_level"] <= told["from_level"]:
            self.add_error("to_level", _("Choose a higher level than the first one."))
        return told


class DecisionForm(forms.Form):
    """Which offer is chosen, and why."""

    bid = forms.TypedChoiceField(label=_("Chosen offer"), coerce=int, widget=forms.RadioSelect())
    reasons = forms.CharField(label=_("Reasons"), max_length=4_000, widget=forms.Textarea({"rows": 5}))
    fewer_because = forms.CharField(
        label=_("Why fewer offers than wanted are enough"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, offers: Iterable[Compared], enough: bool) -> None:
        super().__init__(data)
        self.fields["bid"].choices = [(row.bid.pk, row.provider) for row in offers]  # type: ignore[attr-defined]
        if enough:
            del self.fields["fewer_because"]


class TakeUpForm(forms.Form):
    """The course that comes of an offer."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    title_sl = forms.CharField(label=_("Title in Slovenian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)


class SettleForm(forms.Form):
    """A timetable is accepted, paid by a contract or by none, or refused with a reason."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("Plan all of these sessions")), ("refuse", _("Refuse the timetable"))],
        widget=forms.RadioSelect(),
    )
    contract = forms.TypedChoiceField(label=_("Paid by the contract"), coerce=int, required=False, empty_value=None)
    because = forms.CharField(label=_("Reason of a refusal"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, contracts: Iterable[Contract]) -> None:
        super().__init__(data)
        self.fields["contract"].choices = [NOTHING, *((row.pk, str(row)) for row in contracts)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who refuses says why."""
        told = super().clean() or {}
        if told.get("answer") == "refuse" and not told.get("because"):
            self.add_error("because", _("Say why, so that the provider can send a better one."))
        return told


class CatalogueForm(forms.Form):
    """A file with an external catalogue."""

    file = forms.FileField(label=_("Catalogue (CSV or XLSX)"))


class ConfirmCatalogueForm(forms.Form):
    """That the changes, as they were shown, are meant."""

    shown = forms.CharField(widget=forms.HiddenInput())


class NoFieldsForm(forms.Form):
    """A question that is answered by its button."""
