"""Suggested codes: hints add up, longer terms outrank shorter ones, the passages are those of the text."""

import pytest

from kazipot.core.survey.coding import Term, Word, suggest

TERMS = [
    Term(("osebni", "podatek"), {"4.2": 0.75}),
    Term(("podatek",), {"1.3": 0.5}),
    Term(("geslo",), {"4.1": 0.75, "2.6": 0.5}),
    Term(("račun",), {"2.6": 0.5}),
    Term(("delo", "podatek"), {}),
]


def words(text: str) -> list[Word]:
    return [Word(word.upper(), word) for word in text.split()]


def codes(text: str, *, threshold: float = 0.4, beside: float = 0.0, most: int = 5) -> dict[str, float]:
    found = suggest(words(text), TERMS, threshold=threshold, beside=beside, most=most)
    return {suggestion.code: suggestion.score for suggestion in found}


def test_independent_hints_add_up_as_a_noisy_or() -> None:
    assert codes("geslo račun") == pytest.approx({"4.1": 0.75, "2.6": 0.75})
    assert codes("račun") == pytest.approx({"2.6": 0.5})


def test_longer_term_outranks_the_shorter_one_inside_it() -> None:
    assert codes("osebni podatek") == pytest.approx({"4.2": 0.75})
    assert codes("podatek") == pytest.approx({"1.3": 0.5})
    assert codes("delo podatek") == {}


def test_same_word_twice_counts_once() -> None:
    assert codes("podatek podatek") == codes("podatek")


def test_words_of_a_term_stand_near_each_other_in_any_order() -> None:
    assert "4.2" in codes("podatek vsak osebni")
    assert "4.2" not in codes("podatek a b c d e osebni")


def test_threshold_the_best_score_and_the_number_limit_what_is_suggested() -> None:
    assert codes("geslo", threshold=0.6) == pytest.approx({"4.1": 0.75})
    assert codes("geslo", beside=0.7) == pytest.approx({"4.1": 0.75})
    assert list(codes("geslo podatek", most=1)) == ["4.1"]


def test_because_is_what_is_written() -> None:
    (found,) = suggest(words("moj osebni podatek"), TERMS, threshold=0.4, beside=0, most=5)
    assert found.because == ("OSEBNI PODATEK",)


def test_nothing_is_suggested_for_nothing() -> None:
    assert codes("") == {} == codes("avtobus")
