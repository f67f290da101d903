"""Who may open which page of M1."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Answer, Case, Page, World, cases, everybody, of_unit, only
from tests.factories.advisors import make_appointment, make_decision, make_exception, make_nomination


def of_appointment(world: World) -> dict[str, Any]:
    return {"appointment_id": make_appointment(world.unit, world.person, date(2024, 1, 1)).pk}


def of_nomination(world: World) -> dict[str, Any]:
    return {"nomination_id": make_nomination(world.unit).pk}


def of_agreed(world: World) -> dict[str, Any]:
    return {"nomination_id": make_nomination(world.unit, state="agreed").pk}


def of_decision(world: World) -> dict[str, Any]:
    return {"appointment_id": make_decision(world.unit).appointment_id}


def of_exception(world: World) -> dict[str, Any]:
    return {"exception_id": make_exception(world.unit).pk}


def of_kind(world: World) -> dict[str, Any]:
    return {"kind": "department"}


NOMINATORS: dict[Role, Answer] = {Role.SERVICE: 200, Role.HEAD: 200}
WITHIN: dict[Role, Answer] = {Role.SERVICE: 200, Role.HEAD: (200, 404)}
PAGES = [
    Page("advisors:units", everybody(200)),
    Page("advisors:unit", everybody(200), of_unit),
    Page("advisors:appoint", only({Role.SERVICE: 200}), of_unit),
    Page("advisors:end", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:replace", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:own", only({Role.EMPLOYEE: 200})),
    Page("advisors:nominations", only(NOMINATORS)),
    Page("advisors:nominate", only(WITHIN), of_unit),
    Page("advisors:nominate", only({Role.SERVICE: 422, Role.HEAD: (422, 404)}), of_unit, method="POST"),
    Page("advisors:nomination", {**everybody(404), **WITHIN}, of_nomination),
    Page("advisors:accept-nomination", only({Role.EMPLOYEE: 404}), of_nomination, method="POST"),
    Page("advisors:decline-nomination", only({Role.EMPLOYEE: 404}), of_nomination),
    Page("advisors:note-agreement", only(WITHIN), of_nomination),
    Page("advisors:withdraw-nomination", only(WITHIN), of_nomination),
    Page("advisors:refuse-nomination", only({Role.SERVICE: 200}), of_agreed),
    Page("advisors:confirm-nomination", only({Role.SERVICE: 200}), of_agreed),
    Page("advisors:decision", {**everybody(404), **WITHIN}, of_decision),
    Page("advisors:rules", everybody(200)),
    Page("advisors:rule", only({Role.SERVICE: 200}), of_kind),
    Page("advisors:except-unit", only({Role.SERVICE: 200})),
    Page("advisors:end-exception", only({Role.SERVICE: 200}), of_exception),
    Page("advisors:steps", only({Role.SERVICE: 200})),
    Page("advisors:template", only({Role.SERVICE: 200})),
    Page("advisors:appoint", only({Role.SERVICE: 422}), of_unit, method="POST"),
    Page("advisors:end", only({Role.SERVICE: 422}), of_appointment, method="POST"),
    Page("advisors:replace", only({Role.SERVICE: 422}), of_appointment, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
