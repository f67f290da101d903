"""Errors that a person can act on: what is wrong, where, and what to do."""

from dataclasses import dataclass
from typing import Any


class DomainError(Exception):
    """A rule of the domain was broken; `message` is shown to the user in their language.

    `field` names the form field the message belongs to, if there is one.
    """

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in an input: where it stands, what it is, and the remedy. `row` counts as a person counts."""

    row: int | None
    field: str
    value: str
    message: str
    remedy: str

    def as_json(self) -> dict[str, object]:
        """The problem as plain data for `--json` output."""
        return {
            "row": self.row,
            "field": self.field,
            "value": self.value,
            "message": str(self.message),
            "remedy": str(self.remedy),
        }

    def as_line(self) -> str:
        """The problem in one sentence for a terminal."""
        place = f"{self.row}: " if self.row is not None else ""
        return f"{place}{self.field}: {self.value!r}: {self.message} {self.remedy}".strip()


class InputRefused(DomainError):
    """An input was refused as a whole; `problems` names every fault."""

    def __init__(self, message: Any, problems: list[Problem]) -> None:
        super().__init__(message)
        self.problems = problems
