"""What a person reads of a question, as elements: texts in two languages, the artefact, and remarks after the answer.

Two languages stand side by side in spans of class `multilang`, as Moodle's filter of that name reads them. Artefacts
are paragraphs whose class and data attributes tell what they are; other systems show them as plain paragraphs.
"""

from collections.abc import Iterable, Iterator, Sequence

from kazipot.core.items.definition import Area, Artefact, Form, Item, Line, Option, Source, Text
from kazipot.core.items.interchange.faults import Reason, Refused
from kazipot.core.items.interchange.markup import Node

LANGUAGES = ("sl", "en")
NOT_TEXT = {"img", "audio", "video", "object", "iframe", "embed", "svg", "math", "table", "canvas", "picture", "style",
            "script"}  # fmt: skip
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "prompt"}
LABELS = {
    "from": Text("Od", "From"), "to": Text("Za", "To"), "subject": Text("Zadeva", "Subject"),
    "date": Text("Datum", "Date"), "address": Text("Naslov", "Address"), "attachment": Text("Priponka", "Attachment"),
    "link": Text("Povezava", "Link"), "button": Text("Gumb", "Button"), "field": Text("Polje", "Field"),
}  # fmt: skip
"""What other systems show before a line; not read back."""

type Nodes = Sequence[Node | str]


class Writer:
    """Puts texts into elements, in both languages or in one of them."""

    def __init__(self, languages: Sequence[str] = LANGUAGES, attribute: str = "lang") -> None:
        self.languages, self.attribute = tuple(languages), attribute

    def said(self, text: Text) -> list[Node | str]:
        """A text."""
        if len(self.languages) == 1:
            return _lines(text.in_language(self.languages[0]))
        found = ((language, getattr(text, language)) for language in self.languages)
        return [
            Node("span", {self.attribute: language, "class": "multilang"}, _lines(words))
            for language, words in found
            if words
        ]

    def paragraph(self, name: str, text: Text, **data: str) -> Node:
        """A paragraph of our own class, with data."""
        attributes = {f"data-{key}": value for key, value in data.items() if value}
        return Node("p", {"class": f"kazipot-{name}", **attributes}, self.said(text))

    def asked(self, item: Item) -> list[Node | str]:
        """The stem, and the artefact if there is one."""
        if item.artefact is None:
            return self.said(item.stem)
        return [Node("div", {"class": "kazipot-stem"}, self.said(item.stem)), self.artefact(item.artefact)]

    def artefact(self, artefact: Artefact) -> Node:
        """An artefact as paragraphs."""
        data = {"data-form": artefact.form.value} | ({"data-picture": artefact.picture} if artefact.picture else {})
        shown = Node("div", {"class": "kazipot-artefact", **data})
        if artefact.alt:
            shown.children.append(self.paragraph("alt", artefact.alt))
        shown.children += [self.line(line) for line in artefact.lines]
        shown.children += [self.area(area) for area in artefact.areas]
        return shown

    def line(self, line: Line) -> Node:
        """A line of an artefact, with a label for other systems."""
        shown = self.paragraph("line", line.text, role=line.role, region=line.region, target=line.target)
        if label := LABELS.get(line.role):
            shown.children.insert(0, Node("b", {"class": "kazipot-label"}, [*self.said(label), ": "]))
        if line.target:
            shown.children.append(Node("b", {"class": "kazipot-label"}, [f" → {line.target}"]))
        return shown

    def area(self, area: Area) -> Node:
        """An area of a picture."""
        data = {name: repr(float(getattr(area, name))) for name in ("x", "y", "width", "height")}
        return self.paragraph("area", area.text, region=area.region, **data)

    def remarks(self, item: Item, options: Iterable[Option] = ()) -> list[Node | str]:
        """What follows the answer: the explanation, reasons of `options` that have no place of their own, sources."""
        shown: list[Node | str] = [self.paragraph("explanation", item.explanation)] if item.explanation else []
        reasons = [
            Node("li", {"data-key": option.key}, self.said(option.rationale)) for option in options if option.rationale
        ]
        if reasons:
            shown.append(Node("ul", {"class": "kazipot-reasons"}, [*reasons]))
        if item.sources:
            shown.append(Node("ul", {"class": "kazipot-sources"}, [_source(source) for source in item.sources]))
        return shown


def _lines(words: str) -> list[Node | str]:
    shown: list[Node | str] = []
    for number, line in enumerate(words.split("\n")):
        if number:
            shown.append(Node("br"))
        if line:
            shown.append(line)
    return shown


def _source(source: Source) -> Node:
    link: Node | str = Node("a", {"href": source.address}, [source.title]) if source.address else source.title
    return Node("li", {}, [link])


def heard(nodes: Nodes, language: str) -> Text:
    """The text of elements; `language` is that of a text which doesn't tell. Raises Refused for what is no text."""
    spans = [node for node in _everything(nodes) if _language(node)]
    if not any(_language(span) in LANGUAGES for span in spans):
        return Text(**{language: plain(nodes)})
    return Text(**{each: plain(_of_language(nodes, each)) for each in LANGUAGES})


def _language(node: Node) -> str:
    if node.tag != "span" or not node.is_of("multilang"):
        return ""
    return (node.get("xml:lang") or node.get("lang")).lower()[:2]


def _everything(nodes: Nodes) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from _everything(node.children)


def _of_language(nodes: Nodes, language: str) -> list[Node | str]:
    """What is said in a language: its spans, and what stands outside of any; blanks between spans go."""
    kept: list[Node | str] = []
    for node in nodes:
        if isinstance(node, str):
            if node.strip():
                kept.append(node)
        elif not _language(node):
            kept.append(Node(node.tag, node.attributes, _of_language(node.children, language)))
        elif _language(node) == language:
            kept.append(Node("pre-span", {}, node.children))
    return kept


def plain(nodes: Nodes) -> str:
    """Elements as plain text: blocks and breaks are lines; blanks run together except in spans of a language."""
    pieces: list[str] = []
    _plain(nodes, pieces, exact=False)
    text = "".join(pieces)
    exact = [node for node in nodes if isinstance(node, Node) and node.tag == "pre-span"]
    if len(exact) == len([node for node in nodes if not isinstance(node, str) or node.strip()]) == 1:
        return text
    lines = [line.strip() for line in text.strip().split("\n")]
    return "\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1]))


def _plain(nodes: Nodes, pieces: list[str], *, exact: bool) -> None:
    for node in nodes:
        if isinstance(node, str):
            begins = not pieces or pieces[-1].endswith("\n")
            if exact or node.strip() or not begins:
                pieces.append(node if exact else _together(node))
            continue
        if node.tag in NOT_TEXT:
            raise Refused(Reason.PICTURE, f"<{node.tag}>")
        if node.tag == "br":
            pieces.append("\n")
            continue
        if node.is_of("kazipot-label"):
            continue
        block = node.tag in BLOCKS
        if block and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")
        _plain(node.children, pieces, exact=exact or node.tag == "pre-span")
        if block and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")


def _together(text: str) -> str:
    joined = " ".join(text.split())
    if not joined:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + joined + (" " if text[-1].isspace() else "")


def read_asked(nodes: Nodes, language: str) -> tuple[Text, Artefact | None]:
    """The stem and the artefact."""
    stem = next((node for node in _everything(nodes) if node.is_of("kazipot-stem")), None)
    shown = next((node for node in _everything(nodes) if node.is_of("kazipot-artefact")), None)
    if shown is None:
        return heard(nodes, language), None
    return heard(stem.children if stem else (), language), read_artefact(shown, language)


def read_artefact(shown: Node, language: str) -> Artefact:
    """An artefact from its paragraphs."""
    try:
        form = Form(shown.get("data-form"))
        areas = tuple(_read_area(node, language) for node in shown.elements() if node.is_of("kazipot-area"))
    except ValueError as error:
        raise Refused(Reason.SYNTAX, str(error)) from error
    alt = next((heard(node.children, language) for node in shown.elements() if node.is_of("kazipot-alt")), Text())
    lines = tuple(read_line(node, language) for node in shown.elements() if node.is_of("kazipot-line"))
    return Artefact(form, lines, shown.get("data-picture"), alt, areas)


def read_line(node: Node, language: str) -> Line:
    """A line of an artefact; the label is not part of it."""
    own = [child for child in node.children if isinstance(child, str) or not child.is_of("kazipot-label")]
    return Line(node.get("data-role") or "body", heard(own, language), node.get("data-region"), node.get("data-target"))


def _read_area(node: Node, language: str) -> Area:
    x, y, width, height = (float(node.get(f"data-{name}")) for name in ("x", "y", "width", "height"))
    return Area(node.get("data-region"), x, y, width, height, heard(node.children, language))


def read_remarks(nodes: Nodes, language: str) -> tuple[Text, dict[str, Text], tuple[Source, ...]]:
    """The explanation, reasons by option, and sources. Remarks that aren't ours are the explanation."""
    ours = [node for node in _everything(nodes) if node.get("class").startswith("kazipot-")]
    if not ours:
        return heard(nodes, language), {}, ()
    text = next((heard(node.children, language) for node in ours if node.is_of("kazipot-explanation")), Text())
    reasons = {
        row.get("data-key"): heard(row.children, language)
        for node in ours
        if node.is_of("kazipot-reasons")
        for row in node.elements("li")
    }
    sources = [_read_source(row) for node in ours if node.is_of("kazipot-sources") for row in node.elements("li")]
    return text, reasons, tuple(sources)


def _read_source(row: Node) -> Source:
    link = row.first("a")
    return Source(link.text(), link.get("href")) if link else Source(row.text())
