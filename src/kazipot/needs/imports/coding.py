"""Texts come in from a file for suggestions of codes."""

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.needs.queries.suggestions import suggest_codes

FILE_BYTES = 50 * 1024 * 1024
TEXT_CHARACTERS = 200_000


def suggest_from_file(path: Path) -> list[dict[str, Any]]:
    """Suggested DigComp 3.0 codes for `[{"id": …, "text": …}, …]`, in the order of the file. Raises InputRefused.

    Each entry: {"id", "competences": [{"code", "score" from 0 to 1, "because": passages of the text}]}.
    """
    return [
        {
            "id": entry["id"],
            "competences": [
                {"code": found.code, "score": round(found.score, 3), "because": list(found.because)}
                for found in suggest_codes(entry["text"])
            ],
        }
        for entry in _entries(path)
    ]


def _entries(path: Path) -> list[dict[str, Any]]:
    if path.stat().st_size > FILE_BYTES:
        raise _refused([Problem(None, path.name, "", _("The file is too large."), _("Split it."))])
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        message = _("This is not JSON in UTF-8.")
        raise _refused([Problem(getattr(error, "lineno", None), path.name, "", message, _("Correct it."))]) from error
    if not isinstance(content, list):
        raise _refused([Problem(None, path.name, "", _("This is not a list."), _("Write a list of id and text."))])
    problems = [problem for number, entry in enumerate(content, start=1) for problem in _faults(number, entry)]
    if problems:
        raise _refused(problems)
    return content


def _faults(number: int, entry: Any) -> list[Problem]:
    if not isinstance(entry, dict):
        return [Problem(number, "", str(entry)[:40], _("This is no entry with id and text."), _("Correct it."))]
    found = []
    if not isinstance(entry.get("id"), str | int) or isinstance(entry.get("id"), bool):
        found.append(Problem(number, "id", str(entry.get("id"))[:40], _("The id is missing."), _("Give each its own.")))
    text = entry.get("text")
    if not isinstance(text, str):
        found.append(Problem(number, "text", str(text)[:40], _("The text is missing."), _("Write the text.")))
    elif len(text) > TEXT_CHARACTERS:
        found.append(Problem(number, "text", text[:40], _("The text is too long."), _("Split it.")))
    return found


def _refused(problems: list[Problem]) -> InputRefused:
    return InputRefused(_("The texts were not read."), problems)
