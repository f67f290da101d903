"""What is asked: a questionnaire as data, its expressions, what a person is shown, and what an answer may be."""

from kazipot.core.survey.questionnaire.checking import Fault, NotReadable, read, refusal
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
from kazipot.core.survey.questionnaire.length import most_competences, seconds
from kazipot.core.survey.questionnaire.versions import continued, numbered, reworded
from kazipot.core.survey.questionnaire.walk import (
    Asked,
    Place,
    Step,
    counted,
    fault_of,
    is_asked,
    is_complete,
    name_of,
    places,
    steps,
)

__all__ = [
    "NEEDED_LEVEL",
    "OWN_LEVEL",
    "ROLES",
    "WANTS_TRAINING",
    "Asked",
    "Choice",
    "DefinitionFault",
    "Expression",
    "ExpressionError",
    "Fault",
    "Item",
    "Kind",
    "NotReadable",
    "Page",
    "Place",
    "Questionnaire",
    "Step",
    "Text",
    "Value",
    "continued",
    "counted",
    "fault_of",
    "faults_of",
    "from_data",
    "is_asked",
    "is_complete",
    "most_competences",
    "name_of",
    "numbered",
    "parse",
    "places",
    "read",
    "refusal",
    "reworded",
    "seconds",
    "steps",
    "to_data",
]
