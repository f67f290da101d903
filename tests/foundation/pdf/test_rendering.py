"""PDF from a template and data: accessible, the same everywhere, and nothing handed in is source."""

import io
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from kazipot.foundation.pdf import engine, rendering, signs

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
TEMPLATE = """#import "/foundation/pdf/house.typ": *
#show: house
= #data.heading
#for line in data.lines { par(breakable(line)) }
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small template in a copy of the house's folder, so that nothing is written into the source."""
    shutil.copytree(engine.ROOT / "foundation" / "pdf", tmp_path / "foundation" / "pdf")
    (tmp_path / "small.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(engine, "ROOT", tmp_path)
    monkeypatch.setattr(rendering, "ROOT", tmp_path)
    monkeypatch.setattr(signs, "PROBE", tmp_path / "foundation" / "pdf" / "sign.typ")
    return "small.typ"


def made(template: str, *lines: str, **content: Any) -> bytes:
    return rendering.render(
        template, {"heading": "Glava", "lines": lines, **content}, title="Naslov", language="sl", at=AT
    )


def test_document_is_tagged_and_says_what_it_is(template: str) -> None:
    reader = PdfReader(io.BytesIO(made(template, "Vrstica")))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF's own boolean)
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "sl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Naslov"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_faces_are_embedded_and_none_is_the_systems(template: str) -> None:
    reader = PdfReader(io.BytesIO(made(template, "Šport Ж")))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {font.get_object()["/BaseFont"].split("+")[1].removesuffix("-Identity-H") for font in fonts.values()}
    assert names == {"PublicSans-Regular", "PublicSans-Bold", "LibertinusSerif-Regular"}
    assert set(engine.faces().families()) == {
        "Public Sans", "Libertinus Serif", "New Computer Modern", "New Computer Modern Math", "DejaVu Sans Mono",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "#panic[x]",
        '"); #read("/etc/passwd")',
        "*krepko* _ležeče_ $x^2$",
        "\\ ~ @kdo <oznaka> // opomba /* */",
        "= Naslov",
    ],
)
def test_text_is_data_and_never_source(template: str, name: str) -> None:
    text = PdfReader(io.BytesIO(made(template, name))).pages[0].extract_text()
    assert "".join(name.split()) in "".join(text.split())


def test_sign_without_a_glyph_does_not_stop_the_document(template: str) -> None:
    assert "Ana □" in PdfReader(io.BytesIO(made(template, "Ana 😀"))).pages[0].extract_text()


def test_picture_without_a_description_is_refused(template: str) -> None:
    path = engine.ROOT / template
    path.write_text(TEMPLATE + '#image(bytes(data.svg), format: "svg")\n', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="alt"):
        made(template, svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')


def test_same_content_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from kazipot.foundation.pdf import engine, signs; "
        "sys.stdout.buffer.write(engine.compiled(signs.PROBE, {'text': 'Žiga Жוع'}, seconds=7))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONPATH": "src"})
    assert other.stdout == engine.compiled(signs.PROBE, {"text": "Žiga Жוع"}, seconds=7)


def test_template_reads_no_file_outside_the_house(template: str) -> None:
    path = engine.ROOT / template
    path.write_text(TEMPLATE + '#read("../../../../../../etc/passwd")\n', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        made(template)


def test_content_reaches_the_template_as_json(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(rendering, "compiled", lambda source, inputs, seconds: told.update(inputs) or b"")
    made(template, "Ana", number=3, nothing=None)
    assert json.loads(told["data"]) == {
        "heading": "Glava", "lines": ["Ana"], "number": 3, "nothing": None, "title": "Naslov", "language": "sl",
    }  # fmt: skip
