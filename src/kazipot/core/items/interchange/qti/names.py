"""Names that items of QTI share: identifiers, and elements of both versions under one name."""

from kazipot.core.items.interchange.markup import Node

ITEM_TYPE = "imsqti_item_xmlv3p0"
ITEMS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGES = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
EXPLANATION = "kazipot-explanation"
RIGHT = "M-"
"""Before the key of an option: its match."""


def identifier(key: str) -> str:
    """A key as an identifier, which begins with a letter or an underscore."""
    return key if key[:1].isalpha() else f"_{key}"


def key_of(name: str) -> str:
    """The key that an identifier was made of."""
    return name[1:] if name.startswith("_") else name


def of_both(node: Node) -> Node:
    """An element of QTI 3 (`qti-simple-choice`, `max-choices`) under the names of QTI 2 (`simpleChoice`,
    `maxChoices`)."""
    tag = _camel(node.tag.removeprefix("qti-")) if node.tag.startswith("qti-") else node.tag
    attributes = {
        name if name.startswith(("data-", "aria-")) else _camel(name): value for name, value in node.attributes.items()
    }
    children = [of_both(child) if isinstance(child, Node) else child for child in node.children]
    return Node(tag, attributes, children, node.line)


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(word.capitalize() for word in rest)
