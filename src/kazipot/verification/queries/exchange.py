"""Items as they go to other systems."""

from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.reading import from_data
from kazipot.verification.queries.items import item_versions


def newest_definitions(*, area: str = "") -> list[Definition]:
    """The newest version of each item that isn't retired, by key. One query."""
    newest: dict[str, Definition] = {}
    for version in item_versions(area=area).defer(None):
        if version.item.key not in newest:
            newest[version.item.key] = from_data(version.content)
    return list(newest.values())
