"""The PDF of slips: what stands on which page, and what must not; hostile names; files that are not too large."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
import segno
from django.utils.translation import override
from pypdf import PdfReader

from kazipot.needs.exports import printed as exports
from kazipot.needs.operations import Letter
from kazipot.organisation import exports as organisation_exports
from kazipot.organisation.queries import Workplace

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
ADDRESS = "https://kazipot.example.org"
NAMES = [
    '#panic("x") *b* $x^2$ _u_ @ref <tag> \\ `raw`', "O’Hara \"Johnny\" 'J' «X»",
    "محمد عبد الله", "דוד לוי", "Ана Илић",
    "Žiga 😀🏳️‍🌈 Čuček", "Ana\u202eaksvoN", "Maria-Magdalena Anastazija " * 7, "X" * 200, "a\tb\nc",
]  # fmt: skip
LONG = "Oddelek za gospodarske dejavnosti, promet in skupne zadeve javnih služb ter razvojne projekte " * 2


def letter(
    number: int = 1, name: str = "Ana Novak", unit: str = "01", title: str = "Serviser", language: str = "sl", **kw: str
) -> Letter:
    place = Workplace(
        "MU",
        "Mestna uprava",
        "City administration",
        unit,
        kw.get("unit_name", f"Enota {unit}"),
        f"Unit {unit}",
        title,
        "7",
    )
    return Letter(number, number, name, language, place, f"abcdefgh{number:04}".translate(str.maketrans("01", "xy")))


def made(*letters: Letter, language: str = "sl", anonymous: bool = False, **kwargs: Any) -> Any:
    notice = exports.Notice(date(2026, 3, 31), ADDRESS, 7, anonymous)
    with override(language):
        return exports.slips(letters, name="needs-2026-MU", notice=notice, at=AT, **kwargs)


def pages(*letters: Letter, **kwargs: Any) -> list[str]:
    """The text of every page, with plain spaces."""
    reader = PdfReader(io.BytesIO(made(*letters, **kwargs).content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_slip_of_an_anonymous_survey_promises_that() -> None:
    text = pages(letter(), anonymous=True)[1]
    assert "Anketa je anonimna" in text
    assert "Nihče v službi ne vidi" not in text


def test_slip_says_who_what_where_until_when_and_whom_to_ask() -> None:
    text = pages(letter(title="Vodja izmene"))[1]
    for part in (
        "Ana Novak", "Enota 01", "Vodja izmene", "Katero digitalno izobraževanje potrebujete?",
        "Vaš delodajalec sodeluje v mestnem programu digitalnih kompetenc.", "Zadnji dan: 31. 3. 2026.",
        "Nihče v službi ne vidi, kateri odgovori so vaši.", "Obrnite se na kadrovsko službo svojega delodajalca.",
        "abcd-efgh-xxxy", "Vzame približno 7 minut.",
    ):  # fmt: skip
        assert part in text, part
    assert f"{ADDRESS}/needs/enter/" in text.replace(" ", "")


def test_slip_is_in_the_language_of_its_person_and_the_sheet_in_the_readers() -> None:
    sheet, slips = pages(letter(1, language="en"), letter(2), language="en")
    assert "2 slips" in sheet
    assert "Unit 01" in sheet
    assert "What digital training do you need?" in slips
    assert "Last day: 31 March 2026." in slips
    assert "Katero digitalno izobraževanje potrebujete?" in slips
    assert "Enota 01" in slips


@pytest.mark.parametrize(
    ("people", "said"), [(1, "1 listek"), (2, "2 listka"), (3, "3 listki"), (5, "5 listkov"), (101, "101 listek")]
)
def test_sheet_counts_in_four_plural_forms(people: int, said: str) -> None:
    assert f" {said} Zadnji dan: 31. 3. 2026 " in pages(*(letter(number) for number in range(people)))[0]


def test_sheet_lists_names_and_never_a_code() -> None:
    letters = [letter(number, f"Oseba {number}", title=f"Mesto {number}") for number in range(60)]
    texts = pages(*letters)
    sheets = [text for text in texts if "Katero digitalno" not in text]
    assert len(sheets) == 3
    assert [name for sheet in sheets for name in re.findall(r"Oseba \d+", sheet)] == [one.name for one in letters]
    assert "Mesto 59" in sheets[2]
    assert all("Izročeno" in sheet for sheet in sheets)
    assert not any(one.spaced_code in sheet or one.code in sheet for one in letters for sheet in sheets)


def test_unit_begins_on_a_new_page_with_four_slips_on_each() -> None:
    letters = [letter(number, unit="01" if number < 5 else "02") for number in range(7)]
    texts = pages(*letters)
    found = [re.findall(r"\w{4}-\w{4}-\w{4}", text) for text in texts]
    codes = [one.spaced_code for one in letters]
    assert found == [[], codes[:4], codes[4:5], [], codes[5:]]
    assert "Enota 01" in texts[0]
    assert "Enota 02" in texts[3]


def test_single_slip_comes_without_a_sheet() -> None:
    (text,) = pages(letter(), sheets=False)
    assert "abcd-efgh-xxxy" in text


def test_workplace_without_a_title_is_left_out() -> None:
    sheet, slip = pages(letter(title=""))
    assert "Ana Novak Enota 01 Katero" in slip
    assert "Ana Novak" in sheet


@pytest.mark.parametrize("name", NAMES)
def test_any_name_unit_and_workplace_can_be_printed(name: str) -> None:
    texts = pages(letter(1, name, title=name, unit_name=name), letter(2))
    assert [len(texts), "Ana Novak" in texts[1], "abcd-efgh-xxxy" in texts[1]] == [2, True, True]


@pytest.mark.parametrize("name", NAMES[:2])
def test_markup_in_a_name_is_shown_as_it_is(name: str) -> None:
    sheet, slip = pages(letter(name=name))
    assert name.replace(" ", "") in slip.replace(" ", "")
    assert name.replace(" ", "") in sheet.replace(" ", "")


def test_long_unit_and_workplace_leave_the_code_in_its_place() -> None:
    def place_of_code(one: Letter) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []

        def look(text: str, _cm: Any, matrix: Any, _font: Any, size: float) -> None:
            if "abcd" in text:
                found.append((round(matrix[4]), round(matrix[5])))

        PdfReader(io.BytesIO(made(one).content)).pages[1].extract_text(visitor_text=look)
        return found

    plain = place_of_code(letter())
    assert plain != []
    assert place_of_code(letter(name="N" * 200, title=LONG, unit_name=LONG)) == plain


def test_document_is_tagged_and_bears_title_and_language() -> None:
    reader = PdfReader(io.BytesIO(made(letter()).content))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF's own boolean)
    assert root["/Lang"] == "sl"
    assert reader.metadata is not None
    assert reader.metadata.title == "Listki za anketo"
    assert [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages] == [
        (595, 842),
        (595, 842),
    ]


def test_qr_code_holds_the_personal_address_and_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def make(text: str, **kwargs: Any) -> segno.QRCode:
        told.append(text)
        return original(text, **kwargs)

    original = segno.make
    monkeypatch.setattr(segno, "make", make)
    content = made(letter()).content
    assert told == [f"{ADDRESS}/needs/answer/abcdefghxxxy"]
    figures = [
        element for element in _elements(PdfReader(io.BytesIO(content)).root_object["/StructTreeRoot"])
        if element.get("/S") == "/Figure"
    ]  # fmt: skip
    assert [figure["/Alt"] for figure in figures] == ["Koda QR z naslovom"]


def _elements(node: Any) -> list[Any]:
    node = node.get_object()
    kids = node.get("/K", []) if hasattr(node, "get") else []
    kids = kids if isinstance(kids, list) else [kids]
    inner = [element for kid in kids if hasattr(kid.get_object(), "get") for element in _elements(kid)]
    return [node, *inner]


def test_many_slips_come_in_files_of_whole_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisation_exports, "IN_A_FILE", 4)
    sizes = {"01": 3, "02": 2, "03": 9, "04": 1}
    letters = [letter(number, unit=unit) for unit, people in sizes.items() for number in range(people)]
    response = made(*letters)
    assert response["Content-Disposition"] == 'attachment; filename="needs-2026-MU.zip"'
    assert response.streaming
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.namelist() == [f"needs-2026-MU-0{number}.pdf" for number in range(1, 6)]
    held = []
    for name in archive.namelist():
        texts = [page.extract_text() for page in PdfReader(io.BytesIO(archive.read(name))).pages]
        sheets = [match for text in texts for match in re.findall(r"(\d) list", text) if "Katero" not in text]
        held.append((sheets, sum(len(re.findall(r"\w{4}-\w{4}-\w{4}", text)) for text in texts)))
    assert held == [(["3"], 3), (["2"], 2), (["9"], 4), ([], 4), (["1"], 2)]
