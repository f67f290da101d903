"""Forms of M2; they check what was filled in, the operations check the rules."""

from kazipot.needs.forms.answer_files import (
    AnswerFileForm,
    ColumnsForm,
    StartFromForm,
    TakeAnswersForm,
    ValuesForm,
    column_groups,
)
from kazipot.needs.forms.answering import (
    CodeForm,
    DeleteForm,
    NumberForm,
    StepForm,
)
from kazipot.needs.forms.campaigns import (
    CampaignForm,
    QuestionnaireForm,
)
from kazipot.needs.forms.interviews import (
    InterviewForm,
    PassageForm,
    WithdrawInterviewForm,
)

__all__ = [
    "AnswerFileForm",
    "CampaignForm",
    "CodeForm",
    "ColumnsForm",
    "DeleteForm",
    "InterviewForm",
    "NumberForm",
    "PassageForm",
    "QuestionnaireForm",
    "StartFromForm",
    "StepForm",
    "TakeAnswersForm",
    "ValuesForm",
    "WithdrawInterviewForm",
    "column_groups",
]
