"""Who may open which page of the frame."""

import pytest
from django.test import Client

from tests.access_table import Case, Page, cases, everybody

PAGES = [
    Page("desk", everybody(200)),
    Page("own-file", everybody(200)),
    Page("own-file-zip", everybody(200)),
    Page("health", everybody(200, public=200)),
    Page("account", everybody(200)),
    Page("accessibility", everybody(200, public=200)),
    Page("sign-in", {**everybody(302), None: 200}),
    Page("sign-out", everybody(302, public=302), method="POST"),
    Page("set-language", everybody(302, public=302), method="POST", data={"language": "en"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
