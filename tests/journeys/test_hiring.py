"""A posting in the demo city: drafted, checked, wording taken over, approved, published, filled; and an exception.

Human resources work at a desk, the head of unit and the Service on their own devices. axe looks at every page.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kazipot.hiring import queries
from kazipot.hiring.models import Candidate, Override, Posting
from kazipot.project.demo.accounts import PASSWORD
from kazipot.project.demo.build import build_city
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DAY, AFTER = date(2026, 11, 20), date(2026, 12, 10)
VAGUE = "Pogoji za zasedbo: visokošolska izobrazba, državljanstvo RS, računalniška pismenost."
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def city(tmp_path: Path, settings: Any, transactional_db: None) -> None:
    """The demo city of a hundred people on the last day of its story."""
    settings.DATA = tmp_path
    build_city(people=100, seed=1, report=lambda line: None)
    settings.KAZIPOT_TODAY = DAY.isoformat()


@pytest.fixture
def signed_in(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Somebody's device, signed in."""
    contexts = []

    def make(name: str, **kwargs: Any) -> Page:
        context = browser.new_context(locale="sl-SI", **kwargs)
        context.set_default_timeout(8_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/sign-in/")
        page.get_by_label("Uporabniško ime").fill(name)
        page.get_by_label("Geslo").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Moja miza")).to_be_visible()
        page.goto(f"{live_server.url}/hiring/")
        return page

    yield make
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).click()
    assert_good(page, page.url, "sl")


def draft(page: Page, reference: str) -> None:
    page.get_by_role("link", name="Pripravi osnutek objave").click()
    assert_good(page, page.url, "sl")
    page.get_by_label("Enota").select_option(index=1)
    page.get_by_label("Oznaka").fill(reference)
    page.get_by_label("Delovno mesto", exact=True).fill("Višja svetovalka")
    page.get_by_label("Besedilo objave").fill(VAGUE)
    press(page, "Shrani in preveri")
    expect(page.get_by_text("digitalno znanje je omenjeno le na splošno")).to_be_visible()


def test_posting_from_draft_to_hire_and_an_exception(
    city: None, live_server: Any, signed_in: Any, settings: Any
) -> None:
    office = signed_in("kadri")
    draft(office, "110-777/2026")
    posting = Posting.objects.get(reference="110-777/2026")
    page = f"{live_server.url}/hiring/{posting.pk}/"
    expect(office.get_by_text("Takšne objave ni mogoče objaviti")).to_be_visible()
    first = queries.missing(posting, on=DAY)[0]
    office.locator("label", has_text=first.code).click()
    press(office, "Dodaj besedilo")
    expect(office.get_by_text("zahtevane so izbrane digitalne kompetence")).to_be_visible()
    expect(office.locator("mark").first).to_be_visible()
    press(office, "Oddaj v odobritev")

    service = signed_in("sluzba", viewport=PHONE)
    service.goto(page)
    press(service, "Odobri objavo")
    office.goto(page)
    press(office, "Objavi")
    press(office, "Objavi")
    posting.refresh_from_db()
    assert (posting.stage, posting.published_on) == ("published", DAY)

    press(office, "Kandidati")
    press(office, "Dodaj kandidata")
    office.get_by_label("Ime in priimek").fill("Marjeta Zupanc")
    press(office, "Dodaj")
    expect(office.get_by_text("Zupanc")).to_have_count(0)
    settings.KAZIPOT_TODAY = AFTER.isoformat()
    press(office, "Odločitev komisije")
    office.get_by_label("Kandidat 1").focus()
    office.keyboard.press("Space")
    press(office, "Odloči")
    expect(office.get_by_text("Marjeta Zupanc")).to_be_visible()
    office.get_by_role("link", name="Poišči med zaposlenimi").click()
    office.get_by_label("Zaposlena oseba").select_option(index=1)
    press(office, "Shrani")
    expect(office.get_by_role("heading", name="Potrebe v prvem letu")).to_be_visible()
    expect(office.get_by_role("rowheader", name=first.code)).to_be_visible()
    assert Candidate.objects.get().person_id is not None

    office.goto(f"{live_server.url}/hiring/")
    draft(office, "110-778/2026")
    other = Posting.objects.get(reference="110-778/2026")
    press(office, "Oddaj v odobritev")
    service.goto(f"{live_server.url}/hiring/{other.pk}/")
    press(service, "Odobri objavo")
    office.goto(f"{live_server.url}/hiring/{other.pk}/")
    press(office, "Objavi")
    press(office, "Objavi")
    expect(office.get_by_text("Objava ne zahteva izbranih digitalnih kompetenc").first).to_be_visible()
    service.goto(f"{live_server.url}/hiring/{other.pk}/")
    press(service, "Dopusti objavo")
    service.get_by_label("Razlog").fill("Nadomeščanje čez noč.")
    press(service, "Dopusti")
    office.goto(f"{live_server.url}/hiring/{other.pk}/")
    press(office, "Objavi")
    press(office, "Objavi")
    assert Override.objects.get().posting_id == other.pk
    office.goto(f"{live_server.url}/hiring/")
    expect(office.get_by_text("z izjemo").first).to_be_visible()
