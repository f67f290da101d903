"""Who may open the pages on which certificates are checked: everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.credentials import operations, queries
from kazipot.foundation.credentials.documents import Achievement
from tests.access_table import AT, Case, Page, World, cases, everybody

ACHIEVEMENT = Achievement("course", "Course", "A course.", "Attended.", "en")


def of_certificate(_world: World) -> dict[str, Any]:
    """A certificate that was issued."""
    made = operations.issue(
        achievement=ACHIEVEMENT,
        holder="Ana Zajc",
        valid_from=AT,
        valid_until=AT + timedelta(days=3_650),
        at=AT,
        actor=None,
    )
    return {"code": queries.secret_of(made).code}


def of_list(world: World) -> dict[str, Any]:
    """A status list with something in it."""
    of_certificate(world)
    return {"number": 1}


PAGES = [
    Page("credentials:enter", everybody(200, public=200)),
    Page("credentials:enter", everybody(422, public=422), method="POST"),
    Page("credentials:check", everybody(200, public=200), kwargs=of_certificate),
    Page("credentials:check", everybody(404, public=404), kwargs=lambda _world: {"code": "aaaabbbbcccc"}),
    Page("credentials:issuer", everybody(200, public=200)),
    Page("credentials:status", everybody(200, public=200), kwargs=of_list),
    Page("credentials:status", everybody(404, public=404), kwargs=lambda _world: {"number": 1}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
