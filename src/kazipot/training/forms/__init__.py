"""Forms of M3; they check what was typed, the operations check the rules."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.models import User
from kazipot.foundation.ui.widgets import DateInput
from kazipot.framework.queries import CompetenceItem
from kazipot.training.choices import Language, ProviderKind
from kazipot.training.forms.running import (
    AttendanceFileForm as AttendanceFileForm,
)
from kazipot.training.forms.running import (
    ChangeSessionForm as ChangeSessionForm,
)
from kazipot.training.forms.running import (
    CorrectionForm as CorrectionForm,
)
from kazipot.training.forms.running import (
    DeskForm as DeskForm,
)
from kazipot.training.forms.running import (
    GiveUpForm as GiveUpForm,
)
from kazipot.training.forms.running import (
    ObjectForm as ObjectForm,
)
from kazipot.training.forms.running import (
    PublishForm as PublishForm,
)
from kazipot.training.forms.running import (
    SeatCodeForm as SeatCodeForm,
)
from kazipot.training.forms.running import (
    SwapForm as SwapForm,
)
from kazipot.training.models import Course, Provider, SeatOffer

NOTHING = ("", "—")
LEVELS = [
    (0, _("none")),
    (1, _("basic")),
    (2, _("intermediate")),
    (3, _("advanced")),
    (4, _("highly advanced")),
]


class ProviderForm(forms.Form):
    """Somebody who gives training."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProviderKind.choices)


class CourseForm(forms.Form):
    """What can be learnt, from whom, and from which level to which."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    title_sl = forms.CharField(label=_("Title in Slovenian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    provider = forms.TypedChoiceField(label=_("Provider"), coerce=int)
    competences = forms.TypedMultipleChoiceField(
        label=_("Competences"), coerce=int, widget=forms.CheckboxSelectMultiple()
    )
    from_level = forms.TypedChoiceField(label=_("From the level"), coerce=int, choices=LEVELS[:-1], initial=1)
    to_level = forms.TypedChoiceField(label=_("To the level"), coerce=int, choices=LEVELS[1:], initial=2)
    is_digital_security = forms.BooleanField(label=_("Counts as training in digital security"), required=False)

    def __init__(
        self, data: Any = None, *, providers: Iterable[Provider], competences: Iterable[CompetenceItem]
    ) -> None:
        super().__init__(data)
        self.fields["provider"].choices = [(row.pk, row.name) for row in providers]  # type: ignore[attr-defined]
        self.fields["competences"].choices = [  # type: ignore[attr-defined]
            (item.id, f"{item.code} {item.name}") for item in competences
        ]

    def clean(self) -> dict[str, Any]:
        """A course raises the level."""
        told = super().clean() or {}
        if "from_level" in told and "to_level" in told and told["to_level"] <= told["from_level"]:
            self.add_error("to_level", _("Choose a higher level than the first one."))
        return told


class SessionForm(forms.Form):
    """When and where a course takes place, for how many people."""

    course = forms.TypedChoiceField(label=_("Course"), coerce=int)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    place = forms.CharField(label=_("Place"), max_length=200)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000)
    min_people = forms.IntegerField(
        label=_("Least number of people"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_("With fewer the session is not held."),
    )
    price_fixed = forms.DecimalField(
        label=_("Price of the session in euros"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    price_per_head = forms.DecimalField(
        label=_("Price for each person in euros"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    trainer = forms.TypedChoiceField(
        label=_("Trainer"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Who records the attendance, if not the Digitalisation Service."),
    )

    def __init__(
        self, data: Any = None, *, courses: Iterable[Course], trainers: Iterable[User], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["course"].choices = [(row.pk, row.title) for row in courses]  # type: ignore[attr-defined]
        self.fields["trainer"].choices = [  # type: ignore[attr-defined]
            NOTHING,
            *((row.pk, row.get_full_name() or row.username) for row in trainers),
        ]


class OfferSeatsForm(forms.Form):
    """How many seats to offer."""

    limit = forms.IntegerField(label=_("Number of seats to offer"), min_value=1)


class AttendanceForm(forms.Form):
    """Who of those with a seat was present."""

    present = forms.TypedMultipleChoiceField(
        label=_("Present"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )

    because = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        required=False,
        help_text=_("The attendance is recorded already. The reason is kept beside the correction."),
    )

    def __init__(
        self, data: Any = None, *, offers: Iterable[SeatOffer], named: bool, present: Collection[int] | None = None
    ) -> None:
        """`present`: who is noted already, if the attendance is being corrected."""
        super().__init__(data, initial={"present": [*(present or ())]})
        if present is None:
            del self.fields["because"]
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (offer.person_id, offer.person.name if named else offer.person.key) for offer in offers
        ]


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    because = forms.CharField(label=_("Reason"), max_length=200)


class PlanForm(forms.Form):
    """Which year is planned, with how much money and by which rules."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    budget = forms.DecimalField(label=_("Budget in euros"), min_value=1, max_digits=12, decimal_places=2)
    max_offers = forms.IntegerField(label=_("Most seats for one person"), min_value=1, max_value=20, initial=2)
    absent = forms.IntegerField(
        label=_("Most people of a unit away on one day, in per cent"),
        min_value=0,
        max_value=100,
        initial=20,
        help_text=_("One person may always be away."),
    )
    notice_days = forms.IntegerField(
        label=_("Days between the offer and the session, at least"), min_value=1, max_value=180, initial=7
    )
    least = forms.IntegerField(
        label=_("Demand: reach at least so many per cent of the people"),
        min_value=1,
        max_value=100,
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**53 - 1,
        required=False,
        help_text=_("Ties are broken by lots drawn from this number. The same number gives the same plan."),
    )
