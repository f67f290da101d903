"""Who may open which page of M3."""

from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from tests.access_table import Case, Page, World, cases, everybody, only
from tests.factories.training import make_course, make_offer, make_session


def of_session(world: World) -> dict[str, Any]:
    return {"session_id": make_session().pk}


def of_offer(world: World) -> dict[str, Any]:
    make_offer(make_session(), world.person, world.unit, digest("a-personal-token"))
    return {"token": "a-personal-token"}


def of_own_offer(world: World) -> dict[str, Any]:
    return {"offer_id": make_offer(make_session(), world.person, world.unit).pk}


def of_course(world: World) -> dict[str, Any]:
    return {"code": make_course().code}


PAGES = [
    Page("training:providers", everybody(200)),
    Page("training:new-provider", only({Role.SERVICE: 200})),
    Page("training:new-provider", only({Role.SERVICE: 422}), method="POST"),
    Page("training:course", everybody(200), of_course),
    Page("training:new-course", only({Role.SERVICE: 200})),
    Page("training:new-course", only({Role.SERVICE: 422}), method="POST"),
    Page("training:new-session", only({Role.SERVICE: 200})),
    Page("training:new-session", only({Role.SERVICE: 422}), method="POST"),
    Page("training:courses", everybody(200)),
    Page("training:sessions", everybody(200)),
    Page("training:session", everybody(200), of_session),
    Page("training:offer-seats", only({Role.SERVICE: 200}), of_session),
    Page("training:offer-seats", only({Role.SERVICE: 422}), of_session, method="POST"),
    Page("training:attendance", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:cancel", only({Role.SERVICE: 200}), of_session),
    Page("training:cancel", only({Role.SERVICE: 422}), of_session, method="POST"),
    Page("training:offer", everybody(200, public=200), of_offer),
    Page("training:own", only({Role.EMPLOYEE: 200})),
    Page("training:answer", only({Role.EMPLOYEE: 404}), of_own_offer, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
