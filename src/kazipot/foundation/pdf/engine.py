"""Typst with the same faces on every machine: ours and its own, never those that a system happens to have."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[2]
"""Templates lie in here, and Typst reads no file outside."""
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-3a"]
KEPT_RUNS = 10
"""For so many runs Typst keeps what it worked out (comemo's `evict(10)` in its Python binding)."""


@cache
def faces() -> typst.Fonts:
    """Public Sans, and what Typst ships: Libertinus Serif, New Computer Modern, DejaVu Sans Mono."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(ROOT / "foundation" / "pdf" / "fonts")]
    )


def compiled(source: Path, inputs: Mapping[str, str], *, seconds: int = 0) -> bytes:
    """A tagged PDF by PDF/UA-1 and PDF/A-3a; `seconds` since 1970 is the moment that the document bears.

    Raises TypstError when the source is wrong or a sign has no glyph.
    """
    return typst.compile(
        source,
        root=ROOT,
        font_paths=faces(),
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
        pdf_standards=STANDARDS,
        timestamp=seconds,
    )


def forget() -> None:
    """Let Typst drop what it keeps of documents: memory, and the secrets in them. Takes a twentieth of a second."""
    for _run in range(KEPT_RUNS + 1):
        typst.compile(b"", font_paths=faces(), ignore_system_fonts=True)
