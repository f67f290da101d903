"""Forms of M1; they check what was typed, the operations check the rules."""

from kazipot.advisors.forms.appointments import AppointForm, EndForm, PersonField, ReplaceForm
from kazipot.advisors.forms.contact import (
    AnnounceForm,
    AnswerForm,
    AskForm,
    AssignForm,
    CallForm,
    FinishForm,
    MeetingForm,
    MinutesForm,
    PassOnForm,
)
from kazipot.advisors.forms.nominations import AgreeForm, BecauseForm, ConfirmForm, NominateForm, TemplateForm
from kazipot.advisors.forms.notes import DigestForm, FateForm, NoteForm
from kazipot.advisors.forms.requirements import EndExceptionForm, ExceptionForm, RuleForm, StepForm, StepForms

__all__ = [
    "AgreeForm",
    "AnnounceForm",
    "AnswerForm",
    "AppointForm",
    "AskForm",
    "AssignForm",
    "BecauseForm",
    "CallForm",
    "ConfirmForm",
    "DigestForm",
    "EndExceptionForm",
    "EndForm",
    "ExceptionForm",
    "FateForm",
    "FinishForm",
    "MeetingForm",
    "MinutesForm",
    "NominateForm",
    "NoteForm",
    "PassOnForm",
    "PersonField",
    "ReplaceForm",
    "RuleForm",
    "StepForm",
    "StepForms",
    "TemplateForm",
]
