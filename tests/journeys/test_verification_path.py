"""The whole way at 360 px, in Slovenian: invitation, a failed test, a lesson, the waiting time, a passed test, the
certificate, and somebody else who checks it. Once by keyboard alone, from the link of a mail; once by touch, without
scripts, by the code of a slip. Neither person has an account.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from kazipot.core.items.answering import fields_for
from kazipot.core.items.scoring import right_answer
from kazipot.foundation.models import OutgoingMessage
from kazipot.organisation.models import Person
from kazipot.project.cli import arguments, commands
from kazipot.verification import operations, queries
from kazipot.verification.models import Invitation, Sitting, Verification, Week
from kazipot.verification.views.lessons import SEED
from tests.factories.verification import last_step, make_worker, right_form
from tests.foundation.credentials import judge
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "accept_downloads": True}
NAME = ("Živa", "Čebašek")
FIRST, AGAIN = date(2026, 6, 1), date(2026, 6, 15)
UNTIL = "14. 6. 2028"
UNKNOWN, ANSWER = "Ne vem", "Odgovori in nadaljuj"


class Hands:
    """Somebody at a phone who touches what they want."""

    def __init__(self, context: BrowserContext) -> None:
        self.tab = context.new_page()

    def press(self, name: str) -> None:
        """A button or a link inside the page."""
        self.tab.locator("main").get_by_role("button", name=name, exact=True).or_(
            self.tab.locator("main").get_by_role("link", name=name, exact=True)
        ).first.click()

    def write(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.tab.get_by_label(label).fill(text)

    def download(self, name: str) -> Path:
        """Take the file that a link gives."""
        with self.tab.expect_download() as waiting:
            self.tab.get_by_role("link", name=name).click()
        return Path(waiting.value.path())

    def choose(self, name: str, value: str) -> None:
        """Choose a value of a question."""
        select = self.tab.locator(f'main select[name="{name}"]')
        if select.count():
            select.select_option(value)
        else:
            self.tab.locator(f'main input[name="{name}"][value="{value}"]').check()

    def fill(self, form: dict[str, list[str]]) -> None:
        """Answer a question."""
        for name, values in form.items():
            for value in values:
                self.choose(name, value)


class Keys(Hands):
    """Somebody who uses the keyboard alone."""

    def __init__(self, context: BrowserContext) -> None:
        super().__init__(context)
        self.keyboard = Keyboard(self.tab)

    def press(self, name: str) -> None:
        main = self.tab.locator("main")
        wanted = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        self.keyboard.use(wanted.first)

    def write(self, label: str, text: str) -> None:
        self.keyboard.write(self.tab.get_by_label(label), text)

    def download(self, name: str) -> Path:
        return Path(self.keyboard.download(self.tab.get_by_role("link", name=name)).path())

    def choose(self, name: str, value: str) -> None:
        select = self.tab.locator(f'main select[name="{name}"]')
        if select.count():
            self.keyboard.pick(select, value)
        else:
            self.keyboard.choose(self.tab.locator(f'main input[name="{name}"][value="{value}"]'))


def look(tab: Page, browser: Browser, name: str) -> None:
    """The same page with scripts, for axe."""
    context = browser.new_context(**PHONE)
    context.add_cookies([{**cookie} for cookie in tab.context.cookies()])  # type: ignore[typeddict-item]
    seen = context.new_page()
    seen.goto(tab.url)
    assert_good(seen, name, "sl")
    context.close()


def test_keyboard_alone_leads_from_the_mail_to_a_certificate_that_others_verify(
    browser: Browser, live_server: Any, settings: Any, at: datetime
) -> None:
    person, week = prepared(live_server, settings, at, email="ziva@mesto.example")
    with somebody(browser, Keys) as hands:
        open_by_mail(hands, browser, week, at)
        whole_way(hands, browser, person, settings)
        third_party(browser, live_server, *certificate(hands, browser))


def test_code_of_a_slip_leads_to_a_certificate_without_scripts(
    browser: Browser, live_server: Any, settings: Any, at: datetime
) -> None:
    person, week = prepared(live_server, settings, at, email="")
    with somebody(browser, Hands, java_script_enabled=False) as hands:
        open_by_slip(hands, browser, live_server, week, at)
        whole_way(hands, browser, person, settings)
        third_party(browser, live_server, *certificate(hands, browser))
        hands.press("Zapusti to napravo")
        hands.tab.go_back()
        hands.tab.reload()
        expect(hands.tab.get_by_label("Koda z listka")).to_be_visible()


@contextmanager
def somebody(browser: Browser, kind: type[Hands], **changes: Any) -> Iterator[Hands]:
    """A phone with an empty browser."""
    context = browser.new_context(**PHONE, **changes)
    yield kind(context)
    context.close()


def prepared(live_server: Any, settings: Any, at: datetime, *, email: str) -> tuple[Person, Week]:
    """A bank, somebody who is due, and a verification week of a month."""
    judge.prepare()
    settings.KAZIPOT_TODAY, settings.KAZIPOT_ADDRESS = FIRST.isoformat(), live_server.url
    operations.load_builtin_items(at=at, actor=None)
    person = make_worker(first_name=NAME[0], last_name=NAME[1], email=email)
    week = operations.plan_week(
        title="Junij", opens_on=FIRST, closes_on=date(2026, 6, 30), lapsing_by=date(2026, 9, 30), at=at, actor=None
    )
    operations.invite(week_id=week.pk, at=at, actor=None)
    return person, week


def open_by_mail(hands: Hands, browser: Browser, _week: Week, _at: datetime) -> None:
    """Follow the link of the invitation."""
    body = OutgoingMessage.objects.get().body
    hands.tab.goto(re.findall(r"http\S+/verification/link/\S+", body)[0])
    look(hands.tab, browser, "link")
    hands.press("Odpri test")


def open_by_slip(hands: Hands, browser: Browser, live_server: Any, week: Week, at: datetime) -> None:
    """Type the code of the slip."""
    employer_ids = Invitation.objects.filter(week=week).values_list("employer_id", flat=True)
    slip = operations.print_slips(week_id=week.pk, employer_ids=employer_ids, at=at, actor=None)[0]
    assert slip.name == " ".join(NAME)
    hands.tab.goto(f"{live_server.url}/verification/enter/")
    look(hands.tab, browser, "enter")
    hands.write("Koda z listka", slip.spaced_code)
    hands.press("Odpri test")


def whole_way(hands: Hands, browser: Browser, person: Person, settings: Any) -> None:
    """From the start of the first test to the end of the second."""
    heading = hands.tab.get_by_role("heading", level=1)
    sit(hands, browser, person, knows=False)
    expect(heading).to_have_text("Tokrat še ni uspelo")
    look(hands.tab, browser, "failed")
    expect(hands.tab.get_by_text("Test ponovite od 15. 6. 2026 naprej.")).to_be_visible()
    lesson(hands, browser)
    hands.press("Na test")
    look(hands.tab, browser, "waiting")
    expect(hands.tab.get_by_text("15. 6. 2026")).to_be_visible()
    expect(hands.tab.get_by_role("button", name="Začni")).to_have_count(0)
    settings.KAZIPOT_TODAY = AGAIN.isoformat()
    hands.tab.reload()
    sit(hands, browser, person, knows=True)
    expect(heading).to_have_text("Opravili ste")
    look(hands.tab, browser, "passed")
    results = list(Verification.objects.order_by("taken_on").values_list("taken_on", "passed"))
    assert results == [(FIRST, False), (AGAIN, True)]
    assert [queries.replay(one).differences for one in Sitting.objects.values_list("pk", flat=True)] == [(), ()]  # type: ignore[union-attr]


def sit(hands: Hands, browser: Browser, person: Person, *, knows: bool) -> None:
    """Take the test, knowing everything or nothing."""
    look(hands.tab, browser, "start")
    hands.press("Začni")
    sitting = Sitting.objects.get(person=person, state="open")
    seen: set[str] = set()
    while sitting.ended_at is None:
        step = last_step(sitting)
        kind = str(queries.item_of(sitting, step).kind)
        expect(hands.tab.get_by_text(f"{step.number}. vprašanje; vseh bo od").first).to_be_visible()
        if kind not in seen:
            look(hands.tab, browser, kind)
            seen.add(kind)
        if knows:
            hands.fill(right_form(sitting, step))
        hands.press(ANSWER if knows else UNKNOWN)
        sitting.refresh_from_db()


def lesson(hands: Hands, browser: Browser) -> None:
    """Do the first lesson that the result names."""
    first = hands.tab.locator("ol.lessons a").first
    title = first.inner_text()
    hands.press(title)
    area = hands.tab.url.rstrip("/").rpartition("/")[2]
    steps = queries.lesson_of(area, "sl").steps
    for number, step in enumerate(steps, 1):
        look(hands.tab, browser, f"{area} {number}")
        if step.check:
            item = queries.checks_of(area)[step.check]
            hands.fill(fields_for(item, SEED, right_answer(item)))
            hands.press("Preveri moj odgovor")
            expect(hands.tab.get_by_text("Pravilno.").first).to_be_visible()
        hands.press("Zaključi lekcijo" if number == len(steps) else "Naslednji korak")
    expect(hands.tab.get_by_text(f"Zaključili ste lekcijo »{title}«.")).to_be_visible()
    look(hands.tab, browser, "lessons")


def certificate(hands: Hands, browser: Browser) -> tuple[Path, Path, str]:
    """Make the certificate and take it along: on paper, as a file, and the address for its check."""
    hands.press("Do potrdila")
    hands.press("Izdaj potrdilo")
    look(hands.tab, browser, "certificate")
    expect(hands.tab.get_by_text(f"Velja do {UNTIL}.")).to_be_visible()
    paper = hands.download("Potrdilo za tisk (PDF)")
    badge = hands.download("Odprta značka (Open Badge)")
    address = hands.tab.get_by_role("link", name="Kaj vidi, kdor potrdilo preveri").get_attribute("href")
    return paper, badge, str(address)


def third_party(browser: Browser, live_server: Any, paper: Path, badge: Path, address: str) -> None:
    """A new employer holds the paper and the file, has no account, and believes nobody."""
    text = PdfReader(paper).pages[0].extract_text()
    assert UNTIL in text
    assert " ".join(NAME) in text
    code = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", text)[0]
    with somebody(browser, Keys) as other:
        other.tab.goto(f"{live_server.url}/credentials/")
        look(other.tab, browser, "enter a code")
        other.write("Koda potrdila", code)
        other.press("Preveri")
        expect(other.tab).to_have_url(address)
        look(other.tab, browser, "the check")
        expect(other.tab.get_by_text("Potrdilo je veljavno.")).to_be_visible()
        expect(other.tab.get_by_text(UNTIL)).to_be_visible()
        assert NAME[1] not in other.tab.content()
        other.write("Ime in priimek na potrdilu", " ".join(NAME))
        other.press("Primerjaj ime")
        expect(other.tab.get_by_text("Potrdilo je bilo izdano osebi s tem imenom.")).to_be_visible()
    document = json.loads(badge.read_text(encoding="utf-8"))
    fetched = [json.load(urlopen(f"{live_server.url}/credentials/{name}")) for name in ("issuer", "status/1")]
    moment = datetime.fromisoformat("2026-06-16T09:00:00+02:00")
    told = {each["id"]: each for each in fetched}
    assert judge.verdict(document, told, at=moment) == {"verified": True, "revoked": False, "errors": []}
    late = datetime.fromisoformat(document["validUntil"]) + timedelta(days=1)
    assert judge.verdict(document, told, at=late)["verified"] is False
    assert commands.run(arguments.parser().parse_args(["credentials", "verify", str(badge)])) == 0
