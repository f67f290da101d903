"""Every read of the organisation. Whatever depends on time takes the day `on`."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import get_language

from kazipot.foundation.models import User
from kazipot.foundation.periods import covers
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employer, Employment, JobProfile, Person, RoleGrant, UnitVersion


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it stood on a day."""

    id: int
    code: str
    employer_id: int
    employer_code: str
    parent_id: int | None
    name_sl: str
    name_en: str
    kind: str
    must_have_advisor: bool

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl


def _unit_on_day(version: UnitVersion) -> UnitOnDay:
    return UnitOnDay(
        id=version.unit_id,
        code=version.unit.code,
        employer_id=version.unit.employer_id,
        employer_code=version.unit.employer.code,
        parent_id=version.parent_id,
        name_sl=version.name_sl,
        name_en=version.name_en,
        kind=version.kind,
        must_have_advisor=version.must_have_advisor,
    )


def units_on(on: date, *, employer_id: int | None = None) -> list[UnitOnDay]:
    """Every unit that existed on the day, by employer and code; of one employer if named. One query."""
    versions = UnitVersion.objects.filter(covers(on)).select_related("unit__employer")
    if employer_id is not None:
        versions = versions.filter(unit__employer_id=employer_id)
    return [_unit_on_day(version) for version in versions.order_by("unit__employer__code", "unit__code")]


def unit_by_code(employer_code: str, code: str, *, on: date) -> UnitOnDay | None:
    """A unit by its codes as it stood on the day, or None."""
    version = (
        UnitVersion.objects.filter(covers(on), unit__employer__code=employer_code, unit__code=code)
        .select_related("unit__employer")
        .first()
    )
    return _unit_on_day(version) if version else None


def last_of_unit(employer_code: str, code: str) -> UnitOnDay | None:
    """A unit by its codes as it stood last (or will stand first, if it hasn't begun), or None."""
    version = (
        UnitVersion.objects.filter(unit__employer__code=employer_code, unit__code=code)
        .select_related("unit__employer")
        .order_by("-valid_from")
        .first()
    )
    return _unit_on_day(version) if version else None


def unit_by_id(unit_id: int, *, on: date) -> UnitOnDay | None:
    """A unit as it stood on the day, or None."""
    version = UnitVersion.objects.filter(covers(on), unit_id=unit_id).select_related("unit__employer").first()
    return _unit_on_day(version) if version else None


def unit_ids_below(unit_id: int, *, on: date) -> frozenset[int]:
    """The unit and every unit below it in the tree of the day."""
    children: dict[int | None, list[int]] = defaultdict(list)
    rows = UnitVersion.objects.filter(
        covers(on), unit__employer__in=Employer.objects.filter(pk__in=_employer_of_unit(unit_id))
    ).values_list("unit_id", "parent_id")
    for child, parent in rows:
        children[parent].append(child)
    found = {unit_id}
    waiting = [unit_id]
    while waiting:
        below = [child for child in children[waiting.pop()] if child not in found]
        found.update(below)
        waiting.extend(below)
    return frozenset(found)


def _employer_of_unit(unit_id: int) -> Iterable[int]:
    return UnitVersion.objects.filter(unit_id=unit_id).values_list("unit__employer_id", flat=True)


def employers() -> QuerySet[Employer]:
    """Every employer, by code."""
    return Employer.objects.order_by("code")


def employer_by_code(code: str) -> Employer | None:
    """The employer with this code, or None."""
    return Employer.objects.filter(code=code).first()


def job_profiles() -> QuerySet[JobProfile]:
    """Every kind of work, by code."""
    return JobProfile.objects.order_by("code")


def job_profile_by_code(code: str) -> JobProfile | None:
    """The kind of work with this code, or None."""
    return JobProfile.objects.filter(code=code).first()


def employments_on(on: date) -> QuerySet[Employment]:
    """Every employment in force on the day."""
    return Employment.objects.filter(covers(on))


def employments_of(person: Person, *, on: date) -> list[Employment]:
    """The person's employments on the day (two jobs at once happen)."""
    return list(employments_on(on).filter(person=person).select_related("unit", "employer", "post"))


def periods_employed(person_id: int, employer_id: int) -> list[tuple[date, date | None]]:
    """The half-open periods in which the person worked (or will work) for the employer, by first day."""
    rows = Employment.objects.filter(person_id=person_id, employer_id=employer_id).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to"))


def is_number_of(person_id: int, employer_id: int, number: str) -> bool:
    """Whether the person is, or was, known to the employer by this personnel number."""
    return Employment.objects.filter(person_id=person_id, employer_id=employer_id, personnel_number=number).exists()


def headcount_by_unit(on: date) -> dict[int, int]:
    """People per unit on the day: {unit id: number of distinct people}; units with nobody are left out."""
    rows = employments_on(on).values("unit_id").annotate(people=Count("person_id", distinct=True))
    return {row["unit_id"]: row["people"] for row in rows}


def headcounts(places: Collection[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """People who work in a unit itself on a day: {(unit id, day): number of distinct people}. One query."""
    rows = Employment.objects.filter(unit_id__in={unit_id for unit_id, _day in places})
    jobs: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for unit_id, person_id, first, end in rows.values_list("unit_id", "person_id", "valid_from", "valid_to"):
        jobs[unit_id].append((person_id, first, end))
    return {
        (unit_id, on): len(
            {who for who, since, until in jobs[unit_id] if since <= on and (until is None or on < until)}
        )
        for unit_id, on in places
    }


def employments_called(words: Collection[str], employer_id: int, *, on: date) -> dict[str, Employment]:
    """Who works on the day under a personnel number at the employer, or an e-mail address at any. One query.

    {word: employment}; words that fit nobody are left out. An address is the same in capital letters.
    """
    lower = {word.lower() for word in words if "@" in word}
    numbers = {word for word in words if "@" not in word}
    rows = employments_on(on).annotate(address=Lower("person__email"))
    rows = rows.filter(Q(employer_id=employer_id, personnel_number__in=numbers) | Q(address__in=lower))
    found: dict[str, Employment] = {}
    for row in rows.select_related("person", "unit").order_by("hired_on", "pk"):
        if row.employer_id == employer_id and row.personnel_number in numbers:
            found.setdefault(row.personnel_number, row)
        if row.person.email.lower() in lower:
            found.setdefault(row.person.email.lower(), row)
    return {word: found[_called(word)] for word in words if _called(word) in found}


def _called(word: str) -> str:
    return word.lower() if "@" in word else word


class Addressee(NamedTuple):
    """Somebody to write to; the address may be empty."""

    name: str
    email: str
    language: str


def heads_of_unit(unit_id: int, *, on: date) -> list[Addressee]:
    """Who heads the unit on the day; when nobody does, who heads the nearest unit above it."""
    place: int | None = unit_id
    seen: set[int] = set()
    while place is not None and place not in seen:
        seen.add(place)
        grants = RoleGrant.objects.filter(covers(on), role=Role.HEAD, unit_id=place).select_related("user")
        users = [grant.user for grant in grants.order_by("pk")]
        if users:
            people = {person.user_id: person for person in Person.objects.filter(user__in=users)}
            return [_addressee(user, people.get(user.pk)) for user in users]
        place = UnitVersion.objects.filter(covers(on), unit_id=place).values_list("parent_id", flat=True).first()
    return []


def _addressee(user: User, person: Person | None) -> Addressee:
    if person is None:
        return Addressee(user.get_full_name() or user.username, user.email, user.language)
    return Addressee(person.name, person.email or user.email, person.language)


class MainJob(NamedTuple):
    """The one job that a person is counted under; a tuple, because everybody's are read at once."""

    person_id: int
    employer_id: int
    unit_id: int
    hired_on: date


def main_employments(on: date) -> dict[int, MainJob]:
    """The one employment that a person is counted under: {person id: job}. One query.

    Who holds two jobs on the day counts once, under the job held longest (then the lower id).
    """
    found: dict[int, MainJob] = {}
    rows = employments_on(on).order_by("hired_on", "id")
    for row in rows.values_list("person_id", "employer_id", "unit_id", "hired_on").iterator(chunk_size=10_000):
        found.setdefault(row[0], MainJob(*row))
    return found


class Work(NamedTuple):
    """What kind of work a person does: the job profile's id and family, None and "" where the post has none."""

    profile_id: int | None
    family: str


def main_work(on: date) -> dict[int, tuple[MainJob, Work]]:
    """Everyone's main employment (as in `main_employments`) with its kind of work, by person id. One query."""
    found: dict[int, tuple[MainJob, Work]] = {}
    rows = employments_on(on).order_by("hired_on", "id")
    for person, employer, unit, hired_on, profile, family in rows.values_list(
        "person_id", "employer_id", "unit_id", "hired_on", "post__profile_id", "post__profile__family"
    ).iterator(chunk_size=10_000):
        found.setdefault(person, (MainJob(person, employer, unit, hired_on), Work(profile, family or "")))
    return found


def person_of_user(user: User) -> Person | None:
    """The person behind an account, or None."""
    return Person.objects.filter(user=user).first()


def grants_of(user: User, *, on: date) -> list[RoleGrant]:
    """The roles granted to an account on the day."""
    return list(RoleGrant.objects.filter(covers(on), user=user).select_related("employer"))
