"""Searching that doesn't mind capitals and marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.foundation.folding import MOST_WORDS, folded, pattern_of, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Čebelarstvo  in\nŽIVALI", "cebelarstvo in zivali"),
        ("Đurđa Ćosić", "durda cosic"),
        ("straße", "strasse"),
        ("c\u030cas", "cas"),
        ("ﬁle №1", "file no1"),
    ],
)
def test_folded_text_has_small_letters_without_marks(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="abcčšžćđ ABCČŠŽĆĐ", max_size=40))
def test_folding_does_not_mind_capitals(text: str) -> None:
    assert folded(text.upper()) == folded(text.lower()) == folded(text)


def test_search_takes_each_word_once_and_not_too_many() -> None:
    assert words_of("Šola šola  sola") == ["sola"]
    assert len(words_of(" ".join(str(number) for number in range(50)))) == MOST_WORDS


@pytest.mark.parametrize("word", ["cater", "ČATER", "Čater", "čÁTER"])
def test_pattern_finds_a_word_whatever_its_capitals_and_marks(word: str) -> None:
    assert [bool(re.search(pattern_of(word), name)) for name in ("Čater", "ČATER", "Cater", "Kater")] == [
        True, True, True, False,
    ]  # fmt: skip


@given(st.text(alphabet="abcčšžćđ ABCČŠŽĆĐ.*+[]()\\^$-'1", max_size=20))
def test_pattern_finds_the_text_it_was_made_of(text: str) -> None:
    assert re.search(pattern_of(text), " ".join(text.split()))
