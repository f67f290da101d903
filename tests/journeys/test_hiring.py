"""A posting drafted, checked, wording taken over, approved, published, filled; and one that passes by an exception.

Human resources work at a desk, the Service on a phone. axe looks at every page.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.framework import operations as framework
from kazipot.framework import queries as frameworks
from kazipot.hiring import queries
from kazipot.hiring.models import Candidate, Override, Posting
from kazipot.organisation.models import Unit
from tests.factories import organisation
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DAY, AFTER = date(2026, 11, 20), date(2026, 12, 10)
VAGUE = "Pogoji za zasedbo: visokošolska izobrazba, državljanstvo RS, računalniška pismenost."
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def unit(settings: Any, at: datetime) -> Unit:
    """A unit of the city administration, somebody who was just hired, and a job profile that needs tables (1.3)."""
    settings.KAZIPOT_TODAY = DAY.isoformat()
    framework.install_shipped_frameworks(at=at)
    active = frameworks.active_framework(DAY)
    assert active is not None
    ids = {item.code: item.id for item in frameworks.competences(active.pk)}
    profile = organisation.make_profile("OFFICIAL", name_sl="Strokovna sodelavka", family="uprava")
    framework.set_profile_targets(
        profile_id=profile.pk, framework_id=active.pk, targets={ids["1.3"]: (2, 3), ids["4.2"]: (2, 2)},
        on=date(2026, 1, 1), at=at, actor=None,
    )  # fmt: skip
    found = organisation.make_unit()
    organisation.make_employment(unit=found, post=organisation.make_post(profile=profile))
    return found


@pytest.fixture
def tab_of(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A browser in which an account is signed in."""
    contexts = []

    def make(user: User, size: Any = None) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="sl-SI", viewport=size or WIDE)
        context.set_default_timeout(8_000)
        contexts.append(context)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        tab = context.new_page()
        tab.goto(f"{live_server.url}/hiring/")
        return tab

    yield make
    for context in contexts:
        context.close()


def somebody(name: str, role: Role, unit: Unit) -> User:
    user = organisation.make_user(name)
    organisation.grant(user, role, unit.employer)
    return user


def press(page: Page, name: str) -> None:
    main = page.locator("main")
    main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True)).click()
    page.wait_for_load_state("load")
    assert_good(page, page.url, "sl")


def draft(page: Page, reference: str) -> None:
    page.get_by_role("link", name="Pripravi osnutek objave").click()
    assert_good(page, page.url, "sl")
    page.get_by_label("Enota").select_option(index=0)
    page.get_by_label("Oznaka").fill(reference)
    page.get_by_label("Delovno mesto", exact=True).fill("Višja svetovalka")
    page.get_by_label("Poklicni profil").select_option(label="Strokovna sodelavka")
    page.get_by_label("Besedilo objave").fill(VAGUE)
    press(page, "Shrani in preveri")
    expect(page.get_by_text("digitalno znanje je omenjeno le na splošno")).to_be_visible()


def test_posting_from_draft_to_hire_and_an_exception(unit: Unit, live_server: Any, tab_of: Any, settings: Any) -> None:
    office = tab_of(somebody("kadri", Role.HR, unit))
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

    service = tab_of(somebody("sluzba", Role.SERVICE, unit), PHONE)
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
