"""Units merge and split: their people go over on a day, and who follows whom stays known."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.foundation.periods import covers
from kazipot.organisation import queries
from kazipot.organisation.choices import Succession
from kazipot.organisation.errors import AnotherEmployer, CyclicTree, NotAllShared, UnitNotThere, UnitsBelow
from kazipot.organisation.models import Employment, Unit, UnitSuccession, UnitVersion
from kazipot.organisation.operations.units import continue_as, version_to_end

CHUNK = 500


@transaction.atomic
def merge_units(*, unit_ids: Collection[int], into_id: int, on: date, at: datetime, actor: User | None) -> None:
    """Some units end on a day; their people and the units below them go over to another one.

    Raises UnitNotThere, AnotherEmployer, CyclicTree, LaterChange.
    """
    into = queries.unit_by_id(into_id, on=on)
    if into is None:
        raise UnitNotThere(field="into")
    for unit_id in sorted(unit_ids):
        version = version_to_end(unit_id, on)
        if version.unit.employer_id != into.employer_id:
            raise AnotherEmployer
        if into_id in queries.unit_ids_below(unit_id, on=on):
            raise CyclicTree
        for below in UnitVersion.objects.filter(covers(on), parent_id=unit_id):
            continue_as(below, on, parent_id=into_id)
        UnitVersion.objects.filter(parent_id=unit_id, valid_from__gt=on).update(parent_id=into_id)
        _carry_over(_staying(unit_id, on), into_id, on)
        UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
        UnitSuccession.objects.create(predecessor_id=unit_id, successor_id=into_id, on=on, kind=Succession.MERGE)
        audit.record(
            "organisation.merge_units", version.unit, actor=actor, at=at, employer_code=version.unit.employer.code,
            on=on.isoformat(), into=into.code,
        )  # fmt: skip


@transaction.atomic
def split_unit(
    *,
    unit_id: int,
    into: Mapping[int, Collection[int]],
    on: date,
    at: datetime,
    actor: User | None,
) -> None:
    """A unit ends on a day; `into` says which of its employments go to which unit, every one exactly once.

    Raises UnitNotThere, AnotherEmployer, UnitsBelow, NotAllShared, LaterChange.
    """
    version = version_to_end(unit_id, on)
    if UnitVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent_id=unit_id).exists():
        raise UnitsBelow
    successors = {unit.pk: unit for unit in Unit.objects.filter(pk__in=into)}
    for successor_id in into:
        if successor_id == unit_id or queries.unit_by_id(successor_id, on=on) is None:
            raise UnitNotThere(field="into")
        if successors[successor_id].employer_id != version.unit.employer_id:
            raise AnotherEmployer
    staying = {employment.pk: employment for employment in _staying(unit_id, on)}
    given = [employment_id for ids in into.values() for employment_id in ids]
    if faults := len(set(staying) ^ set(given)) + len(given) - len(set(given)):
        raise NotAllShared(faults)
    for successor_id, ids in into.items():
        _carry_over([staying[employment_id] for employment_id in ids], successor_id, on)
        UnitSuccession.objects.create(predecessor_id=unit_id, successor_id=successor_id, on=on, kind=Succession.SPLIT)
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
    audit.record(
        "organisation.split_unit", version.unit, actor=actor, at=at, employer_code=version.unit.employer.code,
        on=on.isoformat(), into=sorted(successors[pk].code for pk in into),
    )  # fmt: skip


def _staying(unit_id: int, on: date) -> list[Employment]:
    """Employments of the unit that last on the day, or begin later."""
    return list(Employment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit_id=unit_id).order_by("pk"))


def _carry_over(employments: Iterable[Employment], unit_id: int, on: date) -> None:
    """The same jobs go on in another unit from the day."""
    begun = [employment for employment in employments if employment.valid_from < on]
    later = [employment.pk for employment in employments if employment.valid_from >= on]
    for ids in _chunks([employment.pk for employment in begun]):
        Employment.objects.filter(pk__in=ids).update(valid_to=on)
    for ids in _chunks(later):
        Employment.objects.filter(pk__in=ids).update(unit_id=unit_id)
    Employment.objects.bulk_create(
        (
            Employment(
                person_id=employment.person_id,
                employer_id=employment.employer_id,
                personnel_number=employment.personnel_number,
                unit_id=unit_id,
                post_id=employment.post_id,
                hired_on=employment.hired_on,
                valid_from=on,
                valid_to=employment.valid_to,
            )
            for employment in begun
        ),
        batch_size=CHUNK,
    )


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
