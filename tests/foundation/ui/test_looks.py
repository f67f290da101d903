"""Every component through a real browser: contrast and structure, wide and narrow, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.foundation.ui.urls"),
]
LOOKS = [(width, scheme) for width in (1280, 360) for scheme in ("light", "dark")]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def looked_at(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of one width in one colour scheme."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[Any]:
    """What axe finds, and whether the page is wider than the window."""
    found = [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(("wider than the window", []))
    return found


def test_components_are_accessible(looked_at: Page, live_server: Any) -> None:
    looked_at.goto(f"{live_server.url}/?page=2&message=Shranjeno")
    assert faults(looked_at) == []


def test_refused_form_is_accessible(looked_at: Page, live_server: Any) -> None:
    looked_at.goto(live_server.url)
    looked_at.locator("form[action='/form/']").evaluate("form => { form.noValidate = true; form.submit(); }")
    looked_at.wait_for_url("**/form/")
    assert looked_at.locator(".usa-alert--error[role=alert] a").count() == 11
    assert faults(looked_at) == []


@pytest.mark.parametrize("address", ["/sign-in/", "/accessibility/", "/forbidden/", "/nowhere/"])
def test_pages_for_everybody_are_accessible(looked_at: Page, live_server: Any, address: str) -> None:
    looked_at.goto(live_server.url + address)
    assert faults(looked_at) == []


def test_keyboard_reaches_the_content_first(looked_at: Page, live_server: Any) -> None:
    looked_at.goto(live_server.url)
    looked_at.keyboard.press("Tab")
    assert looked_at.evaluate("document.activeElement.className") == "skip"
    assert looked_at.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    looked_at.keyboard.press("Enter")
    assert looked_at.evaluate("document.activeElement.id") == "main"
