"""Names as they are, and what stands for signs that no face has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.foundation.pdf import signs
from kazipot.foundation.pdf.engine import compiled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Žiga Čuček", "Žiga Čuček"),
        ("C\u030cuc\u030cek", "Čuček"),
        ("Ана Илић", "Ана Илић"),
        ("محمد", "محمد"),
        ("דוד", "דוד"),
        ("Ana 😀🏳️‍🌈 Novak", "Ana □ Novak"),
        ("漢字", "□"),
        ("a\u202egnitirw", "agnitirw"),
        ("31.\u00a03.\u00a02026", "31.\u00a03.\u00a02026"),
        ("ena\r\n\tdve\u2028tri\x00\x07", "ena dve tri"),
        ('#let x = 1; *b* $y$ _z_ @r <t> \\ "q"', '#let x = 1; *b* $y$ _z_ @r <t> \\ "q"'),
        ("Σ\u065bČ", "ΣČ"),
        ("", ""),
    ],
)
def test_text_is_showable(text: str, shown: str) -> None:
    assert signs.showable(text) == shown


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=20))
def test_any_text_can_be_typeset(text: str) -> None:
    assert compiled(signs.PROBE, {"text": signs.showable(text)}).startswith(b"%PDF")
