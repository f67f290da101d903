"""Decisions of appointment: the city's template is changed, and a decision is issued with each appointment."""

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.errors import UnknownPlaceholder
from kazipot.advisors.models import Appointment, Decision, DecisionTemplate
from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.organisation import queries as organisation

BUILT_IN = Path(__file__).parents[1] / "data" / "decision.yaml"


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
    check_wording(heading=heading, body=body)
    made = DecisionTemplate.objects.create(heading=heading, body=body, signatory=signatory, author=actor, created_at=at)
    audit.record("advisors.change_template", made, actor=actor, at=at)
    return made


def check_wording(*, heading: str, body: str) -> None:
    """Raises UnknownPlaceholder for the first line with braces that nothing fills."""
    for field, text in (("heading", heading), ("body", body)):
        for line, written in queries.wording_faults(text):
            raise UnknownPlaceholder(written, queries.PLACEHOLDERS, line=line, field=field)


def issue(appointment: Appointment, *, at: datetime) -> Decision:
    """The decision of an appointment, worded by the template in force, in Slovenian; in the caller's transaction."""
    content = _content(appointment, template_in_force(), at)
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return Decision.objects.create(appointment=appointment, content=content, digest=digest, issued_at=at)


def _content(appointment: Appointment, template: DecisionTemplate, at: datetime) -> dict[str, Any]:
    unit = organisation.unit_by_id(appointment.unit_id, on=appointment.valid_from)
    values = queries.decision_values(
        person=appointment.person.name,
        unit=unit.name_sl if unit else appointment.unit.code,
        role=AppointmentRole(appointment.role),
        first=appointment.valid_from,
        reference=appointment.decision_reference,
        on=timezone.localtime(at).date(),
    )
    return queries.decision_content(template.heading, template.body, template.signatory, values)
