"""A published analysis as a table for other programs."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kazipot.needs import queries

RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """A text that a spreadsheet won't run as a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def analysis_csv(content: Mapping[str, Any]) -> str:
    """The published groups, line by line, in the reader's language: one row for each group and competence.

    Semicolons and a byte order mark, so that spreadsheets here open it as it is; numbers with a decimal point.
    """
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write("\ufeff")
    rows.writerow(
        [
            _("Group"),
            _("Employer"),
            _("Unit code"),
            _("People answering"),
            _("Competence code"),
            _("Competence"),
            _("Own level (mean)"),
            _("Needed level (mean)"),
            _("Share below the needed level"),
            _("Stated needs"),
        ]
    )
    for group in content["groups"]:
        for line in queries.lines(content, group["key"]):
            texts = [queries.group_label(group), group["employer"], group["code"]]
            rows.writerow(
                [
                    *map(safe, texts),
                    group["people"],
                    line.code,
                    safe(line.name),
                    line.own,
                    line.needed,
                    line.below,
                    line.needs,
                ]
            )
    return out.getvalue()
