"""The text of a posting comes in: pasted, or from a TXT, HTML, DOCX or PDF file.

What a file is is read from its beginning, not from its name. Nothing is inflated beyond bounds, and nothing in a file
is run or fetched.
"""

import html
import io
import logging
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path

import docx
import lxml.etree
import lxml.html
import pypdf
from django.utils.translation import gettext as _
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf.errors import PyPdfError

from kazipot.foundation.errors import InputRefused, Problem

FILE_BYTES = 10 * 1024 * 1024
INFLATED_BYTES = 50 * 1024 * 1024
PARTS = 2_000
PAGES = 60
TEXT_CHARACTERS = 200_000
MARKED_UP = re.compile(
    rb"<\s*(?:!doctype html|html|head|body|p|div|br|ul|ol|li|span|b|strong|h[1-6]|table)\b[^>]*>",
    re.I,
)
PAGE = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<\s*(?:!doctype html|html)\b", re.I | re.S)
UNSEEN = {"script", "style", "template", "noscript", "head", "nav", "svg", "iframe", "object"}
BLOCKS = {
    "p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "section", "article", "dt",
    "dd", "blockquote", "header", "footer", "main", "td", "th", "hr",
}  # fmt: skip
EIGHT_BITS = ("cp1250", "iso8859_2", "cp852")
"""How Slovenian was written before Unicode: Windows, Unix, DOS."""
LETTERS = frozenset("čšžćđČŠŽĆĐ–—„“”»«’…•€ ")
CONTROLS = {code: " " for code in range(32) if chr(code) not in "\n\t"} | {0xAD: None, 0xFEFF: None, 0x200B: None}

# What pypdf finds odd in a file is no business of whoever checks a posting.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_posting_file(path: Path) -> str:
    """The text of a posting in a file. Raises InputRefused."""
    with path.open("rb") as file:
        return posting_text(file.read(FILE_BYTES + 1), path.name)


def posting_text(content: bytes, name: str) -> str:
    """The text of a posting, whatever it is written in. Raises InputRefused."""
    if len(content) > FILE_BYTES:
        raise _refused(name, _("The file is larger than 10 MB."), _("Send the text of the posting alone."))
    text = _tidy(_text_of(content, name))
    if not any(letter.isalpha() for letter in text):
        raise _refused(name, _("There is no text in it."), _("Paste the text of the posting."))
    if len(text) > TEXT_CHARACTERS:
        raise _refused(name, _("The text is longer than 200,000 characters."), _("Check one posting at a time."))
    return text


def _text_of(content: bytes, name: str) -> str:
    if content.startswith(b"%PDF"):
        return _from_pdf(content, name)
    if content.startswith(b"PK"):
        return _from_docx(content, name)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        message = _("This is an old or protected Word document.")
        raise _refused(name, message, _("Save it as DOCX without a password, or paste its text."))
    text = _decoded(content, name)
    marked = text.encode("utf-8")
    if PAGE.match(marked) or len(MARKED_UP.findall(marked)) > text.count("\n"):
        return _from_html(text, name)
    if MARKED_UP.search(marked):  # plain text with a few marks in it
        return html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    return text


def _from_docx(content: bytes, name: str) -> str:
    broken = _refused(name, _("This is no DOCX document, or it is damaged."), _("Save it as DOCX anew."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS or sum(part.file_size for part in parts) > INFLATED_BYTES:
                raise _refused(name, _("Unpacked, the document is too large."), _("Remove its pictures."))
            if any(part.flag_bits & 1 for part in parts):
                raise _refused(name, _("The document is protected by a password."), _("Save it without one."))
        document = docx.Document(io.BytesIO(content))
        return "\n".join(_of_block(block) for block in document.iter_inner_content())
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, AttributeError) as error:
        raise broken from error
    except (
        RuntimeError,
        IndexError,
        lxml.etree.LxmlError,
        docx.exceptions.PythonDocxError,
    ) as error:
        raise broken from error


def _of_block(block: Paragraph | Table) -> str:
    """A paragraph, as an item if it is one; a table row by row, its first cell as a heading of the second."""
    if isinstance(block, Paragraph):
        style = (block.style.name or "") if block.style is not None else ""
        numbered = block._p.pPr is not None and block._p.pPr.numPr is not None
        return f"- {block.text}" if (numbered or style.startswith("List")) and block.text.strip() else block.text
    lines = []
    for row in block.rows:
        cells = list(dict.fromkeys(text for cell in row.cells if (text := cell.text.strip())))
        lines.append(f"{cells[0].rstrip(':')}:\n{cells[1]}" if len(cells) == 2 else "\n".join(cells))
    return "\n".join(lines)


def _from_pdf(content: bytes, name: str) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refused(name, _("The document is protected by a password."), _("Save it without one."))
        if len(reader.pages) > PAGES:
            raise _refused(name, _("The document has more than 60 pages."), _("Send the posting alone."))
        text = ""
        for page in reader.pages:
            text += page.extract_text() + "\n"
            if len(text) > TEXT_CHARACTERS:
                break
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        zlib.error,
    ) as error:
        raise _refused(name, _("The PDF is damaged."), _("Save it anew, or paste its text.")) from error
    if not text.strip():
        message = _("The PDF is a picture of a text (scanned).")
        raise _refused(name, message, _("Send the document it was made from, or paste its text."))
    return re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_A-ZČŠŽ])", "", unicodedata.normalize("NFKC", text))


def _from_html(text: str, name: str) -> str:
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise _refused(name, _("The HTML cannot be read."), _("Paste its text.")) from error
    lxml.etree.strip_elements(root, *UNSEEN, with_tail=False)
    lxml.etree.strip_tags(root, lxml.etree.Comment, lxml.etree.ProcessingInstruction)
    pieces: list[str] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        block = element.tag in BLOCKS
        if event == "start":
            pieces.append(("\n- " if element.tag == "li" else "\n" if block else "") + _one_line(element.text))
        else:
            pieces.append(("\n" if block else "") + _one_line(element.tail))
    return re.sub(r"\n\s*\n+", "\n", "".join(pieces)).replace("\n- \n", "\n- ")


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _decoded(content: bytes, name: str) -> str:
    """UTF-8, UTF-16 by its mark, or the eight-bit writing that makes the most Slovenian letters of the bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        message = _("This is no text, and no DOCX, PDF or HTML either.")
        raise _refused(name, message, _("Send one of these, or paste the text."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max((content.decode(encoding, errors="replace") for encoding in EIGHT_BITS), key=_looks_slovenian)


def _looks_slovenian(text: str) -> int:
    return sum(1 if letter in LETTERS else -1 for letter in text if ord(letter) > 126)


def _tidy(text: str) -> str:
    """One kind of line break, letters with their hooks in one character, nothing unseen."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(CONTROLS)


def _refused(name: str, message: str, remedy: str) -> InputRefused:
    return InputRefused(_("The posting was not read."), [Problem(None, _("file"), name, message, remedy)])
