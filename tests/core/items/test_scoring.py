"""Each kind of item: the right answer earns all points, a wrong one none, an impossible one is refused."""

from dataclasses import replace

import pytest

from kazipot.core.items.definition import Answer, Artefact, Form, Item, Kind, Line, Option, Text
from kazipot.core.items.scoring import NoSuchAnswer, points, right_answer, score

WORDS = Text("beseda", "word")
OPTIONS = (Option("a", WORDS, correct=True), Option("b", WORDS), Option("c", WORDS, correct=True))
SINGLE = Item("one", Kind.SINGLE, WORDS, options=(Option("a", WORDS), Option("b", WORDS, correct=True)))
MULTIPLE = Item("many", Kind.MULTIPLE, WORDS, options=OPTIONS)
ORDER = Item("order", Kind.ORDER, WORDS, options=OPTIONS)
MATCH = Item("match", Kind.MATCH, WORDS, options=(
    Option("a", WORDS, match=WORDS), Option("b", WORDS, match=WORDS), Option("c", Text(), match=WORDS),
))  # fmt: skip
HOTSPOT = Item("spot", Kind.HOTSPOT, WORDS, options=OPTIONS, artefact=Artefact(
    Form.EMAIL, (Line("from", WORDS, "a"), Line("body", WORDS, "b"), Line("link", WORDS, "c"))
))  # fmt: skip
SCENARIO = Item("story", Kind.SCENARIO, WORDS, parts=(SINGLE, MULTIPLE))


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        (SINGLE, "b", "a"),
        (MULTIPLE, ("a", "c"), ("a",)),
        (MULTIPLE, ("c", "a"), ("a", "b", "c")),
        (ORDER, ("a", "b", "c"), ("b", "a", "c")),
        (MATCH, (("a", "a"), ("b", "b")), (("a", "b"), ("b", "a"))),
        (MATCH, (("b", "b"), ("a", "a")), (("a", "c"), ("b", "b"))),
        (HOTSPOT, ("a", "c"), ()),
    ],
)
def test_whole_answer_earns_the_point(item: Item, right: Answer, wrong: Answer) -> None:
    assert points(item) == 1
    assert (score(item, right), score(item, wrong)) == (1, 0)
    assert score(item, right_answer(item)) == 1


def test_scenario_earns_a_point_for_each_part() -> None:
    assert points(SCENARIO) == 2
    assert score(SCENARIO, right_answer(SCENARIO)) == 2
    assert score(SCENARIO, {"one": "b", "many": ("b",)}) == 1
    assert score(SCENARIO, {"many": ("a", "c")}) == 1
    assert score(SCENARIO, {}) == 0


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (SINGLE, "z"),
        (SINGLE, {"one": "a"}),
        (MULTIPLE, "a"),
        (MULTIPLE, ("z",)),
        (ORDER, ("a", "b")),
        (ORDER, ("a", "a", "b")),
        (MATCH, ("a",)),
        (MULTIPLE, (("a", "a"),)),
        (SCENARIO, {"other": "a"}),
        (SCENARIO, "a"),
    ],
)
def test_impossible_answer_is_refused(item: Item, answer: Answer) -> None:
    with pytest.raises(NoSuchAnswer):
        score(item, answer)


def test_left_empty_earns_nothing() -> None:
    assert [score(item, ()) for item in (MULTIPLE, ORDER, MATCH, HOTSPOT)] == [0, 0, 0, 0]


def test_texts_name_their_places() -> None:
    told = replace(SCENARIO, explanation=WORDS)
    assert [path for path, _ in told.texts()] == [
        "stem", "explanation", "parts.one.stem", "parts.one.options.a.text", "parts.one.options.b.text",
        "parts.many.stem", "parts.many.options.a.text", "parts.many.options.b.text", "parts.many.options.c.text",
    ]  # fmt: skip
    assert [path for path, _ in HOTSPOT.texts()][1:4] == [f"artefact.lines.{n}" for n in (1, 2, 3)]
