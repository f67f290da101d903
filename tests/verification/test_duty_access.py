"""Who may open which page of the duty: exemptions, weeks, notices, objections, platforms."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.verification import operations
from kazipot.verification.models import BouncedAddress
from tests.access_table import AT, Case, Page, World, cases, everybody, only
from tests.factories.duty import exempt, make_result

RECORDERS = (Role.SERVICE, Role.HR)
SEE_DUTIES = (Role.SERVICE, Role.AUDITOR, Role.HR, Role.HEAD)


def of_exemption(world: World) -> dict[str, Any]:
    """An exemption of the world's person."""
    return {"exemption_id": exempt(Employment.objects.get(person=world.person), date(2026, 1, 1)).pk}


def of_appeal(world: World) -> dict[str, Any]:
    """An objection to a result of the world's person."""
    result = make_result(Employment.objects.get(person=world.person), date(2026, 5, 1), passed=False)
    return {
        "appeal_id": operations.lodge_appeal(verification_id=result.pk, text="Ne drži.", at=AT, actor=None).pk
    }  # fmt: skip


def of_result(world: World) -> dict[str, Any]:
    """A result of the world's person, who is nobody of those that ask."""
    return {"verification_id": make_result(Employment.objects.get(person=world.person), date(2026, 5, 1)).pk}


def of_week(world: World) -> dict[str, Any]:
    """A verification week that lasts for ever."""
    made = operations.plan_week(
        title="Teden", opens_on=date(2026, 6, 8), closes_on=date(2099, 6, 12), lapsing_by=date(2099, 12, 31),
        at=datetime(2026, 6, 1, 9, tzinfo=AT.tzinfo), actor=None,
    )  # fmt: skip
    return {"week_id": made.pk}


def of_slips(world: World) -> dict[str, Any]:
    """Slips of the world's employer, whose people are invited on paper."""
    week = of_week(world)
    operations.invite(week_id=week["week_id"], at=AT, actor=None)
    return {**week, "employer_code": world.employer.code}


def of_bounce(world: World) -> dict[str, Any]:
    """An address from which mail came back."""
    return {"bounce_id": BouncedAddress.objects.create(email="a@b.si", bounced_at=AT).pk}


def of_source(world: World) -> dict[str, Any]:
    """A learning platform."""
    made, _token = operations.add_source(name="Akademija", counts_as={"x": "training"}, at=AT, actor=None)
    return {"source_id": made.pk}


def to(*roles: Role, status: int = 200) -> Any:
    """These roles get the page, the others are refused."""
    return only(dict.fromkeys(roles, status))


PAGES = [
    Page("verification:appeal", to(Role.EMPLOYEE, status=404), kwargs=of_result),
    Page("verification:people", to(Role.SERVICE, Role.HR, Role.HEAD)),
    Page("verification:forecast", to(*SEE_DUTIES)),
    Page("verification:forecast-chart", to(*SEE_DUTIES)),
    Page("verification:terms", to(*SEE_DUTIES)),
    *(Page(f"verification:{name}", to(*RECORDERS)) for name in ("exemptions", "exempt", "leaves", "record-leave")),
    *(Page(f"verification:{name}", to(*RECORDERS, status=422), method="POST") for name in ("exempt", "record-leave")),
    Page("verification:end-exemption", only({Role.SERVICE: 200, Role.HR: (200, 404)}), kwargs=of_exemption),
    Page(
        "verification:end-exemption", only({Role.SERVICE: 422, Role.HR: (422, 404)}), kwargs=of_exemption, method="POST"
    ),
    Page("verification:history", to(*RECORDERS)),
    Page("verification:history", to(*RECORDERS, status=422), method="POST"),
    Page("verification:audit", to(Role.SERVICE, Role.AUDITOR, Role.HR)),
    Page("verification:set-terms", to(Role.SERVICE)),
    Page("verification:set-terms", to(Role.SERVICE, status=422), method="POST"),
    Page("verification:weeks", to(Role.SERVICE, Role.AUDITOR, Role.HR)),
    Page("verification:week", to(Role.SERVICE, Role.AUDITOR, Role.HR), kwargs=of_week),
    Page("verification:plan-week", to(Role.SERVICE)),
    Page("verification:plan-week", to(Role.SERVICE, status=422), method="POST"),
    Page("verification:invite", to(Role.SERVICE, status=302), kwargs=of_week, method="POST"),
    Page("verification:slips", only({Role.SERVICE: (200, 404), Role.HR: (200, 404)}), kwargs=of_slips, method="POST"),
    Page("verification:notices", to(Role.SERVICE)),
    Page("verification:send-notices", to(Role.SERVICE, status=302), method="POST"),
    Page("verification:unreached", to(Role.SERVICE, Role.HR, Role.HEAD, Role.ADVISOR)),
    Page("verification:bounces", to(Role.SERVICE)),
    Page("verification:bounce", to(Role.SERVICE)),
    Page("verification:bounce", to(Role.SERVICE, status=422), method="POST"),
    Page("verification:works-again", to(Role.SERVICE, status=302), kwargs=of_bounce, method="POST"),
    Page("verification:appeals", to(Role.SERVICE)),
    Page("verification:decide", to(Role.SERVICE), kwargs=of_appeal),
    Page("verification:decide", to(Role.SERVICE, status=422), kwargs=of_appeal, method="POST"),
    Page("verification:sources", to(Role.SERVICE)),
    Page("verification:add-source", to(Role.SERVICE)),
    Page("verification:add-source", to(Role.SERVICE, status=422), method="POST"),
    Page("verification:end-source", to(Role.SERVICE), kwargs=of_source),
    Page("verification:end-source", to(Role.SERVICE, status=302), kwargs=of_source, method="POST"),
    Page("verification:statements", everybody(401, public=401), method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
