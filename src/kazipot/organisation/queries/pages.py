"""Reads that only pages need."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from kazipot.foundation.folding import pattern_of, words_of
from kazipot.foundation.models import User
from kazipot.foundation.periods import covers
from kazipot.organisation.models import Employment, Person, RoleGrant, RosterUpload, UnitSuccession, UnitVersion
from kazipot.organisation.queries.structure import employments_on


@dataclass(frozen=True, slots=True)
class EmployerSize:
    """How large an employer is on a day."""

    units: int
    people: int


def employer_sizes(on: date) -> dict[int, EmployerSize]:
    """Units and distinct people of every employer on the day: {employer id: size}. Two queries."""
    units = dict(
        UnitVersion.objects.filter(covers(on)).values_list("unit__employer_id").annotate(Count("pk")).order_by()
    )
    rows = employments_on(on).values_list("employer_id").annotate(Count("person_id", distinct=True)).order_by()
    people = dict(rows)
    return {pk: EmployerSize(units.get(pk, 0), people.get(pk, 0)) for pk in units.keys() | people.keys()}


def versions_of(unit_id: int) -> QuerySet[UnitVersion]:
    """What a unit was called and where it hung, latest first."""
    return UnitVersion.objects.filter(unit_id=unit_id).select_related("parent").order_by("-valid_from")


def successions_of(unit_id: int) -> QuerySet[UnitSuccession]:
    """Whom a unit follows and who follows it, latest first."""
    rows = UnitSuccession.objects.filter(Q(predecessor_id=unit_id) | Q(successor_id=unit_id))
    return rows.select_related("predecessor", "successor").order_by("-on", "pk")


def employments_from(unit_id: int, on: date) -> list[Employment]:
    """Jobs in the unit that last on the day or begin later, by name."""
    rows = Employment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit_id=unit_id)
    return list(rows.select_related("person", "post").order_by("person__last_name", "person__first_name", "pk"))


def people_within(
    on: date, *, employer_ids: Collection[int], unit_ids: Collection[int], containing: str = ""
) -> QuerySet[Employment]:
    """Jobs held on the day at some employers or in some units, by name; `containing` searches names and numbers.

    Neither case nor marks of letters matter: `cater` finds Čater.
    """
    rows = employments_on(on).filter(Q(employer_id__in=employer_ids) | Q(unit_id__in=unit_ids))
    for word in words_of(containing):
        sought = pattern_of(word)
        rows = rows.filter(
            Q(person__first_name__regex=sought) | Q(person__last_name__regex=sought) | Q(personnel_number__regex=sought)
        )
    return rows.select_related("person", "unit", "post").order_by("person__last_name", "person__first_name", "pk")


def person_by_number(employer_id: int, personnel_number: str, *, on: date) -> Person | None:
    """Who has the number at the employer on the day, or None."""
    row = employments_on(on).filter(employer_id=employer_id, personnel_number=personnel_number).select_related("person")
    found = row.first()
    return found.person if found else None


def jobs_by_number(employer_ids: Collection[int]) -> dict[tuple[int, str], list[tuple[date, date | None, int]]]:
    """Who had which number when: {(employer id, number): [(first day, end, person id)]}. One query."""
    found: dict[tuple[int, str], list[tuple[date, date | None, int]]] = defaultdict(list)
    rows = Employment.objects.filter(employer_id__in=employer_ids).order_by("valid_from", "pk")
    for employer_id, number, first, end, person_id in rows.values_list(
        "employer_id", "personnel_number", "valid_from", "valid_to", "person_id"
    ).iterator():
        found[employer_id, number].append((first, end, person_id))
    return dict(found)


def user_by_name(username: str) -> User | None:
    """The account with this name, or None."""
    return User.objects.filter(username=username).first()


def grants_in_force(on: date) -> QuerySet[RoleGrant]:
    """Every role held on the day or from later on, by account."""
    rows = RoleGrant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on)).select_related("user", "employer", "unit")
    return rows.order_by("user__username", "role", "pk")


def users_with_role(role: str, *, on: date) -> QuerySet[User]:
    """Accounts that hold the role on the day, by name."""
    held = RoleGrant.objects.filter(covers(on), role=role).values("user_id")
    return User.objects.filter(pk__in=held).order_by("last_name", "first_name", "username")


def grant_by_id(grant_id: int) -> RoleGrant | None:
    """The role of an account, or None."""
    return RoleGrant.objects.select_related("user", "employer", "unit").filter(pk=grant_id).first()


def upload_of(user: User, upload_id: int) -> RosterUpload | None:
    """A roster that this account uploaded, or None."""
    return RosterUpload.objects.filter(user=user, pk=upload_id).first()
