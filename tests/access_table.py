"""The table of pages × roles × own employer or another: who gets which answer.

Each room lists its pages in `tests/<room>/test_access.py`:

    PAGES = [
        Page("advisors:units", everybody(200)),
        Page("advisors:appoint", only({Role.SERVICE: 200}), kwargs=of_unit),
        Page("hiring:new-posting", only({Role.HR: (200, 404)}), kwargs=of_employer),
    ]

    @pytest.mark.parametrize("case", cases(PAGES))
    def test_page_answers_as_the_table_says(case, client): case.check(client)

An answer is a status for both worlds, or a pair: when the thing asked for is of the actor's own employer and
unit, and when it is of another employer. Who isn't signed in (None) is sent to sign in (302) unless said otherwise.
Every actor's roles are granted at the own employer ("MU"); heads' and advisors' at its unit "OGDP".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employer, Person, Unit
from tests.factories import organisation

Answer = int | tuple[int, int]
Who = Role | None

SINCE = date(2020, 1, 1)
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """Two employers; the thing asked for lies in `employer`, `unit`, and concerns `person`."""

    employer: Employer
    unit: Unit
    person: Person
    home: Employer
    home_unit: Unit
    made: dict[str, Any] = field(default_factory=dict)
    """What a room's `kwargs` made for its pages."""


def nothing(world: World) -> dict[str, Any]:
    """A page that needs no thing."""
    return {}


def of_unit(world: World) -> dict[str, Any]:
    """A page of a unit."""
    return {"employer_code": world.employer.code, "unit_code": world.unit.code}


def of_employer(world: World) -> dict[str, Any]:
    """A page of an employer."""
    return {"employer_code": world.employer.code}


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the answer that each role gets."""

    name: str
    answers: Mapping[Who, Answer]
    kwargs: Callable[[World], dict[str, Any]] = nothing
    method: str = "GET"
    data: Mapping[str, Any] = field(default_factory=dict)


def everybody(answer: Answer, *, public: Answer = 302) -> dict[Who, Answer]:
    """Every role gets the same answer."""
    return {**dict.fromkeys(Role, answer), None: public}


def only(answers: Mapping[Role, Answer], *, otherwise: Answer = 403, public: Answer = 302) -> dict[Who, Answer]:
    """Some roles get an answer of their own, the others are refused."""
    return {**dict.fromkeys(Role, otherwise), **answers, None: public}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table: a page, and whose thing it is. Everybody asks for it, each in the same world."""

    page: Page
    own: bool

    def expected(self, who: Who) -> int:
        """The status that the table says."""
        answer = self.page.answers[who]
        return answer if isinstance(answer, int) else answer[0 if self.own else 1]

    def __str__(self) -> str:
        return f"{self.page.method}-{self.page.name}-{'own' if self.own else 'other'}"

    def check(self, client: Client) -> None:
        """Ask for the page in every role and compare the statuses; what one has changed the next doesn't find."""
        world = make_world(own=self.own)
        address = reverse(self.page.name, kwargs=self.page.kwargs(world))
        told: dict[Who, int] = {}
        for who in (*Role, None):
            with transaction.atomic():
                told[who] = self._ask(client, who, world, address)
                transaction.set_rollback(True)
        assert told == {who: self.expected(who) for who in told}, address

    def _ask(self, client: Client, who: Who, world: World, address: str) -> int:
        asking = Client()
        asking.cookies.update(client.cookies)
        if who is not None:
            organisation_role(asking, who, world)
        ask = asking.post if self.page.method == "POST" else asking.get
        status: int = ask(address, dict(self.page.data)).status_code
        return status


def cases(pages: Iterable[Page]) -> list[Any]:
    """Every line of the table for these pages, for `pytest.mark.parametrize("case", …, ids=str)`."""
    return [Case(page, own) for page in pages for own in (True, False)]


def make_world(*, own: bool) -> World:
    """Two employers with a unit and a person each; the thing asked for is of the first if `own`."""
    homes = []
    for code, kind, unit_code in (("MU", "city_administration", "OGDP"), ("JHL", "public_company", "JHL-1")):
        employer = organisation.make_employer(code=code, kind=kind)
        unit = organisation.make_unit(employer=employer, code=unit_code, valid_from=SINCE)
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit, valid_from=SINCE)
        homes.append((employer, unit, person))
    home, other = homes
    target = home if own else other
    return World(*target, home=home[0], home_unit=home[1])


def organisation_role(client: Client, who: Role, world: World) -> None:
    """Sign in somebody with the role at the home employer."""
    needs_unit = who in {Role.HEAD, Role.ADVISOR, Role.EMPLOYEE}
    organisation.sign_in(client, who, world.home, unit=world.home_unit if needs_unit else None)
