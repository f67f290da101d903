"""Which level a sentence demands of each skill in it.

A word of level stands for the skills after it in its segment, and goes on into the segments that say more of the same
("dobro znanje Worda in Excela"); with something new it ends ("…, poznavanje predpisov"). Standing behind a skill
("Excel – napredno", "Word (osnovno)", "Excel na dobri ravni") it speaks of that one, and of bare names before it.
"""

from collections.abc import Mapping, Sequence

from kazipot.core.language.lexicon import Level
from kazipot.core.language.phrases import HIDES, Match
from kazipot.core.language.scope import Sentence
from kazipot.core.language.segments import Joint

BEHIND = (Joint.DASH, Joint.BRACKET, Joint.COLON)


def levels_of(
    sentence: Sentence, skills: Sequence[Match], levels: Sequence[Match], abilities: frozenset[int]
) -> Mapping[Match, tuple[Level | None, int | None]]:
    """For each skill its level, and the word that says so."""
    found: dict[Match, tuple[Level | None, int | None]] = {}
    kept = [level for level in levels if level.says != HIDES]
    carried: tuple[Level, int] | None = None
    bare: list[Match] = []
    for index, segment in enumerate(sentence.segments):
        here = [skill for skill in skills if skill.places[0] in sentence.of(index)]
        said = [(level, Level(level.says)) for level in kept if level.places[0] in sentence.of(index)]
        anew = sentence.begins_anew(index) and not segment.bracketed
        if anew:
            carried = None
        if anew or any(place in abilities for place in sentence.of(index)):
            bare = []
        for skill in here:
            found[skill] = _nearest(skill, said) or carried or (None, None)
        speaks = bool(here) or any(place in abilities for place in sentence.of(index))
        alone = bool(said) and not here and not any(place in abilities for place in sentence.of(index))
        if alone and (segment.joint in BEHIND or _is_of_a_level(sentence, said[0][0])):
            for skill in bare:
                if found[skill][0] is None or not _names_own(found[skill][1], skill):
                    found[skill] = (said[0][1], said[0][0].places[0])
            bare = []
        elif said and speaks:
            carried = (said[-1][1], said[-1][0].places[0])
        if carried and here and said and said[-1][0].places[0] > here[-1].places[-1] and not segment.bracketed:
            for skill in bare:
                if found[skill][0] is None:
                    found[skill] = carried
            carried, bare = None, []
        bare = [*bare, *here]
    return found


def _nearest(skill: Match, said: Sequence[tuple[Match, Level]]) -> tuple[Level, int] | None:
    """The last word of level before the end of the skill, or else the first after it."""
    before = [(level, match.places[0]) for match, level in said if match.places[0] < skill.places[-1]]
    after = [(level, match.places[0]) for match, level in said if match.places[0] >= skill.places[-1]]
    return before[-1] if before else after[0] if after else None


def _names_own(place: int | None, skill: Match) -> bool:
    return place is not None and abs(place - skill.places[0]) <= len(skill.places) + 2


def _is_of_a_level(sentence: Sentence, level: Match) -> bool:
    last = min(len(sentence.words), level.places[-1] + 3)
    return any(word.plain.startswith(("rav", "nivo", "stopnj")) for word in sentence.words[level.places[0] : last])
