"""Who may open which page of the frame."""

from typing import Any

import pytest
from django.test import Client

from tests.access_table import Case, Page, World, cases, everybody
from tests.factories import needs

CODE = "abcdefgh2345"


def of_link(world: World) -> dict[str, Any]:
    """The link of a mail, or a code, of the person."""
    needs.make_invitation(person=world.person, unit=world.unit, token=CODE)
    return {"token": CODE}


PAGES = [
    Page("desk", everybody(200)),
    Page("own-file", everybody(200)),
    Page("own-file-zip", everybody(200)),
    Page("health", everybody(200, public=200)),
    Page("account", everybody(200)),
    Page("accessibility", everybody(200, public=200)),
    Page("who-advises", everybody(200, public=200)),
    Page("who-advises-link", everybody(200, public=200), of_link),
    Page("sign-in", {**everybody(302), None: 200}),
    Page("sign-out", everybody(302, public=302), method="POST"),
    Page("set-language", everybody(302, public=302), method="POST", data={"language": "en"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
