"""Answers collected with another survey tool: what its columns mean, and what its cells say."""

from kazipot.core.survey.collected.cells import (
    is_missing,
    moment_of,
    parts_of,
    ticked,
    translated,
    understood_by_label,
)
from kazipot.core.survey.collected.headings import has_label_row, proposed_columns, recognised
from kazipot.core.survey.collected.mapping import (
    CODE,
    EMAIL,
    EMPLOYER,
    LIMESURVEY,
    MOMENT,
    MS_FORMS,
    NO_ANSWER,
    NUMBER,
    ONE_KA,
    OTHER,
    PERSON,
    Mapping,
    Named,
    Target,
    targets_of,
)
from kazipot.core.survey.collected.values import month_comes_first, proposed_values, written_values

__all__ = [
    "CODE",
    "EMAIL",
    "EMPLOYER",
    "LIMESURVEY",
    "MOMENT",
    "MS_FORMS",
    "NO_ANSWER",
    "NUMBER",
    "ONE_KA",
    "OTHER",
    "PERSON",
    "Mapping",
    "Named",
    "Target",
    "has_label_row",
    "is_missing",
    "moment_of",
    "month_comes_first",
    "parts_of",
    "proposed_columns",
    "proposed_values",
    "recognised",
    "targets_of",
    "ticked",
    "translated",
    "understood_by_label",
    "written_values",
]
