"""Who may open which page of the frameworks."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.framework.operations import install_shipped_frameworks
from tests.access_table import AT, Case, Page, World, cases, everybody, only


def of_framework(world: World) -> dict[str, Any]:
    install_shipped_frameworks(at=AT)
    return {"code": "DigComp", "version": "2.2"}


def of_draft(world: World) -> dict[str, Any]:
    return {**of_framework(world), "version": "3.0"}


def of_competence(world: World) -> dict[str, Any]:
    return {**of_framework(world), "competence_code": "1.1"}


def of_both(world: World) -> dict[str, Any]:
    return {**of_framework(world), "other": "3.0"}


def of_everybodys_work(world: World) -> dict[str, Any]:
    return {**of_framework(world), "profile_code": "everybody"}


SERVICE = only({Role.SERVICE: 200})
PAGES = [
    Page("framework:frameworks", everybody(200)),
    Page("framework:framework", everybody(200), of_framework),
    Page("framework:competence", everybody(200), of_competence),
    Page("framework:crosswalk", everybody(200), of_both),
    Page("framework:profile-targets", everybody(200), of_framework),
    Page("framework:change-targets", SERVICE, of_everybodys_work),
    Page("framework:change-targets", only({Role.SERVICE: 422}), of_everybodys_work, method="POST"),
    Page("framework:import", SERVICE),
    Page("framework:import", only({Role.SERVICE: 422}), method="POST"),
    Page("framework:activate", SERVICE, of_draft),
    Page("framework:activate", only({Role.SERVICE: 422}), of_draft, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
