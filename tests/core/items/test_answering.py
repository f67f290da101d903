"""What a person sees of an item, and what their form means."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.items.answering import (
    Incomplete,
    answer_given,
    as_kept,
    fields_for,
    from_kept,
    nothing,
    parts_shown,
)
from kazipot.core.items.definition import Answer, Item, Kind
from kazipot.core.items.scoring import points, right_answer, score
from tests.core.items.test_scoring import HOTSPOT, MATCH, MULTIPLE, ORDER, SCENARIO, SINGLE

ALL = [SINGLE, MULTIPLE, ORDER, MATCH, HOTSPOT, SCENARIO]


@pytest.mark.parametrize("item", ALL, ids=lambda item: str(item.kind))
@given(seed=st.integers(0, 2**62))
def test_right_answer_survives_form_and_record(item: Item, seed: int) -> None:
    right = right_answer(item)
    answer = answer_given(item, seed, fields_for(item, seed, right))
    assert score(item, answer) == points(item)
    assert from_kept(json.loads(json.dumps(as_kept(answer)))) == answer


@pytest.mark.parametrize("item", ALL, ids=lambda item: str(item.kind))
def test_form_tells_nothing_of_the_key(item: Item) -> None:
    """What a form sends for the right answer depends on the seed alone: places, as likely one as the other."""
    sent = {json.dumps(fields_for(item, seed, right_answer(item)), sort_keys=True) for seed in range(60)}
    assert all(value.isdigit() for one in sent for values in json.loads(one).values() for value in values)
    assert len(sent) > 1 or item.kind in {Kind.HOTSPOT, Kind.ORDER}


def test_order_is_never_shown_in_the_right_order() -> None:
    shown = {parts_shown(ORDER, seed)[0].left for seed in range(100)}
    assert ("a", "b", "c") not in shown
    assert len(shown) > 3


@pytest.mark.parametrize("item", ALL, ids=lambda item: str(item.kind))
def test_nothing_earns_nothing(item: Item) -> None:
    assert score(item, nothing(item)) == 0
    assert from_kept(as_kept(nothing(item))) == nothing(item)


@pytest.mark.parametrize(
    ("item", "form"),
    [
        (SINGLE, {}), (SINGLE, {"a0": ["1", "2"]}), (SINGLE, {"a0": [""]}), (MULTIPLE, {}), (HOTSPOT, {}),
        (ORDER, {"a0-1": ["1"], "a0-2": ["2"]}), (ORDER, {"a0-1": ["1"], "a0-2": ["1"], "a0-3": ["3"]}),
        (MATCH, {"a0-1": ["1"]}), (SCENARIO, {"a1": ["1"]}),
    ],
)  # fmt: skip
def test_incomplete_form_names_its_part(item: Item, form: dict[str, list[str]]) -> None:
    with pytest.raises(Incomplete) as found:
        answer_given(item, 1, form)
    assert found.value.number == (2 if item is SCENARIO else 0)


@pytest.mark.parametrize("place", ["0", "9", "a", "-1", "b", "¹", "1" * 500])
@pytest.mark.parametrize("item", [SINGLE, MULTIPLE, HOTSPOT])
def test_place_that_was_not_shown_is_refused(item: Item, place: str) -> None:
    with pytest.raises(LookupError):
        answer_given(item, 1, {"a0": [place]})


@given(st.dictionaries(st.sampled_from(["a0", "a1", "a2", "a0-1", "a0-2", "a0-3"]), st.lists(st.text(max_size=3))))
def test_any_form_is_an_answer_or_refused(form: dict[str, list[str]]) -> None:
    item = random.Random(str(form)).choice(ALL)
    answer: Answer | None = None
    try:
        answer = answer_given(item, 3, form)
    except (Incomplete, LookupError):
        return
    assert 0 <= score(item, answer) <= points(item)
