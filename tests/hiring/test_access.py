"""Who may open which page of M4."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.hiring.operations import publish_posting
from tests.access_table import AT, Case, Page, World, cases, only


def of_posting(world: World) -> dict[str, Any]:
    posting = publish_posting(
        unit_id=world.unit.pk, reference="110-1/2026", title="Referent", kind="posting",
        published_on=date(2026, 5, 1), closes_on=date(2026, 5, 15), demands=[], at=AT, actor=None,
    )  # fmt: skip
    return {"posting_id": posting.pk}


READERS = {
    Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: (200, 404), Role.HEAD: (200, 404), Role.ADVISOR: (200, 404),
}  # fmt: skip
PAGES = [
    Page("hiring:postings", only(dict.fromkeys(READERS, 200))),
    Page("hiring:posting", only(READERS), of_posting),
    Page("hiring:new-posting", only({Role.HR: 200})),
    Page("hiring:new-posting", only({Role.HR: 422}), method="POST"),
    Page("hiring:change-demands", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:withdraw", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:withdraw", only({Role.HR: (422, 404)}), of_posting, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
