"""Who may open which page of M5."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Case, Page, World, cases, everybody, nothing, only
from tests.factories import items

RECORDERS = (Role.SERVICE, Role.HR)
AUTHORS = {Role.SERVICE: 200, Role.TRAINER: 200}
RUNS = {Role.SERVICE: 200}
FORMS = ("record", "import", "annul")


def of_lesson(_world: World) -> dict[str, str]:
    """A lesson."""
    return {"area": "phishing"}


def of_somebody(_world: World) -> dict[str, Any]:
    """A result of somebody else; one's own is in test_certificates."""
    return {"verification_id": 1}


def of_somebodys_certificate(_world: World) -> dict[str, Any]:
    """A certificate of somebody else."""
    return {"certificate_id": 1}


def of_item(world: World, **changes: object) -> dict[str, int]:
    """A page of an item in use."""
    return {"version_id": items.make_version(items.hotspot(), **changes).pk}


def of_draft(world: World) -> dict[str, int]:
    """A page of a draft."""
    return {"version_id": items.make_version(items.single(), state="draft").pk}


def of_submitted(world: World) -> dict[str, int]:
    """A page of an item that is reviewed."""
    return {"version_id": items.make_version(items.scenario(), state="in_review").pk}


def of_step(world: World) -> dict[str, object]:
    """A step of an item in use."""
    return {**of_item(world), "step": "suspend"}


def of_picture(world: World) -> dict[str, str]:
    """A picture."""
    items.make_picture("desk.png")
    return {"name": "desk.png"}


def refused(answers: dict[Role, int]) -> dict[Role, int]:
    """Who may open the form sends it empty, and is told what to correct."""
    return dict.fromkeys(answers, 422)


ITEM_FORMS = (
    ("new-item", AUTHORS, None), ("new-items", AUTHORS, None), ("add-item-picture", AUTHORS, None),
    ("take-calibration", RUNS, None), ("import-items", AUTHORS, None),
    ("edit-item", AUTHORS, of_draft), ("edit-item-text", AUTHORS, of_draft),
    ("submit-item", AUTHORS, of_draft), ("review-item", AUTHORS, of_submitted),
    ("new-item-version", {Role.SERVICE: 200, Role.TRAINER: 404}, of_item), ("item-step", RUNS, of_step),
)  # fmt: skip
PAGES = [
    Page("verification:duties", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("verification:offer", only({Role.SERVICE: 200})),
    Page("verification:offer", only({Role.SERVICE: 422}), method="POST"),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 200))) for name in FORMS),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 422)), method="POST") for name in FORMS),
    Page("verification:own", only({Role.EMPLOYEE: 200})),
    Page("verification:export-items", only({Role.SERVICE: 200})),
    Page("verification:lessons", only({Role.EMPLOYEE: 200})),
    Page("verification:lesson", only({Role.EMPLOYEE: 200}), kwargs=of_lesson),
    Page("verification:certificates", only({Role.EMPLOYEE: 200})),
    Page("verification:issue-certificate", only({Role.EMPLOYEE: 404}), kwargs=of_somebody, method="POST"),
    Page("verification:certificate-pdf", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
    Page("verification:certificate-badge", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
    Page("verification:items", only(AUTHORS)),
    Page("verification:item", only({Role.SERVICE: 200, Role.TRAINER: 404}), kwargs=of_item),
    Page("verification:item", only(AUTHORS), kwargs=of_draft),
    Page("verification:item", only(AUTHORS), kwargs=of_submitted),
    Page("verification:blueprint", only(RUNS)),
    Page("verification:item-picture", everybody(200, public=200), kwargs=of_picture),
    *(Page(f"verification:{name}", only(who), kwargs=of or nothing) for name, who, of in ITEM_FORMS),
    *(
        Page(
            f"verification:{name}",
            only({**who, **refused({r: 0 for r, a in who.items() if a == 200})}),
            kwargs=of or nothing,
            method="POST",
        )
        for name, who, of in ITEM_FORMS
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
