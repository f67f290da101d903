"""What is asked: a questionnaire as data, its expressions, what a person is shown, and what an answer may be."""

from kazipot.core.survey.questionnaire.checking import Fault, read, refusal
from kazipot.core.survey.questionnaire.definition import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    ROLES,
    WANTS_TRAINING,
    Choice,
    Item,
    Kind,
    Page,
    Questionnaire,
    Text,
    Value,
    from_data,
    to_data,
)
from kazipot.core.survey.questionnaire.expressions import Expression, ExpressionError, parse
from kazipot.core.survey.questionnaire.faults import DefinitionFault, faults_of
from kazipot.core.survey.questionnaire.versions import continued, numbered, reworded

__all__ = [
    "NEEDED_LEVEL",
    "OWN_LEVEL",
    "ROLES",
    "WANTS_TRAINING",
    "Choice",
    "DefinitionFault",
    "Expression",
    "ExpressionError",
    "Fault",
    "Item",
    "Kind",
    "Page",
    "Questionnaire",
    "Text",
    "Value",
    "continued",
    "faults_of",
    "from_data",
    "numbered",
    "parse",
    "read",
    "refusal",
    "reworded",
    "to_data",
]
