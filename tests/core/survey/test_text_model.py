"""The learned reader: what it learns from texts that are easy to tell apart, and whether its reasons are true."""

from dataclasses import replace

import numpy as np
import pytest

from kazipot.core.survey.coding import Hint, Term, Word, suggest
from kazipot.core.survey.text_fit import Example, fit
from kazipot.core.survey.text_model import TextModel, features, read, read_with_clauses

CODES = ("lock", "print")
TEXTS = [
    ("password weak", "lock"), ("password stolen", "lock"), ("weak password here", "lock"), ("stolen key", "lock"),
    ("printer jammed", "print"), ("printer slow", "print"), ("slow printer here", "print"), ("paper jammed", "print"),
    ("lunch here", ""), ("lunch late", ""), ("late lunch here", ""),
]  # fmt: skip


def words(text: str) -> list[Word]:
    return [Word(word.upper(), word) for word in text.split()]


@pytest.fixture(scope="module")
def model() -> TextModel:
    examples = [Example(tuple(text.split()), frozenset({code} - {""}), 1.0) for text, code in TEXTS]
    return fit(examples, CODES, looseness=100)


def test_features_are_words_pairs_and_runs_of_letters_with_the_words_that_carry_them() -> None:
    assert features(["ab", "c"]) == {
        "=ab": (0,), "^ab": (0,), "ab$": (0,), "^ab$": (0,), "=c": (1,), "^c$": (1,), "=ab c": (0, 1),
    }  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [("my password", "lock"), ("the printer", "print")])
def test_model_tells_texts_apart(model: TextModel, text: str, code: str) -> None:
    chances = {found: hint.score for found, hint in read(model, words(text), 0.0).items()}
    assert max(chances, key=lambda found: chances[found]) == code
    assert chances[code] > 0.8
    assert sum(chances.values()) < 1


def test_misspelt_word_is_half_understood(model: TextModel) -> None:
    assert read(model, words("pasword"), 0.5).keys() == {"lock"}


def test_text_about_nothing_or_without_a_known_feature_gives_no_hint(model: TextModel) -> None:
    assert read(model, words("late lunch"), 0.3) == {}
    assert read(model, words("xyz"), 0.0) == {} == read(model, [], 0.0)


def test_reasons_are_the_words_without_which_the_code_is_less_likely(model: TextModel) -> None:
    text = words("here password and lunch")
    hint = read(model, text, 0.0)["lock"]
    strongest = max(hint.passages, key=lambda passage: hint.passages[passage])
    assert strongest == "PASSWORD"
    without = read(model, [word for word in text if word.text != strongest], 0.0)["lock"]
    assert without.score < hint.score / 2


def test_reasons_add_up_to_how_far_the_code_stands_above_the_mean_of_classes(model: TextModel) -> None:
    text = words("password")
    level = replace(model, intercepts=np.zeros(3))
    chances = [hint.score for hint in read(level, text, 0.0).values()]
    logs = np.log([*chances, 1 - sum(chances)])
    assert read(level, text, 0.0)["lock"].passages["PASSWORD"] == pytest.approx(logs[0] - logs.mean())


def test_fit_finds_the_minimum_where_the_slope_is_nought() -> None:
    """With one feature and two classes: looseness · (target − chance) = weight, from the derivative of the loss."""
    found = fit([Example(("a",), frozenset({"x"}), 1.0), Example(("b",), frozenset(), 1.0)], ("x",), looseness=2,
                least_texts=1)  # fmt: skip
    row = found.vocabulary["=a"]
    chance = read(found, words("a"), 0.0)["x"].score
    value = 1 / np.sqrt(2)  # two features of equal rarity, "=a" and "^a$"
    assert found.weights[row, 0] == pytest.approx(2 * (1 - chance) * value, abs=1e-3)


def test_learned_hint_joins_the_terms_as_a_noisy_or_and_is_named_after_them() -> None:
    learned = {"4.1": Hint(0.5, {"DOOR": 2.0, "KEY": 1.0})}
    (found,) = suggest(
        words("key door"), [Term(("key",), {"4.1": 0.6})], threshold=0.4, beside=0, most=3, learned=learned
    )
    assert (found.score, found.because) == (pytest.approx(0.8), ("KEY", "DOOR"))


def test_clause_raises_a_code_that_the_whole_text_gives_to_another(model: TextModel) -> None:
    whole, clauses = words("password printer jammed"), [words("password"), words("printer jammed")]
    alone = read(model, clauses[0], 0.0)["lock"].score
    found = read_with_clauses(model, whole, clauses, least=0.01, trust=0.9)
    assert found["lock"].score == pytest.approx(0.9 * alone)
    assert found["lock"].score > read(model, whole, 0.0)["lock"].score
    assert list(found["lock"].passages) == ["PASSWORD"]
    assert found["print"] == read(model, whole, 0.0)["print"]
