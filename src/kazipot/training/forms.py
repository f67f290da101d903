"""Forms of M3; they check what was typed, the operations check the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.training.models import SeatOffer


class OfferSeatsForm(forms.Form):
    """How many seats to offer."""

    limit = forms.IntegerField(label=_("Number of seats to offer"), min_value=1)


class AttendanceForm(forms.Form):
    """Who of those with a seat was present."""

    present = forms.TypedMultipleChoiceField(
        label=_("Present"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, data: Any = None, *, offers: Iterable[SeatOffer], named: bool) -> None:
        super().__init__(data)
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (offer.person_id, offer.person.name if named else offer.person.key) for offer in offers
        ]


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    because = forms.CharField(label=_("Reason"), max_length=200)
