"""Markdown becomes HTML that is safe to show."""

import pytest

from kazipot.foundation.markdown import as_html


def html(text: str) -> str:
    return as_html(text, picture=lambda name: f"/static/{name}").strip()


def test_running_text_becomes_elements() -> None:
    assert html("A **b** `c`\n\n- d") == "<p>A <strong>b</strong> <code>c</code></p>\n<ul>\n<li>d</li>\n</ul>"


def test_picture_gets_its_address_and_keeps_its_words() -> None:
    assert html("![A lock.](lock.svg)") == '<p><img src="/static/lock.svg" alt="A lock."></p>'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html,a)",
    ],
)
def test_nothing_that_runs_comes_through(text: str) -> None:
    shown = html(text)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "href=" not in shown
