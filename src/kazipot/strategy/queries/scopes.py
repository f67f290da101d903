"""What a figure speaks of: the whole, a kind of unit, or a unit with the units below it."""

from dataclasses import dataclass
from typing import Literal

from kazipot.organisation.choices import UnitKind
from kazipot.strategy.errors import UnknownScope
from kazipot.strategy.queries.tree import Tree


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the organisation that is looked at. `key` is a kind, or "employer code/unit code"."""

    level: Literal["whole", "kind", "unit"]
    key: str = ""

    def __str__(self) -> str:
        return self.level if self.level == "whole" else f"{self.level}:{self.key}"

    @property
    def label(self) -> str:
        """The kind in words, or the unit's codes."""
        return str(UnitKind(self.key).label) if self.level == "kind" else self.key

    def units(self, tree: Tree) -> frozenset[int] | None:
        """The units of the scope in a tree; None means all of them. Raises UnknownScope."""
        if self.level == "whole":
            return None
        if self.level == "kind":
            return tree.of_kind(self.key)
        place = tree.by_path(self.key)
        if place is None:
            raise UnknownScope(str(self))
        return tree.below(place.id)

    def units_if_there(self, tree: Tree) -> frozenset[int] | None:
        """As `units`, but nothing where the unit doesn't exist yet."""
        try:
            return self.units(tree)
        except UnknownScope:
            return frozenset()


WHOLE = Scope("whole")


def scope_from(text: str) -> Scope:
    """A scope as it is written in addresses and snapshots: "whole", "kind:department", "unit:MU/OGDP".

    Raises UnknownScope.
    """
    if text in {"", "whole"}:
        return WHOLE
    level, _, key = text.partition(":")
    if level == "kind" and key in UnitKind.values:
        return Scope("kind", key)
    if level == "unit" and key:
        return Scope("unit", key)
    raise UnknownScope(text)
