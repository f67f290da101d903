"""Employers, units and job profiles come, change, move and close; every change begins on a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.periods import covers
from kazipot.organisation import queries
from kazipot.organisation.errors import (
    CodeTaken,
    CyclicTree,
    LaterChange,
    ParentNotThere,
    StillEmployed,
    UnitNotThere,
    UnitsBelow,
)
from kazipot.organisation.models import Employer, Employment, JobProfile, Unit, UnitVersion


@transaction.atomic
def add_employer(*, code: str, name_sl: str, name_en: str, kind: str, at: datetime, actor: User | None) -> Employer:
    """An employer joins the programme. Raises CodeTaken."""
    if Employer.objects.filter(code=code).exists():
        raise CodeTaken
    employer = Employer.objects.create(code=code, name_sl=name_sl, name_en=name_en, kind=kind)
    audit.record("organisation.add_employer", employer, actor=actor, at=at, employer_code=code, name=name_sl)
    return employer


@transaction.atomic
def add_job_profile(
    *, code: str, name_sl: str, name_en: str, family: str, at: datetime, actor: User | None
) -> JobProfile:
    """A kind of work gets a name. Raises CodeTaken."""
    if JobProfile.objects.filter(code=code).exists():
        raise CodeTaken
    profile = JobProfile.objects.create(code=code, name_sl=name_sl, name_en=name_en, family=family)
    audit.record("organisation.add_job_profile", profile, actor=actor, at=at, code=code)
    return profile


@transaction.atomic
def add_unit(
    *,
    employer_id: int,
    code: str,
    name_sl: str,
    name_en: str,
    kind: str,
    must_have_advisor: bool,
    parent_id: int | None,
    valid_from: date,
    at: datetime,
    actor: User | None,
) -> Unit:
    """A unit begins on a day. Raises CodeTaken, ParentNotThere."""
    employer = lock(Employer.objects.filter(pk=employer_id)).get()
    if Unit.objects.filter(employer=employer, code=code).exists():
        raise CodeTaken
    _check_parent(employer.pk, parent_id, valid_from)
    unit = Unit.objects.create(employer=employer, code=code)
    UnitVersion.objects.create(
        unit=unit,
        parent_id=parent_id,
        name_sl=name_sl,
        name_en=name_en,
        kind=kind,
        must_have_advisor=must_have_advisor,
        valid_from=valid_from,
    )
    audit.record(
        "organisation.add_unit", unit, actor=actor, at=at, employer_code=employer.code,
        code=code, valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return unit


@transaction.atomic
def change_unit(
    *,
    unit_id: int,
    on: date,
    at: datetime,
    actor: User | None,
    name_sl: str | None = None,
    name_en: str | None = None,
    kind: str | None = None,
    must_have_advisor: bool | None = None,
) -> None:
    """From a day on a unit is called otherwise, is of another kind, or needs an advisor (or no longer).

    What is None stays. Nothing is written when nothing differs. Raises UnitNotThere, LaterChange.
    """
    wanted = {"name_sl": name_sl, "name_en": name_en, "kind": kind, "must_have_advisor": must_have_advisor}
    version = version_to_change(unit_id, on)
    differing = {key: value for key, value in wanted.items() if value is not None and getattr(version, key) != value}
    if not differing:
        return
    continue_as(version, on, **differing)
    audit.record(
        "organisation.change_unit", version.unit, actor=actor, at=at, employer_code=version.unit.employer.code,
        on=on.isoformat(), **differing,
    )  # fmt: skip


@transaction.atomic
def move_unit(*, unit_id: int, parent_id: int | None, on: date, at: datetime, actor: User | None) -> None:
    """From a day on a unit hangs under another one (or under none). Raises CyclicTree and those of change_unit."""
    version = version_to_change(unit_id, on)
    if version.parent_id == parent_id:
        return
    _check_parent(version.unit.employer_id, parent_id, on)
    if parent_id is not None:
        check_no_cycle(version.unit, parent_id, on)
    continue_as(version, on, parent_id=parent_id)
    audit.record(
        "organisation.move_unit", version.unit, actor=actor, at=at, employer_code=version.unit.employer.code,
        on=on.isoformat(), parent=parent_id,
    )  # fmt: skip


@transaction.atomic
def close_unit(*, unit_id: int, on: date, at: datetime, actor: User | None) -> None:
    """A unit is no more from a day on. Raises UnitNotThere, LaterChange, StillEmployed, UnitsBelow."""
    version = version_to_end(unit_id, on)
    staying = Employment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit_id=unit_id)
    if people := staying.values("person_id").distinct().count():
        raise StillEmployed(people)
    if UnitVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent_id=unit_id).exists():
        raise UnitsBelow
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
    audit.record(
        "organisation.close_unit", version.unit, actor=actor, at=at, employer_code=version.unit.employer.code,
        on=on.isoformat(),
    )  # fmt: skip


def version_to_change(unit_id: int, on: date) -> UnitVersion:
    """The version in force on the day, locked. Raises UnitNotThere; LaterChange if another follows it."""
    unit = lock(Unit.objects.filter(pk=unit_id)).get()
    lock(Employer.objects.filter(pk=unit.employer_id)).get()
    later = UnitVersion.objects.filter(unit=unit, valid_from__gt=on).order_by("-valid_from").first()
    if later is not None:
        raise LaterChange(later.valid_from)
    version = UnitVersion.objects.filter(covers(on), unit=unit).select_related("unit__employer").first()
    if version is None:
        raise UnitNotThere
    return version


def version_to_end(unit_id: int, on: date) -> UnitVersion:
    """The version that can end on the day: it began before it."""
    version = version_to_change(unit_id, on)
    if version.valid_from == on:
        raise UnitNotThere
    return version


def continue_as(version: UnitVersion, on: date, **changes: Any) -> None:
    """Let the version end on the day and another one, with the changes, follow it (or change it, if it begins then)."""
    if version.valid_from == on:
        UnitVersion.objects.filter(pk=version.pk).update(**changes)
        return
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
    kept = {
        "parent_id": version.parent_id,
        "name_sl": version.name_sl,
        "name_en": version.name_en,
        "kind": version.kind,
        "must_have_advisor": version.must_have_advisor,
    }
    UnitVersion.objects.create(unit_id=version.unit_id, valid_from=on, valid_to=version.valid_to, **{**kept, **changes})


def check_no_cycle(unit: Unit, parent_id: int, on: date) -> None:
    """Raises CyclicTree if the parent hangs, on the day or after a later change, below the unit."""
    later = UnitVersion.objects.filter(unit__employer_id=unit.employer_id, valid_from__gt=on)
    for day in {on, *later.values_list("valid_from", flat=True)}:
        if parent_id in queries.unit_ids_below(unit.pk, on=day):
            raise CyclicTree


def _check_parent(employer_id: int, parent_id: int | None, on: date) -> None:
    if parent_id is None:
        return
    parent = queries.unit_by_id(parent_id, on=on)
    if parent is None or parent.employer_id != employer_id:
        raise ParentNotThere
