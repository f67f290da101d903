"""An author begins with an example, looks at it on a phone and on a desk, and saves it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from kazipot.foundation.roles import Role
from kazipot.verification import queries
from kazipot.verification.models import ItemVersion
from tests.factories import organisation
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_example_is_previewed_and_saved(width: int, browser: Browser, live_server: Any, client: Client) -> None:
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    context = browser.new_context(viewport={"width": width, "height": 800})
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    context.add_cookies(cookies)
    tab = context.new_page()
    for example in queries.EXAMPLES:
        tab.goto(f"{live_server.url}{reverse('verification:new-items')}?example={example}")
        tab.get_by_role("button", name="Predogled").click()
        expect(tab.get_by_role("heading", name="nova-naloga")).to_be_visible()
        assert_good(tab, f"{example} {width}", "sl")
    assert ItemVersion.objects.count() == 0
    tab.get_by_label("Zakaj pišete ali spreminjate to nalogo").fill("nova")
    tab.get_by_role("button", name="Shrani kot osnutke").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("nova-naloga")
    assert ItemVersion.objects.get().kind == "scenario"
    context.close()
