"""GIFT: Moodle's own examples, and files with faults."""

from pathlib import Path

import pytest

from kazipot.core.items.definition import Item, Kind
from kazipot.core.items.interchange import Fault, Reason, gift

SHARED = "shared/data/interop/gift-examples.txt"
EXAMPLES = next(folder / SHARED for folder in Path(__file__).parents if (folder / SHARED).exists())


def _options(item: Item) -> list[tuple[str, bool]]:
    return [(option.text.en, option.correct) for option in item.options]


@pytest.fixture(scope="module")
def taken() -> gift.Taken:
    """Moodle's examples."""
    return gift.read(EXAMPLES.read_bytes(), "en")


def test_moodles_examples_of_our_kinds_come_in(taken: gift.Taken) -> None:
    kinds = [(line, item.kind.value, item.stem.en) for line, item in zip(taken.lines, taken.items, strict=True)]
    assert kinds == [
        (8, "single", "Who's buried in Grant's tomb?"),
        (10, "single", "Grant is _____ in Grant's tomb."),
        (12, "single", "Grant is buried in Grant's tomb."),
        (25, "single", "The American holiday of Thanksgiving is celebrated on the _____ Thursday of November."),
        (31, "single", "Japanese characters originally came from what country?"),
        (39, "match", "Matching Question."),
        (45, "match", "Match the following countries with their corresponding capitals."),
        (69, "single", "What's the answer to this multiple-choice question?"),
        (89, "multiple", "What two people are entombed in Grant's tomb?"),
        (96, "single", "Which answer equals 5?"),
        (101, "single", "Which of the following is NOT a control character for the GIFT import format?"),
    ]


def test_moodles_examples_have_the_right_keys(taken: gift.Taken) -> None:
    by_line = dict(zip(taken.lines, taken.items, strict=True))
    assert _options(by_line[8]) == [("Grant", False), ("Jefferson", False), ("no one", True)]
    assert _options(by_line[10]) == [("buried", False), ("entombed", True), ("living", False)]
    assert _options(by_line[12]) == [("True.", False), ("False.", True)]
    assert _options(by_line[25]) == [("second", False), ("third", False), ("fourth", True)]
    assert _options(by_line[31]) == [("India", False), ("China", True), ("Korea", False), ("Egypt", False)]
    assert _options(by_line[89]) == [
        ("No one", False), ("Grant", True), ("Grant's wife", True), ("Grant's father", False),
    ]  # fmt: skip
    assert _options(by_line[96]) == [("= 2 + 2", False), ("= 2 + 3", True), ("= 2 + 4", False)]
    assert [text for text, _right in _options(by_line[101])] == ["~", "=", "#", "{", "}", "\\"]
    assert [option.rationale.en for option in by_line[69].options] == [
        "feedback comment on the wrong answer", "feedback comment on this wrong answer", "Very good!",
    ]  # fmt: skip
    assert [(option.text.en, option.match.en) for option in by_line[45].options] == [
        ("Canada", "Ottawa"), ("Italy", "Rome"), ("Japan", "Tokyo"), ("India", "New Delhi"),
    ]  # fmt: skip


def test_moodles_other_examples_are_named(taken: gift.Taken) -> None:
    assert [(fault.line, fault.reason) for fault in taken.faults] == [
        (14, Reason.TYPED), (16, Reason.TYPED), (54, Reason.TYPED), (56, Reason.TYPED), (58, Reason.TYPED),
        (64, Reason.TYPED), (75, Reason.TYPED), (80, Reason.PART_OF_POINTS), (82, Reason.TYPED),
    ]  # fmt: skip
    assert taken.faults[7] == Fault(80, "Difficult question.", Reason.PART_OF_POINTS, "half credit answer")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just a text.", Reason.NO_QUESTION),
        ("Write an essay. {}", Reason.TYPED),
        ("What? {~a ~b}", Reason.NO_KEY),
        ("What? {=a =b ~c}", Reason.MANY_KEYS),
        ("What? {~%50%a ~%50%b}", Reason.NO_WRONG),
        ("What? {~%100%a ~%-100%}", Reason.EMPTY),
        ("What? {=a -> b}", Reason.TOO_FEW),
        ("What? {=a ~b", Reason.SYNTAX),
        ("What? {a =b}", Reason.SYNTAX),
        ("{=a ~b}", Reason.EMPTY),
        ('[html]What is on <img src="x.png">? {=a ~b}', Reason.PICTURE),
        ("// [id:x.1] [tag:part-of:x]\nWhat? {=a ~b}", Reason.LOOSE_PART),
    ],
)
def test_question_that_cannot_be_taken_is_named_with_its_reason(text: str, reason: Reason) -> None:
    taken = gift.read(f"\n{text}\n".encode(), "en")
    assert (taken.items, [fault.reason for fault in taken.faults]) == ((), [reason])
    assert taken.faults[0].line == (3 if text.startswith("//") else 2)


def test_parts_fall_with_their_story_and_all_are_named() -> None:
    text = "// [id:s]\nA story.\n\n// [tag:part-of:s]\nOne? {=a ~b}\n\n// [tag:part-of:s]\nTwo? {=a}\n"
    taken = gift.read(text.encode(), "en")
    assert [(fault.line, fault.reason) for fault in taken.faults] == [
        (2, Reason.LOOSE_PART), (5, Reason.LOOSE_PART), (8, Reason.TYPED),
    ]  # fmt: skip
    assert taken.items == ()


def test_ordering_and_truth_with_feedback_come_in() -> None:
    text = "Order! {>3 ALL VERTICAL ALL_OR_NOTHING SHOW none\nfirst\nsecond\nthird\n}\n\nTrue? {T#No.#Yes.####Because.}"
    order, truth = gift.read(text.encode(), "en").items
    assert (order.kind, [option.text.en for option in order.options]) == (Kind.ORDER, ["first", "second", "third"])
    assert [option.rationale.en for option in truth.options] == ["Yes.", "No."]
    assert truth.explanation.en == "Because."


def test_file_in_another_encoding_is_refused_whole() -> None:
    assert gift.read("Kdo? {=čebela ~ž}".encode("cp1250"), "sl").faults == (Fault(0, "", Reason.NOT_TEXT),)
