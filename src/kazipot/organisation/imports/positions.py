"""Reads a job classification from CSV or XLSX with Slovenian or English headings."""

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, as_text, read_table
from kazipot.organisation.queries import PositionRow

HEADINGS = {
    "code": ("šifra delovnega mesta", "šifra dm", "šifra", "delovno mesto", "post code", "post", "code"),
    "title": ("naziv delovnega mesta", "naziv dm", "naziv", "post title", "title"),
    "profile": ("profil", "poklicni profil", "šifra profila", "profile", "job profile", "profile code"),
    "profile_name": ("naziv profila", "ime profila", "profile name"),
    "profile_name_en": ("naziv profila (en)", "naziv profila v angleščini", "profile name (en)"),
    "family": ("družina", "družina del", "skupina delovnih mest", "family", "job family"),
}
"""Field → headings by which people call it, in lower case."""
REQUIRED = ("code", "title")


def read_positions(name: str, content: bytes) -> tuple[list[PositionRow], tuple[str, ...]]:
    """The posts in a file, and the columns that aren't used. Raises InputRefused."""
    table = read_table(name, content, max_bytes=PAGE_BYTES)
    fields = {heading: field for field, known in HEADINGS.items() for heading in known}
    columns: dict[str, int] = {}
    ignored: list[str] = []
    for index, heading in enumerate(table.headings):
        field = fields.get(" ".join(heading.lower().split()))
        if field is None or field in columns:
            ignored.append(heading)
        else:
            columns[field] = index
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        message = _("A column is missing.")
        problems = [
            Problem(1, field, "", message, _("Add the column “%(name)s”.") % {"name": HEADINGS[field][0]})
            for field in missing
        ]
        raise InputRefused(" ".join([message, *(problem.remedy for problem in problems)]), problems)
    rows = [
        PositionRow(
            **{field: as_text(cells[index]) if index < len(cells) else "" for field, index in columns.items()},
            **({} if "profile" in columns else {"profile": ""}),
            line=line,
        )
        for line, cells in table.rows
    ]
    return rows, tuple(heading for heading in ignored if heading)
