"""Takes the pictures of the README from a demo city, each page wide or on a phone.

    .venv/bin/python docs/screenshots.py

Builds the city in a temporary folder, serves it, signs in as the people of the demo and writes docs/screenshots/*.png.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
WIDE, TALL, PHONE = ({"width": 1280, "height": 860}, {"width": 1280, "height": 1460}, {"width": 360, "height": 740})
PATIENCE = 600.0


class Picture(NamedTuple):
    """A page as somebody sees it; `who` is a demo account or nobody."""

    name: str
    address: str
    who: str = ""
    size: dict[str, int] = WIDE
    item: str = ""
    """The key of a test item: what is pictured is the item in Slovenian, as people see it."""
    filled: tuple[tuple[str, str], ...] = ()
    """Fields and what is typed into them; the form is sent, and what comes then is pictured."""


PICTURES_WANTED = (
    Picture("public", "/"),
    Picture("public-phone", "/", size=PHONE),
    Picture("desk-service", "/desk/", "sluzba"),
    Picture("indicator-m3", "/indicators/M3/", "sluzba"),
    Picture("advisors", "/advisors/", "sluzba"),
    Picture("advisor-desk", "/advisors/desk/", "svetovalka", TALL),
    Picture("advisor-directory", "/advisors/directory/", "svetovalka"),
    Picture("who-advises-phone", "/advisors/mine/", "zaposlena", PHONE),
    Picture("analysis", "/needs/analyses/2026/", "sluzba"),
    Picture("campaign", "/needs/campaigns/5/", "sluzba", TALL),
    Picture("questionnaire-phone", "{questionnaire}", size=PHONE),
    Picture("questionnaire-page-phone", "{questionnaire}?part=1", size=PHONE),
    Picture("seat-phone", "{seat}", size=PHONE),
    Picture("sessions", "/training/sessions/", "sluzba"),
    Picture("plan", "/training/plans/new/", "sluzba", TALL, filled=(("year", "2027"), ("budget", "12000"))),
    Picture("need-and-seats", "/training/need-and-seats/", "sluzba", TALL),
    Picture("why-phone", "/training/sessions/40/why/", "zaposlena", PHONE),
    Picture("outlook", "/training/outlook/", "sluzba", TALL),
    Picture("evaluation", "/training/evaluation/", "sluzba"),
    Picture("certificates-phone", "/training/own/certificates/", "zaposlena", PHONE),
    Picture("postings", "/hiring/", "kadri"),
    Picture("family-demands", "/hiring/profiles/family/MU/administration/", "kadri", TALL),
    Picture("skilled", "/indicators/context/skilled/", "sluzba", TALL),
    Picture("duties", "/verification/duties/", "sluzba"),
    Picture("units", "/organisation/units/", "sluzba"),
    Picture("desk-employee-phone", "/desk/", "zaposlena", PHONE),
    *(
        Picture(f"item-{kind}-phone", f"/verification/items/?words={key}", "sluzba", PHONE, key)
        for kind, key in (
            ("single", "pay-gift-cards-for-colleagues"),
            ("order", "sign-in-strength-order"),
            ("match", "ai-risks-and-examples"),
            ("hotspot", "parcel-fee-sms"),
            ("scenario", "prove-you-are-human"),
        )
    ),
)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the application answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address):  # noqa: S310  (this machine)
                return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer.")


def take(browser: Browser, site: str, picture: Picture, told: dict[str, dict[str, str]]) -> None:
    """One picture."""
    context = browser.new_context(viewport=picture.size, locale="sl-SI", color_scheme="light")
    tab = context.new_page()
    if picture.who:
        tab.goto(f"{site}/sign-in/")
        tab.fill("[name=username]", picture.who)
        tab.fill("[name=password]", told["passwords"][picture.who])
        tab.click("main button[type=submit]")
    response = tab.goto(site + picture.address.format(**told["links"]))
    if response is None or response.status != 200:
        raise SystemExit(f"{picture.address}: {response.status if response else 'no answer'}")
    for field, value in picture.filled:
        tab.fill(f"main [name={field}]", value)
    if picture.filled:
        tab.set_default_timeout(PATIENCE * 1000)
        tab.click("main button[type=submit]")
        tab.wait_for_url(lambda address: address != site + picture.address)
    file = PICTURES / f"{picture.name}.png"
    if picture.item:
        tab.get_by_role("link", name=picture.item, exact=True).click()
        tab.locator("section.item__page[lang=sl]").screenshot(path=file)
    else:
        tab.screenshot(path=file)
    context.close()
    print(picture.name)


def main() -> int:
    """Build, serve, take every picture, stop."""
    wanted = [picture for picture in PICTURES_WANTED if len(sys.argv) < 2 or picture.name in sys.argv[1:]]
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kazipot-pictures-") as folder:
        port = free_port()
        command = [str(ROOT / "kazipot"), "demo", "--people", "600", "--data", folder, "--port", str(port)]
        with subprocess.Popen(command, env={**os.environ}, stdout=subprocess.DEVNULL) as server:
            try:
                site = f"http://127.0.0.1:{port}"
                wait_for(f"{site}/sign-in/")
                known = json.loads((Path(folder) / "demo-accounts.json").read_text(encoding="utf-8"))
                told = {
                    "links": known["links"],
                    "passwords": {row["username"]: row["password"] for row in known["accounts"]},
                }
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                    for picture in wanted:
                        take(browser, site, picture, told)
                    browser.close()
            finally:
                server.terminate()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
