"""The Service plans an interview, invites, records, joins passages and codes them: in Slovenian, by keyboard alone."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from kazipot.foundation.roles import Role
from kazipot.needs import queries
from kazipot.needs.models import Coding, Interview, PlannedInterview
from tests.factories import needs, organisation
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 80


def reach(tab: Page, wanted: Locator) -> None:
    """Press Tab until the wanted thing has the focus, and see that the focus is visible."""
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"{wanted} is not reached by keyboard")


def test_interview_from_plan_to_codes_by_keyboard(
    browser: Browser, live_server: Any, settings: Any, client: Client
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    needs.make_framework()
    unit = organisation.make_unit(code="OGDP")
    organisation.make_employment(organisation.make_person(first_name="Ivan", last_name="Doma"), unit, number="12")
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    context.add_cookies(cookies)
    tab = context.new_page()
    tab.goto(live_server.url + reverse("needs:interviews"))
    reach(tab, tab.get_by_role("link", name="Načrtuj intervju"))
    tab.keyboard.press("Enter")
    reach(tab, tab.get_by_label("Enota"))
    tab.keyboard.press("ArrowDown")
    tab.get_by_label("Dan intervjuja").fill("2026-06-09")  # how days are typed differs between browsers
    reach(tab, tab.get_by_label("Kraj ali povezava"))
    tab.keyboard.type("Mestni trg 1")
    reach(tab, tab.get_by_label("Kontakt za vprašanja"))
    tab.keyboard.type("Služba, 01 234 56 78")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Načrtovani intervju: OGDP, 9.")
    reach(tab, tab.get_by_role("link", name="Povabi", exact=True))
    tab.keyboard.press("Enter")
    reach(tab, tab.get_by_label("Kadrovske številke ali e-naslovi"))
    tab.keyboard.type("12")
    reach(tab, tab.get_by_role("button", name="Povabi"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Ivan Doma")).to_be_visible()
    assert_good(tab, "the printed invitations", "sl")
    plan = PlannedInterview.objects.get()
    assert (plan.invited, plan.place) == (1, "Mestni trg 1")

    settings.KAZIPOT_TODAY = "2026-06-09"
    tab.goto(live_server.url + reverse("needs:record-planned", args=[plan.pk]))
    reach(tab, tab.get_by_label("samo z drugimi besedami"))
    tab.keyboard.press("Space")
    reach(tab, tab.get_by_label("Zapiski ali prepis"))
    tab.keyboard.type("Gesla si zapisujem. Na listek. Rada bi znala več.")
    reach(tab, tab.get_by_label("Vsi so pred začetkom izvedeli"))
    tab.keyboard.press("Space")
    reach(tab, tab.get_by_role("button", name="Zapiši intervju"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Intervju: OGDP, 9.")
    interview = Interview.objects.get()
    assert (interview.held_on, interview.plan) == (date(2026, 6, 9), plan)
    reach(tab, tab.get_by_role("link", name="Združevanje in delitev odlomkov"))
    tab.keyboard.press("Enter")
    reach(tab, tab.get_by_role("button", name=re.compile("Združi z naslednjim.*Odlomek 1")))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name=re.compile("Razdeli na stavke.*Odlomek 1"))).to_be_visible()
    assert queries.passages_of(interview.pk).count() == 2
    reach(tab, tab.get_by_role("link", name="Kodiranje odlomkov"))
    tab.keyboard.press("Enter")
    reach(tab, tab.get_by_role("button", name="Shrani in nadaljuj"))
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Intervju: OGDP")
    assert Coding.objects.count() == 2
    context.close()
