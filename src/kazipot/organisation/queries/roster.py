"""What a roster would change: people come, move, change and leave. Only reads; `operations.apply_roster` writes.

A roster lists everybody whom some employers employ on a day (`as_of`); who left since the last roster may stand
in it with the last day. Rows are matched with employments by employer, personnel number and post; what is left of
one number on both sides has moved; employments that nobody lists end on the day.
"""

import difflib
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.organisation.models import Employer, Employment, JobProfile, Person, Post
from kazipot.organisation.queries.structure import units_on

ONE_DAY = timedelta(days=1)
LEAVERS_LIMIT = 0.10
"""A roster that ends more than this share of the employments must be confirmed."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One job of one person. `valid_from` is the day of hiring; `valid_to` the first day no longer employed.

    `email` and `phone` of None are left as they are; an empty text erases them. Without a `key` the person is
    known by employer and number alone.
    """

    employer: str
    unit: str
    personnel_number: str
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    language: str
    post: str
    post_title: str
    profile: str
    valid_from: date
    valid_to: date | None
    key: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Rows that could be read, and the problems of those that couldn't."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...] = ()
    ignored_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class RosterPlan:
    """The changes that a roster asks for. People are named by key, posts by (employer id, code)."""

    as_of: date
    employer_codes: tuple[str, ...]
    employed: int
    new_people: dict[str, dict[str, str]] = field(default_factory=dict)
    changed_people: dict[int, dict[str, str]] = field(default_factory=dict)
    new_posts: dict[tuple[int, str], tuple[str, int | None]] = field(default_factory=dict)
    changed_posts: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    added: list[tuple[RosterRow, str, int, int, date]] = field(default_factory=list)
    """Row, person key, employer id, unit id, first day."""
    moved: list[tuple[Employment, RosterRow, int]] = field(default_factory=list)
    """Employment, row, new unit id."""
    corrected: list[tuple[Employment, date, date | None]] = field(default_factory=list)
    """Employment, hired on, end."""
    ended: list[tuple[Employment, date]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(
            (self.new_people, self.changed_people, self.new_posts, self.changed_posts, self.added, self.moved,
             self.corrected, self.ended)
        )  # fmt: skip

    @property
    def needs_confirmation(self) -> bool:
        """Whether so many would leave that somebody must say that it is meant."""
        return len(self.ended) > LEAVERS_LIMIT * self.employed

    def summary(self) -> dict[str, int]:
        """How many would be added, changed, moved and ended."""
        return {
            "added": len(self.added),
            "changed": len(self.changed_people) + len(self.corrected),
            "moved": len(self.moved),
            "ended": len(self.ended),
            "unchanged": self.unchanged,
        }

    def fingerprint(self) -> str:
        """A short text that differs when the plan changes other people or other numbers of them."""
        told: list[object] = [*sorted(self.new_people), *sorted(self.changed_people), *(e.pk for e, _on in self.ended)]
        told += [(e.pk, unit_id) for e, _row, unit_id in self.moved]
        told += [e.pk for e, _hired, _end in self.corrected]
        told += [(key, unit_id, first.isoformat()) for _row, key, _employer, unit_id, first in self.added]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def person_keys() -> dict[int, str]:
    """Every person's key: {person id: key}."""
    return dict(Person.objects.values_list("pk", "key"))


def plan_roster(roster: Roster, *, as_of: date, employer_ids: Collection[int] | None = None) -> RosterPlan:
    """Compare a roster with the records. `employer_ids` limits whose people it may hold.

    Raises InputRefused with a problem for every faulty row. A bounded number of queries, whatever the size.
    """
    return _Planner(roster, as_of, employer_ids).plan()


def _fault(row: RosterRow, name: str, value: str, message: str, remedy: str) -> Problem:
    return Problem(row.line, name, value, message, remedy)


class _Planner:
    """Works through a roster once; keeps what it learned of the records in dictionaries."""

    def __init__(self, roster: Roster, as_of: date, employer_ids: Collection[int] | None) -> None:
        self.roster = roster
        self.as_of = as_of
        self.problems = list(roster.problems)
        self.allowed = employer_ids
        self.employers = {employer.code: employer.pk for employer in Employer.objects.all()}
        self.units = {(unit.employer_code, unit.code): unit.id for unit in units_on(as_of)}
        self.profiles = dict(JobProfile.objects.values_list("code", "pk"))

    def plan(self) -> RosterPlan:
        """The plan, or InputRefused."""
        rows = [row for row in self.roster.rows if self._is_sound(row)]
        codes = tuple(sorted({row.employer for row in self.roster.rows if row.employer in self.employers}))
        ids = [self.employers[code] for code in codes]
        self._load(ids)
        current = sum(e.valid_from <= self.as_of for es in self.current.values() for e in es)
        plan = RosterPlan(self.as_of, codes, current)
        by_number: dict[tuple[int, str], list[RosterRow]] = defaultdict(list)
        for row in rows:
            by_number[self.employers[row.employer], row.personnel_number].append(row)
        self._check_numbers(by_number)
        if self.problems:
            self.problems.sort(key=lambda problem: problem.row or 0)
            raise InputRefused(
                ngettext(
                    "The roster was not imported: %(count)s thing needs a correction.",
                    "The roster was not imported: %(count)s things need a correction.",
                    len(self.problems),
                )
                % {"count": len(self.problems)},
                self.problems,
            )
        for number, listed in by_number.items():
            self._people(plan, number, listed)
            self._match(plan, number, listed)
        for number, employments in self.current.items():
            if number not in by_number:
                plan.ended.extend((e, self._last(e)) for e in employments if e.valid_from <= self.as_of)
        return plan

    def _load(self, ids: list[int]) -> None:
        self.current: dict[tuple[int, str], list[Employment]] = defaultdict(list)
        self.past: dict[tuple[int, str, str, date], date] = {}
        self.codes = dict(Post.objects.filter(employer_id__in=ids).values_list("pk", "code"))
        self.posts = {(post.employer_id, post.code): post for post in Post.objects.filter(employer_id__in=ids)}
        lasting = Q(valid_to=None) | Q(valid_to__gt=self.as_of)
        for e in Employment.objects.filter(lasting, employer_id__in=ids).order_by("pk").iterator():
            self.current[e.employer_id, e.personnel_number].append(e)
        ended = Employment.objects.filter(employer_id__in=ids, valid_to__lte=self.as_of).values_list(
            "employer_id", "personnel_number", "post_id", "hired_on", "valid_to"
        )
        for employer_id, number, post_id, hired_on, ended_on in ended.iterator():
            key = (employer_id, number, self.codes[post_id], hired_on)
            if ended_on is not None:
                self.past[key] = max(ended_on, self.past.get(key, ended_on))
        self.people = {person.key: person for person in Person.objects.iterator()}
        self.key_of = {person.pk: key for key, person in self.people.items()}

    def _is_sound(self, row: RosterRow) -> bool:
        """Whether the row can be used by itself; says why not."""
        found: list[Problem] = []
        for name in ("personnel_number", "first_name", "last_name", "post"):
            if not getattr(row, name):
                found.append(_fault(row, name, "", _("The field is empty."), _("Fill it in.")))
        if row.employer not in self.employers:
            found.append(self._unknown(row, "employer", row.employer, self.employers))
        elif self.allowed is not None and self.employers[row.employer] not in self.allowed:
            found.append(
                _fault(row, "employer", row.employer, _("You may not import people of this employer."),
                       _("Leave its rows out."))
            )  # fmt: skip
        elif (row.employer, row.unit) not in self.units:
            known = [code for employer, code in self.units if employer == row.employer]
            found.append(self._unknown(row, "unit", row.unit, known))
        if row.profile and row.profile not in self.profiles:
            found.append(self._unknown(row, "profile", row.profile, self.profiles))
        if row.language not in {"sl", "en"}:
            found.append(_fault(row, "language", row.language, _("The language is not known."), _("Write sl or en.")))
        if row.email and not _is_email(row.email):
            found.append(
                _fault(row, "email", row.email, _("This is not an e-mail address."), _("Correct it or leave it empty."))
            )
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            found.append(
                _fault(row, "valid_to", _as_written(row.valid_to - ONE_DAY), _("The job ends before it begins."),
                       _("Correct one of the two days."))
            )  # fmt: skip
        self.problems.extend(found)
        return not found

    def _unknown(self, row: RosterRow, name: str, value: str, known: Iterable[str]) -> Problem:
        close = difflib.get_close_matches(value, list(known), n=1)
        remedy = _("Did you mean %(code)s?") % {"code": close[0]} if close else _("Correct the code or add it first.")
        return _fault(row, name, value, _("This code is not known on the day of the roster."), remedy)

    def _check_numbers(self, by_number: dict[tuple[int, str], list[RosterRow]]) -> None:
        """One number is one person; one person has one post once."""
        for listed in by_number.values():
            first, posts = listed[0], {listed[0].post}
            for row in listed[1:]:
                same = (row.key, row.first_name, row.last_name) == (first.key, first.first_name, first.last_name)
                if not same or row.post in posts:
                    self.problems.append(
                        _fault(
                            row, "personnel_number", row.personnel_number,
                            _("The number is already in row %(row)s.") % {"row": first.line or "?"},
                            _("Give each person one number, and list each post once."),
                        )
                    )  # fmt: skip
                posts.add(row.post)

    def _people(self, plan: RosterPlan, number: tuple[int, str], listed: list[RosterRow]) -> None:
        """The person behind a number is new, changed, or as before."""
        row = listed[0]
        key = self._key(number, row)
        wanted = {"first_name": row.first_name, "last_name": row.last_name, "language": row.language}
        for name in ("email", "phone"):
            if (value := getattr(row, name)) is not None:
                wanted[name] = value
        person = self.people.get(key)
        if person is None:
            plan.new_people.setdefault(key, wanted)
            return
        differing = {name: value for name, value in wanted.items() if getattr(person, name) != value}
        if differing:
            plan.changed_people.setdefault(person.pk, {}).update(differing)

    def _key(self, number: tuple[int, str], row: RosterRow) -> str:
        if row.key:
            return row.key
        if known := self.current.get(number):
            return self.key_of[known[0].person_id]
        return salted_hmac("kazipot.person", f"{row.employer}|{row.personnel_number}", algorithm="sha256").hexdigest()[
            :24
        ]

    def _match(self, plan: RosterPlan, number: tuple[int, str], listed: list[RosterRow]) -> None:
        left = list(self.current.get(number, ()))
        waiting: list[RosterRow] = []
        for row in listed:
            self._post(plan, number[0], row)
            same = next((e for e in left if self.codes[e.post_id] == row.post), None)
            if same is None:
                waiting.append(row)
            else:
                left.remove(same)
                self._compare(plan, same, row)
        for row in waiting:
            self._compare(plan, left.pop(0), row) if left else self._add(plan, number, row)
        plan.ended.extend((e, self._last(e)) for e in left if e.valid_from <= self.as_of)

    def _compare(self, plan: RosterPlan, employment: Employment, row: RosterRow) -> None:
        """A row against the employment that it is about."""
        if row.valid_from > employment.valid_from and row.valid_from > employment.hired_on:
            plan.ended.append((employment, row.valid_from))
            self._add(plan, (employment.employer_id, employment.personnel_number), row)
            return
        if row.valid_to is not None and row.valid_to <= self.as_of:
            plan.ended.append((employment, max(row.valid_to, employment.valid_from + ONE_DAY)))
            return
        unit_id = self.units[row.employer, row.unit]
        if employment.unit_id != unit_id or self.codes[employment.post_id] != row.post:
            plan.moved.append((employment, row, unit_id))
        elif employment.valid_to != row.valid_to or employment.hired_on != row.valid_from:
            plan.corrected.append((employment, row.valid_from, row.valid_to))
        else:
            plan.unchanged += 1

    def _add(self, plan: RosterPlan, number: tuple[int, str], row: RosterRow) -> None:
        if self.past.get((*number, row.post, row.valid_from)) == row.valid_to and row.valid_to is not None:
            plan.unchanged += 1
            return
        plan.added.append((row, self._key(number, row), number[0], self.units[row.employer, row.unit], row.valid_from))

    def _post(self, plan: RosterPlan, employer_id: int, row: RosterRow) -> None:
        post = self.posts.get((employer_id, row.post))
        kept = post.profile_id if post else None
        profile_id = self.profiles.get(row.profile) if row.profile else kept
        wanted = (row.post_title or row.post, profile_id)
        if post is None:
            plan.new_posts.setdefault((employer_id, row.post), wanted)
        elif (post.title, post.profile_id) != wanted and row.post_title:
            plan.changed_posts[post.pk] = wanted

    def _last(self, employment: Employment) -> date:
        return max(self.as_of, employment.valid_from + ONE_DAY)


def _as_written(on: date) -> str:
    """A day as people write it here."""
    return f"{on.day}. {on.month}. {on.year}"


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
