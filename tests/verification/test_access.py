"""Who may open which page of M5."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Case, Page, World, cases, only

RECORDERS = (Role.SERVICE, Role.HR)
FORMS = ("record", "import", "annul")


def of_somebody(_world: World) -> dict[str, Any]:
    """A result of somebody else; one's own is in test_certificates."""
    return {"verification_id": 1}


def of_somebodys_certificate(_world: World) -> dict[str, Any]:
    """A certificate of somebody else."""
    return {"certificate_id": 1}


PAGES = [
    Page("verification:duties", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("verification:offer", only({Role.SERVICE: 200})),
    Page("verification:offer", only({Role.SERVICE: 422}), method="POST"),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 200))) for name in FORMS),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 422)), method="POST") for name in FORMS),
    Page("verification:own", only({Role.EMPLOYEE: 200})),
    Page("verification:certificates", only({Role.EMPLOYEE: 200})),
    Page("verification:issue-certificate", only({Role.EMPLOYEE: 404}), kwargs=of_somebody, method="POST"),
    Page("verification:certificate-pdf", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
    Page("verification:certificate-badge", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
