"""Who may open which page of M1."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Case, Page, World, cases, everybody, of_unit, only
from tests.factories.advisors import make_appointment


def of_appointment(world: World) -> dict[str, Any]:
    return {"appointment_id": make_appointment(world.unit, world.person, date(2024, 1, 1)).pk}


PAGES = [
    Page("advisors:units", everybody(200)),
    Page("advisors:unit", everybody(200), of_unit),
    Page("advisors:appoint", only({Role.SERVICE: 200}), of_unit),
    Page("advisors:end", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:replace", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:appoint", only({Role.SERVICE: 422}), of_unit, method="POST"),
    Page("advisors:end", only({Role.SERVICE: 422}), of_appointment, method="POST"),
    Page("advisors:replace", only({Role.SERVICE: 422}), of_appointment, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
