"""A tablet at the depot: somebody types the code of their letter, begins, and leaves; the next finds nothing."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from kazipot.foundation.roles import Role
from kazipot.needs import queries
from tests.factories import needs, organisation
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_code_is_typed_begun_and_left(browser: Browser, live_server: Any, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    campaign = needs.make_campaign(framework=needs.make_framework(2, 1))
    needs.make_invitation(campaign, token="abcdefgh2345")
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=True, has_touch=True)
    tab = context.new_page()
    tab.goto(f"{live_server.url}/needs/enter/")
    tab.get_by_label("Koda z listka").fill("ABCD EFGH 2346")
    tab.get_by_role("button", name="Začni").press("Enter")
    expect(tab.get_by_text("Ta koda ne velja").first).to_be_visible()
    assert_good(tab, "a wrong code", "sl")
    tab.get_by_label("Koda z listka").fill("ABCD EFGH 2345")
    tab.get_by_role("button", name="Začni").press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Katero digitalno izobraževanje potrebujete?")
    assert_good(tab, "the questionnaire on a shared device", "sl")
    tab.get_by_role("link", name="Začni").click()
    assert "abcd" not in tab.url
    tab.get_by_role("button", name="Zapusti to napravo").click()
    expect(tab.get_by_label("Koda z listka")).to_be_visible()
    tab.go_back()
    tab.reload()
    expect(tab.get_by_label("Koda z listka")).to_be_visible()
    context.close()


def test_lost_slip_is_made_anew_on_a_phone_by_keyboard(
    browser: Browser, live_server: Any, settings: Any, client: Client
) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    campaign = needs.make_campaign()
    person = organisation.make_person(first_name="Žiga", last_name="Čuček")
    unit = organisation.make_unit()
    organisation.make_employment(person, unit)
    invitation = needs.make_invitation(campaign, person, unit, token="abcdefgh2345")
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    context.add_cookies(cookies)
    tab = context.new_page()
    tab.goto(f"{live_server.url}/needs/campaigns/{campaign.pk}/letters/MU/")
    assert_good(tab, "slips to print", "sl")
    tab.get_by_role("link", name="Nekdo je izgubil listek").click()
    tab.get_by_label("Ime ali številka").fill("čuč")
    tab.get_by_role("button", name="Išči").press("Enter")
    assert_good(tab, "who lost a slip", "sl")
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Pripravi nov listek").press("Enter")
    slip = PdfReader(waiting.value.path()).pages[0].extract_text()
    assert "Žiga Čuček" in slip
    code = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", slip)[0]
    assert queries.invitation_by_token(code) == invitation
    assert queries.invitation_by_token("abcdefgh2345") is None
    context.close()
