"""Is an item whole: the rules of its kind, regions and options, unique keys, both languages, reasons and sources."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from kazipot.core.items.definition import AREAS, Artefact, Form, Item, Kind, Text
from kazipot.core.items.reading import Fault

ROLES = {
    Form.EMAIL: ("from", "to", "subject", "date", "body", "link", "button", "attachment"),
    Form.SMS: ("from", "date", "body", "link"),
    Form.CHAT: ("title", "date", "me", "them", "link", "attachment"),
    Form.LOGIN: ("address", "title", "body", "field", "link", "button"),
    Form.PAGE: ("address", "title", "body", "field", "link", "button"),
    Form.DOCUMENT: ("title", "date", "body", "field", "link"),
    Form.NOTICE: ("title", "body", "link", "button"),
    Form.PICTURE: (),
}
"""What the lines of an artefact may be."""
COMPETENCE = re.compile(r"(1\.[1-3]|2\.[1-6]|3\.[1-4]|4\.[1-4]|5\.[1-4])")
"""The 21 competences of DigComp."""
PICTURE = re.compile(r"[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg|webp|svg)")
ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
LANGUAGES = ("sl", "en")
EASIEST, HARDEST = -3.0, 3.0
FEWEST_PARTS, MOST_PARTS = 2, 4


def faults_of(item: Item, *, areas: Collection[str] = AREAS) -> list[Fault]:
    """Everything that keeps an item from being reviewed: what its structure lacks, then what its texts do."""
    return [*structural_faults(item, areas=areas), *missing_texts(item)]


def structural_faults(item: Item, *, areas: Collection[str] = AREAS) -> list[Fault]:
    """What is wrong with an item whatever its languages."""
    return [Fault(item.key, *told) for told in (*_about(item, areas), *_asked(item, ""))]


def missing_texts(item: Item, languages: Collection[str] = LANGUAGES) -> list[Fault]:
    """Texts that a language lacks."""
    return [
        Fault(item.key, f"{path}.{language}", "no_text")
        for path, text in _texts(item, "")
        for language in languages
        if not getattr(text, language).strip()
    ]


type _Told = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, str]
"""Path, code, value, needed."""


def _about(item: Item, areas: Collection[str]) -> Iterator[_Told]:
    if item.area not in areas:
        yield "area", "unknown_area", item.area, ", ".join(areas)
    if not item.competences:
        yield "competences", "none", "", "1"
    for code in item.competences:
        if not COMPETENCE.fullmatch(code):
            yield "competences", "no_competence", code
    if not item.sources:
        yield "sources", "none", "", "1"
    for number, source in enumerate(item.sources, start=1):
        if not source.title.strip():
            yield f"sources.{number}.title", "missing"
        if source.address and not ADDRESS.fullmatch(source.address):
            yield f"sources.{number}.address", "no_address", source.address
    if not EASIEST <= item.difficulty <= HARDEST:
        yield "difficulty", "no_number", f"{item.difficulty:g}", f"{EASIEST:g} … {HARDEST:g}"


def _asked(item: Item, path: str) -> Iterator[_Told]:
    """Faults of what is asked: of an item, or of a part of a scenario at `path`."""
    if item.artefact is not None:
        yield from _artefact(item.artefact, f"{path}artefact")
    yield from _twice((option.key for option in item.options), f"{path}options")
    if item.kind is Kind.SCENARIO:
        yield from _scenario(item, path)
        return
    if item.parts:
        yield f"{path}parts", "not_here", str(item.kind)
    for rule in (_choice, _order, _match, _hotspot):
        yield from rule(item, path)


def _scenario(item: Item, path: str) -> Iterator[_Told]:
    if item.options:
        yield f"{path}options", "not_here", str(item.kind)
    if not FEWEST_PARTS <= len(item.parts) <= MOST_PARTS:
        yield f"{path}parts", "number_of_parts", str(len(item.parts)), f"{FEWEST_PARTS}–{MOST_PARTS}"
    yield from _twice((part.key for part in item.parts), f"{path}parts")
    for part in item.parts:
        at = f"{path}parts.{part.key}."
        if part.kind is Kind.SCENARIO:
            yield f"{at}kind", "story_in_story", str(part.kind)
        else:
            yield from _asked(part, at)


def _choice(item: Item, path: str) -> Iterator[_Told]:
    if item.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
        return
    right = sum(option.correct for option in item.options)
    if len(item.options) < 2:
        yield f"{path}options", "few", str(len(item.options)), "2"
    elif item.kind is Kind.SINGLE and right != 1:
        yield f"{path}options", "not_one_right", str(right)
    elif item.kind is Kind.MULTIPLE and not 1 <= right < len(item.options):
        yield f"{path}options", "right_and_wrong", str(right)
    for option in item.options:
        if option.match:
            yield f"{path}options.{option.key}.match", "not_here", str(item.kind)


def _order(item: Item, path: str) -> Iterator[_Told]:
    if item.kind is not Kind.ORDER:
        return
    if len(item.options) < 3:
        yield f"{path}options", "few", str(len(item.options)), "3"
    yield from _marked(item, path)
    for option in item.options:
        if option.match:
            yield f"{path}options.{option.key}.match", "not_here", str(item.kind)


def _match(item: Item, path: str) -> Iterator[_Told]:
    if item.kind is not Kind.MATCH:
        return
    left = [option for option in item.options if option.text]
    if len(left) < 2:
        yield f"{path}options", "few", str(len(left)), "2"
    yield from _marked(item, path)
    for language in LANGUAGES:
        told = Counter(getattr(option.match, language).strip() for option in item.options)
        for words, times in told.items():
            if words and times > 1:
                yield f"{path}options", "same_match", words


def _hotspot(item: Item, path: str) -> Iterator[_Told]:
    if item.kind is not Kind.HOTSPOT:
        return
    if item.artefact is None:
        yield f"{path}artefact", "missing"
        return
    regions = _regions(item.artefact)
    keys = [option.key for option in item.options]
    for key in keys:
        if key not in regions:
            yield f"{path}options.{key}", "no_region", key
    for region in regions:
        if region not in keys:
            yield f"{path}artefact", "region_without_option", region
    right = sum(option.correct for option in item.options)
    if not 1 <= right < len(item.options):
        yield f"{path}options", "right_and_wrong", str(right)
    for option in item.options:
        for name in ("text", "match"):
            if getattr(option, name):
                yield f"{path}options.{option.key}.{name}", "not_here", str(item.kind)


def _marked(item: Item, path: str) -> Iterator[_Told]:
    """Orders and matches have no right options."""
    for option in item.options:
        if option.correct:
            yield f"{path}options.{option.key}.correct", "not_here", str(item.kind)


def _regions(artefact: Artefact) -> list[str]:
    return [line.region for line in artefact.lines if line.region] + [area.region for area in artefact.areas]


def _artefact(artefact: Artefact, path: str) -> Iterator[_Told]:
    yield from _twice(_regions(artefact), path)
    if artefact.form is Form.PICTURE:
        yield from _picture(artefact, path)
        return
    if not artefact.lines:
        yield f"{path}.lines", "none", "", "1"
    for name in ("picture", "areas"):
        if getattr(artefact, name):
            yield f"{path}.{name}", "not_here", str(artefact.form)
    for number, line in enumerate(artefact.lines, start=1):
        if line.role not in ROLES[artefact.form]:
            yield f"{path}.lines.{number}.role", "unknown_word", line.role, ", ".join(ROLES[artefact.form])
        if line.target and line.role not in {"link", "button", "attachment"}:
            yield f"{path}.lines.{number}.target", "not_here", line.role


def _picture(artefact: Artefact, path: str) -> Iterator[_Told]:
    if artefact.lines:
        yield f"{path}.lines", "not_here", str(artefact.form)
    if not PICTURE.fullmatch(artefact.picture):
        yield f"{path}.picture", "no_picture", artefact.picture
    if not artefact.alt:
        yield f"{path}.alt", "missing"
    for area in artefact.areas:
        if area.width <= 0 or area.height <= 0 or area.x + area.width > 100 or area.y + area.height > 100:
            yield f"{path}.areas.{area.region}", "outside"


def _twice(keys: Collection[str] | Iterator[str], path: str) -> Iterator[_Told]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield path, "twice", key


def _texts(item: Item, path: str) -> Iterator[tuple[str, Text]]:
    """Texts that must be there in each language."""
    yield f"{path}stem", item.stem
    if not path:
        yield "explanation", item.explanation
    for option in item.options:
        at = f"{path}options.{option.key}"
        alone = item.kind is Kind.MATCH and bool(option.match) and not option.text
        if item.kind is not Kind.HOTSPOT and not alone:
            yield f"{at}.text", option.text
        if item.kind is Kind.MATCH:
            yield f"{at}.match", option.match
        yield f"{at}.rationale", option.rationale
    if item.artefact is not None:
        for number, line in enumerate(item.artefact.lines, start=1):
            yield f"{path}artefact.lines.{number}.text", line.text
        if item.artefact.form is Form.PICTURE:
            yield f"{path}artefact.alt", item.artefact.alt
        for area in item.artefact.areas:
            yield f"{path}artefact.areas.{area.region}.text", area.text
    for part in item.parts:
        yield from _texts(part, f"{path}parts.{part.key}.")
