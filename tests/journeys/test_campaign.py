"""A survey in the demo city, from its questionnaire to its closing, in Slovenian.

The Service works by keyboard alone; the people asked use phones of 360 points. axe looks at every page of the way.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.tables.sheets import read_sheets
from kazipot.needs.models import Campaign, Invitation, ItemAnswer, QuestionnaireVersion, Response, StatedNeed
from kazipot.project.demo.accounts import PASSWORD
from kazipot.project.demo.build import build_city
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_all_pages import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPENS, REMINDED, CLOSES = date(2027, 2, 8), date(2027, 2, 15), date(2027, 2, 26)
TITLE, SURVEY = "Potrebe po izobraževanju 2027", "Letna anketa o potrebah po digitalnem izobraževanju, različica 2"
QUESTION = ["text", "device", "Katera naprava bi vam pomagala?", "Which device would help you?"]
PHONE = {"width": 360, "height": 740}
FIRST_PAGE = "Katero digitalno izobraževanje potrebujete?"
WAIT = 20_000


@pytest.fixture
def city(tmp_path: Path, settings: Any, transactional_db: None) -> None:
    """The demo city of a hundred people, a few weeks after its story ends."""
    settings.DATA = tmp_path
    build_city(people=100, seed=1, report=lambda line: None)
    settings.KAZIPOT_TODAY = OPENS.isoformat()


@pytest.fixture
def new_tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Another device each time it is asked for."""
    contexts = []

    def make(**kwargs: Any) -> Page:
        context = browser.new_context(locale="sl-SI", **kwargs)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def changed_workbook(content: bytes) -> bytes:
    """The yearly questionnaire as an author would change it: a wording, and a question that follows from an answer."""
    sheets = read_sheets("vprasalnik.xlsx", content, {"survey", "choices", "settings"})
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, sheet in sheets.items():
            rows = [[str(cell or "") for cell in row] for row in sheet.rows]
            if name == "survey":
                rows = changed_survey(rows)
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


def changed_survey(rows: list[list[str]]) -> list[list[str]]:
    """Its rows, with the change."""
    heading = rows[0]
    said, when, key = heading.index("label::Slovenščina (sl)"), heading.index("relevant"), heading.index("name")
    found = []
    for row in rows:
        if row[key] == "other_wish":
            row[said] = "Kaj bi vam pri delu najbolj pomagalo?"
        found.append(row)
        if row[key] == "barriers":
            follows = [*QUESTION, *[""] * (len(heading) - len(QUESTION))]
            follows[when] = "selected(${barriers}, 'no_device')"
            found.append(follows)
    return found


def heading(tab: Page, text: str) -> None:
    """The page with this heading has come, and is good."""
    expect(tab.get_by_role("heading", level=1)).to_have_text(text)
    look_at(tab, text)


def look_at(tab: Page, where: str) -> None:
    """The page is good, once its styles and letters have come."""
    tab.wait_for_load_state("load")
    assert_good(tab, where, "sl")


def button(tab: Page, name: str) -> Any:
    """The button of the page itself."""
    return tab.locator("main").get_by_role("button", name=name, exact=True)


def link(tab: Page, name: str) -> Any:
    """The link of the page itself."""
    return tab.locator("main").get_by_role("link", name=name, exact=True)


def test_survey_from_its_questionnaire_to_its_closing(
    city: None, live_server: Any, new_tab: Callable[..., Page], tmp_path: Path, settings: Any
) -> None:
    service = Keyboard(new_tab(viewport={"width": 1280, "height": 800}))
    sign_in(service, live_server.url)
    bring_questionnaire(service, tmp_path)
    draft_and_open(service)
    mailed = links_in_mail()
    assert len(mailed) == Invitation.objects.filter(campaign__title_sl=TITLE).exclude(person__email="").count() > 80
    answer_on_two_phones(new_tab, live_server.url + mailed[0])
    code = print_slips(service)
    answer_by_code(new_tab(viewport=PHONE, has_touch=True), live_server.url, code)
    settings.KAZIPOT_TODAY = REMINDED.isoformat()
    remind(service, unanswered=len(mailed) - 1)
    close(service)
    find_it_over(new_tab(viewport=PHONE), live_server.url + mailed[1])
    delete_answers(new_tab(viewport=PHONE), live_server.url + mailed[0])


def sign_in(service: Keyboard, site: str) -> None:
    """The Service comes in, and its desk says what is to be done."""
    tab = service.tab
    tab.goto(f"{site}/sign-in/")
    service.write(tab.get_by_label("Uporabniško ime"), "sluzba")
    service.write(tab.get_by_label("Geslo"), PASSWORD)
    service.press("Enter")
    heading(tab, "Moja miza")
    expect(link(tab, "Letos še nismo vprašali nikogar. Pripravite anketo o potrebah po izobraževanju.")).to_be_visible()


def bring_questionnaire(service: Keyboard, folder: Path) -> None:
    """Download last year's questionnaire, change it, upload it, look at it, try it out, approve it."""
    tab = service.tab
    service.use(tab.get_by_role("link", name="Anketiranja", exact=True).locator("visible=true"))
    heading(tab, "Ankete o potrebah po izobraževanju")
    service.skip_menu()
    service.use(link(tab, "Vprašalniki"))
    heading(tab, "Vprašalniki")
    service.use(link(tab, SURVEY.replace("2", "1")))
    workbook = Path(service.download(link(tab, "Prenesi kot XLSForm")).path()).read_bytes()
    path = folder / "vprašalnik 2027.xlsx"
    path.write_bytes(changed_workbook(workbook))
    tab.go_back()
    service.use(link(tab, "Naloži vprašalnik"))
    heading(tab, "Naloži vprašalnik")
    service.choose_file(tab.get_by_label("Vprašalnik (XLSForm, XLSX)"), str(path))
    service.write(tab.get_by_label("Kaj se je spremenilo in zakaj"), "Vprašanje o napravah za delavce na terenu.")
    service.use(button(tab, "Naloži"))
    heading(tab, SURVEY)
    expect(tab.get_by_text("1 vprašanje ima drugačno besedilo kot prej.")).to_be_visible()
    expect(tab.get_by_role("row", name=QUESTION[2])).to_contain_text("selected(${barriers}, 'no_device')")
    try_out(service)
    service.use(button(tab, "Potrdi"))
    look_at(tab, "an approved questionnaire")
    assert QuestionnaireVersion.objects.get(number=2).approved_at is not None


def try_out(service: Keyboard) -> None:
    """Fill the questionnaire in as people will; what is missing is told, and nothing is kept."""
    tab = service.tab
    service.use(link(tab, "Ogled na papirju"))
    look_at(tab, "a questionnaire on paper")
    tab.go_back()
    service.use(link(tab, "Preizkusi"))
    service.use(button(tab, "Naprej"))
    expect(tab.get_by_role("alert")).to_contain_text("4 odgovori manjkajo")
    look_at(tab, "a trial in which something is missing")
    title = tab.get_by_role("heading", level=1)
    while title.text_content() != "Kaj vas ovira in kaj bi vam pomagalo":
        for question in tab.locator("main fieldset").all():
            if question.get_by_role("radio").count():
                service.to(question.get_by_role("radio").first)
                service.press("Space")
        service.use(button(tab, "Naprej"))
    service.to(tab.get_by_label("Pri delu nimam računalnika, tablice ali telefona"))
    service.press("Space")
    service.use(button(tab, "Naprej"))
    expect(tab.get_by_label(QUESTION[2])).to_be_visible()
    service.use(button(tab, "Naprej"))
    expect(tab.get_by_text("To je bila zadnja stran. Nič se ni shranilo.")).to_be_visible()
    assert Response.objects.filter(submitted_on__gte=OPENS).count() == 0


def draft_and_open(service: Keyboard) -> None:
    """Draft a survey with the new questionnaire, see how many it would ask, open it."""
    tab = service.tab
    service.use(tab.get_by_role("link", name="Anketiranja", exact=True).locator("visible=true"))
    service.use(link(tab, "Pripravi anketiranje"))
    heading(tab, "Pripravi anketiranje")
    service.write(tab.get_by_label("Naslov v slovenščini"), TITLE)
    service.write(tab.get_by_label("Naslov v angleščini"), "Training needs 2027")
    service.select(tab.get_by_label(re.compile("^Vprašalnik")), SURVEY)
    service.write_day(tab.get_by_label("Zadnji dan za odgovore"), CLOSES)
    service.use(button(tab, "Shrani osnutek"))
    heading(tab, TITLE)
    expect(tab.get_by_text("Vprašali bi 100 oseb.")).to_be_visible()
    assert Invitation.objects.filter(campaign__title_sl=TITLE).count() == 0
    service.use(button(tab, "Odpri anketiranje in povabi ljudi"))
    expect(tab.get_by_text("Povabljenih je 100 oseb.")).to_be_visible()
    look_at(tab, "an open survey")


def links_in_mail() -> list[str]:
    """The personal links of those with an e-mail address, as they read them."""
    found = []
    for message in OutgoingMessage.objects.filter(key__startswith="needs.invitation.").order_by("-id"):
        if message.created_at.date() == OPENS and "/needs/answer/" in message.body:
            found.append(re.findall(r"/needs/answer/\S+", message.body)[0])
    return found


def answer_on_two_phones(new_tab: Callable[..., Page], address: str) -> None:
    """Begin on a phone, stop, go on on another, review, send, and read the receipt."""
    first = new_tab(viewport=PHONE, has_touch=True)
    first.goto(address)
    heading(first, FIRST_PAGE)
    link(first, "Začni").tap()
    pages = fill_page(first)
    button(first, "Naprej").tap()
    expect(first.get_by_text(f"Stran 2 od {pages}", exact=True)).to_be_visible()
    button(first, "Shrani in nadaljuj pozneje").tap()
    expect(first.get_by_text("Vaši dosedanji odgovori so shranjeni.")).to_be_visible()
    look_at(first, "a questionnaire that was begun")
    second = new_tab(viewport=PHONE, has_touch=True)
    second.goto(address)
    link(second, "Nadaljuj").tap()
    fill_rest(second, pages)
    button(second, "Pošlji odgovore").first.tap()
    heading(second, "Hvala, vaše odgovore smo prejeli")
    wanted = second.get_by_role("region", name="Izobraževanja, ki si jih želite").get_by_role("listitem")
    response = Response.objects.get(invitation__campaign__title_sl=TITLE)
    assert wanted.count() == StatedNeed.objects.filter(response=response).count() == pages - 2
    assert ItemAnswer.objects.get(response=response, key="device").value == "Tablica"


def fill_page(phone: Page) -> int:
    """Answer a page of competences, with one wish; returns how many pages there are."""
    look_at(phone, "a page of competences")
    for name, level in (("Kaj zmorete danes?", 1), ("Kaj potrebujete pri svojem delu?", 3)):
        for group in phone.get_by_role("group", name=name).all():
            group.get_by_role("radio").nth(level).check()
    phone.get_by_label("Želim se izobraževati na tem področju").first.check()
    return int((phone.get_by_text(re.compile(r"^Stran \d+ od \d+$")).text_content() or "").split()[-1])


def fill_rest(phone: Page, pages: int) -> None:
    """All pages after the first; on the last one a question follows from an answer."""
    for number in range(2, pages - 1):
        expect(phone.get_by_text(f"Stran {number} od {pages}", exact=True)).to_be_visible()
        fill_page(phone)
        button(phone, "Naprej").tap()
    heading(phone, "Kako bi se radi izobraževali")
    phone.get_by_label("Na delovnem mestu, s sodelavko ali sodelavcem").check()
    button(phone, "Naprej").tap()
    heading(phone, "Kaj vas ovira in kaj bi vam pomagalo")
    expect(phone.get_by_label(QUESTION[2])).to_have_count(0)
    phone.get_by_label("Pri delu nimam računalnika, tablice ali telefona").check()
    button(phone, "Naprej na pregled odgovorov").tap()
    expect(phone.get_by_text("Iz vašega odgovora sledi še eno vprašanje.")).to_be_visible()
    look_at(phone, "a question that follows")
    phone.get_by_label(QUESTION[2]).fill("Tablica")
    button(phone, "Naprej na pregled odgovorov").tap()
    heading(phone, "Preglejte svoje odgovore")
    expect(phone.get_by_text("Tablica", exact=True)).to_be_visible()


def print_slips(service: Keyboard) -> str:
    """Slips for those without an e-mail address, as a PDF; returns the code of one of them."""
    tab = service.tab
    service.use(tab.locator("main").get_by_role("link", name="Natisni listke").first)
    heading(tab, "Listki za tiskanje")
    file = service.download(button(tab, "Pripravi listke in shrani PDF"))
    assert file.suggested_filename.endswith(".pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(file.path()).pages)
    codes = re.findall(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", text)
    without = Invitation.objects.filter(campaign__title_sl=TITLE, person__email="")
    assert len(set(codes)) == len(codes) == without.count() > 1
    for invitation in without.select_related("person"):
        assert f"{invitation.person.first_name} {invitation.person.last_name}" in " ".join(text.split())
    return codes[0]


def answer_by_code(phone: Page, site: str, code: str) -> None:
    """Type the code of a slip on a phone, answer, and send."""
    phone.goto(f"{site}/needs/enter/")
    heading(phone, "Anketa o potrebah po izobraževanju")
    phone.get_by_label("Koda z listka").fill(code.replace("-", " ").upper())
    button(phone, "Začni").tap()
    link(phone, "Začni").tap()
    pages = fill_page(phone)
    button(phone, "Naprej").tap()
    fill_rest(phone, pages)
    button(phone, "Pošlji odgovore").first.tap()
    heading(phone, "Hvala, vaše odgovore smo prejeli")
    button(phone, "Zapusti to napravo").tap()
    expect(phone.get_by_label("Koda z listka")).to_be_visible()


def remind(service: Keyboard, *, unanswered: int) -> None:
    """Remind those who have not answered, and see how many have."""
    tab = service.tab
    service.use(link(tab, TITLE))
    heading(tab, TITLE)
    expect(tab.get_by_text("Odgovorila sta 2 od 100 povabljenih.")).to_be_visible()
    service.use(button(tab, "Opomni tiste, ki še niso odgovorili"))
    expect(tab.get_by_text(re.compile(rf"^Opomnik dobi\w* {unanswered} oseb"))).to_be_visible()


def close(service: Keyboard) -> None:
    """Close the survey before its last day; what comes next is the analysis."""
    tab = service.tab
    service.to(tab.locator("summary", has_text="Zaključi anketiranje pred zadnjim dnem"))
    service.press("Enter")
    look_at(tab, "what closing means")
    service.use(button(tab, "Zaključi anketiranje"))
    assert Campaign.objects.get(title_sl=TITLE).status == "closed"
    expect(link(tab, "Predogled analize")).to_be_visible()
    look_at(tab, "a closed survey")


def find_it_over(phone: Page, address: str) -> None:
    """A link that nobody used says that it is over."""
    phone.goto(address)
    heading(phone, "Odgovorov ne sprejemamo več")


def delete_answers(phone: Page, address: str) -> None:
    """Answers are deleted also after the survey has closed."""
    phone.goto(address)
    heading(phone, "Vaše odgovore smo prejeli")
    link(phone, "Izbris mojih odgovorov").click()
    heading(phone, "Izbris mojih odgovorov")
    phone.get_by_label("Da, moje odgovore dokončno izbrišite.").check()
    button(phone, "Izbriši moje odgovore").click()
    expect(phone.get_by_text("Vaši odgovori so izbrisani.")).to_be_visible()
    look_at(phone, "answers that were deleted")
    assert Response.objects.filter(invitation__campaign__title_sl=TITLE).count() == 1
