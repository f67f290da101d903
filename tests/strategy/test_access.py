"""Who may open which page of the count."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Answer, Case, Page, Who, World, cases, everybody, only

EVIDENCE: dict[Role, Answer] = {Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: 200, Role.HEAD: 200}
"""Whoever may see the records in their own room; what of them lies within reach is tested in test_views."""


def of(indicator: str) -> Any:
    def kwargs(world: World) -> dict[str, Any]:
        return {"indicator_id": indicator}

    return kwargs


def in_form(form: str) -> Any:
    def kwargs(world: World) -> dict[str, Any]:
        return {"form": form}

    return kwargs


TO_ALL: dict[Who, Answer] = everybody(200, public=200)
PAGES = [
    Page("public", TO_ALL),
    Page("strategy:open-data", TO_ALL),
    Page("strategy:public-chart", TO_ALL, of("M1")),
    Page("strategy:indicators", everybody(200)),
    Page("strategy:indicator", everybody(200), of("M3")),
    Page("strategy:indicator", everybody(404), of("M9")),
    Page("strategy:skilled", everybody(200)),
    Page("strategy:chart", everybody(200), of("M3")),
    Page("strategy:export", everybody(200), in_form("csv")),
    Page("strategy:export", everybody(404), in_form("pdf")),
    Page("strategy:take-snapshots", only({Role.SERVICE: 302}), method="POST"),
    Page("strategy:evidence", only({**EVIDENCE, Role.ADVISOR: 200}), of("M1")),
    Page("strategy:evidence", only({**EVIDENCE, Role.ADVISOR: 200}), of("M2")),
    Page("strategy:evidence", only(EVIDENCE), of("M3")),
    Page("strategy:evidence", only({**EVIDENCE, Role.ADVISOR: 200}), of("M4")),
    Page("strategy:evidence", only(EVIDENCE), of("M5")),
    Page("strategy:ledger", only({Role.SERVICE: 200, Role.AUDITOR: 200}), of("M3")),
    Page("strategy:ledger", only({Role.SERVICE: 404, Role.AUDITOR: 404}), of("M1")),
    Page("strategy:ledger-file", only({Role.SERVICE: 200, Role.AUDITOR: 200}), of("M3")),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
