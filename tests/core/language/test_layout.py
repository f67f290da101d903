"""Which line breaks end nothing, and what is an item or a heading."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.language.layout import joined, units

WRAPPED = """Pogoji za zasedbo delovnega mesta so ustrezna izobrazba, dve leti delovnih izkušenj
na podobnem delovnem mestu, poznavanje predpisov in dobro znanje preglednic ter
urejevalnika besedil."""
LISTED = """Pogoji:
izobrazba
znanje preglednic in urejevalnikov besedil
slovenščina"""


def test_wrapped_lines_are_joined_and_lines_of_a_list_are_not() -> None:
    assert joined(WRAPPED) == WRAPPED.replace("\n", " ")
    assert joined(LISTED) == LISTED


def test_items_and_headings_are_told_apart() -> None:
    text = "POGOJI\n- znanje Excela\n• slovenščina\nPrijave zbiramo do petka."
    assert [(text[u.start : u.end], u.item, u.heading) for u in units(text)] == [
        ("POGOJI", False, True),
        ("znanje Excela", True, False),
        ("slovenščina", True, False),
        ("Prijave zbiramo do petka.", False, False),
    ]


@given(st.text(alphabet="abč AB.:;,-–•\n()1", max_size=200))
def test_no_letter_moves_and_units_follow_each_other(text: str) -> None:
    assert len(joined(text)) == len(text)
    assert [x for x in joined(text) if x.isalnum()] == [x for x in text if x.isalnum()]
    places = [place for unit in units(text) for place in (unit.start, unit.end)]
    assert places == sorted(places)


def test_what_is_longer_than_any_sentence_is_cut_at_a_blank() -> None:
    pieces = [(unit.start, unit.end) for unit in units("beseda " * 1000)]
    assert [end - start <= 3_000 for start, end in pieces] == [True] * 3
    assert [(before[1], after[0]) for before, after in pairwise(pieces)] == [(2995, 2995), (5991, 5991)]
