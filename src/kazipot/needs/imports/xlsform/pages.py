"""Groups and repeats become pages: nested ones are flattened, their conditions joined, in the order of the rows."""

from collections.abc import Collection
from dataclasses import dataclass, field

from kazipot.core.survey.questionnaire import Item, Page, Text
from kazipot.needs.imports.xlsform.grid import Row


@dataclass(slots=True)
class Container:
    """A group or repeat that is open: its row, and whether anything stood in it."""

    row: Row
    key: str
    label: Text
    relevant: str
    repeat: bool
    filled: bool = False
    drafted: bool = False


@dataclass(slots=True)
class Draft:
    """A page in the making. `rows` are those of its groups, from the outermost in."""

    key: str
    label: Text
    relevant: str
    repeat: bool
    rows: tuple[Row, ...]
    items: list[Item] = field(default_factory=list)

    def page(self) -> Page:
        return Page(self.key, self.label, tuple(self.items), self.relevant, self.repeat)


def joined(conditions: list[str]) -> str:
    """Conditions that must all hold, as one."""
    told = [condition for condition in conditions if condition]
    return told[0] if len(told) == 1 else " and ".join(f"({condition})" for condition in told)


class Pages:
    """Takes rows one by one and makes pages of them."""

    def __init__(self, title: Text, taken: Collection[str]) -> None:
        self.title = title
        self.taken = set(taken)
        self.used: set[str] = set()
        self.stack: list[Container] = []
        self.drafts: list[Draft] = []
        self.current: tuple[Container | None, Draft] | None = None

    @property
    def block(self) -> Container | None:
        """The repeat that is open, if one is."""
        return next((container for container in self.stack if container.repeat), None)

    def begin(self, container: Container) -> None:
        """Open a group or a repeat."""
        for outer in self.stack:
            outer.filled = True
        self.stack.append(container)
        if container.repeat:
            self.current = (container, self._draft(container))

    def end(self) -> Container:
        """Close the innermost; one in which nothing stood is a page without items."""
        closed = self.stack.pop()
        inside = self.block is not None
        if not closed.filled and not closed.repeat and not inside:
            self.stack.append(closed)
            self._draft(closed)
            self.stack.pop()
        if not inside:
            self.current = None
        return closed

    def skip(self) -> None:
        """A row that makes no item, but stands in its group for a purpose."""
        for container in self.stack:
            container.filled = True

    def add(self, item: Item, relevant: str) -> Item:
        """Put an item on the page of its group, asked if `relevant`; in a repeat also on those of groups inside it."""
        self.skip()
        block = self.block
        if block is not None:
            inner = self.stack[self.stack.index(block) + 1 :]
            relevant = joined([*(container.relevant for container in inner), relevant])
        home = block or (self.stack[-1] if self.stack else None)
        if self.current is None or self.current[0] is not home:
            self.current = (home, self._draft(home))
        made = Item(
            item.key, item.kind, item.label, item.hint, item.required, relevant, item.constraint,
            item.constraint_message, item.choices,
        )  # fmt: skip
        self.current[1].items.append(made)
        return made

    def pages(self) -> tuple[Page, ...]:
        """The pages in order."""
        return tuple(draft.page() for draft in self.drafts)

    def _draft(self, home: Container | None) -> Draft:
        if home is None:
            made = Draft(self._free("page_1", "page"), self.title, "", False, ())
        else:
            outer = self.stack[: self.stack.index(home) + 1]
            label = next((container.label for container in reversed(outer) if container.label != Text()), self.title)
            key = self._free(home.key, home.key) if home.drafted else home.key
            home.drafted = True
            relevant = joined([container.relevant for container in outer])
            made = Draft(key, label, relevant, home.repeat, tuple(container.row for container in outer))
        self.used.add(made.key)
        self.drafts.append(made)
        return made

    def _free(self, first: str, stem: str) -> str:
        """The first key of the stem with a number that nothing else has."""
        number, key = 1, first
        while key in self.taken or key in self.used:
            number += 1
            key = f"{stem}_{number}"
        return key
