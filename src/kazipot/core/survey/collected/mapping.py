"""What the columns of a tool's file mean: to which item, competence or choice each belongs.

A mapping speaks of item keys and competence codes, never of ids, so that it serves later versions and campaigns.
"""

import collections.abc
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kazipot.core.survey.questionnaire import Item, Kind, Questionnaire

ONE_KA, LIMESURVEY, MS_FORMS, OTHER = "1ka", "limesurvey", "ms_forms", "other"
NUMBER, EMAIL, CODE, EMPLOYER, MOMENT = "@number", "@email", "@code", "@employer", "@moment"
PERSON = (NUMBER, EMAIL, CODE)
"""By what a person may be told: their number at an employer, their address, or the code of their invitation."""


NO_ANSWER = "@none"
"""What a written value means when it is none of the choices, such as "other"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A competence with its names in all languages."""

    id: int
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may hold: an item's answer, of a competence, or whether one of several choices was made.

    Its name is `key`, `key.1.1` for an item asked per competence, with `=value` behind it for a single choice.
    """

    item: Item
    competence: Named | None = None
    choice: str = ""

    @property
    def place(self) -> str:
        """The name without the choice."""
        return f"{self.item.key}.{self.competence.code}" if self.competence else self.item.key

    @property
    def name(self) -> str:
        """The name that a mapping keeps."""
        return f"{self.place}={self.choice}" if self.choice else self.place


@dataclass(frozen=True, slots=True)
class Mapping:
    """The meaning of a file: {column: target's name}, and {choice list: {as written: the choice's value}}.

    `employer` is the code of the employer whose numbers they are when no column says it; `month_first` how days with
    strokes are read (3/5/2026).
    """

    kind: str = OTHER
    columns: collections.abc.Mapping[str, str] = field(default_factory=dict)
    values: collections.abc.Mapping[str, collections.abc.Mapping[str, str]] = field(default_factory=dict)
    employer: str = ""
    month_first: bool = False

    def to_data(self) -> dict[str, Any]:
        """The mapping as plain data that JSON can hold."""
        return {
            "kind": self.kind,
            "columns": dict(self.columns),
            "values": {name: dict(told) for name, told in self.values.items()},
            "employer": self.employer,
            "month_first": self.month_first,
        }

    @classmethod
    def from_data(cls, data: collections.abc.Mapping[str, Any]) -> "Mapping":
        """The mapping that `to_data` wrote."""
        return cls(**data)

    def column_of(self, target: str) -> str | None:
        """The column that holds the target, or None."""
        return next((column for column, name in self.columns.items() if name == target), None)


def targets_of(questionnaire: Questionnaire, competences: Iterable[Named]) -> list[Target]:
    """Everything that a column may hold, in the order of the questionnaire."""
    named = list(competences)
    found: list[Target] = []
    for page, item in questionnaire.items():
        if item.kind is Kind.NOTE:
            continue
        for competence in named if page.per_competence else [None]:
            found.append(Target(item, competence))
            if item.kind is Kind.MANY:
                offered = questionnaire.choices_for(item, code_for(questionnaire, competence))
                found.extend(Target(item, competence, choice.value) for choice in offered)
    return found


def code_for(questionnaire: Questionnaire, competence: Named | None) -> str:
    """The code by which choices are worded for a competence; none when the questionnaire fits any framework."""
    return competence.code if competence and questionnaire.framework else ""
