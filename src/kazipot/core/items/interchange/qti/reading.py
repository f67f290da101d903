"""QTI 3.0 and 2.1 as items: a package, or the file of one item."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from posixpath import join, normpath

from kazipot.core.items.definition import Artefact, Form, Item, Kind, Line, Option, Source, Text
from kazipot.core.items.interchange.body import LANGUAGES, heard, read_artefact, read_remarks
from kazipot.core.items.interchange.faults import Fault, Reason, Refused, Taken, is_plain, named, refused_file
from kazipot.core.items.interchange.markup import BadXML, Node, read_xml
from kazipot.core.items.interchange.qti.names import EXPLANATION, RIGHT, key_of, of_both
from kazipot.core.items.interchange.questions import key_from, refuse_unanswerable, unique, with_tags

MOST_FILES = 5_000
MOST_BYTES = 100 * 1024 * 1024
TYPED = {"textEntryInteraction", "extendedTextInteraction"}
READ = {
    "choiceInteraction", "orderInteraction", "matchInteraction", "hottextInteraction", "hotspotInteraction",
}  # fmt: skip


def read(content: bytes, language: str = "sl") -> Taken:
    """The items of a package or of one file; each that can't be taken is named, with its file if there are many."""
    if not content.startswith(b"PK"):
        return _taken([("", content, [])], language)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            infos = {info.filename: info for info in package.infolist()}
            if len(infos) > MOST_FILES or sum(info.file_size for info in infos.values()) > MOST_BYTES:
                return refused_file(Reason.TOO_LARGE)
            return _taken(_files(package, infos), language)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        return refused_file(Reason.NOT_THE_FORMAT, found=str(error))
    except BadXML as error:
        return refused_file(error.reason, error.line, error.found)


def _files(package: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo]) -> list[tuple[str, bytes, list[str]]]:
    """The files of items with their tags, as the manifest lists them."""
    place = next((name for name in infos if name.rpartition("/")[2] == "imsmanifest.xml"), None)
    if place is None:
        return [(name, package.read(name), []) for name in infos if name.endswith(".xml")]
    found = []
    for resource in read_xml(package.read(place)).all("resource"):
        if not resource.get("type").startswith("imsqti_item"):
            continue
        name = normpath(join(place.rpartition("/")[0], resource.get("href")))
        tags = [
            string.text().strip()
            for keyword in resource.all("keyword")
            for string in keyword.all("string", "langstring")
        ]
        found.append((name, package.read(name) if name in infos else b"", tags))
    return found


def _taken(files: Iterable[tuple[str, bytes, list[str]]], language: str) -> Taken:
    items: list[Item] = []
    lines: list[int] = []
    faults: list[Fault] = []
    keys: set[str] = set()
    for name, content, tags in files:
        where, title = (f"{name}: " if name else ""), ""
        line = 0
        try:
            root = of_both(read_xml(content))
            line, title = root.line, root.get("title") or root.get("identifier")
            if root.tag != "assessmentItem":
                raise Refused(Reason.NOT_THE_FORMAT, f"<{root.tag}>")
            item = with_tags(_Reader(root, language).item(), tags)
        except BadXML as error:
            faults.append(Fault(error.line, name, error.reason, named(error.found)))
        except Refused as error:
            faults.append(Fault(line, where + named(title), error.reason, named(error.found)))
        else:
            items.append(replace(item, key=unique(item.key, keys)))
            lines.append(line)
    return Taken(tuple(items), tuple(faults), tuple(lines))


class _Reader:
    """One item while it is read."""

    def __init__(self, root: Node, language: str) -> None:
        own = root.get("xml:lang").lower()[:2]
        self.root, self.language = root, own if own in LANGUAGES else language
        self.responses = {node.get("identifier"): node for node in root.elements("responseDeclaration")}
        self.feedback: dict[tuple[str, str], list[Node | str]] = {}
        for node in root.elements("modalFeedback"):
            body = node.first("contentBody") or node
            self.feedback[node.get("outcomeIdentifier"), node.get("identifier")] = body.children

    def item(self) -> Item:
        """The whole item. Raises Refused."""
        body = self.root.first("itemBody")
        if body is None:
            raise Refused(Reason.NO_QUESTION)
        name = key_of(self.root.get("identifier"))
        key = name if is_plain(name) else key_from(self.root.get("title") or name, self.root.line)
        parts = [node for node in body.elements("div") if node.is_of("kazipot-part")]
        interactions = _interactions(body)
        if not interactions:
            raise Refused(Reason.NO_QUESTION)
        if parts:
            return self.scenario(key, body, [self.question(part.get("data-key"), part) for part in parts])
        if len(interactions) == 1:
            return self.question(key, body)
        asked = [
            self.question(f"part-{number}", Node("div", children=[interaction]))
            for number, interaction in enumerate(interactions, 1)
        ]
        return self.scenario(key, body, asked)

    def scenario(self, key: str, body: Node, parts: Sequence[Item]) -> Item:
        """A story and its parts."""
        rest = _without(body.children, lambda node: node.is_of("kazipot-part") or node.tag in READ)
        stem, artefact = self.asked(rest, None)
        explanation, sources = self.explained("")
        if not stem:
            raise Refused(Reason.EMPTY)
        return Item(
            key, Kind.SCENARIO, stem, artefact=artefact, parts=tuple(parts), explanation=explanation, sources=sources
        )

    def asked(self, rest: Sequence[Node | str], prompt: Node | None) -> tuple[Text, Artefact | None]:
        """The stem and the artefact of what stands around an interaction."""
        shown = next((node for node in rest if isinstance(node, Node) and node.is_of("kazipot-artefact")), None)
        artefact = read_artefact(_unwrapped(shown), self.language) if shown else None
        words = [node for node in rest if node is not shown]
        blank = not any(isinstance(node, Node) or node.strip() for node in words)
        asked = prompt.children if prompt and blank else [*words, *([prompt] if prompt else [])]
        if prompt is None and len(elements := [node for node in words if isinstance(node, Node)]) == 1:
            asked = elements[0].children if elements[0].is_of("kazipot-stem") else asked
        return heard(asked, self.language), artefact

    def question(self, key: str, body: Node) -> Item:
        """A question with one interaction. Raises Refused."""
        interaction = _interactions(body)[0]
        rest = _without(body.children, lambda node: node is interaction)
        response = interaction.get("responseIdentifier")
        suffix = response.removeprefix("RESPONSE")
        inside = [node for node in interaction.elements() if node.is_of("kazipot-artefact")]
        stem, artefact = self.asked([*rest, *inside], interaction.first("prompt"))
        kind, options = self.answered(interaction, response, suffix)
        if kind is Kind.HOTSPOT and artefact is None:
            artefact = _document(interaction, self.language)
        if not stem:
            raise Refused(Reason.EMPTY)
        explanation, sources = self.explained(suffix)
        item = Item(key, kind, stem, options=options, artefact=artefact, explanation=explanation, sources=sources)
        refuse_unanswerable(item)
        return with_tags(item, body.get("data-tags").split(" | "))

    def explained(self, suffix: str) -> tuple[Text, tuple[Source, ...]]:
        """The explanation and the sources."""
        text, _reasons, sources = read_remarks(
            self.feedback.get((f"EXPLANATION{suffix}", EXPLANATION), ()), self.language
        )
        return text, sources

    def answered(self, interaction: Node, response: str, suffix: str) -> tuple[Kind, tuple[Option, ...]]:
        """The kind of an interaction, and its options with the key."""
        declaration = self.responses.get(response)
        if declaration is None:
            raise Refused(Reason.NO_KEY)
        right = _right(declaration)
        if interaction.tag == "matchInteraction":
            return Kind.MATCH, self.pairs(interaction, right, suffix)
        if interaction.tag == "orderInteraction":
            choices = {node.get("identifier"): node for node in interaction.elements("simpleChoice")}
            if sorted(choices) != sorted(right):
                raise Refused(Reason.NO_KEY)
            return Kind.ORDER, tuple(self.option(choices[name], suffix) for name in right)
        if interaction.tag == "choiceInteraction":
            kind = Kind.SINGLE if declaration.get("cardinality") == "single" else Kind.MULTIPLE
            choices_ = interaction.elements("simpleChoice")
            return kind, tuple(self.option(node, suffix, node.get("identifier") in right) for node in choices_)
        names = [node.get("identifier") for node in interaction.all("hottext", "hotspotChoice")]
        if interaction.tag == "hotspotInteraction" and not interaction.get("data-options"):
            raise Refused(Reason.PICTURE, "hotspotInteraction")
        keys = interaction.get("data-options").split() or [key_of(name) for name in names]
        right_keys = {key_of(name) for name in right}
        return Kind.HOTSPOT, tuple(Option(key, Text(), key in right_keys, self.reason(key, suffix)) for key in keys)

    def option(self, node: Node, suffix: str, is_right: bool = False) -> Option:
        """An option; feedback that stands in it is its reason."""
        name = node.get("identifier")
        inline = next(node.all("feedbackInline", "feedbackBlock"), None)
        text = heard(_without(node.children, lambda child: child is inline), self.language)
        reason = self.reason(key_of(name), suffix) or (heard(inline.children, self.language) if inline else Text())
        return Option(key_of(name), text, is_right, reason)

    def reason(self, key: str, suffix: str) -> Text:
        """Why an option is right or wrong."""
        for (outcome, name), shown in self.feedback.items():
            if key_of(name) == key and (outcome == f"FEEDBACK{suffix}" or not outcome.startswith("FEEDBACK_")):
                return heard(shown, self.language)
        return Text()

    def pairs(self, interaction: Node, right: Sequence[str], suffix: str) -> tuple[Option, ...]:
        """Options of a match, in the order of the right side, on which each stands once."""
        sets = list(interaction.elements("simpleMatchSet"))
        pairs = [pair.split() for pair in right]
        if len(sets) != 2 or any(len(pair) != 2 for pair in pairs):
            raise Refused(Reason.SYNTAX)
        left = {node.get("identifier"): node for node in sets[0].elements("simpleAssociableChoice")}
        goes_with = {second: first for first, second in pairs}
        if len(goes_with) != len(pairs) or sorted(goes_with.values()) != sorted(left):
            raise Refused(Reason.MANY_KEYS)
        found = []
        for node in sets[1].elements("simpleAssociableChoice"):
            name = node.get("identifier")
            own = goes_with.get(name)
            key = key_of(own) if own else name.removeprefix(RIGHT)
            text = heard(left[own].children, self.language) if own else Text()
            match = heard(node.children, self.language)
            found.append(Option(key, text, rationale=self.reason(key, suffix), match=match))
        return tuple(found)


def _interactions(body: Node) -> list[Node]:
    """The interactions in an element. Raises Refused for those that have no kind here."""
    found = [node for node in _inner(body) if node.tag.endswith("Interaction")]
    for node in found:
        if node.tag not in READ:
            raise Refused(Reason.TYPED if node.tag in TYPED else Reason.UNKNOWN_KIND, node.tag)
    return found


def _inner(node: Node) -> Iterable[Node]:
    for child in node.elements():
        yield child
        yield from _inner(child)


def _without(nodes: Sequence[Node | str], unwanted: Callable[[Node], bool]) -> list[Node | str]:
    return [
        node if isinstance(node, str) else Node(node.tag, node.attributes, _without(node.children, unwanted), node.line)
        for node in nodes
        if isinstance(node, str) or not unwanted(node)
    ]


def _unwrapped(shown: Node) -> Node:
    """An artefact without the marks of what can be marked."""
    for line in shown.elements("p"):
        children: list[Node | str] = []
        for child in line.children:
            children += child.children if isinstance(child, Node) and child.tag == "hottext" else [child]
        line.children = children
    return shown


def _right(declaration: Node) -> list[str]:
    """The right answer. Raises Refused if some answers earn a part of the points where one is chosen."""
    correct = declaration.first("correctResponse")
    values = [" ".join(value.text().split()) for value in correct.elements("value")] if correct else []
    mapping = declaration.first("mapping")
    if mapping is None:
        return values
    try:
        worth = {entry.get("mapKey"): float(entry.get("mappedValue")) for entry in mapping.elements("mapEntry")}
    except ValueError as error:
        raise Refused(Reason.SYNTAX, "mappedValue") from error
    most = max(worth.values(), default=0.0)
    part = next((name for name, value in worth.items() if 0 < value < most), None)
    if part and declaration.get("cardinality") == "single":
        raise Refused(Reason.PART_OF_POINTS, part)
    return values or [name for name, value in worth.items() if value > 0]


def _document(interaction: Node, language: str) -> Artefact:
    """The text of a foreign interaction as lines; what can be marked is a line of its own."""
    lines: list[Line] = []

    def add(nodes: Sequence[Node | str]) -> None:
        for node in nodes:
            if isinstance(node, str):
                text = heard([node], language)
                if text:
                    lines.append(Line("body", text))
            elif node.tag == "hottext":
                lines.append(Line("body", heard(node.children, language), key_of(node.get("identifier"))))
            elif node.tag != "prompt":
                add(node.children)

    add(interaction.children)
    return Artefact(Form.DOCUMENT, tuple(lines))
