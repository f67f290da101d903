"""Whom to tell what about the duty, whom mail can't reach, and who comes to a verification week."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from kazipot.core.duty.standing import NOT_ASKED, Duty, State
from kazipot.foundation.periods import covers
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach
from kazipot.organisation.models import Person, RoleGrant
from kazipot.verification.choices import NoticeKind
from kazipot.verification.models import BouncedAddress, Invitation, Notice, Verification, Week
from kazipot.verification.queries.log import duties_on

JUST_DONE = timedelta(days=14)
"""So long after the last thing done a person is told that nothing is left to do."""
EVERYWHERE = Reach(True, frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class ToTell:
    """A person to be told something about a day. `email` is empty when mail can't reach them."""

    person: Person
    unit_id: int
    employer_id: int
    kind: NoticeKind
    about_on: date
    duty: Duty
    email: str


def to_tell(on: date, reach: Reach = EVERYWHERE) -> list[ToTell]:
    """Who would be told what today and hasn't been, by the day it is about. Some dozen queries.

    A proof that lapses is told once, however often this is asked, and not at all when a newer one is held.
    """
    jobs = organisation.main_employments(on)
    told = set(Notice.objects.values_list("person_id", "kind", "about_on"))
    found = []
    for person_id, duty in duties_on(on).items():
        job = jobs.get(person_id)
        notice = _notice(duty)
        within = job is not None and reach.covers(employer_id=job.employer_id, unit_id=job.unit_id)
        if job is None or notice is None or not within or (person_id, *notice) in told:
            continue
        found.append((person_id, job, notice, duty))
    people = Person.objects.in_bulk([row[0] for row in found])
    bounced = bounced_addresses()
    return sorted(
        (
            ToTell(people[pk], job.unit_id, job.employer_id, kind, about_on, duty, _reachable(people[pk], bounced))
            for pk, job, (kind, about_on), duty in found
        ),
        key=lambda row: (row.about_on, row.person.last_name, row.person.first_name, row.person.pk),
    )


def _notice(duty: Duty) -> tuple[NoticeKind, date] | None:
    """The one thing that matters most: late, then lapsing, then done."""
    if duty.state in NOT_ASKED:
        return None
    if duty.is_late and duty.due_on is not None:
        return NoticeKind.LATE, duty.due_on
    both = (duty.training, duty.verification)
    lapsing = [row.valid_until for row in both if row.state is State.EXPIRING and row.valid_until is not None]
    if lapsing:
        return NoticeKind.LAPSES, min(lapsing)
    last = max((row.done_on for row in both if row.done_on is not None), default=None)
    if duty.is_done and duty.valid_until is not None and last is not None and duty.on - last <= JUST_DONE:
        return NoticeKind.DONE, duty.valid_until
    return None


def bounced_addresses() -> frozenset[str]:
    """Addresses from which mail came back, in small letters. One query."""
    return frozenset(BouncedAddress.objects.annotate(small=Lower("email")).values_list("small", flat=True))


def bounces() -> QuerySet[BouncedAddress]:
    """Addresses from which mail came back, latest first."""
    return BouncedAddress.objects.all()


def _reachable(person: Person, bounced: Collection[str]) -> str:
    return "" if person.email.lower() in bounced else person.email


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person whom mail doesn't reach: there is no address, or it came back."""

    person: Person
    unit: organisation.UnitOnDay | None
    bounced: bool


def unreached(on: date, reach: Reach) -> list[Unreached]:
    """People within reach whom mail doesn't reach, by name. Four queries."""
    bounced = bounced_addresses()
    units = {unit.id: unit for unit in organisation.units_on(on)}
    jobs = organisation.main_employments(on)
    within = [pk for pk, job in jobs.items() if reach.covers(employer_id=job.employer_id, unit_id=job.unit_id)]
    people = Person.objects.in_bulk(within)
    rows = [
        Unreached(person, units.get(jobs[pk].unit_id), bool(person.email))
        for pk, person in people.items()
        if not _reachable(person, bounced)
    ]
    return sorted(rows, key=lambda row: (not row.bounced, row.person.last_name, row.person.first_name, row.person.pk))


def weeks() -> QuerySet[Week]:
    """Every verification week, latest first."""
    return Week.objects.prefetch_related("employers")


def week_by_id(week_id: int) -> Week | None:
    """A week, or None."""
    return weeks().filter(pk=week_id).first()


@dataclass(frozen=True, slots=True)
class ToInvite:
    """A person to invite to a week; `email` is empty when a printed code is needed."""

    person: Person
    employer_id: int
    unit_id: int
    email: str


def to_invite(week: Week, on: date) -> list[ToInvite]:
    """Who is due by the week's day and hasn't been invited to it, by name. Some dozen queries.

    Due is whose verification is missing or lapses by `lapsing_by`, if it can be renewed by the last day of the week.
    Who has to get help first is left in peace.
    """
    employers = {row.pk for row in week.employers.all()}
    invited = set(Invitation.objects.filter(week=week).values_list("person_id", flat=True))
    jobs = organisation.main_employments(on)
    chosen = [
        person_id
        for person_id, duty in duties_on(on).items()
        if person_id in jobs
        and person_id not in invited
        and (not employers or jobs[person_id].employer_id in employers)
        and _is_due(duty, week)
    ]
    people, bounced = Person.objects.in_bulk(chosen), bounced_addresses()
    rows = [
        ToInvite(people[pk], jobs[pk].employer_id, jobs[pk].unit_id, _reachable(people[pk], bounced)) for pk in chosen
    ]
    return sorted(rows, key=lambda row: (row.person.last_name, row.person.first_name, row.person.pk))


def _is_due(duty: Duty, week: Week) -> bool:
    test = duty.verification
    if duty.state in NOT_ASKED or test.needs_help:
        return False
    if test.next_attempt_on is not None and test.next_attempt_on > week.closes_on:
        return False
    if not test.is_in_order:
        return True
    assert test.valid_until is not None
    return test.valid_until <= week.lapsing_by and (test.window_from or duty.on) <= week.closes_on


def waiting(week_id: int) -> QuerySet[Invitation]:
    """Invitations whose people haven't taken a verification since the week opened, with the people."""
    came = Verification.objects.filter(
        person_id=OuterRef("person_id"), annulled_at=None, taken_on__gte=OuterRef("week__opens_on")
    )
    rows = Invitation.objects.filter(~Exists(came), week_id=week_id)
    return rows.select_related("person", "week", "employer", "unit").order_by("pk")


def invited(week_id: int) -> int:
    """How many people were invited to a week."""
    return Invitation.objects.filter(week_id=week_id).count()


def heads(on: date) -> dict[int, list[organisation.Addressee]]:
    """Who heads each unit on the day: {unit id: heads}; units with their own head only. Two queries."""
    grants = list(RoleGrant.objects.filter(covers(on), role=Role.HEAD).select_related("user").order_by("pk"))
    people = {person.user_id: person for person in Person.objects.filter(user__in=[row.user_id for row in grants])}
    found: dict[int, list[organisation.Addressee]] = {}
    for row in grants:
        person = people.get(row.user_id)
        email = (person.email if person else "") or row.user.email
        name = person.name if person else row.user.get_full_name() or row.user.username
        language = person.language if person else row.user.language
        if row.unit_id is not None:
            found.setdefault(row.unit_id, []).append(organisation.Addressee(name, email, language))
    return found
