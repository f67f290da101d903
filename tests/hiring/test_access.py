"""Who may open which page of M4."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.hiring.operations import add_candidate, publish_posting, start_family
from tests.access_table import AT, Answer, Case, Page, World, cases, of_employer, only
from tests.factories.hiring import make_draft


def of_posting(world: World) -> dict[str, Any]:
    posting = publish_posting(
        unit_id=world.unit.pk, reference="110-1/2026", title="Referent", kind="posting",
        published_on=date(2026, 5, 1), closes_on=date(2026, 5, 15), demands=[], at=AT, actor=None,
    )  # fmt: skip
    return {"posting_id": posting.pk}


def of_draft(world: World) -> dict[str, Any]:
    return {"posting_id": make_draft(world.unit).pk}


def of_candidate(world: World) -> dict[str, Any]:
    posting = of_posting(world)["posting_id"]
    return {"candidate_id": add_candidate(posting_id=posting, name="Ana", at=AT, actor=None).pk}


def of_family(world: World) -> dict[str, Any]:
    return {"employer_code": world.employer.code, "family": "uprava"}


def of_version(world: World) -> dict[str, Any]:
    made = start_family(employer_id=world.employer.pk, family="uprava", on=AT.date(), at=AT, actor=None)
    return {"version_id": made.pk}


def approvers(answer: int) -> dict[Role, Answer]:
    return {Role.SERVICE: answer, Role.HEAD: (answer, 404)}


COMMISSION: dict[Role, Answer] = {Role.HR: (200, 404), Role.HEAD: (200, 404)}
READERS = {
    Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: (200, 404), Role.HEAD: (200, 404), Role.ADVISOR: (200, 404),
}  # fmt: skip
SEE_PROFILES = only(dict.fromkeys(READERS, 200))


def writers(answer: int) -> dict[Role, Answer]:
    return {Role.SERVICE: answer, Role.HR: (answer, 404)}


PAGES = [
    Page("hiring:profiles", SEE_PROFILES),
    Page("hiring:positions", SEE_PROFILES, of_employer),
    Page("hiring:import-positions", only({Role.SERVICE: 200, Role.HR: 200})),
    Page("hiring:import-positions", only({Role.SERVICE: 422, Role.HR: 422}), method="POST"),
    Page("hiring:family", SEE_PROFILES, of_family),
    Page("hiring:propose-version", only(writers(302)), of_family, method="POST"),
    Page("hiring:start-version", only(writers(302)), of_family, method="POST"),
    Page("hiring:version", SEE_PROFILES, of_version),
    Page("hiring:change-version", only(writers(200)), of_version),
    Page("hiring:approve-version", only(writers(200)), of_version),
    Page("hiring:test-code", only({Role.HR: (200, 404)}), of_candidate),
    Page("hiring:postings", only(dict.fromkeys(READERS, 200))),
    Page("hiring:posting", only(READERS), of_posting),
    Page("hiring:new-posting", only({Role.HR: 200})),
    Page("hiring:new-posting", only({Role.HR: 422}), method="POST"),
    Page("hiring:new-draft", only({Role.HR: 200})),
    Page("hiring:new-draft", only({Role.HR: 422}), method="POST"),
    Page("hiring:revise", only({Role.HR: (200, 404)}), of_draft),
    Page("hiring:take-over", only({Role.HR: (302, 404)}), of_draft, method="POST"),
    Page("hiring:submit", only({Role.HR: (302, 404)}), of_draft, method="POST"),
    Page("hiring:approve", only(approvers(302)), of_draft, method="POST"),
    Page("hiring:send-back", only(approvers(200)), of_draft),
    Page("hiring:override", only({Role.SERVICE: 200}), of_draft),
    Page("hiring:publish", only({Role.HR: (200, 404)}), of_draft),
    Page("hiring:candidates", only(COMMISSION), of_posting),
    Page("hiring:add-candidate", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:choose", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:showing", only(COMMISSION), of_candidate),
    Page("hiring:hire", only({Role.HR: (200, 404)}), of_candidate),
    Page("hiring:hired", only(COMMISSION), of_candidate),
    Page("hiring:change-demands", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:withdraw", only({Role.HR: (200, 404)}), of_posting),
    Page("hiring:withdraw", only({Role.HR: (422, 404)}), of_posting, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
