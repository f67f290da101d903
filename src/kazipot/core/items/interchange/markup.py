"""Trees of elements: read from XML without entities or access to anything, from HTML, and written as either."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from kazipot.core.items.interchange.faults import Reason, Refused

DEPTH = 100
VOID = {"br", "img", "hr", "input", "wbr", "source", "area", "col", "link", "meta", "embed"}
CLOSED_BY_ITSELF = {"p": {"p"}, "li": {"li"}}
"""What the beginning of an element ends, where HTML leaves the end out."""


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, what is in it, and the line on which it begins."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    line: int = 0

    def elements(self, *tags: str) -> Iterator["Node"]:
        """The elements in it, of these names if any are given."""
        for child in self.children:
            if isinstance(child, Node) and (not tags or child.tag in tags):
                yield child

    def first(self, *tags: str) -> "Node | None":
        """The first element of these names in it."""
        return next(self.elements(*tags), None)

    def all(self, *tags: str) -> Iterator["Node"]:
        """The elements of these names in it at any depth, in the order of the document."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(name, "")

    def is_of(self, name: str) -> bool:
        """Whether it has a class."""
        return name in self.get("class").split()


class BadXML(Refused):
    """XML that can't be read, and the line."""

    def __init__(self, reason: Reason, line: int = 0, found: str = "") -> None:
        super().__init__(reason, found)
        self.line = line


def read_xml(content: bytes) -> Node:
    """The root of an XML document. Raises BadXML; a document type is refused, and with it every entity."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True
    root = Node("")
    path = [root]

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if len(path) > DEPTH:
            raise BadXML(Reason.UNSAFE_XML, parser.CurrentLineNumber, tag)
        node = Node(tag.rpartition(":")[2], dict(attributes), line=parser.CurrentLineNumber)
        path[-1].children.append(node)
        path.append(node)

    def doctype(name: str, *_rest: object) -> None:
        raise BadXML(Reason.UNSAFE_XML, parser.CurrentLineNumber, f"<!DOCTYPE {name}>")

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda _tag: path.pop()
    parser.CharacterDataHandler = lambda text: path[-1].children.append(text)
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BadXML(Reason.NOT_XML, error.lineno, expat.errors.messages.get(error.code, "")) from error
    except (ValueError, LookupError) as error:
        raise BadXML(Reason.NOT_XML, found=str(error)) from error
    found = root.first()
    assert found is not None
    return found


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.path[-1].tag in CLOSED_BY_ITSELF.get(tag, ()):
            self.path.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(node)
        if tag not in VOID and len(self.path) < DEPTH:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.path[1:]):
            while self.path.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def read_html(text: str) -> list[Node | str]:
    """What a piece of HTML consists of."""
    parser = _Html()
    parser.feed(text)
    parser.close()
    return parser.root.children


def escaped(text: str) -> str:
    """Text as it stands in XML and HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text as it stands in an attribute."""
    signs = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
    return '"' + "".join(signs.get(sign, sign) for sign in escaped(text)) + '"'


def written(nodes: Sequence[Node | str]) -> str:
    """The elements as text, good as XML and as HTML."""
    return "".join(escaped(node) if isinstance(node, str) else _written(node) for node in nodes)


def _written(node: Node) -> str:
    attributes = "".join(f" {name}={quoted(value)}" for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}/>"
    return f"<{node.tag}{attributes}>{written(node.children)}</{node.tag}>"


def document(root: Node) -> bytes:
    """An XML document, its elements indented down to those that hold text."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + _indented(root, 0)).encode()


def _indented(node: Node, depth: int) -> str:
    margin = "  " * depth
    inner = list(node.elements())
    if not inner or any(isinstance(child, str) for child in node.children) or node.tag in {"p", "li", "span"}:
        return f"{margin}{_written(node)}\n"
    attributes = "".join(f" {name}={quoted(value)}" for name, value in node.attributes.items())
    lines = "".join(_indented(child, depth + 1) for child in inner)
    return f"{margin}<{node.tag}{attributes}>\n{lines}{margin}</{node.tag}>\n"
