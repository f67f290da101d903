"""What people answered besides levels and wishes: protected counts by kind of unit; and texts, without writers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from kazipot.core.survey.disclosure import THRESHOLD, protect
from kazipot.core.survey.need_counts import Cell
from kazipot.core.survey.needs_tables import WHOLE, kind_key
from kazipot.core.survey.questionnaire import ROLES, Item, Kind
from kazipot.core.survey.questionnaire import Questionnaire as Definition
from kazipot.needs.models import Campaign, ItemAnswer
from kazipot.needs.queries.analysis_tables import ANY, Plan, protected
from kazipot.needs.queries.questionnaires import definition_of
from kazipot.needs.queries.tallies import anonymous_rows, place_of

TEXTS = (Kind.TEXT, Kind.LONG_TEXT)


def _asked(campaign: Campaign, kinds: Sequence[Kind]) -> tuple[Definition, list[Item]]:
    definition = definition_of(campaign.questionnaire)
    found = [
        item
        for page, item in definition.items()
        if not page.per_competence and item.kind in kinds and item.key not in ROLES
    ]
    return definition, found


def _answers(year: int, as_of: date, kinds: dict[int, str]) -> Iterator[tuple[str, str, Any]]:
    """(item key, kind of unit, value) of everybody. Two queries."""
    rows = ItemAnswer.objects.filter(
        response__invitation__campaign__year=year, response__submitted_on__lte=as_of, competence=None
    ).order_by()
    for unit_id, key, value in rows.values_list("response__invitation__unit_id", "key", "value").iterator():
        yield key, kinds[unit_id], value
    for place_unit, kind, answers in anonymous_rows(year, as_of):
        for name, value in answers.items():
            if "-" not in name:
                yield name, kinds[place_of(place_unit, kind, kinds)], value


def other_items(
    year: int, as_of: date, campaign: Campaign, kinds: dict[int, str], frozen: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Items with choices, each with its counts at the whole and by kind of unit. Three queries.

    A further version of the year keeps what the first one told: so comparing versions tells nothing. Of an item with
    one answer, the states are its choices; of one with several, each choice is chosen or not. Raises DerivableError.
    """
    if frozen is not None and "items" in frozen:
        return list(frozen["items"])
    definition, items = _asked(campaign, (Kind.ONE, Kind.MANY))
    said: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for key, kind, value in _answers(year, as_of, kinds):
        said[key].append((kind, value))
    return [_item(definition, item, said[item.key]) for item in items if said[item.key]]


def _item(definition: Definition, item: Item, said: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    choices = definition.choices_for(item)
    values = [choice.value for choice in choices]
    people = Counter(kind_key(kind) for kind, _value in said)
    parents: dict[str, str | None] = {WHOLE: None} | dict.fromkeys(sorted(people), WHOLE)
    shown = protect(parents, {**people, WHOLE: len(said)})
    leaves: dict[Cell, NDArray[np.int64]] = {}
    for kind, value in said:
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        group = kind_key(kind)
        if item.kind is Kind.ONE:
            cell = leaves.setdefault((group, ANY), np.zeros(len(values), dtype=np.int64))
            cell += np.array([one in chosen for one in values])
        else:
            for one in values:
                cell = leaves.setdefault((group, one), np.zeros(2, dtype=np.int64))
                cell[0 if one in chosen else 1] += 1
    bases = [(group, column) for group in sorted(shown) for column in sorted({column for _group, column in leaves})]
    made = protected(Plan(parents, {}, bases, leaves))
    return {
        "key": item.key,
        "label_sl": item.label.sl,
        "label_en": item.label.en,
        "choices": [{"value": one.value, "label_sl": one.label.sl, "label_en": one.label.en} for one in choices],
        "people": {group: people[group] if group != WHOLE else len(said) for group in sorted(shown)},
        "counts": {
            group: line[ANY] if item.kind is Kind.ONE else [line[one][0] for one in values]
            for group, line in made.table.items()
        },
    }


def open_texts(year: int, as_of: date) -> list[tuple[dict[str, str], list[str]]]:
    """What people wrote in their own words, item by item, in an order that tells neither who nor when. Three queries.

    An item that fewer than five people answered isn't shown.
    """
    campaign = Campaign.objects.filter(year=year).select_related("questionnaire").order_by("-opens_on", "-id").first()
    if campaign is None:
        return []
    _definition, items = _asked(campaign, TEXTS)
    said: dict[str, list[str]] = defaultdict(list)
    rows = ItemAnswer.objects.filter(
        response__invitation__campaign__year=year, response__submitted_on__lte=as_of, competence=None
    ).order_by()
    for key, value in rows.values_list("key", "value").iterator():
        said[key].append(str(value))
    for _unit, _kind, answers in anonymous_rows(year, as_of):
        for name, value in answers.items():
            said[name].append(str(value))
    return [
        ({"label_sl": item.label.sl, "label_en": item.label.en}, sorted(said[item.key], key=_scattered))
        for item in items
        if len(said[item.key]) >= THRESHOLD
    ]


def _scattered(text: str) -> str:
    """A place that follows from the words alone."""
    return salted_hmac("kazipot.needs.texts", text, algorithm="sha256").hexdigest()
