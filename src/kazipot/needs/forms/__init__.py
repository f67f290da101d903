"""Forms of M2; they check what was filled in, the operations check the rules."""

from kazipot.needs.forms.answering import CodeForm, DeleteForm, NumberForm, StepForm
from kazipot.needs.forms.campaigns import CampaignForm, QuestionnaireForm
from kazipot.needs.forms.interviews import InterviewForm, PassageForm, WithdrawInterviewForm

__all__ = [
    "CampaignForm",
    "CodeForm",
    "DeleteForm",
    "InterviewForm",
    "NumberForm",
    "PassageForm",
    "QuestionnaireForm",
    "StepForm",
    "WithdrawInterviewForm",
]
