"""What the check of a posting says, as data and in words."""

from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.language.demands import Evidence, Reading, Verdict
from kazipot.core.language.lexicon import Force, Level
from kazipot.hiring.queries.check import names_of_competences


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """`{"demands": [{"code", "level", "strength", "evidence"}, …], "verdict"}`; a level that no word names is null."""
    return {
        "demands": [
            {
                "code": demand.code,
                "level": demand.level.value if demand.level else None,
                "strength": demand.strength.value,
                "evidence": _words(demand.evidence),
            }
            for demand in reading.demands
        ],
        "verdict": reading.verdict.value,
    }


def reading_in_words(reading: Reading, language: str) -> str:
    """The verdict, each demand with the words that say so, and what is only general."""
    names = names_of_competences(language)
    levels = {
        Level.BASIC: _("basic"),
        Level.INTERMEDIATE: _("intermediate"),
        Level.ADVANCED: _("advanced"),
        Level.HIGHLY_ADVANCED: _("highly advanced"),
    }
    lines = [
        {
            Verdict.SELECTED: _("The posting requires selected digital knowledge."),
            Verdict.VAGUE: _(
                "The posting speaks of digital knowledge only in general or as desired: name what is required."
            ),
            Verdict.NONE: _("The posting says nothing of the candidate's digital knowledge."),
        }[reading.verdict]
    ]
    for demand in reading.demands:
        level = levels[demand.level] if demand.level else _("no level named")
        strength = _("required") if demand.strength is Force.DEMAND else _("desired")
        quoted = ", ".join(f"»{words}«" for words in _words(demand.evidence))
        lines.append(f"  {demand.code} {names[demand.code]}: {strength}, {level}; {quoted}")
    if reading.vague:
        quoted = ", ".join(f"»{words}«" for words in _words(reading.vague))
        lines.append("  " + _("Too general: %(words)s") % {"words": quoted})
    return "\n".join(lines)


def _words(evidence: tuple[Evidence, ...]) -> list[str]:
    return list(dict.fromkeys(each.text for each in evidence))
