"""An advisor leaves and another comes: from the roster to the hand-over, in Slovenian, wide and on a phone.

A roster without the advisor makes a vacancy; the head proposes, the nominee agrees, the Service confirms, the decision
is printed; the new advisor writes a first note and answers a question that came by mail; then they leave in their turn.
"""

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from kazipot.advisors import operations, queries
from kazipot.advisors.imports import receive_mail
from kazipot.advisors.models import Thread
from kazipot.foundation import clock, outbox
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment, Person
from kazipot.project.cli.arguments import parser
from kazipot.project.cli.commands import run
from tests.factories import needs, organisation
from tests.factories.advisors import holder, make_appointment, make_thread
from tests.foundation.mail.samples import message
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 6, 10)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
HEADINGS = "delodajalec;enota;kadrovska številka;ime;priimek;delovno mesto;zaposlen od;zaposlen do;e-pošta;ključ osebe"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


@pytest.fixture
def tab_of(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A browser in which an account is signed in."""
    contexts = []

    def make(user: Any, size: Any = None) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="sl-SI", viewport=size or WIDE)
        contexts.append(context)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        tab = context.new_page()
        tab.goto(f"{live_server.url}/desk/")
        return tab

    yield make
    for context in contexts:
        context.close()


def button(tab: Page, name: str) -> Any:
    return tab.locator("main").get_by_role("button", name=name, exact=True)


def link(tab: Page, name: str) -> Any:
    return tab.locator("main").get_by_role("link", name=name, exact=True)


def open_page(tab: Page, address: str) -> None:
    """The page has come and is good."""
    tab.goto("/".join(tab.url.split("/")[:3]) + address)
    look_at(tab)


def look_at(tab: Page) -> None:
    tab.wait_for_load_state("load")
    assert_good(tab, tab.url, "sl")


def roster(folder: Path, *jobs: Employment) -> Path:
    """A roster of the city administration on the day, with these jobs only."""
    path = folder / "kadri.csv"
    rows = [
        f"MU;{job.unit.code};{job.personnel_number};{job.person.first_name};{job.person.last_name};{job.post.code};"
        f"{job.hired_on:%d. %m. %Y};;{job.person.email};{job.person.key}"
        for job in jobs
    ]
    path.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    return path


def test_advisor_leaves_and_another_takes_over(
    tab_of: Callable[..., Page], tmp_path: Path, capsys: Any, settings: Any
) -> None:
    needs.make_framework()
    former = make_appointment(organisation.make_unit(code="OS", name_sl="Oddelek za šport"))
    unit = former.unit
    nominee = organisation.make_person(first_name="Maja", last_name="Kos", email="maja@example.org")
    asker = organisation.make_person(first_name="Ana", last_name="Kos", email="ana.kos@example.org")
    jobs = [organisation.make_employment(person=person, unit=unit) for person in (nominee, asker)]
    head, service = holder(Role.HEAD, unit, "vodja@example.org"), holder(Role.SERVICE, unit, "sluzba@example.org")
    user = organisation.make_user(person=nominee)
    make_thread(asker, former.person, unit)

    vacancy_appears(roster(tmp_path, *jobs), capsys)
    head_tab = tab_of(head)
    propose(head_tab)
    agree(tab_of(user, PHONE))
    decision = confirm(tab_of(service))
    assert "Maja Kos" in decision
    assert queries.vacancies(TODAY) == 0
    advisor = tab_of(user)
    see_desk(advisor, "Kako podpišem dokument?")
    write_note(advisor)
    question_by_mail_is_answered(advisor, asker)
    give_place_to_another(unit, nominee, service)
    settings.KAZIPOT_TODAY = (TODAY + timedelta(days=1)).isoformat()
    see_what_is_open(tab_of)


def vacancy_appears(path: Path, capsys: Any) -> None:
    """The advisor isn't in the roster any more: the head and the Service are told the same day."""
    assert run(parser().parse_args(["people", "import", str(path), "--confirm-leavers"])) == 0
    assert "1" in capsys.readouterr().out
    assert queries.vacancies(TODAY) == 1
    outbox.deliver_due(at=clock.now())
    assert sorted(sent.to[0] for sent in mail.outbox if "svetovalca" in sent.subject) == [
        "sluzba@example.org", "vodja@example.org",
    ]  # fmt: skip


def propose(tab: Page) -> None:
    """The head's desk names the vacancy; the head proposes a colleague."""
    link(tab, "Enota nima digitalnega svetovalca (Oddelek za šport). Predlagajte ga.").click()
    look_at(tab)
    link(tab, "Predlagaj digitalnega svetovalca").click()
    look_at(tab)
    tab.get_by_label("Zaposlena oseba").select_option(label="Kos Maja (OS)")
    button(tab, "Predlagaj").click()
    look_at(tab)


def agree(tab: Page) -> None:
    """The nominee is asked on the desk, on a phone, and says yes."""
    link(tab, "Predlagani ste za digitalno svetovanje. Povejte, ali se strinjate.").click()
    look_at(tab)
    link(tab, "Odgovori").click()
    look_at(tab)
    button(tab, "Strinjam se").click()
    look_at(tab)


def confirm(tab: Page) -> str:
    """The Service confirms and prints the decision; what it says."""
    open_page(tab, "/advisors/nominations/")
    link(tab, "Maja Kos").click()
    look_at(tab)
    link(tab, "Potrdi").click()
    look_at(tab)
    tab.get_by_label("Številka sklepa o imenovanju").fill("100-12/2026-3")
    button(tab, "Potrdi").click()
    look_at(tab)
    with tab.expect_download() as download:
        tab.locator("main a[href$='decision.pdf']").first.click()
    content = Path(download.value.path()).read_bytes()
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def see_desk(tab: Page, question: str) -> None:
    """What the former advisor left is on the successor's desk, wide and on a phone."""
    open_page(tab, "/advisors/desk/")
    expect(link(tab, question)).to_be_visible()
    link(tab, "Prevzeto v enoti OS").click()
    look_at(tab)
    expect(link(tab, question)).to_be_visible()
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    open_page(tab, "/advisors/desk/")
    tab.set_viewport_size(WIDE)  # type: ignore[arg-type]


def write_note(tab: Page) -> None:
    """The first note, found by a word of it without its hook."""
    open_page(tab, "/advisors/watch/new/")
    tab.get_by_label("Delovno področje").select_option(label="naprave in delo na terenu")
    tab.get_by_label("Naslov", exact=True).fill("Čitalniki na vratih")
    tab.get_by_label("Kaj je novega?").fill("Čitalnik odpre vrata s telefonom.")
    tab.get_by_label("Kaj to pomeni za enoto?").fill("Ključev ni več treba nositi.")
    tab.get_by_label("Kaj predlagate?").fill("Preizkusimo ga v eni dvorani.")
    tab.get_by_label("Digitalne rešitve").fill("SPOT")
    button(tab, "Shrani").click()
    look_at(tab)
    tab.get_by_label("Besede").fill("citalnik")
    button(tab, "Išči").click()
    expect(link(tab, "Čitalniki na vratih")).to_be_visible()
    look_at(tab)


def question_by_mail_is_answered(tab: Page, asker: Person) -> None:
    """An employee without an account writes; the advisor answers on the page; the employee thanks by replying."""
    raw = message("Kje je gumb?\n\nLep pozdrav,\nAna", Subject="Gumb", Message_ID="<q@example.org>")
    assert receive_mail(raw, at=clock.now()) == "asked"
    open_page(tab, "/advisors/questions/")
    link(tab, "Gumb").click()
    look_at(tab)
    expect(tab.locator("main")).to_contain_text("Kje je gumb?")
    expect(tab.locator("main")).not_to_contain_text("Lep pozdrav")
    tab.get_by_label("Vaše sporočilo").fill("Desno zgoraj.")
    button(tab, "Pošlji").click()
    look_at(tab)
    answer = OutgoingMessage.objects.filter(recipient=asker.email).latest("pk")
    assert "Desno zgoraj." in answer.body
    thanks = message("Hvala!\n\nDne 10. 6. 2026 je Kažipot napisal(a):\n> Desno zgoraj.", To=answer.reply_to,
                     Message_ID="<t@example.org>")  # fmt: skip
    assert receive_mail(thanks, at=clock.now()) == "answered"
    tab.reload()
    expect(tab.locator("main")).to_contain_text("Hvala!")
    expect(tab.locator("main")).not_to_contain_text("napisal(a)")


def give_place_to_another(unit: Any, leaving: Person, service: Any) -> None:
    """The advisor is replaced from tomorrow on: until then what is open stays theirs, then it is the successor's."""
    successor = organisation.make_person(first_name="Tine", last_name="Breg")
    organisation.make_employment(person=successor, unit=unit)
    organisation.make_user(person=successor, username="breg")
    (held,) = queries.advisors_of(unit.pk, on=TODAY)
    operations.replace(
        appointment_id=held.appointment_id, person_id=successor.pk, on=TODAY + timedelta(days=1), because="odhod",
        decision_reference="100-13/2026-1", at=clock.now(), actor=service,
    )  # fmt: skip
    assert {thread.holder for thread in Thread.objects.all()} == {leaving}


def see_what_is_open(tab_of: Callable[..., Page]) -> None:
    """The next day: the successor finds on the desk what was open, on a phone."""
    operations.watch(at=clock.now())
    successor = Person.objects.get(last_name="Breg")
    assert {thread.holder for thread in Thread.objects.all()} == {successor}
    tab = tab_of(successor.user, PHONE)
    open_page(tab, "/advisors/desk/")
    link(tab, "Prevzeto v enoti OS").click()
    look_at(tab)
    expect(link(tab, "Gumb")).to_be_visible()
    expect(link(tab, "Kako podpišem dokument?")).to_be_visible()
    open_page(tab, "/advisors/directory/")
    expect(tab.locator("main")).to_contain_text("Tine Breg")
