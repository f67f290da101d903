"""Which units must have an advisor: rules by kind and exceptions are set, from a day on."""

from datetime import date, datetime

from django.db import transaction

from kazipot.advisors.errors import AlreadyEnded, EndsBeforeItBegins, ExceptionInForce, NotThisDay, RuleUnchanged
from kazipot.advisors.models import RequirementException, RequirementRule
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.periods import overlaps
from kazipot.organisation.models import Unit


@transaction.atomic
def set_rule(*, kind: str, required: bool, valid_from: date, at: datetime, actor: User | None) -> RequirementRule:
    """From a day on, units of a kind must (or need not) have an advisor. Raises RuleUnchanged, NotThisDay."""
    present = lock(RequirementRule.objects.filter(kind=kind, valid_to=None)).first()
    if present is not None:
        if present.required == required:
            raise RuleUnchanged
        if valid_from <= present.valid_from:
            raise NotThisDay(present.valid_from)
        present.valid_to = valid_from
        present.save(update_fields=["valid_to"])
    rule = RequirementRule.objects.create(kind=kind, required=required, valid_from=valid_from)
    audit.record(
        "advisors.set_rule", rule, actor=actor, at=at, kind=kind, required=required, valid_from=valid_from.isoformat()
    )
    return rule


@transaction.atomic
def except_unit(
    *, unit_id: int, required: bool, reason: str, valid_from: date, at: datetime, actor: User | None
) -> RequirementException:
    """From a day on, a unit is an exception, for a reason. Raises ExceptionInForce."""
    unit = lock(Unit.objects.filter(pk=unit_id)).select_related("employer").get()
    if RequirementException.objects.filter(overlaps(valid_from, None), unit=unit).exists():
        raise ExceptionInForce
    made = RequirementException.objects.create(unit=unit, required=required, reason=reason, valid_from=valid_from)
    audit.record(
        "advisors.except_unit", made, actor=actor, at=at, employer_code=unit.employer.code,
        unit=unit.code, required=required, reason=reason, valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def end_exception(*, exception_id: int, on: date, at: datetime, actor: User | None) -> RequirementException:
    """From a day on the unit is an exception no longer. Raises AlreadyEnded, EndsBeforeItBegins."""
    found = lock(RequirementException.objects.filter(pk=exception_id)).select_related("unit__employer").get()
    if found.valid_to is not None:
        raise AlreadyEnded
    if on <= found.valid_from:
        raise EndsBeforeItBegins
    found.valid_to = on
    found.save(update_fields=["valid_to"])
    audit.record(
        "advisors.end_exception", found, actor=actor, at=at, employer_code=found.unit.employer.code,
        unit=found.unit.code, on=on.isoformat(),
    )  # fmt: skip
    return found
