"""What GIFT and Moodle XML have in common: questions with HTML texts, and how items become such questions and back.

A scenario is a story that asks nothing, followed by its parts with the tag `part-of:KEY`; the story's remarks close
the last part. What Moodle's question types have no place for stands in tags (`area:`, `difficulty:`, `competence:`,
`enemy:`, `kind:hotspot`, `options:` with the keys of the options).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import ascii_lowercase

from kazipot.core.items.definition import Item, Kind, Option, Text
from kazipot.core.items.interchange.body import LANGUAGES, Writer, heard, plain, read_asked, read_remarks
from kazipot.core.items.interchange.faults import Fault, Reason, Refused, Taken, named
from kazipot.core.items.interchange.markup import Node, read_html, written

WHOLE = 100.0
TOLERANCE = 0.1
"""Moodle writes thirds with seven digits."""


class Shape(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    MATCH = "match"
    ORDER = "order"
    STORY = "story"
    """A text that asks nothing."""


@dataclass(slots=True)
class Choice:
    """An answer of a question: texts as HTML, its share of the points in per cent."""

    text: str
    share: float = 0.0
    feedback: str = ""
    match: str = ""


@dataclass(slots=True)
class Question:
    """A question of a file. Texts are HTML; `name` is its name or, of ours, its key; `line` where it begins."""

    line: int
    name: str
    shape: Shape
    stem: str
    choices: list[Choice] = field(default_factory=list)
    remarks: str = ""
    tags: list[str] = field(default_factory=list)
    key: str = ""


def questions_of(item: Item, languages: Sequence[str] = LANGUAGES) -> list[Question]:
    """An item as questions: one, or a scenario's story and its parts."""
    writer = Writer(languages)
    if item.kind is not Kind.SCENARIO:
        return [_question(item, writer)]
    story = Question(0, item.key, Shape.STORY, written(writer.asked(item)), tags=tags_of(item), key=item.key)
    parts = [
        _question(replace(part, key=f"{item.key}.{part.key}"), writer, f"part-of:{item.key}") for part in item.parts
    ]
    if remarks := writer.remarks(item):
        parts[-1].remarks += written([Node("div", {"class": "kazipot-story"}, remarks)])
    return [story, *parts]


def _question(item: Item, writer: Writer, *tags: str) -> Question:
    beside = item.options if item.kind in {Kind.ORDER, Kind.MATCH} else ()
    shapes = {Kind.SINGLE: Shape.CHOICE, Kind.MATCH: Shape.MATCH, Kind.ORDER: Shape.ORDER}
    right = sum(option.correct for option in item.options)
    wrong = len(item.options) - right
    choices = []
    for option in item.options:
        choice = Choice(written(writer.said(_shown(item, option))), match=written(writer.said(option.match)))
        if not beside:
            choice.feedback = written(writer.said(option.rationale))
            one = item.kind is Kind.SINGLE
            choice.share = WHOLE / (1 if one else right) if option.correct else (0.0 if one else -WHOLE / wrong)
        choices.append(choice)
    return Question(
        0, item.key, shapes.get(item.kind, Shape.CHOICES), written(writer.asked(item)), choices,
        written(writer.remarks(item, beside)), [*tags_of(item), *tags], item.key,
    )  # fmt: skip


def _shown(item: Item, option: Option) -> Text:
    """The text of an option; that of a hotspot is the region's."""
    if item.kind is not Kind.HOTSPOT or item.artefact is None:
        return option.text
    regions = {line.region: line.text for line in item.artefact.lines if line.region}
    regions |= {area.region: area.text for area in item.artefact.areas}
    return regions.get(option.key, Text(option.key, option.key))


def tags_of(item: Item) -> list[str]:
    """What is kept of an item in tags."""
    tags = [f"area:{item.area}"] if item.area else []
    tags += [f"difficulty:{item.difficulty!r}"] if item.difficulty else []
    tags += [f"competence:{code}" for code in item.competences] + [f"enemy:{word}" for word in item.enemies]
    keys = [option.key for option in item.options]
    if item.kind is Kind.HOTSPOT:
        tags.append(f"kind:{item.kind}")
    if item.kind is Kind.HOTSPOT or keys != _usual_keys(len(keys)):
        tags.append(f"options:{' '.join(keys)}")
    return tags


def _usual_keys(count: int) -> list[str]:
    return [*ascii_lowercase[:count], *(f"o{number}" for number in range(len(ascii_lowercase) + 1, count + 1))]


def with_tags(item: Item, tags: Iterable[str]) -> Item:
    """An item with what its tags say; tags of others are not ours to keep."""
    said: dict[str, list[str]] = {}
    for tag in tags:
        name, _colon, value = tag.partition(":")
        said.setdefault(name.strip(), []).append(value.strip())
    try:
        difficulty = float(said.get("difficulty", ["0"])[0])
    except ValueError:
        difficulty = 0.0
    return replace(
        item, area=said.get("area", [""])[0], difficulty=difficulty,
        competences=tuple(said.get("competence", ())), enemies=tuple(said.get("enemy", ())),
    )  # fmt: skip


def taken(questions: Sequence[Question], faults: Iterable[Fault], language: str, without: Iterable[str] = ()) -> Taken:
    """The items of a file's questions; faults in the order of their lines. `without`: stories of which a part could not
    be read."""
    found: list[tuple[int, Item]] = []
    refused = list(faults)
    keys: set[str] = set()
    stories = {question.key: question for question in questions if question.shape is Shape.STORY and question.key}
    parts: dict[str, list[tuple[Question, Item]]] = {}
    spoilt = set(without)
    for question in questions:
        story = story_of(question.tags)
        try:
            if question.shape is Shape.STORY:
                continue
            if story and story not in stories:
                raise Refused(Reason.LOOSE_PART, story)
            item = item_of(question, language)
        except Refused as error:
            refused.append(Fault(question.line, named(question.name), error.reason, named(error.found)))
            spoilt |= {story} if story else set()
            continue
        if story:
            parts.setdefault(story, []).append((question, item))
        else:
            found.append((question.line, replace(item, key=unique(item.key, keys))))
    for question in (question for question in questions if question.shape is Shape.STORY):
        own = parts.get(question.key, [])
        if question.key in spoilt or not own:
            reason = Reason.LOOSE_PART if question.key in spoilt else Reason.NO_QUESTION
            refused += [
                Fault(each.line, named(each.name), reason) for each in (question, *(part for part, _item in own))
            ]
            continue
        try:
            scenario = _scenario(question, own, language)
        except Refused as error:
            refused.append(Fault(question.line, named(question.name), error.reason, named(error.found)))
        else:
            found.append((question.line, replace(scenario, key=unique(scenario.key, keys))))
    found.sort(key=lambda each: each[0])
    refused.sort(key=lambda fault: fault.line)
    return Taken(tuple(item for _line, item in found), tuple(refused), tuple(line for line, _item in found))


def story_of(tags: Iterable[str]) -> str:
    """The key of the story of which a question with these tags is a part, or nothing."""
    return next((tag.removeprefix("part-of:") for tag in tags if tag.startswith("part-of:")), "")


def _scenario(story: Question, own: Sequence[tuple[Question, Item]], language: str) -> Item:
    stem, artefact = read_asked(read_html(story.stem), language)
    closing = [node for node in read_html(own[-1][0].remarks) if isinstance(node, Node) and node.is_of("kazipot-story")]
    explanation, _reasons, sources = read_remarks(closing[0].children if closing else (), language)
    parts = tuple(replace(item, key=item.key.removeprefix(f"{story.key}.")) for _question, item in own)
    whole = Item(
        story.key, Kind.SCENARIO, stem, artefact=artefact, parts=parts, explanation=explanation, sources=sources
    )
    return with_tags(whole, story.tags)


def unique(key: str, keys: set[str]) -> str:
    """A key that none of `keys` is, which it then joins."""
    number, free = 2, key
    while free in keys:
        free, number = f"{key}-{number}", number + 1
    keys.add(free)
    return free


def key_from(name: str, line: int) -> str:
    """A key made of a name: lower-case words with hyphens."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.lower()).split()
    return "-".join(words)[:60].rstrip("-") or f"question-{line}"


def item_of(question: Question, language: str) -> Item:
    """The item that a question is. Raises Refused."""
    stem, artefact = read_asked(read_html(question.stem), language)
    if not stem:
        raise Refused(Reason.EMPTY)
    remarks = [
        node for node in read_html(question.remarks) if not (isinstance(node, Node) and node.is_of("kazipot-story"))
    ]
    explanation, reasons, sources = read_remarks(remarks, language)
    tags = {tag.partition(":")[0]: tag.partition(":")[2] for tag in question.tags}
    keys = tags.get("options", "").split()
    if len(keys) != len(question.choices):
        keys = _usual_keys(len(question.choices))
    hotspot = tags.get("kind") == Kind.HOTSPOT and artefact is not None
    kind = Kind.HOTSPOT if hotspot else _kind(question)
    options = tuple(
        _option(key, choice, kind, reasons, language) for key, choice in zip(keys, question.choices, strict=True)
    )
    item = Item(
        question.key or key_from(question.name, question.line), kind, stem, options=options, artefact=artefact,
        explanation=explanation, sources=sources,
    )  # fmt: skip
    refuse_unanswerable(item)
    return with_tags(item, question.tags)


def _kind(question: Question) -> Kind:
    if question.shape is Shape.ORDER:
        return Kind.ORDER
    if question.shape is Shape.MATCH:
        return Kind.MATCH
    if question.shape is Shape.CHOICES:
        return Kind.MULTIPLE
    for choice in question.choices:
        if 0 < choice.share < WHOLE - TOLERANCE:
            raise Refused(Reason.PART_OF_POINTS, plain(read_html(choice.text)))
    return Kind.SINGLE


def _option(key: str, choice: Choice, kind: Kind, reasons: dict[str, Text], language: str) -> Option:
    beside = kind in {Kind.ORDER, Kind.MATCH}
    return Option(
        key,
        Text() if kind is Kind.HOTSPOT else heard(read_html(choice.text), language),
        correct=not beside and choice.share > 0,
        rationale=reasons.get(key, Text()) if beside else heard(read_html(choice.feedback), language),
        match=heard(read_html(choice.match), language),
    )


def refuse_unanswerable(item: Item) -> None:
    """Raises Refused for an item that nobody can get right, or everybody."""
    right = sum(option.correct for option in item.options)
    if item.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.HOTSPOT}:
        if not right:
            raise Refused(Reason.NO_KEY)
        if item.kind is Kind.SINGLE and right > 1:
            raise Refused(Reason.MANY_KEYS)
        if item.kind is Kind.MULTIPLE and right == len(item.options):
            raise Refused(Reason.NO_WRONG)
    if item.kind is Kind.MATCH and any(not option.match for option in item.options):
        raise Refused(Reason.EMPTY)
    if item.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.ORDER} and any(not option.text for option in item.options):
        raise Refused(Reason.EMPTY)
    if len([option for option in item.options if option.text or item.kind is Kind.HOTSPOT]) < (
        1 if item.kind is Kind.HOTSPOT else 2
    ):
        raise Refused(Reason.TOO_FEW)
