"""Searching that doesn't mind capitals and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.foundation.folding import MOST_WORDS, folded, words_of


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
