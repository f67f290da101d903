"""Who may open which page of M5."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.verification.models import Talk
from tests.access_table import AT, Case, Page, World, cases, everybody, only
from tests.factories.verification import make_bank, make_code, make_sitting, make_worker


def of_somebodys_sitting(world: World) -> dict[str, Any]:
    """A finished test of somebody else, be they a colleague."""
    make_bank(each=2, pilots=0)
    sitting = make_sitting(world.person, at=AT, purpose="practice")
    sitting.state, sitting.ended_at = "finished", AT
    sitting.save()
    return {"sitting_id": sitting.pk}


def of_link(world: World) -> dict[str, Any]:
    """A link that is valid."""
    return {"token": make_code(world.person, at=AT)}


def of_no_link(world: World) -> dict[str, Any]:
    """A link that nobody holds."""
    return {"token": "abcd-efgh-2345"}


def of_talk(world: World) -> dict[str, Any]:
    """A talk to be held with somebody of the world's employer."""
    make_bank(each=2, pilots=0)
    sitting = make_sitting(make_worker(), at=AT, purpose="practice")
    sitting.employer = world.employer
    sitting.save()
    return {"talk_id": Talk.objects.create(sitting=sitting, reason="unusual", made_at=AT).pk}


OWN = only({Role.EMPLOYEE: 200})
RECORDERS = (Role.SERVICE, Role.HR)
FORMS = ("record", "import", "annul")
PAGES = [
    Page("verification:duties", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("verification:offer", only({Role.SERVICE: 200})),
    Page("verification:offer", only({Role.SERVICE: 422}), method="POST"),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 200))) for name in FORMS),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 422)), method="POST") for name in FORMS),
    Page("verification:own", OWN),
    Page("verification:test", OWN),
    Page("verification:test", only({Role.EMPLOYEE: 302}), method="POST"),
    Page("verification:practice", OWN),
    Page("verification:sittings", OWN),
    Page("verification:sitting", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_sitting),
    Page("verification:enter", everybody(200, public=200)),
    Page("verification:link", everybody(200, public=200), kwargs=of_link),
    Page("verification:link", everybody(404, public=404), kwargs=of_no_link),
    Page("verification:leave", everybody(302), method="POST"),
    Page("verification:here-test", everybody(302)),
    Page("verification:here-practice", everybody(302)),
    Page("verification:here-sitting", everybody(302), kwargs=of_somebodys_sitting),
    Page("verification:talks", only({Role.HR: 200})),
    Page("verification:talk", only({Role.HR: (200, 404)}), kwargs=of_talk),
    Page("verification:talk", only({Role.HR: (422, 404)}), kwargs=of_talk, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
