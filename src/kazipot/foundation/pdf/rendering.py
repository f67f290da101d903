"""From a template and data to a PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kazipot.foundation.pdf.engine import ROOT, compiled, forget
from kazipot.foundation.pdf.signs import showable


def render(template: str, content: Mapping[str, Any], *, title: str, language: str, at: datetime) -> bytes:
    """A PDF from a Typst template (a path under `src/kazipot`), tagged by PDF/UA-1 and PDF/A-3a.

    The template finds title, language and content in `data`, as JSON. Texts are data there, never source, so that
    `#`, `*`, `$` or quotes in a name are shown as they are; signs without a glyph become a white square. The same
    content and moment give the same bytes on every machine.
    """
    told = _showable({**content, "title": title, "language": language})
    try:
        return compiled(ROOT / template, {"data": json.dumps(told, ensure_ascii=False)}, seconds=int(at.timestamp()))
    finally:
        forget()


def _showable(value: Any) -> Any:
    """The content with every text in it made showable."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, Mapping):
        return {key: _showable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_showable(inner) for inner in value]
    return value
