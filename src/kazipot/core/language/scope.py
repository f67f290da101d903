"""What each segment of a sentence is told as: a demand, a wish, a duty, an aside, or something that is not asked for.

A word of demand reaches forward ("Zahtevamo …", "Prednost bodo imeli kandidati, ki …") when nothing that it could speak
of stands before it in its segment, and back otherwise ("… je prednost", "… ni potrebno"). Reaching back it takes in
what is coordinated with its segment, up to where something new begins. Alone in brackets, behind a dash or after
"ki je" it speaks of the segment before. Without any word of demand, a sentence that says what somebody knows or can do
demands it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kazipot.core.language.lexicon import Force
from kazipot.core.language.phrases import Match
from kazipot.core.language.segments import Joint, Segment
from kazipot.core.language.words import Token

COPULAS = frozenset({"je", "so", "sta", "ni", "niso", "bo", "bodo", "bosta", "bi", "nista"})
OF_SEVERAL = frozenset({"so", "sta", "bodo", "bosta", "niso", "nista"})
LIGHT_VERBS = frozenset(
    {"pa", "tudi", "se", "kot", "velika", "velik", "dodatna", "posebna", "v", "imeli", "imel", "imela"}
)
BEFORE_BACK = frozenset(
    {"ki", "kar", "a", "vendar", "ampak", "ni", "niso", "ne", "je", "so", "sicer", "in", "cetudi", "ceprav"}
)
NOMINAL = ("nje",)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, its segments, and what was found in it."""

    words: Sequence[Token]
    segments: Sequence[Segment]
    forces: Sequence[Match]
    signals: frozenset[int]
    """Words of a skill, a level or an ability."""
    heads: frozenset[int]

    def begins_anew(self, index: int) -> bool:
        """Whether a segment begins with something in its own right, not with more of the same."""
        segment = self.segments[index]
        if segment.joint in (Joint.SEMICOLON, Joint.START):
            return True
        for place in range(segment.first, min(segment.last, segment.first + 4)):
            if place in self.heads or self.words[place].plain.endswith(NOMINAL):
                return True
            if len(self.words[place].plain) > 3 and place in self.signals and not self._is_adjective(place):
                return False
        return False

    def _is_adjective(self, place: int) -> bool:
        return self.words[place].plain.endswith(("o", "a", "e", "i")) and place + 1 < len(self.words)

    def of(self, index: int) -> range:
        """The words of a segment."""
        return range(self.segments[index].first, self.segments[index].last)


def forces_of(sentence: Sentence, governed: Force | None) -> list[Force | None]:
    """How each segment stands to the candidate's knowledge; `governed` is what a heading says."""
    forward = governed
    own: dict[int, Force] = {}
    result: list[Force | None] = []
    inside = False
    for index, segment in enumerate(sentence.segments):
        for cue in (cue for cue in sentence.forces if segment.first <= cue.places[0] < segment.last):
            force = Force(cue.says)
            reached = _reached(sentence, index, cue, inside=inside or governed is not None)
            if reached is None:
                forward, inside = force, True
                own.pop(index, None)
            for other in reached or ():
                own[other] = _joined(own.get(other, result[other] if other < len(result) else forward), force)
        result.append(forward)
    return [own.get(index, force) for index, force in enumerate(result)]


def _joined(old: Force | None, new: Force) -> Force:
    """ "Zaželeno, ni pa pogoj" stays a wish, and so does "ni pogoj, je pa zaželeno"."""
    return Force.WISH if new is Force.DENIED and old is Force.WISH else new


def _reached(sentence: Sentence, index: int, cue: Match, *, inside: bool) -> list[int] | None:
    """The segments that a word of demand reaches back to; None when it reaches forward."""
    segment = sentence.segments[index]
    following = sentence.segments[index + 1] if index + 1 < len(sentence.segments) else None
    if following is not None and following.joint is Joint.COLON:
        return None
    before = range(segment.first, cue.places[0])
    if any(place in sentence.signals for place in before):
        return _chain(sentence, index, cue, inside=inside)
    if any(place in sentence.signals for place in range(cue.places[-1] + 1, segment.last)):
        return None
    if index and _speaks_of_what_was_before(sentence, segment, cue):
        start = _filled(sentence, index - 1)
        if segment.joint is Joint.BRACKET or segment.joint is Joint.DASH:
            return [*_coordinated(sentence, start)]
        return _chain(sentence, start, cue, inside=inside)
    if any(sentence.words[place].plain in COPULAS for place in before) and len(before) > 1:
        return _chain(sentence, index, cue, inside=inside)
    return None


def _speaks_of_what_was_before(sentence: Sentence, segment: Segment, cue: Match) -> bool:
    """Alone in brackets or behind a dash, or a clause that only says "which is a condition"."""
    if segment.joint in (Joint.BRACKET, Joint.DASH, Joint.CLOSED):
        return True
    if segment.joint not in (Joint.COMMA, Joint.AND):
        return False
    words = sentence.words
    covered = set(cue.places)
    rest = [words[place].plain for place in range(segment.first, segment.last) if place not in covered]
    first = words[segment.first].plain
    if rest and not all(word in COPULAS | LIGHT_VERBS | BEFORE_BACK or len(word) <= 2 for word in rest):
        return False
    return bool(rest and first in BEFORE_BACK) or cue.says == Force.DENIED or segment.last == len(words)


def _filled(sentence: Sentence, index: int) -> int:
    """The nearest segment up to here that is more than a word of demand, and stands in no brackets."""
    for candidate in range(index, 0, -1):
        here = sentence.of(candidate)
        named = any(place in sentence.signals for place in here)
        told = any(cue.places[0] in here for cue in sentence.forces)
        if named or not (told or sentence.segments[candidate].bracketed):
            return candidate
    return 0


def _coordinated(sentence: Sentence, index: int) -> list[int]:
    found = [index]
    while index and sentence.segments[index].joint is Joint.AND:
        index -= 1
        found.append(index)
    return found


def _chain(sentence: Sentence, index: int, cue: Match, *, inside: bool) -> list[int]:
    """The segment and those before it that say more of the same."""
    found = [index]
    several = any(
        sentence.words[place].plain in OF_SEVERAL
        for place in range(max(0, cue.places[0] - 3), min(len(sentence.words), cue.places[-1] + 3))
    )
    while index:
        joint = sentence.segments[index].joint
        if joint in (Joint.SEMICOLON, Joint.COLON):
            break
        if inside and sentence.begins_anew(index) and not (several and joint is Joint.AND):
            break
        index -= 1
        if any(place in sentence.of(index) for other in sentence.forces if other is not cue for place in other.places):
            break
        found.append(index)
    return found
