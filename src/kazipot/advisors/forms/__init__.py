"""Forms of M1; they check what was typed, the operations check the rules."""

from kazipot.advisors.forms.appointments import AppointForm, EndForm, PersonField, ReplaceForm
from kazipot.advisors.forms.nominations import AgreeForm, BecauseForm, ConfirmForm, NominateForm, TemplateForm
from kazipot.advisors.forms.requirements import EndExceptionForm, ExceptionForm, RuleForm, StepForm, StepForms

__all__ = [
    "AgreeForm",
    "AppointForm",
    "BecauseForm",
    "ConfirmForm",
    "EndExceptionForm",
    "EndForm",
    "ExceptionForm",
    "NominateForm",
    "PersonField",
    "ReplaceForm",
    "RuleForm",
    "StepForm",
    "StepForms",
    "TemplateForm",
]
