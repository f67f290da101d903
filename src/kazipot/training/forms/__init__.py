"""Forms of M3; they check what was typed, the operations check the rules."""

from collections.abc import Collection, Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.models import User
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.foundation.ui.widgets import DateInput, TimeInput
from kazipot.framework.queries import CompetenceItem
from kazipot.training.choices import Agreement, CourseMode, Language, ProviderKind, Shift, Statement, UseInUnit
from kazipot.training.models import Contract, Course, Provider, SeatOffer, Session

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
    mode = forms.ChoiceField(label=_("Mode"), choices=CourseMode.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    hours = forms.DecimalField(label=_("Hours"), min_value=0.5, max_digits=5, decimal_places=1, required=False)
    prerequisites = forms.CharField(
        label=_("Prerequisites"), max_length=300, required=False, help_text=_("What one has to know before.")
    )
    accessibility = forms.CharField(
        label=_("Accessibility"),
        max_length=300,
        required=False,
        help_text=_("For example: room without steps, subtitles, materials for screen readers."),
    )
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
        """A course raises the level; without a word on it, it is held in a room and in Slovenian."""
        told = super().clean() or {}
        told["mode"] = told.get("mode") or CourseMode.ROOM
        told["language"] = told.get("language") or Language.SLOVENIAN
        if "from_level" in told and "to_level" in told and told["to_level"] <= told["from_level"]:
            self.add_error("to_level", _("Choose a higher level than the first one."))
        return told


class SessionForm(forms.Form):
    """When and where a course takes place, for how many people."""

    course = forms.TypedChoiceField(label=_("Course"), coerce=int)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    begins_at = forms.TimeField(label=_("Begins at"), widget=TimeInput(), required=False, initial=time(9))
    closes_at = forms.TimeField(label=_("Ends at"), widget=TimeInput(), required=False, initial=time(14))
    place = forms.CharField(label=_("Place"), max_length=200)
    room = forms.CharField(label=_("Room"), max_length=100, required=False)
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices, required=False)
    in_working_time = forms.BooleanField(label=_("In working time"), required=False, initial=True)
    is_accessible = forms.BooleanField(label=_("Accessible without barriers"), required=False, initial=True)
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
    free_cancellation_days = forms.IntegerField(
        label=_("Cancelled free of charge until so many days before"), min_value=0, max_value=90, required=False
    )
    late_cancellation_share = forms.IntegerField(
        label=_("Due when cancelled later, in per cent of the price"), min_value=0, max_value=100, required=False
    )
    contract = forms.TypedChoiceField(label=_("Paid by the contract"), coerce=int, required=False, empty_value=None)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    trainer = forms.TypedChoiceField(
        label=_("Trainer"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Who records the attendance, if not the Digitalisation Service."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        courses: Iterable[Course],
        trainers: Iterable[User],
        contracts: Iterable[Contract],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["contract"].choices = [  # type: ignore[attr-defined]
            NOTHING,
            *((row.pk, f"{row.provider.name}, {row}") for row in contracts),
        ]
        self.fields["course"].choices = [(row.pk, row.title) for row in courses]  # type: ignore[attr-defined]
        self.fields["trainer"].choices = [  # type: ignore[attr-defined]
            NOTHING,
            *((row.pk, row.get_full_name() or row.username) for row in trainers),
        ]

    def clean(self) -> dict[str, Any]:
        """What was left empty is as usual: from nine to two, any shift, cancelled free of charge."""
        told = super().clean() or {}
        usual = {"begins_at": time(9), "closes_at": time(14), "shift": Shift.ANY}
        for name, value in {**usual, "free_cancellation_days": 0, "late_cancellation_share": 0}.items():
            told[name] = told.get(name) or value
        return told


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


class EvaluationForm(forms.Form):
    """How far somebody agrees with each statement, and words if they like."""

    def __init__(self, data: Any = None, *, statements: Iterable[Statement]) -> None:
        super().__init__(data)
        for statement in statements:
            self.fields[str(statement)] = forms.TypedChoiceField(
                label=statement.label, coerce=int, choices=Agreement.choices, widget=forms.RadioSelect()
            )
        self.fields["comment"] = forms.CharField(
            label=_("What should be different?"), max_length=1000, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("As you like. Do not write names, nor anything that tells who you are."),
        )  # fmt: skip


class EvaluationCodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code from the slip"), max_length=64,
        help_text=_("For example abcd-efgh-2345. Capital letters, spaces and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class UnitAnswerForm(forms.Form):
    """How many of a unit's people use what they learnt."""

    answer = forms.TypedChoiceField(
        label=_("How many of them use at work what they learnt?"), coerce=int, choices=UseInUnit.choices,
        widget=forms.RadioSelect(),
    )  # fmt: skip


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
    least_rating = forms.DecimalField(
        label=_("Leave out courses that people rated below"),
        min_value=1,
        max_value=5,
        max_digits=2,
        decimal_places=1,
        required=False,
        help_text=_("From 1 to 5, by the evaluation. Empty: ratings do not matter. Courses without a rating stay in."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**53 - 1,
        required=False,
        help_text=_("Ties are broken by lots drawn from this number. The same number gives the same plan."),
    )


class CopyForm(PlanForm):
    """A what-if copy of a plan: another budget, other rules, fewer sessions."""

    left_out = forms.TypedMultipleChoiceField(
        label=_("Sessions to leave out"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, data: Any = None, *, sessions: Iterable[Session], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["left_out"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.course.title}, {day(row.starts_on)}") for row in sessions
        ]
