"""A questionnaire as data: pages of items in two languages, with stable keys, choice lists and routing.

An item's key stays the same from year to year, so that answers can be compared; its `version` grows when its wording
changes, so that a trend across a changed question is broken in plain sight (see `versions`). A page may be asked once
for each competence that matters to a person. Expressions (`relevant`, `constraint`) are XLSForm's, see `expressions`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

type Value = str | int | float | bool | tuple[str, ...] | None
"""What was answered: a choice's value or a text, a number, a tick, several choices, or nothing."""

OWN_LEVEL, NEEDED_LEVEL, WANTS_TRAINING = "own_level", "needed_level", "wants_training"
ROLES = (OWN_LEVEL, NEEDED_LEVEL, WANTS_TRAINING)
"""Keys of the three items from which a stated need follows; they stand on the page asked per competence."""


class Kind(StrEnum):
    """What sort of answer an item takes."""

    ONE = "one"
    MANY = "many"
    TICK = "tick"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NOTE = "note"
    """Only read, not answered."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    sl: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in a language, or in the other one when it is missing there."""
        return (self.en or self.sl) if language == "en" else (self.sl or self.en)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose. With a competence's code it is offered for that one only, in place of those without."""

    value: str
    label: Text
    competence: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question. `relevant` says when it is asked, `constraint` what an answer must fulfil (`.` is the answer)."""

    key: str
    kind: Kind
    label: Text
    hint: Text = Text()
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text = Text()
    choices: str = ""
    """Name of the list of choices, for ONE and MANY."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """Items shown together; `per_competence` asks all of them for each competence of the person."""

    key: str
    label: Text
    items: tuple[Item, ...]
    relevant: str = ""
    per_competence: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole questionnaire, for competences of one framework."""

    key: str
    title: Text
    pages: tuple[Page, ...]
    choice_lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    framework: str = ""
    """Code of the framework whose competences are asked about, such as "DigComp"."""
    competences: tuple[str, ...] = ()
    """Codes of competences that may be asked about; none means all of the framework."""
    base: tuple[str, ...] = ()
    """Codes asked of people whose job profile says nothing; none means all that may be asked."""

    def items(self) -> Iterator[tuple[Page, Item]]:
        """Every item with its page, in order."""
        for page in self.pages:
            for item in page.items:
                yield page, item

    def item(self, key: str) -> Item | None:
        """The item with this key, or None."""
        return next((item for _page, item in self.items() if item.key == key), None)

    def choices_for(self, item: Item, competence: str = "") -> tuple[Choice, ...]:
        """What can be chosen; for each value the competence's own wording where there is one."""
        offered = self.choice_lists.get(item.choices, ())
        own = {choice.value: choice for choice in offered if competence and choice.competence == competence}
        general = [choice for choice in offered if not choice.competence]
        if not general:
            return tuple(own.values())
        return tuple(own.get(choice.value, choice) for choice in general)

    def competence_pages(self) -> tuple[Page, ...]:
        """The pages asked for each competence."""
        return tuple(page for page in self.pages if page.per_competence)


def to_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as plain data that JSON can hold; `from_data` reads it back unchanged."""
    return {
        "key": questionnaire.key,
        "title": _text(questionnaire.title),
        "framework": questionnaire.framework,
        "competences": list(questionnaire.competences),
        "base": list(questionnaire.base),
        "choice_lists": {name: [_choice(row) for row in rows] for name, rows in questionnaire.choice_lists.items()},
        "pages": [
            {
                "key": page.key,
                "label": _text(page.label),
                **({"relevant": page.relevant} if page.relevant else {}),
                **({"per_competence": True} if page.per_competence else {}),
                "items": [_item(item) for item in page.items],
            }
            for page in questionnaire.pages
        ],
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire that plain data describes. Raises KeyError, ValueError or TypeError for other data."""
    return Questionnaire(
        key=data["key"],
        title=Text(**data["title"]),
        framework=data.get("framework", ""),
        competences=tuple(data.get("competences", ())),
        base=tuple(data.get("base", ())),
        choice_lists={
            name: tuple(Choice(str(row["value"]), Text(**row["label"]), row.get("competence", "")) for row in rows)
            for name, rows in data.get("choice_lists", {}).items()
        },
        pages=tuple(
            Page(
                key=page["key"],
                label=Text(**page["label"]),
                relevant=page.get("relevant", ""),
                per_competence=page.get("per_competence", False),
                items=tuple(_read_item(row) for row in page["items"]),
            )
            for page in data["pages"]
        ),
    )


def _text(text: Text) -> dict[str, str]:
    return {"sl": text.sl, "en": text.en}


def _choice(choice: Choice) -> dict[str, Any]:
    told: dict[str, Any] = {"value": choice.value, "label": _text(choice.label)}
    return {**told, "competence": choice.competence} if choice.competence else told


def _item(item: Item) -> dict[str, Any]:
    """Only what is said: a field left at its default is left out."""
    told: dict[str, Any] = {"key": item.key, "kind": item.kind.value, "label": _text(item.label)}
    if item.hint != Text():
        told["hint"] = _text(item.hint)
    if item.constraint_message != Text():
        told["constraint_message"] = _text(item.constraint_message)
    plain = {
        "required": item.required,
        "relevant": item.relevant,
        "constraint": item.constraint,
        "choices": item.choices,
    }
    told |= {name: value for name, value in plain.items() if value}
    if item.version != 1:
        told["version"] = item.version
    return told


def _read_item(row: Mapping[str, Any]) -> Item:
    return Item(
        key=row["key"],
        kind=Kind(row["kind"]),
        label=Text(**row["label"]),
        hint=Text(**row.get("hint", {})),
        required=row.get("required", False),
        relevant=row.get("relevant", ""),
        constraint=row.get("constraint", ""),
        constraint_message=Text(**row.get("constraint_message", {})),
        choices=row.get("choices", ""),
        version=row.get("version", 1),
    )
