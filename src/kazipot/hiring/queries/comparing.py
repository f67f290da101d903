"""A posting's text beside its profile: passages that demand something, and what the profile demands besides."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from kazipot.core.language.lexicon import Level
from kazipot.framework import queries as framework
from kazipot.hiring.models import Posting, PostingText
from kazipot.hiring.queries.check import check_text
from kazipot.hiring.queries.gate import latest_text, profile_levels
from kazipot.hiring.queries.wording import propose

LEVELS = tuple(Level)
"""Levels in their order: the first is 1 on the scale of four."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text; `code` names the competence that it demands, empty where it demands none."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A competence that the work needs and the text doesn't demand as it needs it: ready wording, and a test of it."""

    code: str
    name: str
    shortfall: str
    wording: str
    test: str


def level_number(level: Level) -> int:
    """1 to 4."""
    return LEVELS.index(level) + 1


def marked(written: PostingText) -> list[Passage]:
    """The text in passages, those that demand something by code. What was found is read from the version's record."""
    spans: list[tuple[int, int, str]] = []
    for found in written.findings:
        spans.extend((start, end, found["code"]) for start, end in found["places"])
    passages, place = [], 0
    for start, end, code in sorted(spans):
        if start < place:
            continue
        passages += [Passage(written.text[place:start], ""), Passage(written.text[start:end], code)]
        place = end
    return [passage for passage in [*passages, Passage(written.text[place:], "")] if passage.text]


def missing(posting: Posting, *, on: date) -> list[Missing]:
    """What the posting's profile demands on the day and its latest text doesn't, with words that close the gap."""
    active = framework.active_framework(on)
    levels = profile_levels(posting.employer_id, posting.profile_id, on=on)
    if active is None or not levels:
        return []
    items = {item.id: item for item in framework.competences(active.pk)}
    wanted = {items[pk].code: LEVELS[level - 1] for pk, level in levels.items() if pk in items}
    names = {item.code: item.name for item in items.values()}
    latest = latest_text(posting.pk)
    english = get_language() == "en"
    return [
        Missing(
            one.gap.code, names[one.gap.code], one.gap.shortfall.value, one.wording.item_sl,
            one.wording.trial_en if english else one.wording.trial_sl,
        )
        for one in propose(wanted, check_text(latest.text).demands if latest else ())
    ]  # fmt: skip
