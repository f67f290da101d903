"""Forms for planning interviews, inviting to them, and for what is asked and agreed to."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.ui.widgets import DateInput, TimeInput
from kazipot.needs.choices import InterviewMode
from kazipot.needs.queries import GuideQuestion
from kazipot.organisation.queries import UnitOnDay

MOST_INVITED = 50
MOST_QUESTIONS = 20
EMPTY_QUESTIONS = 2


class PlanInterviewForm(forms.Form):
    """Where, when and with how many people."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    day = forms.DateField(label=_("Day of the interview"), widget=DateInput())
    hour = forms.TimeField(label=_("Hour"), widget=TimeInput(), input_formats=["%H:%M", "%H:%M:%S"])
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=10, max_value=240, initial=60)
    place = forms.CharField(label=_("Place, or the link to the online meeting"), max_length=300)
    form = forms.ChoiceField(label=_("With one person or with several"), choices=InterviewMode.choices)
    people = forms.IntegerField(label=_("Number of people"), min_value=1, max_value=MOST_INVITED, initial=1)
    language = forms.ChoiceField(label=_("Language of the talk"), choices=[("sl", "slovenščina"), ("en", "English")])
    contact = forms.CharField(
        label=_("Whom to ask"),
        max_length=200,
        help_text=_("A name with a telephone number or an e-mail address; it stands on the invitation."),
    )

    def __init__(self, data: Any = None, *, units: Iterable[UnitOnDay], today: date, contact: str) -> None:
        super().__init__(data, initial={"day": today, "hour": time(9), "contact": contact})
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((unit.id, f"{unit.employer_code} {unit.code} {unit.name}") for unit in units),
        ]

    def starts_at(self) -> datetime:
        """The moment that was chosen, in the city's time."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class RescheduleForm(forms.Form):
    """Another time or place of a planned interview."""

    day = forms.DateField(label=_("Day of the interview"), widget=DateInput())
    hour = forms.TimeField(label=_("Hour"), widget=TimeInput(), input_formats=["%H:%M", "%H:%M:%S"])
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=10, max_value=240)
    place = forms.CharField(label=_("Place, or the link to the online meeting"), max_length=300)

    def __init__(self, data: Any = None, *, starts_at: datetime, minutes: int, place: str) -> None:
        local = timezone.localtime(starts_at)
        initial = {"day": local.date(), "hour": local.time(), "minutes": minutes, "place": place}
        super().__init__(data, initial=initial)

    def starts_at(self) -> datetime:
        """The moment that was chosen, in the city's time."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class InviteForm(forms.Form):
    """Whom to invite: named people, or whom the head of the unit chooses."""

    PEOPLE, HEAD = "people", "head"
    who = forms.ChoiceField(
        label=_("Who is invited"),
        choices=[(PEOPLE, _("people whom I name")), (HEAD, _("the head of the unit chooses"))],
        widget=forms.RadioSelect(),
        initial=PEOPLE,
    )
    called = forms.CharField(
        label=_("Personnel numbers or e-mail addresses"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line. Numbers are those of the unit's employer. They are not kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Named people are named."""
        told = super().clean() or {}
        words = told.get("called", "").replace(",", "\n").replace(";", "\n").split()
        told["called"] = words
        if told.get("who") == self.PEOPLE and not words:
            self.add_error("called", _("Name at least one person, or let the head of the unit choose."))
        if len(words) > MOST_INVITED:
            self.add_error("called", _("Invite at most 50 people at once."))
        return told


class CancelInterviewForm(forms.Form):
    """Why it won't be held."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class GuideQuestionForm(forms.Form):
    """A question of a guide. The key of one that was asked before stays; a row without texts is left out."""

    key = forms.SlugField(
        label=_("Key"), max_length=40, required=False,
        help_text=_("A short word for this question; it stays the same from year to year."),
    )  # fmt: skip
    text_sl = forms.CharField(label=_("Question in Slovenian"), max_length=500, required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=500, required=False)
    prompt_sl = forms.CharField(label=_("Prompt in Slovenian"), max_length=500, required=False)
    prompt_en = forms.CharField(label=_("Prompt in English"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("key"):
            self.fields["key"].widget = forms.HiddenInput()
        for name in ("text_sl", "text_en", "prompt_sl", "prompt_en"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})

    def is_empty(self) -> bool:
        """Whether the question is left out."""
        return not any(self.cleaned_data.get(name) for name in ("text_sl", "text_en"))

    def clean(self) -> dict[str, Any]:
        """A question has both languages and a key."""
        told = super().clean() or {}
        if any(told.get(name) for name in ("text_sl", "text_en")):
            for name in ("key", "text_sl", "text_en"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in, or clear both questions to leave it out."))
        return told

    def question(self) -> GuideQuestion:
        """What was filled in."""
        told = self.cleaned_data
        return GuideQuestion(
            told["key"], told["text_sl"], told["text_en"], told.get("prompt_sl", ""), told.get("prompt_en", "")
        )


class GuideForm:
    """The questions of a guide, one form each, and empty ones for new questions."""

    def __init__(self, data: Any = None, *, questions: Iterable[GuideQuestion]) -> None:
        factory = forms.formset_factory(
            GuideQuestionForm, extra=EMPTY_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS
        )
        initial = [
            {
                "key": one.key,
                "text_sl": one.text_sl,
                "text_en": one.text_en,
                "prompt_sl": one.prompt_sl,
                "prompt_en": one.prompt_en,
            }
            for one in questions
        ]
        self.formset = factory(data, initial=initial, prefix="question")

    def is_valid(self) -> bool:
        """Whether every question is whole."""
        return bool(self.formset.is_valid())

    def questions(self) -> list[GuideQuestion]:
        """What was filled in, in order."""
        return [form.question() for form in self.formset if form.cleaned_data and not form.is_empty()]


class ConsentForm(forms.Form):
    """What people agree to, in both languages; an empty line begins a new paragraph."""

    text_sl = forms.CharField(label=_("Text in Slovenian"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 12}))
    text_en = forms.CharField(label=_("Text in English"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 12}))
