"""Answers from another tool: the Service goes from the file to the taken answers; axe looks at every step."""

import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from kazipot.foundation.roles import Role
from kazipot.needs.models import AnswerMapping, Response
from tests.factories import needs, organisation
from tests.journeys.test_all_pages import LOOKS, assert_good
from tests.needs.answer_files import ask, lime, lime_row, questionnaire

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(tab: Page, browser: Browser, where: str) -> None:
    """The page as it is seen in both languages, wide and narrow, light and dark."""
    cookies = [one for one in tab.context.cookies() if one["name"] != django_settings.LANGUAGE_COOKIE_NAME]
    for scheme, language, width in LOOKS:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        address = tab.url
        context.add_cookies([{"name": django_settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}])
        other = context.new_page()
        response = other.goto(address)
        assert response is not None
        assert response.status == 200
        assert_good(other, f"{where} {language} {scheme} {width}", language)
        context.close()


def test_answers_from_a_file_are_taken_step_by_step(
    browser: Browser, live_server: Any, settings: Any, client: Client
) -> None:
    settings.KAZIPOT_TODAY = "2026-03-20"
    campaign = needs.make_campaign(
        framework=needs.make_framework(areas=1, competences=2), questionnaire=needs.make_version(questionnaire())
    )
    ask(campaign, token="prvi")
    ask(campaign, token="drugi")
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()])
    tab = context.new_page()
    tab.goto(live_server.url + reverse("needs:answer-file", args=[campaign.pk]))
    look(tab, browser, "upload")
    content = lime(lime_row("prvi"), lime_row("drugi", levels="A2 A9 A4 A3"), lime_row("neznan"))
    tab.locator("input[type=file]").set_input_files({"name": "results.csv", "mimeType": "text/csv", "buffer": content})
    tab.get_by_role("button", name="Preglej stolpce").click()
    expect(tab).to_have_url(re.compile(r"/columns/$"))
    look(tab, browser, "columns")
    tab.locator("main form button[type=submit]").last.click()
    expect(tab).to_have_url(re.compile(r"/values/$"))
    look(tab, browser, "values")
    tab.locator("[name=mapping_name]").fill("LimeSurvey 2026")
    tab.locator("main form button[type=submit]").last.click()
    look(tab, browser, "preview")
    assert_good(tab, "preview", "sl")
    tab.locator("main form input[type=checkbox]").check()
    tab.locator("main form button[type=submit]").last.click()
    expect(tab.get_by_role("status").or_(tab.locator(".usa-alert")).first).to_contain_text("1 osebe")
    assert (Response.objects.count(), AnswerMapping.objects.get().name) == (1, "LimeSurvey 2026")
    context.close()
