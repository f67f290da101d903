"""Who is appointed may work at the advisor's desk: the role follows the appointment."""

import contextlib
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from kazipot.advisors import queries
from kazipot.advisors.models import Appointment
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation import operations as organisation
from kazipot.organisation.errors import AlreadyGranted, GrantEnded
from kazipot.organisation.models import RoleGrant


def give_role(appointment: Appointment, *, on: date, at: datetime, actor: User | None) -> None:
    """The account of who is appointed, if there is one, holds the advisor's role for the unit from the day on."""
    user_id = appointment.person.user_id
    if user_id is None:
        return
    with contextlib.suppress(AlreadyGranted):
        organisation.grant_role(
            user_id=user_id, role=Role.ADVISOR, employer_id=appointment.unit.employer_id,
            unit_id=appointment.unit_id, valid_from=on, at=at, actor=actor,
        )  # fmt: skip


def take_role(appointment: Appointment, *, on: date, at: datetime, actor: User | None) -> None:
    """The role ends with the appointment."""
    user_id = appointment.person.user_id
    if user_id is None:
        return
    grants = RoleGrant.objects.filter(user_id=user_id, role=Role.ADVISOR, unit_id=appointment.unit_id, valid_to=None)
    for grant in grants:
        with contextlib.suppress(GrantEnded):
            organisation.end_role(grant_id=grant.pk, on=on, at=at, actor=actor)


def give_missing_roles(*, on: date, at: datetime) -> None:
    """Who got an account after the appointment gets the role then."""
    held = RoleGrant.objects.filter(
        user_id=OuterRef("person__user_id"), role=Role.ADVISOR, unit_id=OuterRef("unit_id"), valid_to=None
    )
    rows = queries.active_appointments(on).filter(~Exists(held), person__user__isnull=False, valid_to=None)
    for row in rows.select_related("person", "unit"):
        give_role(row, on=on, at=at, actor=None)
