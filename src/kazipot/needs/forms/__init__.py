"""Forms of M2; they check what was filled in, the operations check the rules."""

from kazipot.needs.forms.analyses import (
    PublishForm,
)
from kazipot.needs.forms.answer_files import (
    AnswerFileForm,
    ColumnsForm,
    MappingNameForm,
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
from kazipot.needs.forms.interview_plans import (
    CancelInterviewForm,
    ConsentForm,
    GuideForm,
    InviteForm,
    PlanInterviewForm,
    RescheduleForm,
)
from kazipot.needs.forms.interviews import (
    InterviewForm,
    PassageForm,
    QuoteForm,
    WithdrawInterviewForm,
)
from kazipot.needs.forms.priorities import ImportanceForm

__all__ = [
    "AnswerFileForm",
    "CampaignForm",
    "CancelInterviewForm",
    "CodeForm",
    "ColumnsForm",
    "ConsentForm",
    "DeleteForm",
    "GuideForm",
    "ImportanceForm",
    "InterviewForm",
    "InviteForm",
    "MappingNameForm",
    "NumberForm",
    "PassageForm",
    "PlanInterviewForm",
    "PublishForm",
    "QuestionnaireForm",
    "QuoteForm",
    "RescheduleForm",
    "StartFromForm",
    "StepForm",
    "TakeAnswersForm",
    "ValuesForm",
    "WithdrawInterviewForm",
    "column_groups",
]
