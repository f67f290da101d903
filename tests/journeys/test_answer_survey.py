"""Somebody answers the survey on a phone: a narrow screen, no account, no JavaScript."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kazipot.needs.models import Answer, Response, StatedNeed
from tests.factories import needs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AREAS, COMPETENCES = 5, 2


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone of 360 × 740 points whose browser runs no scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, has_touch=True)
    yield context.new_page()
    context.close()


def choose(phone: Page, question: Any, own: str, needed: str) -> None:
    """Answer one competence by touching the words of the answers."""
    question.get_by_role("group", name="Kaj zmorete danes?").get_by_label(own, exact=True).check()
    question.get_by_role("group", name="Kaj potrebujete?").get_by_label(needed, exact=True).check()


def test_answer_survey_on_a_phone_without_scripts(phone: Page, live_server: Any, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    campaign = needs.make_campaign(framework=needs.make_framework(AREAS, COMPETENCES))
    needs.make_invitation(campaign, token="na-telefonu")
    phone.goto(f"{live_server.url}/needs/answer/na-telefonu/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Katero digitalno izobraževanje potrebujete?")
    phone.get_by_role("link", name="Začni").click()
    for area in range(1, AREAS + 1):
        expect(phone.get_by_text(f"Stran {area} od {AREAS}", exact=True)).to_be_visible()
        for minor in range(1, COMPETENCES + 1):
            question = phone.get_by_role("region", name=f"{area}.{minor} Kompetenca {area}.{minor}")
            choose(phone, question, "raven 2", "raven 3")
            if area == 1:
                question.get_by_label("Želim izobraževanje").check()
        phone.get_by_role("button", name="Naprej").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Preglejte svoje odgovore")
    phone.get_by_role("button", name="Pošlji odgovore").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hvala, vaše odgovore smo prejeli")
    expect(phone.get_by_text("z ravni 2 na raven 3")).to_have_count(2)
    response = Response.objects.get()
    assert response.submitted_on == date(2026, 3, 10)
    assert (Answer.objects.count(), StatedNeed.objects.count()) == (AREAS * COMPETENCES, 2)
    phone.goto(f"{live_server.url}/needs/answer/na-telefonu/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vaše odgovore smo prejeli")


def test_answer_survey_says_what_is_missing_and_goes_back_without_loss(
    phone: Page, live_server: Any, settings: Any
) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    needs.make_invitation(needs.make_campaign(framework=needs.make_framework(2, 1)), token="na-telefonu")
    phone.goto(f"{live_server.url}/needs/answer/na-telefonu/?part=1")
    own = phone.get_by_role("group", name="Kaj zmorete danes?")
    own.get_by_label("raven 0", exact=True).check()
    phone.get_by_role("button", name="Naprej").click()
    expect(phone.get_by_role("alert")).to_contain_text("1 odgovor manjka")
    phone.get_by_role("group", name="Kaj potrebujete?").get_by_label("raven 2", exact=True).check()
    phone.get_by_role("button", name="Naprej").click()
    expect(phone.get_by_text("Stran 2 od 2", exact=True)).to_be_visible()
    phone.go_back()
    expect(own.get_by_label("raven 0", exact=True)).to_be_checked()
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Področje 1")
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
