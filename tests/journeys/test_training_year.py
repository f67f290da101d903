"""The even year 2026 by clicking: from the published analysis to attended sessions, and M3 shows it.

The Service works at a desk, employees on phones of 360 points without an account, the trainer on a phone with a link.
Between the clicks workers do what they do.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation import clock
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.strategy import queries as strategy
from kazipot.training import operations, queries, tasks
from kazipot.training.models import Attendance, SeatOffer, Session
from kazipot.training.operations import plans
from tests.factories import needs, organisation
from tests.factories.training import AT, make_course
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
SPRING, AUTUMN = "2026-06-01", "2026-09-15"
SEATS, IN_NEED = 4, (7, 2, 6)


@pytest.fixture
def new_tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Another device each time it is asked for."""
    contexts = []

    def make(**kwargs: Any) -> Page:
        context = browser.new_context(locale="sl-SI", **kwargs)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def look(tab: Page, name: str) -> None:
    """The page is good for axe; kept as a picture where somebody asks for it."""
    tab.wait_for_load_state("load")
    assert_good(tab, name, "sl")
    if folder := os.environ.get("KAZIPOT_PICTURES"):
        tab.screenshot(path=f"{folder}/{name}.png", full_page=True)


def button(tab: Page, name: str) -> Any:
    return tab.locator("main").get_by_role("button", name=name, exact=True)


def link(tab: Page, name: str) -> Any:
    return tab.locator("main").get_by_role("link", name=name, exact=True)


def city() -> Session:
    """A closed survey in which fifteen of thirty-five people need what a course teaches, and a session of it."""
    course = make_course()
    competence = queries.taught(course.pk)[0].competence_id
    campaign = needs.make_campaign(2026, course.framework, status="closed", closes_on=date(2026, 3, 31))
    for people, wanting in zip((12, 9, 14), IN_NEED, strict=True):
        unit = organisation.make_unit()
        for number in range(people):
            person = organisation.make_person(email=f"{unit.code}-{number}@example.org")
            job = organisation.make_employment(person=person, unit=unit)
            answers = {competence: Answered(1, 3, number < wanting)}
            needs.make_response(
                needs.make_invitation(campaign, job.person, unit), answers, default=Answered(4, 0, False)
            )
    return operations.plan_session(
        course_id=course.pk, starts_on=date(2026, 9, 15), ends_on=date(2026, 9, 15), place="Mestna hiša",
        capacity=SEATS, trainer_id=None, price_fixed=Decimal(300), at=AT, actor=None,
    )  # fmt: skip


def mailed() -> dict[int, str]:
    """The addresses in the mails of offers: {offer id: path}."""
    rows = OutgoingMessage.objects.filter(key__startswith="training.offer.").order_by("pk")
    return {int(row.key.rsplit(".", 1)[1]): re.findall(r"https?://[^/]+(/\S+)", row.body)[0] for row in rows}


def test_even_year_goes_from_the_published_analysis_to_attended_sessions(
    live_server: Any, new_tab: Callable[..., Page], client: Client, settings: Any, monkeypatch: Any
) -> None:
    settings.KAZIPOT_TODAY = SPRING
    monkeypatch.setattr(plans, "AT_ONCE", 0)
    session = city()
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    service = new_tab(**DESK)
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    service.context.add_cookies(cookies)  # type: ignore[arg-type]
    site = live_server.url
    publish_analysis(service, site)
    plan_the_year(service, site)
    accepting, declining = list(mailed().items())[:2]
    accept(new_tab(**PHONE), site + accepting[1])
    decline(new_tab(**PHONE), site + declining[1])
    assert operations.refill_due(at=clock.now()) == 1
    following = list(mailed().items())[SEATS]
    accept(new_tab(**PHONE), site + following[1])
    settings.KAZIPOT_TODAY = AUTUMN
    attend(new_tab, service, site, session, accepting[0], site + accepting[1])
    there = dict(Attendance.objects.values_list("person_id", "attended"))
    people = dict(SeatOffer.objects.values_list("pk", "person_id"))
    assert there == {people[accepting[0]]: True, people[following[0]]: False}
    see_the_indicator(service, site)


def publish_analysis(tab: Page, site: str) -> None:
    """What people need is published."""
    tab.goto(site + reverse("needs:analyses"))
    tab.get_by_role("link", name="Objavi 2026").click()
    tab.get_by_role("button", name="Objavi").click()
    expect(tab.get_by_text("Dokument je tak, kot je bil objavljen.")).to_be_visible()


def plan_the_year(tab: Page, site: str) -> None:
    """A plan is asked for, worked out by a worker, looked at and published."""
    tab.goto(site + reverse("training:plans"))
    link(tab, "Načrtujte leto").click()
    tab.get_by_label("Proračun v evrih").fill("1000")
    tab.locator('input[name="absent"]').fill("100")
    button(tab, "Izračunaj načrt").click()
    expect(tab.get_by_text("Načrt čaka, da ga prevzame proces v ozadju.")).to_be_visible()
    assert tasks.work_out_plan(at=clock.now(), moment=clock.monotonic_now())
    tab.reload()
    look(tab, "plan")
    link(tab, "Objavi načrt").click()
    look(tab, "publish-plan")
    tab.get_by_text("Načrt je pregledan in zanj odgovarjam.").click()
    button(tab, "Objavi načrt").click()
    expect(tab.get_by_text(f"Ponujena so {SEATS} mesta.")).to_be_visible()
    assert len(mailed()) == SEATS


def accept(tab: Page, address: str) -> None:
    """An employee accepts on a phone, from the link in the mail."""
    tab.goto(address)
    look(tab, "offer-on-a-phone")
    button(tab, "Mesto sprejmem").click()
    expect(tab.get_by_text("Vaše mesto je rezervirano.")).to_be_visible()
    expect(tab.locator(".ticket svg")).to_be_visible()
    look(tab, "accepted-on-a-phone")


def decline(tab: Page, address: str) -> None:
    """Another declines and says why."""
    tab.goto(address)
    tab.get_by_label("Če odklanjate: zakaj").select_option("work")
    button(tab, "Odklanjam").click()
    expect(tab.get_by_text("To mesto ste odklonili; dobi ga nekdo drug.")).to_be_visible()


def attend(
    new_tab: Callable[..., Page], service: Page, site: str, session: Session, offer_id: int, address: str
) -> None:
    """The trainer's phone reads somebody's code at the door; who has not come by the end is noted as absent."""
    service.goto(site + reverse("training:room", args=(session.pk,)))
    look(service, "room")
    trainer = new_tab(**PHONE)
    trainer.goto(service.locator("main code").inner_text().strip())
    look(trainer, "room-on-a-phone")
    shown = new_tab(**PHONE)
    shown.goto(address)
    expect(shown.locator(".ticket svg")).to_be_visible()
    trainer.goto(site + reverse("training:ticket", args=(queries.ticket_of(offer_id),)))
    look(trainer, "ticket-on-a-phone")
    button(trainer, "Je tukaj").click()
    expect(trainer.get_by_text("Prijavljeno. Preberite naslednjo kodo.")).to_be_visible()
    link(trainer, "Vsi z mestom").click()
    button(trainer, "Zapiši navzočnost").click()
    expect(trainer.get_by_text("Navzoča je bila 1 oseba.")).to_be_visible()


def see_the_indicator(tab: Page, site: str) -> None:
    """M3 counts everybody who was offered a seat in the session that took place, each once; the ledger shows why."""
    offered = SEATS + 1
    figure = strategy.indicator(date.fromisoformat(AUTUMN), "M3", scope=strategy.WHOLE)
    assert (figure.numerator, figure.denominator) == (offered, sum(IN_NEED))
    tab.goto(site + reverse("strategy:evidence", args=("M3",)))
    link(tab, "Vse ponudbe: katera šteje kot možnost in zakaj katera ne").click()
    look(tab, "ledger")
    expect(tab.locator("tbody tr")).to_have_count(offered)
    expect(tab.locator("tbody .tag--good")).to_have_count(offered)
    expect(tab.locator("tbody")).to_contain_text("odklonjeno: preveč dela")
    expect(tab.locator("tbody")).to_contain_text("sprejeto, oseba ni prišla")
    link(tab, str(offered)).last.click()
    expect(tab.locator("tbody tr")).to_have_count(offered)
