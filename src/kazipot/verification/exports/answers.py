"""Answers as the wide table that `verification calibrate` reads: a number, then a column for each item."""

import csv
import io
from collections.abc import Iterator, Sequence

from kazipot.verification.errors import TooFewAnswers
from kazipot.verification.queries import FEWEST
from kazipot.verification.queries.answers import Answers

LINES = 500


def answers_csv(items: Sequence[str], rows: Answers) -> Iterator[bytes]:
    """The table in pieces; blank where an item was not asked. Raises TooFewAnswers."""
    if len(rows) < FEWEST or not items:
        raise TooFewAnswers(FEWEST)
    return _pieces(items, rows)


def _pieces(items: Sequence[str], rows: Answers) -> Iterator[bytes]:
    for start in range(0, len(rows), LINES):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not start:
            writer.writerow(["test", *items])
        some = enumerate(rows[start : start + LINES], start + 1)
        writer.writerows([number, *(row.get(item, "") for item in items)] for number, row in some)
        yield text.getvalue().encode()
