"""Every page of the application, in both languages, wide and narrow, light and dark: axe finds nothing.

The pages are those of the access tables of all rooms, opened as somebody who may open them, in a world with
something in it. A page that is in no table fails `test_every_page_is_in_a_table`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kazipot.foundation.roles import Role
from tests.access_table import Page, World, make_world, organisation_role
from tests.journeys.pages import WITHOUT_MARKUP, all_pages

LOOKS = (("light", "sl", 1280), ("light", "en", 360), ("dark", "sl", 360), ("dark", "en", 1280))
"""Every pair of colour scheme, language and width; not every triple."""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(patterns: Any, namespace: str = "") -> Iterator[str]:
    """Names of every address of the application."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, below)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_page_is_in_a_table() -> None:
    known = {page.name for page in all_pages()}
    assert sorted(set(addresses(get_resolver().url_patterns)) - known) == []


def who_may(page: Page) -> Role | None:
    """Somebody who gets the page itself; the fewest rights first."""
    order: list[Role | None] = [
        None,
        Role.EMPLOYEE,
        Role.TRAINER,
        Role.HEAD,
        Role.HR,
        Role.ADVISOR,
        Role.SERVICE,
        Role.AUDITOR,
    ]
    for who in order:
        answer = page.answers.get(who, 403)
        if (answer if isinstance(answer, int) else answer[0]) == 200:
            return who
    return Role.SERVICE


def readable_pages() -> list[Page]:
    """Pages that answer a GET with something to read, each once."""
    found: dict[str, Page] = {}
    for page in all_pages():
        gives_page = any((a if isinstance(a, int) else a[0]) == 200 for a in page.answers.values())
        if page.method == "GET" and gives_page and page.name not in WITHOUT_MARKUP:
            found.setdefault(page.name, page)
    return list(found.values())


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page_row", readable_pages(), ids=lambda row: row.name)
def test_page_is_accessible_in_both_languages(
    page_row: Page, live_server: Any, new_context: Any, client: Client
) -> None:
    world: World = make_world(own=True)
    address = reverse(page_row.name, kwargs=page_row.kwargs(world))
    who = who_may(page_row)
    if who is not None:
        organisation_role(client, who, world)
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    for scheme, language, width in LOOKS:
        context = new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        context.add_cookies(cookies)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
        tab = context.new_page()
        response = tab.goto(live_server.url + address)
        assert response.status == 200
        assert_good(tab, f"{address} {language} {scheme} {width}", language)
        context.close()


def assert_good(tab: Any, where: str, language: str) -> None:
    """The page has a title, one main heading, the right language, no sideways scrolling, and nothing for axe."""
    assert tab.locator("html").get_attribute("lang") == language, where
    assert tab.locator("h1").count() == 1, where
    assert len(tab.title()) > len(" – Kažipot"), where
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    assert not tab.evaluate(too_wide), f"{where}: scrolls sideways"
    found = Axe().run(tab, options={"runOnly": STANDARDS, "resultTypes": ["violations"]})
    problems = [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
    assert problems == [], where
