"""Records of M2. Answers belong to one person: only that person and the sums ever see them."""

from kazipot.needs.models.anonymous import AnonymousAnswers, SealedAnswers
from kazipot.needs.models.answer_files import AnswerMapping, AnswerUpload
from kazipot.needs.models.guides import ConsentText, InterviewGuide
from kazipot.needs.models.interviews import (
    Coding,
    CodingCompetence,
    Interview,
    Passage,
    PlannedInterview,
    Quote,
)
from kazipot.needs.models.priorities import Importance
from kazipot.needs.models.questionnaires import Questionnaire, QuestionnaireVersion
from kazipot.needs.models.surveys import (
    Analysis,
    Answer,
    Campaign,
    DeletedAnswers,
    Invitation,
    ItemAnswer,
    ReminderLink,
    Response,
    StatedNeed,
)

__all__ = [
    "Analysis",
    "AnonymousAnswers",
    "Answer",
    "AnswerMapping",
    "AnswerUpload",
    "Campaign",
    "Coding",
    "CodingCompetence",
    "ConsentText",
    "DeletedAnswers",
    "Importance",
    "Interview",
    "InterviewGuide",
    "Invitation",
    "ItemAnswer",
    "Passage",
    "PlannedInterview",
    "Questionnaire",
    "QuestionnaireVersion",
    "Quote",
    "ReminderLink",
    "Response",
    "SealedAnswers",
    "StatedNeed",
]
