"""The wording of decisions: what may stand in braces, what is wrong in a wording, and what it says once filled in."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter
from typing import Any

from django.utils import translation

from kazipot.advisors.choices import AppointmentRole
from kazipot.foundation.ui.templatetags.ui import day

PLACEHOLDERS = ("oseba", "enota", "vloga", "prvi_dan", "sklic", "datum")


def faults(text: str) -> Iterator[tuple[int, str]]:
    """Lines in which something stands in braces that nothing fills: (number of the line, what stands there)."""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        try:
            parts = list(Formatter().parse(line))
        except ValueError:
            yield number, line.strip()
            continue
        for _text, name, spec, conversion in parts:
            if name is not None and (name not in PLACEHOLDERS or spec or conversion):
                written = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
                yield number, f"{{{written}}}"


def values_of(
    *, person: str, unit: str, role: AppointmentRole, first: date, reference: str, on: date
) -> dict[str, str]:
    """What fills the braces, in Slovenian."""
    with translation.override("sl"):
        told = (person, unit, str(role.label), day(first), reference, day(on))
    return dict(zip(PLACEHOLDERS, told, strict=True))


def sample_values(on: date) -> dict[str, str]:
    """An invented appointment, to see a wording filled in."""
    return values_of(
        person="Ana Primer", unit="Oddelek za primere", role=AppointmentRole.ADVISOR, first=on,
        reference="000-0/0000-0", on=on,
    )  # fmt: skip


def filled_in(heading: str, body: str, signatory: str, values: Mapping[str, str]) -> dict[str, Any]:
    """A decision's content; an empty line in the wording begins a new paragraph."""
    text = body.replace("\r\n", "\n").format(**values)
    paragraphs = [re.sub(r"[ \n]+", " ", part).strip() for part in re.split(r"\n\s*\n", text)]
    return {
        "heading": heading.format(**values),
        "reference": values["sklic"],
        "date": values["datum"],
        "paragraphs": [paragraph for paragraph in paragraphs if paragraph],
        "signatory": signatory,
    }
