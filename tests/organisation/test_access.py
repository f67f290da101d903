"""Who may open which page of the organisation."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation.models import RoleGrant
from tests.access_table import SINCE, Case, Page, World, cases, everybody, of_employer, of_unit, only

CHANGERS = only({Role.SERVICE: 200, Role.HR: (200, 404)})
REFUSED = only({Role.SERVICE: 422, Role.HR: (422, 404)})
CHANGES = ("change-unit", "move-unit", "merge-unit", "split-unit", "close-unit")


def of_grant(world: World) -> dict[str, Any]:
    user = User.objects.create_user("held")
    grant = RoleGrant.objects.create(user=user, role="hr", employer=world.employer, valid_from=SINCE)
    return {"grant_id": grant.pk}


PAGES = [
    Page("organisation:employers", everybody(200)),
    Page("organisation:new-employer", only({Role.SERVICE: 200})),
    Page("organisation:new-employer", only({Role.SERVICE: 422}), method="POST"),
    Page("organisation:profiles", everybody(200)),
    Page("organisation:new-profile", only({Role.SERVICE: 200})),
    Page("organisation:new-profile", only({Role.SERVICE: 422}), method="POST"),
    Page("organisation:units", everybody(200)),
    Page("organisation:unit", everybody(200), of_unit),
    Page("organisation:new-unit", CHANGERS, of_employer),
    Page("organisation:new-unit", REFUSED, of_employer, method="POST"),
    *(Page(f"organisation:{name}", CHANGERS, of_unit) for name in CHANGES),
    *(Page(f"organisation:{name}", REFUSED, of_unit, method="POST") for name in CHANGES),
    Page("organisation:people", only({Role.SERVICE: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("organisation:import", only({Role.HR: 200})),
    Page("organisation:import", only({Role.HR: 422}), method="POST"),
    Page("organisation:preview", only({Role.HR: 404}), lambda world: {"upload_id": 1}),
    Page("organisation:roles", only({Role.SERVICE: 200})),
    Page("organisation:grant-role", only({Role.SERVICE: 200})),
    Page("organisation:grant-role", only({Role.SERVICE: 422}), method="POST"),
    Page("organisation:end-role", only({Role.SERVICE: 200}), of_grant),
    Page("organisation:end-role", only({Role.SERVICE: 422}), of_grant, method="POST"),
    Page("organisation:new-account", only({Role.SERVICE: 200})),
    Page("organisation:new-account", only({Role.SERVICE: 422}), method="POST"),
    Page("organisation:audit", only({Role.SERVICE: 200, Role.AUDITOR: 200})),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
