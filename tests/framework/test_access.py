"""Who may open which page of the frameworks."""

from typing import Any

import pytest
from django.test import Client

from kazipot.framework.operations import install_shipped_frameworks
from tests.access_table import AT, Case, Page, World, cases, everybody


def of_framework(world: World) -> dict[str, Any]:
    install_shipped_frameworks(at=AT)
    return {"code": "DigComp", "version": "2.2"}


PAGES = [
    Page("framework:frameworks", everybody(200)),
    Page("framework:framework", everybody(200), of_framework),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
