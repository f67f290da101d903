"""What stands in a quarter's digest: plain data in both languages, as it is frozen and as it is read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from kazipot.advisors.choices import Fate
from kazipot.advisors.models import WatchNote
from kazipot.advisors.queries.notes import fates, notes_of_quarter
from kazipot.advisors.queries.quarters import Quarter, owed_by_unit, rules
from kazipot.organisation import queries as organisation


def draft_digest(quarter: Quarter, *, on: date) -> dict[str, Any]:
    """The quarter's notes by field, how many units wrote, and how its proposals stand. A bounded number of queries."""
    day = min(on, quarter.last)
    units = {unit.id: unit for unit in organisation.units_on(day)}
    owed = owed_by_unit(day).values()
    rows = list(notes_of_quarter(quarter))
    return {
        "year": quarter.year,
        "quarter": quarter.number,
        "units": {"owing": sum(row.owed > 0 for row in owed), "wrote": len({row.unit_id for row in rows})},
        "fates": fates(quarter),
        "fields": [
            {"code": field["code"], "sl": field["sl"], "en": field["en"], "notes": written}
            for field in rules()["fields"]
            if (written := [_note(row, units) for row in rows if row.field == field["code"]])
        ],
    }


def _note(row: WatchNote, units: Mapping[int, organisation.UnitOnDay]) -> dict[str, Any]:
    unit = units.get(row.unit_id)
    said = getattr(row, "proposal", None)
    return {
        "id": row.pk,
        "unit_sl": unit.name_sl if unit else row.unit.code,
        "unit_en": unit.name_en if unit else row.unit.code,
        "title": row.title,
        "news": row.news,
        "meaning": row.meaning,
        "proposal": said.text if said else "",
        "fate": str(said.fate) if said else "",
        "reason": said.reason if said else "",
        "competences": [each.competence.code for each in row.competences.all()],
        "tags": [tag.name for tag in row.tags.all()],
    }


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """A digest's content in the reader's language: fields with notes, and proposals in words."""
    language = "en" if get_language() == "en" else "sl"
    names = dict(Fate.choices)
    return {
        **content,
        "intro": content.get("introduction", {}).get(language, ""),
        "fates": [(str(names[code]), number) for code, number in content["fates"].items()],
        "fields": [
            {
                "name": field[language],
                "notes": [
                    {**note, "unit": note[f"unit_{language}"], "fate": str(names.get(note["fate"], ""))}
                    for note in field["notes"]
                ],
            }
            for field in content["fields"]
        ],
    }
