"""The Service publishes the analysis of a closed campaign by clicking, and the document can be checked."""

import hashlib
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.needs.models import Analysis
from tests.factories import needs, organisation
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_analysis_from_closed_campaign_to_published_document(
    width: int, browser: Browser, live_server: Any, settings: Any, client: Client
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    framework = needs.make_framework()
    campaign = needs.make_campaign(framework=framework, status="closed", closes_on=date(2026, 3, 31))
    first = needs.competences_of(framework)[0].pk
    for people, wanting in ((12, 7), (9, 2), (14, 6)):
        unit = organisation.make_unit()
        for number in range(people):
            answers = {first: Answered(1, 3, number < wanting)}
            needs.make_response(needs.make_invitation(campaign, unit=unit), answers)
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    context = browser.new_context(viewport={"width": width, "height": 800}, accept_downloads=True)
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    context.add_cookies(cookies)
    tab = context.new_page()
    tab.goto(live_server.url + reverse("needs:analyses"))
    tab.get_by_role("link", name="Objavi 2026").click()
    draft = tab.get_by_label("Kaj pove analiza, v slovenščini")
    assert draft.input_value().startswith("Povabljenih je bilo 35 ljudi.")
    draft.fill(draft.input_value() + "\n\nNajprej bomo izobraževali o prvi kompetenci.")
    assert_good(tab, "publish", "sl")
    tab.get_by_role("button", name="Objavi").click()
    expect(tab.get_by_text("Najprej bomo izobraževali o prvi kompetenci.")).to_be_visible()
    expect(tab.get_by_text("Dokument je tak, kot je bil objavljen.")).to_be_visible()
    drawings = tab.locator(".chart img")
    expect(drawings).to_have_count(2)
    for drawing in drawings.all():
        assert drawing.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    assert_good(tab, "analysis", "sl")
    with tab.expect_download() as file:
        tab.get_by_role("link", name="Prenesite dokument (JSON)").click()
    with open(file.value.path(), "rb") as document:
        assert hashlib.sha256(document.read()).hexdigest() == Analysis.objects.get().digest
    context.close()
