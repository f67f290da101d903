"""Forms of the organisation; they check what was typed, the operations check the rules."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.roles import Role
from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Employer, Employment
from kazipot.organisation.queries import UnitOnDay

NOTHING = ("", "—")


class UnitField(forms.TypedChoiceField):
    """A choice of units by code and name; its value is a unit's id."""

    def __init__(
        self, *, label: Any, units: Iterable[UnitOnDay] = (), required: bool = True, help_text: Any = ""
    ) -> None:
        super().__init__(label=label, coerce=int, required=required, empty_value=None, help_text=help_text)
        self.offer(units)

    def offer(self, units: Iterable[UnitOnDay]) -> None:
        """Fill the list."""
        self.choices = [NOTHING, *((unit.id, f"{unit.code} {unit.name}") for unit in units)]


def _offer(form: forms.Form, names: Iterable[str], units: Iterable[UnitOnDay]) -> None:
    there = list(units)
    for name in names:
        field = form.fields[name]
        if isinstance(field, UnitField):
            field.offer(there)


class EmployerForm(forms.Form):
    """An employer of the programme."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name_sl = forms.CharField(label=_("Name in Slovenian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)


class JobProfileForm(forms.Form):
    """A kind of work, across employers."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name_sl = forms.CharField(label=_("Name in Slovenian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    family = forms.CharField(label=_("Job family"), max_length=64, required=False)


class ChangeUnitForm(forms.Form):
    """What a unit is called and of which kind it is from a day on."""

    name_sl = forms.CharField(label=_("Name in Slovenian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    must_have_advisor = forms.BooleanField(label=_("The unit must have a digital advisor"), required=False)
    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, unit: UnitOnDay, today: date) -> None:
        present = {
            "name_sl": unit.name_sl,
            "name_en": unit.name_en,
            "kind": unit.kind,
            "must_have_advisor": unit.must_have_advisor,
        }
        super().__init__(data, initial={**present, "on": today})


class NewUnitForm(forms.Form):
    """A unit that begins on a day."""

    code = forms.SlugField(label=_("Code"), max_length=32)
    name_sl = forms.CharField(label=_("Name in Slovenian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    must_have_advisor = forms.BooleanField(label=_("The unit must have a digital advisor"), required=False)
    parent = UnitField(label=_("Superior unit"), required=False)
    valid_from = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date, below: str = "") -> None:
        there = list(units)
        parent = next((unit.id for unit in there if unit.code == below), None)
        super().__init__(data, initial={"valid_from": today, "parent": parent})
        _offer(self, ["parent"], there)


class MoveUnitForm(forms.Form):
    """Where a unit hangs from a day on."""

    parent = UnitField(label=_("Superior unit"), required=False)
    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date) -> None:
        super().__init__(data, initial={"on": today})
        _offer(self, ["parent"], units)


class MergeUnitForm(forms.Form):
    """Into which unit another one goes."""

    into = UnitField(label=_("Into the unit"))
    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date) -> None:
        super().__init__(data, initial={"on": today})
        _offer(self, ["into"], units)


class SplitUnitForm(forms.Form):
    """To which two units a unit's people go."""

    first = UnitField(label=_("First new unit"))
    second = UnitField(label=_("Second new unit"))
    to_second = forms.TypedMultipleChoiceField(
        label=_("Who goes to the second one"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    on = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(
        self, data: Any = None, *, units: Iterable[UnitOnDay], staying: Iterable[Employment], named: bool, today: date
    ) -> None:
        super().__init__(data, initial={"on": today})
        _offer(self, ["first", "second"], units)
        self.fields["to_second"].choices = [  # type: ignore[attr-defined]
            (job.pk, f"{job.person.name if named else job.person.key}, {job.post.title}") for job in staying
        ]

    def clean(self) -> dict[str, Any]:
        """Two units, not one twice."""
        told = super().clean() or {}
        if told.get("first") is not None and told.get("first") == told.get("second"):
            self.add_error("second", _("Choose another unit than the first one."))
        return told


class CloseUnitForm(forms.Form):
    """When a unit is no more."""

    on = forms.DateField(label=_("First day without the unit"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class RosterForm(forms.Form):
    """A roster, and the day it speaks of."""

    file = forms.FileField(
        label=_("Roster (CSV or XLSX)"), help_text=_("Everybody whom the employer employs on the day, one job a row.")
    )
    as_of = forms.DateField(label=_("The roster is as of"), widget=DateInput())

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"as_of": today})


class ConfirmRosterForm(forms.Form):
    """That the changes of a roster, as they were shown, are meant."""

    shown = forms.CharField(widget=forms.HiddenInput())
    confirm_leavers = forms.BooleanField(
        label=_("The roster is complete, even if more than 10 % of the employees leave"), required=False
    )

    def __init__(self, data: Any = None, *, shown: str, many_leave: bool) -> None:
        super().__init__(data, initial={"shown": shown})
        if not many_leave:
            del self.fields["confirm_leavers"]


class GrantRoleForm(forms.Form):
    """Who gets which role where."""

    username = forms.CharField(label=_("User name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"))
    employer = forms.TypedChoiceField(label=_("Employer"), coerce=int)
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=32,
        required=False,
        help_text=_("For a head of unit and a digital advisor; the role then reaches the units below it too."),
    )
    valid_from = forms.DateField(label=_("From the day"), widget=DateInput())

    def __init__(self, data: Any = None, *, employers: Iterable[Employer], today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in Role.choices if choice[0] != Role.EMPLOYEE
        ]
        self.fields["employer"].choices = [(row.pk, row.name) for row in employers]  # type: ignore[attr-defined]


class EndRoleForm(forms.Form):
    """When a role ends."""

    on = forms.DateField(label=_("First day without the role"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class AccountForm(forms.Form):
    """An account to sign in with, of an employee or of somebody else (an auditor, a trainer from outside)."""

    username = forms.SlugField(label=_("User name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("sl", "slovenščina"), ("en", "English")])
    employer = forms.TypedChoiceField(label=_("Employer"), coerce=int, required=False, empty_value=None)
    personnel_number = forms.CharField(
        label=_("Personnel number"),
        max_length=32,
        required=False,
        help_text=_("Only for an employee: the account is then theirs."),
    )
    password = forms.CharField(
        label=_("First password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, data: Any = None, *, employers: Iterable[Employer]) -> None:
        super().__init__(data)
        choices = [NOTHING, *((row.pk, row.name) for row in employers)]
        self.fields["employer"].choices = choices  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        """As strong as the settings ask."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
