"""Somebody without an account takes the test on a phone: a code, no scripts, the questions that ship, the result."""

import os
from datetime import datetime
from typing import Any

import pytest
from benchmarks.answering.form import read
from playwright.sync_api import Browser, Page, expect

from kazipot.verification import operations, queries
from kazipot.verification.models import Sitting, Verification
from tests.factories.verification import last_step, make_code, make_worker, right_form
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
ENTER, ANSWER = "/verification/enter/", "Odgovori in nadaljuj"


def fill_in(tab: Page, form: dict[str, list[str]]) -> None:
    """Touch what the form asks for, as it stands on the page."""
    fields = {name: field for one in read(tab.content()).forms for name, field in one.fields.items()}
    for name, values in form.items():
        for value in values:
            if fields[name].kind == "select":
                tab.locator(f'select[name="{name}"]').select_option(value)
            else:
                tab.locator(f'input[name="{name}"][value="{value}"]').check()


def look(tab: Page, browser: Browser, name: str) -> None:
    """The same page in a browser with scripts, for axe; kept as a picture where somebody asks for it."""
    context = browser.new_context(**PHONE)
    context.add_cookies([{**cookie} for cookie in tab.context.cookies()])  # type: ignore[typeddict-item]
    seen = context.new_page()
    seen.goto(tab.url)
    assert_good(seen, name, "sl")
    if folder := os.environ.get("KAZIPOT_PICTURES"):
        seen.screenshot(path=f"{folder}/{name}.png", full_page=True)
    context.close()


def test_test_is_taken_on_a_phone_without_scripts_and_without_an_account(
    browser: Browser, live_server: Any, at: datetime
) -> None:
    operations.load_builtin_items(at=at, actor=None)
    person = make_worker()
    code = make_code(person, at=at)
    context = browser.new_context(**PHONE, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(live_server.url + ENTER)
    tab.get_by_label("Koda z listka").fill(code.upper())
    tab.get_by_role("button", name="Odpri test").click()
    look(tab, browser, "start")
    tab.get_by_role("button", name="Začni").click()
    sitting = Sitting.objects.get()
    kinds: set[str] = set()
    while sitting.ended_at is None:
        step = last_step(sitting)
        kind = str(queries.item_of(sitting, step).kind)
        expect(tab.get_by_text(f"{step.number}. vprašanje; vseh bo od").first).to_be_visible()
        if kind not in kinds:
            look(tab, browser, kind)
            kinds.add(kind)
        if step.number == 2:
            tab.get_by_role("button", name=ANSWER).click()
            expect(tab.get_by_role("heading", name="Odgovor še ni popoln")).to_be_visible()
            look(tab, browser, "incomplete")
        fill_in(tab, right_form(sitting, step))
        tab.get_by_role("button", name=ANSWER).click()
        sitting.refresh_from_db()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Opravili ste")
    look(tab, browser, "result")
    assert Verification.objects.get().passed is True
    assert queries.replay(sitting.pk).differences == ()  # type: ignore[union-attr]
    assert len(kinds) >= 3
    tab.get_by_role("link", name="Vadite").click()
    look(tab, browser, "practice")
    tab.get_by_role("button", name="Začni").click()
    tab.get_by_role("button", name="Ne vem").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("To ni prav")
    look(tab, browser, "feedback")
    tab.get_by_role("button", name="Nadaljuj").click()
    tab.get_by_role("button", name="Zapusti to napravo").click()
    expect(tab.get_by_label("Koda z listka")).to_be_visible()
    context.close()


def test_question_is_answered_by_keyboard_alone(browser: Browser, live_server: Any, at: datetime) -> None:
    operations.load_builtin_items(at=at, actor=None)
    code = make_code(make_worker(), at=at)
    context = browser.new_context(**PHONE)
    tab = context.new_page()
    tab.goto(live_server.url + ENTER)
    tab.get_by_label("Koda z listka").fill(code)
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Začni").press("Enter")
    for number in range(1, 4):
        sitting = Sitting.objects.get()
        step = last_step(sitting)
        assert step.number == number
        for name, values in right_form(sitting, step).items():
            for value in values:
                radio = tab.locator(f'input[name="{name}"][value="{value}"]')
                (radio if radio.count() else tab.locator(f'select[name="{name}"]')).focus()
                tab.keyboard.press("Space") if radio.count() else tab.keyboard.type(value)
        if tab.locator("main select").count():
            for name, values in right_form(sitting, step).items():
                tab.locator(f'select[name="{name}"]').select_option(values[0])
        tab.get_by_role("button", name=ANSWER).press("Enter")
        expect(tab.get_by_text(f"{number + 1}. vprašanje; vseh bo od").first).to_be_visible()
    context.close()
