"""Reads a Slovenian job posting: which digital competences it demands, at which level, and because of which words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kazipot.core.language.layout import Unit, units
from kazipot.core.language.levels import levels_of
from kazipot.core.language.lexicon import VAGUE, Force, Level, Lexicon
from kazipot.core.language.phrases import HIDES, Match
from kazipot.core.language.scope import COPULAS, Sentence, forces_of
from kazipot.core.language.segments import segments
from kazipot.core.language.words import Token, tokens

CODE = re.compile(r"[1-5]\.[1-6]")
LEVELS = list(Level)
LATEST_IN_HEADING = 3


class Verdict(StrEnum):
    """Whether a posting demands digital knowledge by name, only in general or as a wish, or not at all."""

    SELECTED = "selected"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the posting and where they stand (characters, half-open)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a competence (or `vague`), how it is told and at which level."""

    code: str
    level: Level | None
    force: Force
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Demand:
    """A competence that a posting requires or desires, its level if words name one, and those words."""

    code: str
    level: Level | None
    strength: Force
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a posting demands; `vague` are the words that speak of digital knowledge only in general."""

    demands: tuple[Demand, ...]
    verdict: Verdict
    vague: tuple[Evidence, ...]


def read_posting(text: str, known: Lexicon) -> Reading:
    """What a posting demands."""
    mentions = [
        mention for mention in mentions_of(text, known) if mention.force in (Force.DEMAND, Force.WISH)
    ]  # what is told of the job, the employer or the application demands nothing
    demands = tuple(_demands([mention for mention in mentions if mention.code != VAGUE]))
    vague = tuple(mention.evidence for mention in mentions if mention.code == VAGUE)
    if any(demand.strength is Force.DEMAND for demand in demands):
        return Reading(demands, Verdict.SELECTED, vague)
    return Reading(demands, Verdict.VAGUE if demands or vague else Verdict.NONE, vague)


def mentions_of(text: str, known: Lexicon) -> list[Mention]:
    """Every place that names a digital competence, in the order of the text."""
    found: list[list[Mention]] = []
    governed: Force | None = None
    listed = False
    paragraph: Force | None = None
    for unit in units(text):
        words = tokens_between(text, unit)
        forces = _cues(words, known)
        if unit.heading and (force := _of_heading(words, forces, known, text[unit.start : unit.end])):
            governed, listed, paragraph = force, False, None
            continue
        if listed and not unit.item:
            governed = None
        listed = listed or unit.item
        turned = known.looking_back.find(words) if found else []
        if turned and found[-1]:
            found[-1] = [Mention(m.code, m.level, Force(turned[0].says), m.evidence) for m in found[-1]]
        mentions, paragraph = _in_sentence(text, words, forces, known, governed or paragraph, governed is not None)
        found.append(mentions)
    return [mention for mentions in found for mention in mentions]


def _cues(words: Sequence[Token], known: Lexicon) -> list[Match]:
    """The words of demand; "potrebno" in "ni potrebno" is none."""
    found = [cue for cue in known.forces.find(words) if cue.says != HIDES]
    denied = {place for cue in found if cue.says == Force.DENIED for place in cue.places}
    return [cue for cue in found if cue.says == Force.DENIED or denied.isdisjoint(cue.places)]


def tokens_between(text: str, unit: Unit) -> list[Token]:
    """The words of a unit; a line break inside counts as a blank."""
    return [
        Token(word.text, word.plain, word.start + unit.start, word.end + unit.start)
        for word in tokens(text[unit.start : unit.end])
    ]


def _of_heading(words: Sequence[Token], forces: Sequence[Match], known: Lexicon, text: str) -> Force | None:
    """What a heading says of what follows; one that ends in a colon and names abilities demands them.

    A short line of its own is a heading only if it begins with a word of demand and says nothing of anything.
    """
    if any(match.says not in (HIDES, VAGUE) for match in known.skills.find(words)):
        return None
    colon = text.rstrip().endswith(":")
    if not forces:
        return Force.DEMAND if colon and known.abilities.find(words) else None
    begins = forces[0].places[0] <= LATEST_IN_HEADING and not any(word.plain in COPULAS for word in words)
    return Force(forces[0].says) if colon or begins or text.rstrip().endswith("?") else None


def _in_sentence(
    text: str,
    words: Sequence[Token],
    forces: Sequence[Match],
    known: Lexicon,
    governed: Force | None,
    headed: bool,
) -> tuple[list[Mention], Force | None]:
    """The mentions in a sentence, and what it leaves governing the sentences after it."""
    skills = [*known.skills.find(words), *_codes(words)]
    levels = known.levels.find(words)
    able = frozenset(place for match in known.abilities.find(words) for place in match.places)
    told = [match for match in levels if match.says != HIDES]
    sentence = Sentence(
        words=words,
        segments=segments(text, words),
        forces=forces,
        signals=able | {place for match in [*skills, *told] for place in match.places},
        heads=able | {place for match in known.heads.find(words) for place in match.places},
    )
    applying = any(cue.says == Force.APPLICATION for cue in forces)
    if not headed and not sentence_goes_on(sentence, able):
        governed = None
    named = Force.APPLICATION if applying else None
    by_segment = [named] * len(sentence.segments) if applying else forces_of(sentence, governed)
    rated = levels_of(sentence, skills, levels, able)
    mentions = []
    for skill in skills:
        index = next(i for i in range(len(sentence.segments)) if skill.places[0] in sentence.of(i))
        force = by_segment[index] or (Force.DEMAND if able else Force.ASIDE)
        if skill.says == HIDES:
            continue
        level, place = rated[skill]
        mentions.append(Mention(skill.says, level, force, _evidence(text, sentence, skill, place, able, index)))
    return mentions, by_segment[-1] if by_segment and not applying else None


def sentence_goes_on(sentence: Sentence, able: frozenset[int]) -> bool:
    """Whether a sentence without a heading only continues the list of the one before it."""
    first = sentence.segments[0].first if sentence.segments else 0
    return bool(sentence.words) and (
        first in sentence.heads or first in able or (sentence.begins_anew(0) and first in sentence.signals)
    )


def _codes(words: Sequence[Token]) -> list[Match]:
    """Codes of DigComp written out; a number alone is none, so the framework or a level stands beside it."""
    spoken = any(word.plain.startswith(("digcomp", "kompetenc")) or word.plain in ("raven", "ravni") for word in words)
    return [Match(word.text, (place,)) for place, word in enumerate(words) if spoken and CODE.fullmatch(word.text)]


def _evidence(
    text: str, sentence: Sentence, skill: Match, level: int | None, able: frozenset[int], index: int
) -> Evidence:
    """The words from the level or the ability in the same segment to the end of the skill, as they are written."""
    here = sentence.of(index)
    before = [
        place for place in (*able, *([] if level is None else [level])) if place in here and place < skill.places[0]
    ]
    last = max(skill.places[-1], level if level is not None and level in here else 0)
    start, end = sentence.words[min([*before, skill.places[0]])].start, sentence.words[last].end
    return Evidence(" ".join(text[start:end].split()), start, end)


def _demands(mentions: Iterable[Mention]) -> Iterable[Demand]:
    """Each competence once: required if required anywhere, at the highest level said with that strength."""
    by_code: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_code[mention.code].append(mention)
    for code in sorted(by_code):
        strength = min((mention.force for mention in by_code[code]), key=[Force.DEMAND, Force.WISH].index)
        chosen = [mention for mention in by_code[code] if mention.force is strength]
        said = [mention.level for mention in chosen if mention.level is not None]
        evidence = tuple(dict.fromkeys(mention.evidence for mention in chosen))
        yield Demand(code, max(said, key=LEVELS.index) if said else None, strength, evidence)
