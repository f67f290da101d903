"""Decisions of appointment: the city's template is changed, and a decision is issued with each appointment."""

import hashlib
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone, translation

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.errors import UnknownPlaceholder
from kazipot.advisors.models import Appointment, Decision, DecisionTemplate
from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation

BUILT_IN = Path(__file__).parents[1] / "data" / "decision.yaml"
PLACEHOLDERS = ("oseba", "enota", "vloga", "prvi_dan", "sklic", "datum")


@cache
def built_in() -> DecisionTemplate:
    """The template that is used until the city writes its own."""
    return DecisionTemplate(**yaml.safe_load(BUILT_IN.read_text("utf-8")))


def template_in_force() -> DecisionTemplate:
    """The city's latest template, or the built-in one."""
    return DecisionTemplate.objects.first() or built_in()


@transaction.atomic
def change_template(*, heading: str, body: str, signatory: str, at: datetime, actor: User | None) -> DecisionTemplate:
    """A new wording for decisions to come. Raises UnknownPlaceholder for braces that nothing fills."""
    _refuse_unknown(body)
    _refuse_unknown(heading)
    made = DecisionTemplate.objects.create(heading=heading, body=body, signatory=signatory, author=actor, created_at=at)
    audit.record("advisors.change_template", made, actor=actor, at=at)
    return made


def _refuse_unknown(text: str) -> None:
    try:
        names = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise UnknownPlaceholder("{", PLACEHOLDERS) from error
    for name in names:
        if name not in PLACEHOLDERS:
            raise UnknownPlaceholder(name, PLACEHOLDERS)


def issue(appointment: Appointment, *, at: datetime) -> Decision:
    """The decision of an appointment, worded by the template in force, in Slovenian; in the caller's transaction."""
    content = _content(appointment, template_in_force(), at)
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return Decision.objects.create(appointment=appointment, content=content, digest=digest, issued_at=at)


def _content(appointment: Appointment, template: DecisionTemplate, at: datetime) -> dict[str, Any]:
    unit = organisation.unit_by_id(appointment.unit_id, on=appointment.valid_from)
    with translation.override("sl"):
        values = {
            "oseba": appointment.person.name,
            "enota": unit.name_sl if unit else appointment.unit.code,
            "vloga": str(AppointmentRole(appointment.role).label),
            "prvi_dan": day(appointment.valid_from),
            "sklic": appointment.decision_reference,
            "datum": day(timezone.localtime(at).date()),
        }
    text = template.body.replace("\r\n", "\n").format(**values)
    paragraphs = [re.sub(r"[ \n]+", " ", part).strip() for part in re.split(r"\n\s*\n", text)]
    return {
        "heading": template.heading.format(**values),
        "reference": values["sklic"],
        "date": values["datum"],
        "paragraphs": [paragraph for paragraph in paragraphs if paragraph],
        "signatory": template.signatory,
    }
