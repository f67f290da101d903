"""Which level a sentence demands of each skill in it.

A word of level stands for the skills after it in its segment, and goes on into the segments that say more of the same
("dobro znanje Worda in Excela"); with something new it ends ("…, poznavanje predpisov"). Standing behind a skill
("Excel – napredno", "Word (osnovno)", "Excel na dobri ravni") it speaks of that one, and of bare names before it.
"""

from collections.abc import Mapping, Sequence

from kazipot.core.language.lexicon import Level
from kazipot.core.language.phrases import HIDES, Match
from kazipot.core.language.scope import Sentence
from kazipot.core.language.segments import Joint, Segment

type Said = tuple[Level, int]
type Rating = tuple[Level | None, int | None]

FEW = 2
BEHIND = (Joint.DASH, Joint.BRACKET, Joint.COLON)


def levels_of(
    sentence: Sentence, skills: Sequence[Match], levels: Sequence[Match], abilities: frozenset[int]
) -> Mapping[Match, Rating]:
    """For each skill its level, and the word that says so."""
    rater = _Rater(sentence, abilities)
    kept = [level for level in levels if level.says != HIDES]
    for index in range(len(sentence.segments)):
        here = [skill for skill in skills if skill.places[0] in sentence.of(index)]
        rater.rate(index, here, [level for level in kept if level.places[0] in sentence.of(index)])
    return rater.found


class _Rater:
    """Goes through the segments of a sentence, and remembers what a level still stands for."""

    def __init__(self, sentence: Sentence, abilities: frozenset[int]) -> None:
        self.sentence, self.abilities = sentence, abilities
        self.found: dict[Match, Rating] = {}
        self.carried: Rating | None = None
        self.shared: Rating | None = None
        """A level that stands before two coordinated heads: "samostojno in spoštljivo odgovarjanje"."""
        self.bare: list[Match] = []

    def rate(self, index: int, here: Sequence[Match], levels: Sequence[Match]) -> None:
        segment = self.sentence.segments[index]
        able = any(place in self.abilities for place in self.sentence.of(index))
        told = any(segment.first <= cue.places[0] <= segment.first + 1 for cue in self.sentence.forces)
        anew = (told or self.sentence.begins_anew(index)) and not segment.bracketed
        if anew:
            self.carried = self.shared if segment.joint is Joint.AND else None
        if anew or able:
            self.bare = []
        self.shared = None
        said: list[Said] = [(Level(level.says), level.places[0]) for level in levels]
        for skill in here:
            self.found[skill] = _nearest(skill, said) or self.carried or (None, None)
        if said and not here and not able:
            self._alone(segment, levels[0], said[0])
        elif said:
            self.carried = said[-1]
            if here and said[-1][1] > here[-1].places[-1] and not segment.bracketed:
                self._speak_of_bare(said[-1])
                self.carried = None
                return
        self.bare = [*self.bare, *here]

    def _alone(self, segment: Segment, level: Match, said: Said) -> None:
        if segment.joint in BEHIND or _is_of_a_level(self.sentence, level):
            self._speak_of_bare(said)
        elif segment.last - level.places[-1] <= 1:
            self.shared = said

    def _speak_of_bare(self, said: Said) -> None:
        for skill in self.bare:
            level, place = self.found[skill]
            if level is None or place is None or abs(place - skill.places[0]) > len(skill.places) + FEW:
                self.found[skill] = said
        self.bare = []


def _nearest(skill: Match, said: Sequence[Said]) -> Said | None:
    """The last word of level before the end of the skill, or else the first after it."""
    before = [one for one in said if one[1] < skill.places[-1]]
    after = [one for one in said if one[1] >= skill.places[-1]]
    return before[-1] if before else after[0] if after else None


def _is_of_a_level(sentence: Sentence, level: Match) -> bool:
    last = min(len(sentence.words), level.places[-1] + 3)
    return any(word.plain.startswith(("rav", "nivo", "stopnj")) for word in sentence.words[level.places[0] : last])
