"""The text of a posting comes out of whatever it is written in, or a sentence says why it doesn't."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest
import typst
from django.utils import translation

from kazipot.foundation.errors import InputRefused
from kazipot.hiring.exports import reading_as_json, reading_in_words
from kazipot.hiring.imports import FILE_BYTES, posting_text
from kazipot.hiring.queries import check_text


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in English."""
    with translation.override("en"):
        yield


ROOT = Path(__file__).resolve().parents[2]
TEXT = "Zahtevamo dobro znanje preglednic, zaželeno je poznavanje družbenih omrežij. Čaša žara šček."
SAID = {
    "demands": [
        {"code": "1.3", "level": "intermediate", "strength": "required", "evidence": ["dobro znanje preglednic"]},
        {"code": "2.2", "level": None, "strength": "desired", "evidence": ["poznavanje družbenih omrežij"]},
    ],
    "verdict": "selected",
}


def said(content: bytes) -> object:
    return reading_as_json(check_text(posting_text(content, "objava")))


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("POGOJI")
    document.add_paragraph("dobro znanje preglednic", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Zaželeno", "poznavanje družbenih omrežij"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_document(text: str) -> bytes:
    return bytes(typst.compile(text.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859_2", "cp852"])
def test_text_is_read_in_every_encoding_that_slovenian_is_written_in(encoding: str) -> None:
    plain = TEXT.replace("…", "...")
    assert posting_text(plain.encode(encoding), "objava.txt") == plain


def test_letters_apart_from_their_hooks_are_put_together() -> None:
    assert posting_text("zaz\u030celeno".encode(), "objava.txt") == "zaželeno"


def test_word_document_is_read_with_its_lists_and_tables() -> None:
    assert said(word_document()) == SAID


def test_pdf_is_read() -> None:
    assert said(pdf_document(TEXT)) == SAID


def test_html_page_is_read_without_its_scripts_and_menus() -> None:
    page = """<!DOCTYPE html><html><head><title>Excel</title><script>Zahtevamo SQL.</script></head><body>
    <nav>Pogoji: programiranje</nav><h2>Pogoji</h2><ul><li>dobro znanje
    preglednic</li></ul><h2>Zaželeno</h2><ul><li>poznavanje <b>družbenih</b> omrežij</li></ul></body></html>"""
    assert said(page.encode()) == SAID


def test_marks_in_plain_text_are_left_out() -> None:
    marked = "<p>POGOJI:</p>\n- dobro znanje <b>preglednic</b>\nZaželeno:\n- poznavanje družbenih&nbsp;omrežij\n\n\n\n"
    assert said(marked.encode()) == SAID


def protected_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_document(TEXT)))
    writer.encrypt("skrivnost", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


REFUSED = {
    "larger": (lambda: b"a" * (FILE_BYTES + 1), "larger than 10 MB"),
    "empty": (lambda: b" \n ", "no text"),
    "long": (lambda: b"beseda " * 40_000, "longer than"),
    "binary": (lambda: b"\x00\x01\x02", "This is no text"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected"),
    "RTF": (lambda: b"{\\rtf1 Excel}", "old or protected"),
    "not a document": (lambda: archive({"a.txt": b"a"}), "no DOCX"),
    "cut short": (lambda: word_document()[:2000], "no DOCX"),
    "bomb": (lambda: archive({"word/document.xml": b"\0" * 60_000_000}), "too large"),
    "protected PDF": (protected_pdf, "password"),
    "scanned PDF": (lambda: pdf_document("#rect(width: 3cm)"), "scanned"),
    "broken PDF": (lambda: b"%PDF-1.7\n garbage", "damaged"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_file_that_cannot_be_read_is_refused_with_the_reason_and_a_remedy(kind: str) -> None:
    make, reason = REFUSED[kind]
    with pytest.raises(InputRefused) as refused:
        posting_text(make(), "objava")
    (problem,) = refused.value.problems
    assert reason in problem.message
    assert problem.remedy != ""


def kazipot(*arguments: str, content: bytes = b"", language: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[bytes]:
    env = {"PYTHONPATH": str(ROOT / "src"), "LANG": language, "KAZIPOT_DATA": "/nowhere", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "kazipot.project", "hiring", "check", *arguments]
    return subprocess.run(command, input=content, capture_output=True, env=env, check=False)


def test_command_prints_one_json_document_from_a_file_or_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "objava.docx"
    path.write_bytes(word_document())
    for done in (kazipot(str(path), "--json"), kazipot("-", "--json", content=TEXT.encode("cp1250"))):
        assert (json.loads(done.stdout), done.stderr, done.returncode) == (SAID, b"", 0)


def test_command_refuses_wrong_input_with_one_sentence_and_exit_status_2(tmp_path: Path) -> None:
    missing, folder, empty = kazipot(str(tmp_path / "ni.txt")), kazipot(str(tmp_path)), kazipot("-")
    assert [done.returncode for done in (missing, folder, empty)] == [2, 2, 2]
    assert [done.stdout for done in (missing, folder, empty)] == [b"", b"", b""]
    assert [len(done.stderr.splitlines()) for done in (missing, folder, empty)] == [1, 1, 1]


def test_words_name_demands_their_evidence_and_what_is_too_general() -> None:
    with translation.override("en"):
        told = reading_in_words(check_text("Zahtevamo računalniško pismenost in dobro znanje preglednic."), "en")
    assert told == (
        "The posting requires selected digital knowledge.\n"
        "  1.3 Managing information: required, intermediate; »dobro znanje preglednic«\n"
        "  Too general: »računalniško pismenost«"
    )
