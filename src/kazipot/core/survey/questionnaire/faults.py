"""What is wrong with a questionnaire as it was written; nothing with a fault is ever asked."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kazipot.core.survey.questionnaire.definition import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    ROLES,
    WANTS_TRAINING,
    Choice,
    Item,
    Kind,
    Questionnaire,
    Text,
)
from kazipot.core.survey.questionnaire.expressions import ExpressionError, parse

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
LONGEST_LABEL = 2_000
LEVELS = {"0", "1", "2", "3", "4"}


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """Where a fault is (the key of the page, item or choice list, and the field there), a code, and details.

    Codes: key, key_twice, no_pages, empty_page, second_block, title, language (sl or en missing), too_long, no_list
    (item without a list), unknown_list, empty_list, choice_value, choice_twice, expression (reason, place, found),
    unknown_key, later_key, block_key (a key asked per competence, used outside), required_note, needs_item,
    needs_levels, needs_tick.
    """

    place: str
    field: str
    code: str
    detail: Mapping[str, object] = dataclasses.field(default_factory=dict)


def faults_of(questionnaire: Questionnaire) -> list[DefinitionFault]:
    """Every fault, in the order of the questionnaire; none means that it may be asked."""
    return [
        *_texts("", "title", questionnaire.title, required=True),
        *_whole(questionnaire),
        *_lists(questionnaire.choice_lists),
        *_pages(questionnaire),
        *_roles(questionnaire),
    ]


def _whole(questionnaire: Questionnaire) -> Iterator[DefinitionFault]:
    if not questionnaire.pages:
        yield DefinitionFault("", "pages", "no_pages")
    blocks = questionnaire.competence_pages()
    for page in blocks[1:]:
        yield DefinitionFault(page.key, "per_competence", "second_block")


def _texts(place: str, name: str, text: Text, *, required: bool) -> Iterator[DefinitionFault]:
    if not required and text == Text():
        return
    for language in ("sl", "en"):
        said: str = getattr(text, language)
        if not said.strip():
            yield DefinitionFault(place, name, "language", {"language": language})
        elif len(said) > LONGEST_LABEL:
            yield DefinitionFault(place, name, "too_long", {"longest": LONGEST_LABEL})


def _lists(lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[DefinitionFault]:
    for name, choices in lists.items():
        if not choices:
            yield DefinitionFault(name, "choices", "empty_list")
        seen: set[tuple[str, str]] = set()
        for choice in choices:
            if not choice.value or len(choice.value) > 64 or any(sign.isspace() for sign in choice.value):
                yield DefinitionFault(name, choice.value, "choice_value", {"value": choice.value})
            if (choice.value, choice.competence) in seen:
                yield DefinitionFault(name, choice.value, "choice_twice", {"value": choice.value})
            seen.add((choice.value, choice.competence))
            yield from _texts(name, choice.value, choice.label, required=True)


def _pages(questionnaire: Questionnaire) -> Iterator[DefinitionFault]:
    earlier: set[str] = set()
    in_block: set[str] = set()
    every = {item.key for _page, item in questionnaire.items()}
    keys: set[str] = set()
    for page in questionnaire.pages:
        yield from _key(page.key, keys)
        yield from _texts(page.key, "label", page.label, required=True)
        if not page.items:
            yield DefinitionFault(page.key, "items", "empty_page")
        usable = earlier - in_block
        yield from _expression(page.key, "relevant", page.relevant, usable, every, in_block)
        for item in page.items:
            yield from _key(item.key, keys)
            yield from _item(item, questionnaire, usable, every, in_block)
            usable |= {item.key}
            earlier |= {item.key}
        if page.per_competence:
            in_block |= {item.key for item in page.items}


def _key(key: str, keys: set[str]) -> Iterator[DefinitionFault]:
    if not KEY.fullmatch(key):
        yield DefinitionFault(key, "key", "key")
    if key in keys:
        yield DefinitionFault(key, "key", "key_twice")
    keys.add(key)


def _item(
    item: Item, questionnaire: Questionnaire, usable: set[str], every: set[str], in_block: set[str]
) -> Iterator[DefinitionFault]:
    yield from _texts(item.key, "label", item.label, required=True)
    yield from _texts(item.key, "hint", item.hint, required=False)
    yield from _texts(item.key, "constraint_message", item.constraint_message, required=False)
    if item.kind in {Kind.ONE, Kind.MANY}:
        if not item.choices:
            yield DefinitionFault(item.key, "choices", "no_list")
        elif item.choices not in questionnaire.choice_lists:
            yield DefinitionFault(item.key, "choices", "unknown_list", {"list": item.choices})
    if item.kind is Kind.NOTE and item.required:
        yield DefinitionFault(item.key, "required", "required_note")
    yield from _expression(item.key, "relevant", item.relevant, usable, every, in_block)
    yield from _expression(item.key, "constraint", item.constraint, usable | {item.key}, every, in_block)


def _expression(
    place: str, name: str, text: str, usable: set[str], every: set[str], in_block: set[str]
) -> Iterator[DefinitionFault]:
    if not text:
        return
    try:
        expression = parse(text)
    except ExpressionError as error:
        detail = {"reason": error.reason, "place": error.place, "found": error.found}
        yield DefinitionFault(place, name, "expression", detail)
        return
    for key in sorted(expression.keys - usable):
        code = "unknown_key" if key not in every else "block_key" if key in in_block else "later_key"
        yield DefinitionFault(place, name, code, {"key": key})


def _roles(questionnaire: Questionnaire) -> Iterator[DefinitionFault]:
    """The three items from which stated needs follow stand on the page asked per competence."""
    inside = {item.key: item for page in questionnaire.competence_pages() for item in page.items}
    for key in ROLES:
        item = inside.get(key)
        if item is None:
            yield DefinitionFault(key, "key", "needs_item", {"key": key})
        elif key == WANTS_TRAINING and item.kind is not Kind.TICK:
            yield DefinitionFault(key, "kind", "needs_tick", {"key": key})
        elif key in {OWN_LEVEL, NEEDED_LEVEL} and not _asks_levels(item, questionnaire):
            yield DefinitionFault(key, "choices", "needs_levels", {"key": key})


def _asks_levels(item: Item, questionnaire: Questionnaire) -> bool:
    values = {choice.value for choice in questionnaire.choice_lists.get(item.choices, ()) if not choice.competence}
    return item.kind is Kind.ONE and item.required and not item.relevant and values == LEVELS
