"""Roles and how far a capability reaches; which role has which capability is data of the project.

The table itself is `settings.KAZIPOT_CAPABILITIES` (see `project/roles.py`, the one readable place).
"""

from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who a person is in the programme. Everybody with an account linked to a person is an employee."""

    SERVICE = "service", _("Digitalisation Service")
    ADVISOR = "advisor", _("Digital advisor")
    HEAD = "head", _("Head of unit")
    HR = "hr", _("Human resources")
    TRAINER = "trainer", _("Trainer")
    EMPLOYEE = "employee", _("Employee")
    AUDITOR = "auditor", _("Auditor")


class Scope(StrEnum):
    """How far a role's capability reaches."""

    PROGRAMME = "programme"
    """Every employer in the programme."""
    EMPLOYER = "employer"
    """The employer that the role was granted for."""
    UNIT = "unit"
    """The unit that the role was granted for, and the units below it."""
    OWN = "own"
    """The person's own things only."""


def capabilities() -> Mapping[str, Mapping[Role, Scope]]:
    """The table: capability → role → how far it reaches."""
    table: Mapping[str, Mapping[Role, Scope]] = settings.KAZIPOT_CAPABILITIES
    return table


def scope_of(capability: str, role: Role) -> Scope | None:
    """How far `role` may use `capability`; None when not at all. An unknown capability is a mistake."""
    return capabilities()[capability].get(role)
