"""Sentences of an interview: cut where a reader would cut, and nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.language.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ne znam. Rada bi se naučila!", ["Ne znam.", "Rada bi se naučila!"]),
        ("Imam npr. Excel in g. Novaka.", ["Imam npr. Excel in g. Novaka."]),
        ("Od 1. 1. 2026 dalje. Čakam.", ["Od 1. 1. 2026 dalje.", "Čakam."]),
        ("Kaj pa »varnost«? »Ne vem.« Konec …", ["Kaj pa »varnost«?", "»Ne vem.« Konec …"]),
        ("Prva vrstica\n\n – druga vrstica\n", ["Prva vrstica", "– druga vrstica"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aA.!?… \n»«1č", max_size=80))
def test_sentences_hold_everything_but_the_spaces_between_them(text: str) -> None:
    places = sentences(text)
    assert all(start < end for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    kept = "".join(text[start:end] for start, end in places)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
