"""Who may open which page of the organisation."""

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Case, Page, cases, everybody, of_unit, only

PAGES = [
    Page("organisation:units", everybody(200)),
    Page("organisation:unit", everybody(200), of_unit),
    Page("organisation:move-unit", only({Role.SERVICE: 200, Role.HR: (200, 404)}), of_unit),
    Page("organisation:move-unit", only({Role.SERVICE: 422, Role.HR: (422, 404)}), of_unit, method="POST"),
    Page("organisation:people", only({Role.SERVICE: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("organisation:import", only({Role.HR: 200})),
    Page("organisation:import", only({Role.HR: 422}), method="POST"),
    Page("organisation:audit", only({Role.SERVICE: 200, Role.AUDITOR: 200})),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
