"""HR brings a roster: on a phone, by keyboard, from the upload to the confirmed import; axe finds nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, expect

from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from tests.factories.organisation import make_employer, make_unit, sign_in
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = "Delodajalec;Enota;Kadrovska številka;Ime;Priimek;Delovno mesto;Zaposlen od"


@pytest.mark.parametrize(("language", "width"), [("sl", 360), ("en", 1280)])
def test_roster_is_looked_at_and_confirmed(
    language: str, width: int, browser: Browser, live_server: Any, client: Client, tmp_path: Path
) -> None:
    employer = make_employer()
    make_unit(employer, "OGDP")
    sign_in(client, Role.HR, employer)
    path = tmp_path / "seznam zaposlenih v odboru za zelo dolga imena datotek.csv"
    faulty = [HEAD, "MU;OGPD;1;Žiga;Čeč;D1;31. 2. 2020", "MU;OGDP;2;Ana;Novak;D1;1. 2. 2020"]
    path.write_text("\r\n".join(faulty), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
    tab = context.new_page()
    tab.goto(f"{live_server.url}/organisation/people/import/")
    tab.locator("input[type=file]").set_input_files(path)
    tab.locator("main button[type=submit]").press("Enter")
    expect(tab.locator("#problems-caption")).to_be_visible()
    assert_good(tab, "refused roster", language)
    path.write_text("\r\n".join([HEAD, "MU;OGDP;1;Žiga;Čeč;D1;1. 2. 2020", faulty[2]]), encoding="utf-8")
    tab.locator("input[type=file]").set_input_files(path)
    tab.locator("main button[type=submit]").press("Enter")
    expect(tab.locator("#changes-caption")).to_be_visible()
    expect(tab.get_by_role("row", name="Žiga Čeč")).to_be_visible()
    assert_good(tab, "preview of a roster", language)
    assert not Employment.objects.exists()
    tab.locator("main button[type=submit]").press("Enter")
    expect(tab.locator("#people-caption")).to_be_visible()
    assert Employment.objects.count() == 2
    context.close()
