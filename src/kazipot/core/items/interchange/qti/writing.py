"""Items as a QTI 3.0 package: a manifest that keeps the tags, and a file for each item.

Each kind is an interaction: choice, order, match, hottext (regions among an artefact's lines) or hotspot (areas of a
picture); a scenario is one item with an interaction for each part. The reasons of options are modal feedback.
"""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

from kazipot.core.items.definition import Artefact, Item, Kind, Text
from kazipot.core.items.interchange.body import LANGUAGES, Writer
from kazipot.core.items.interchange.faults import Given, faults_of_giving, pictures_that_stay
from kazipot.core.items.interchange.markup import Node, document
from kazipot.core.items.interchange.qti.names import EXPLANATION, ITEM_TYPE, ITEMS, LOM, PACKAGES, RIGHT, identifier
from kazipot.core.items.interchange.questions import tags_of

GRID = 1000
"""Areas are told in thousandths of the picture."""


def write(items: Sequence[Item], languages: Sequence[str] = LANGUAGES) -> Given:
    """Items as a package, a ZIP that is the same for the same items."""
    faults = faults_of_giving(items)
    whole = [item for item in items if item.key not in faults]
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("imsmanifest.xml"), document(_manifest(whole)))
        for item in whole:
            package.writestr(zipfile.ZipInfo(_place(item)), document(_Item(item, languages).written()))
    return Given(made.getvalue(), (*faults.values(), *pictures_that_stay(whole)))


def _place(item: Item) -> str:
    return f"items/{item.key}.xml"


def _leaf(tag: str, text: str, **attributes: str) -> Node:
    return Node(tag, attributes, [text])


def _manifest(items: Iterable[Item]) -> Node:
    schema = Node("metadata", children=[_leaf("schema", "QTI Item Bank"), _leaf("schemaversion", "3.0.0")])
    resources = Node("resources", children=[_resource(item) for item in items])
    return Node(
        "manifest", {"xmlns": PACKAGES, "identifier": "kazipot-items"}, [schema, Node("organizations"), resources]
    )


def _resource(item: Item) -> Node:
    name = Node("identifier", children=[_leaf("catalog", "kazipot"), _leaf("entry", item.key)])
    keywords = [Node("keyword", children=[_leaf("string", tag, language="en")]) for tag in tags_of(item)]
    lom = Node("lom", {"xmlns": LOM}, [Node("general", children=[name, *keywords])])
    attributes = {"identifier": f"R-{item.key}", "type": ITEM_TYPE, "href": _place(item)}
    return Node("resource", attributes, [Node("metadata", children=[lom]), Node("file", {"href": _place(item)})])


class _Item:
    """One item while it is written."""

    def __init__(self, item: Item, languages: Sequence[str]) -> None:
        self.item, self.languages = item, languages
        self.writer = Writer(languages, "xml:lang")
        self.declarations: list[Node] = []
        self.outcomes: list[Node] = [_outcome("SCORE", "float", "0")]
        self.processing: list[Node] = []
        self.feedback: list[Node] = []

    def written(self) -> Node:
        """The whole item."""
        item, body = self.item, Node("qti-item-body")
        if item.kind is Kind.SCENARIO:
            body.children.append(Node("div", {"class": "kazipot-stem"}, self.writer.said(item.stem)))
            if item.artefact:
                body.children.append(self.writer.artefact(item.artefact))
            self.explain(item, "")
            body.children += [self.part(part, number) for number, part in enumerate(item.parts, 1)]
        else:
            body.children += self.question(item, "")
        attributes = {
            "xmlns": ITEMS, "identifier": identifier(item.key), "title": item.key, "adaptive": "false",
            "time-dependent": "false", "xml:lang": self.languages[0],
        }  # fmt: skip
        processing = Node("qti-response-processing", children=[*self.processing])
        return Node(
            "qti-assessment-item", attributes,
            [*self.declarations, *self.outcomes, body, processing, *self.feedback],
        )  # fmt: skip

    def part(self, part: Item, number: int) -> Node:
        """A part of a scenario."""
        tags = " | ".join(tag for tag in tags_of(part) if not tag.startswith(("options:", "kind:")))
        attributes = {"class": "kazipot-part", "data-key": part.key} | ({"data-tags": tags} if tags else {})
        return Node("div", attributes, [*self.question(part, f"_{number}")])

    def question(self, item: Item, suffix: str) -> list[Node]:
        """What is asked, and what follows from an answer."""
        self.explain(item, suffix)
        self.answer(item, suffix)
        prompt = Node("qti-prompt", children=self.writer.said(item.stem))
        shown: list[Node] = []
        if item.artefact and not (item.kind is Kind.HOTSPOT and not item.artefact.areas):
            shown.append(self.writer.artefact(item.artefact))
        return [*shown, self.interaction(item, f"RESPONSE{suffix}", prompt)]

    def explain(self, item: Item, suffix: str) -> None:
        """The explanation and sources, which follow every answer, and reasons, which follow a chosen option."""
        if remarks := self.writer.remarks(item):
            self.outcomes.append(_outcome(f"EXPLANATION{suffix}", "identifier", EXPLANATION))
            self.feedback.append(_feedback(f"EXPLANATION{suffix}", EXPLANATION, remarks))
        for option in item.options:
            if option.rationale:
                reason = self.writer.said(option.rationale)
                self.feedback.append(_feedback(f"FEEDBACK{suffix}", identifier(option.key), reason))

    def answer(self, item: Item, suffix: str) -> None:
        """Which answer is right, and that it earns a point."""
        response = f"RESPONSE{suffix}"
        cardinality = {Kind.SINGLE: "single", Kind.ORDER: "ordered"}.get(item.kind, "multiple")
        is_match = item.kind is Kind.MATCH
        right = [identifier(option.key) for option in item.options if option.correct or item.kind is Kind.ORDER]
        if is_match:
            right = [f"{identifier(option.key)} {RIGHT}{option.key}" for option in item.options if option.text]
        key = Node("qti-correct-response", children=[_leaf("qti-value", value) for value in right])
        attributes = {
            "identifier": response, "cardinality": cardinality,
            "base-type": "directedPair" if is_match else "identifier",
        }  # fmt: skip
        self.declarations.append(Node("qti-response-declaration", attributes, [key]))
        self.processing.append(_point(response))
        if not is_match:
            feedback = {"identifier": f"FEEDBACK{suffix}", "cardinality": cardinality, "base-type": "identifier"}
            self.outcomes.append(Node("qti-outcome-declaration", feedback))
            self.processing.append(
                Node("qti-set-outcome-value", {"identifier": f"FEEDBACK{suffix}"}, [_variable(response)])
            )

    def interaction(self, item: Item, response: str, prompt: Node) -> Node:
        """The interaction by which an item is answered."""
        told = {"response-identifier": response}
        if item.kind is Kind.HOTSPOT:
            assert item.artefact is not None
            return self.regions(item, item.artefact, told, prompt)
        if item.kind is Kind.MATCH:
            left = [self.associable(identifier(option.key), option.text) for option in item.options if option.text]
            right = [self.associable(f"{RIGHT}{option.key}", option.match) for option in item.options if option.match]
            sets = [Node("qti-simple-match-set", children=[*choices]) for choices in (left, right)]
            return Node(
                "qti-match-interaction",
                {**told, "shuffle": "true", "max-associations": str(len(left))},
                [prompt, *sets],
            )
        choices = [
            Node("qti-simple-choice", {"identifier": identifier(option.key)}, self.writer.said(option.text))
            for option in item.options
        ]
        if item.kind is Kind.ORDER:
            return Node("qti-order-interaction", {**told, "shuffle": "true"}, [prompt, *choices])
        most = "1" if item.kind is Kind.SINGLE else "0"
        return Node("qti-choice-interaction", {**told, "shuffle": "true", "max-choices": most}, [prompt, *choices])

    def associable(self, name: str, text: Text) -> Node:
        """One side of a pair."""
        attributes = {"identifier": name, "match-max": "1"}
        return Node("qti-simple-associable-choice", attributes, self.writer.said(text))

    def regions(self, item: Item, artefact: Artefact, told: dict[str, str], prompt: Node) -> Node:
        """Regions to be marked: words among lines, or areas of a picture."""
        told = {**told, "max-choices": "0", "data-options": " ".join(option.key for option in item.options)}
        if not artefact.areas:
            return Node("qti-hottext-interaction", told, [prompt, self.hottext(item, artefact)])
        size = {"width": str(GRID), "height": str(GRID)}
        picture = Node("img", {"src": artefact.picture, "alt": artefact.alt.in_language(self.languages[0]), **size})
        choices = []
        for area in artefact.areas:
            corners = (area.x, area.y, area.x + area.width, area.y + area.height)
            coords = ",".join(str(round(corner * GRID / 100)) for corner in corners)
            label = {"hotspot-label": area.text.in_language(self.languages[0])}
            attributes = {"identifier": identifier(area.region), "shape": "rect", "coords": coords, **label}
            choices.append(Node("qti-hotspot-choice", attributes))
        return Node("qti-hotspot-interaction", told, [prompt, picture, *choices])

    def hottext(self, item: Item, artefact: Artefact) -> Node:
        """An artefact in which the first line of every region can be marked."""
        shown = self.writer.artefact(artefact)
        free = {option.key for option in item.options}
        for line in shown.elements("p"):
            region = line.get("data-region")
            if region in free:
                free.remove(region)
                inner = [child for child in line.children if isinstance(child, str) or child.tag != "b"]
                start = line.children.index(inner[0]) if inner else len(line.children)
                marked = Node("qti-hottext", {"identifier": identifier(region)}, inner)
                line.children[start : start + len(inner)] = [marked]
        return shown


def _outcome(name: str, kind: str, value: str) -> Node:
    default = Node("qti-default-value", children=[_leaf("qti-value", value)])
    return Node("qti-outcome-declaration", {"identifier": name, "cardinality": "single", "base-type": kind}, [default])


def _feedback(outcome: str, name: str, shown: Sequence[Node | str]) -> Node:
    attributes = {"outcome-identifier": outcome, "identifier": name, "show-hide": "show"}
    return Node("qti-modal-feedback", attributes, [Node("qti-content-body", children=[*shown])])


def _variable(name: str) -> Node:
    return Node("qti-variable", {"identifier": name})


def _point(response: str) -> Node:
    is_right = Node("qti-match", children=[_variable(response), Node("qti-correct", {"identifier": response})])
    one = _leaf("qti-base-value", "1", **{"base-type": "float"})
    more = Node("qti-sum", children=[_variable("SCORE"), one])
    given = Node("qti-set-outcome-value", {"identifier": "SCORE"}, [more])
    return Node("qti-response-condition", children=[Node("qti-response-if", children=[is_right, given])])
