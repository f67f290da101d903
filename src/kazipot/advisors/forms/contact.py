"""Forms of questions, announcements, tasks and meetings."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput, TimeInput
from kazipot.organisation.models import Person
from kazipot.organisation.queries import UnitOnDay


class AskForm(forms.Form):
    """A question, and to whom."""

    whom = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Your question"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, data: Any = None, *, whom: Iterable[tuple[str, str]]) -> None:
        offered = list(whom)
        super().__init__(data, initial={"whom": offered[0][0]})
        field: Any = self.fields["whom"]
        field.choices = offered


class AnswerForm(forms.Form):
    """The next message of a thread."""

    text = forms.CharField(label=_("Your message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


class PassOnForm(forms.Form):
    """Who answers instead."""

    holder = forms.TypedChoiceField(
        label=_("To whom"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, others: Iterable[tuple[int, str]]) -> None:
        super().__init__(data, initial={"holder": ""})
        field: Any = self.fields["holder"]
        field.choices = [("", _("Digitalisation Service")), *others]


class AnnounceForm(forms.Form):
    """What all advisors are told."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))


class AssignForm(forms.Form):
    """A task for advisors."""

    title = forms.CharField(label=_("Task"), max_length=200)
    text = forms.CharField(
        label=_("What is to be done"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(label=_("Due on"), widget=DateInput())
    units = forms.TypedMultipleChoiceField(
        label=_("Advisors of these units"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one advisor.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay]) -> None:
        offered = list(units)
        super().__init__(data, initial={"units": [unit.id for unit in offered]})
        field: Any = self.fields["units"]
        field.choices = [(unit.id, unit.name) for unit in offered]


class FinishForm(forms.Form):
    """What was done."""

    note = forms.CharField(
        label=_("What was done"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MeetingForm(forms.Form):
    """When and where a meeting is, and what it is about."""

    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=DateInput())
    starts = forms.TimeField(label=_("Begins"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput())
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, or the address of a video call.")
    )
    agenda = forms.CharField(
        label=_("Agenda"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def span(self) -> tuple[datetime, datetime]:
        """Begin and end, in the city's time."""
        told, zone = self.cleaned_data, timezone.get_current_timezone()
        begin, end = (datetime.combine(told["day"], told[name], tzinfo=zone) for name in ("starts", "ends"))
        return begin, end


class CallForm(MeetingForm):
    """A meeting, and who is invited."""

    advisors = forms.TypedMultipleChoiceField(
        label=_("Invited"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one advisor.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, people: Iterable[Person], today: date) -> None:
        offered = list(people)
        super().__init__(data, initial={"advisors": [person.pk for person in offered], "day": today})
        field: Any = self.fields["advisors"]
        field.choices = [(person.pk, person.name) for person in offered]


class MinutesForm(forms.Form):
    """What was said, and who was there."""

    minutes = forms.CharField(label=_("Minutes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}))
    attended = forms.TypedMultipleChoiceField(
        label=_("Who was there"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, people: Iterable[Person], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field: Any = self.fields["attended"]
        field.choices = [(person.pk, person.name) for person in people]
