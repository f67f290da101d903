"""Forms of the rules: which units must have an advisor, and who is told of vacancies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput
from kazipot.organisation.queries import UnitOnDay

MUST = [("yes", _("must have an advisor")), ("no", _("need not have an advisor"))]


class MustField(forms.TypedChoiceField):
    """Must or need not; its value is a bool."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Rule"), choices=MUST, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **kwargs
        )


class RuleForm(forms.Form):
    """The rule for a kind of unit, from a day on."""

    required = MustField()
    valid_from = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})


class ExceptionForm(forms.Form):
    """A unit that is an exception, and why."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    required = MustField()
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Everybody can read it."))
    valid_from = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        choice: Any = self.fields["unit"]
        choice.choices = [("", "—"), *((unit.id, f"{unit.name} ({unit.code})") for unit in units)]


class EndExceptionForm(forms.Form):
    """The first day on which the rule holds again."""

    on = forms.DateField(label=_("From this day the rule holds again"), widget=DateInput())

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})


class StepForm(forms.Form):
    """An office that is told of a vacancy after so many days."""

    title = forms.CharField(label=_("Office"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    after_days = forms.IntegerField(label=_("After so many days"), min_value=1, max_value=365)


StepForms = forms.formset_factory(StepForm, extra=2, max_num=6, validate_max=True)
