"""Versions of items: the same key with another wording is another question, and its trend is broken in plain sight."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from kazipot.core.survey.questionnaire.definition import Choice, Item, Questionnaire


def wording(questionnaire: Questionnaire, item: Item) -> tuple[object, ...]:
    """All that a person reads and chooses from: what must stay the same for answers to be compared."""
    choices: tuple[Choice, ...] = questionnaire.choice_lists.get(item.choices, ())
    return (item.kind, item.label, item.hint, tuple((row.value, row.label, row.competence) for row in choices))


def reworded(new: Questionnaire, old: Questionnaire) -> list[str]:
    """Keys of items that both have and that are worded differently, in the order of the new one."""
    before = {item.key: wording(old, item) for _page, item in old.items()}
    return [
        item.key for _page, item in new.items() if item.key in before and wording(new, item) != before[item.key]
    ]  # fmt: skip


def numbered(
    new: Questionnaire, earlier: Sequence[Questionnaire], *, same_meaning: Collection[str] = ()
) -> Questionnaire:
    """The new questionnaire with the versions of its items: one more than before where the wording changed.

    `earlier` are all that came before, the latest first; an item is compared with the latest that has it.
    `same_meaning` names items whose wording was only corrected (a misspelling): they keep their version.
    """

    def version(item: Item) -> int:
        for old in earlier:
            if (before := old.item(item.key)) is not None:
                same = item.key in same_meaning or wording(new, item) == wording(old, before)
                return before.version if same else before.version + 1
        return 1

    return replace(
        new,
        pages=tuple(
            replace(page, items=tuple(replace(item, version=version(item)) for item in page.items))
            for page in new.pages
        ),
    )


def continued(new: Questionnaire, old: Questionnaire) -> list[str]:
    """Keys of items whose answers may be compared: both have them in one version."""
    before = {item.key: item.version for _page, item in old.items()}
    return [item.key for _page, item in new.items() if before.get(item.key) == item.version]
