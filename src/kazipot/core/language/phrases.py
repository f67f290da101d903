"""Finds phrases in a text: a few words in order, each written as a stem, a word or a name.

A phrase is written like `urejevalnik* besedil*|dokument*`: words apart by blanks, choices apart by bars. `stem*` is the
beginning of a word, without regard to capitals and hooks; `=GIS` is written exactly so, with or without an ending after
a hyphen; any other word stands for all its forms (`stem_of`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kazipot.core.language.words import Token, stem_of, without_hooks

LEAST_PREFIX = 2
HIDES = "-"
SHORTEST_WITH_FORMS = 5
"""Shorter words stand only for themselves: their stems would meet too much. So do forms of "biti"."""
TO_BE = stem_of("biti")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase: what may stand there."""

    words: frozenset[str]
    stems: frozenset[str]
    prefixes: tuple[str, ...]
    exact: frozenset[str]

    def holds(self, token: Token) -> bool:
        """Whether the word may stand here."""
        if token.plain in self.words or (self.prefixes and token.plain.startswith(self.prefixes)):
            return True
        if self.exact and (token.text in self.exact or token.text.split("-")[0] in self.exact):
            return True
        return bool(self.stems) and stem_of(token.text) in self.stems


@dataclass(frozen=True, slots=True)
class Phrase:
    """Slots in order, and what the phrase says."""

    slots: tuple[Slot, ...]
    says: str
    gap: int
    """So many other words, light ones not counted, may stand between two of its words; below zero none at all."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: what it says and which words of the text it is made of."""

    says: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to look for, reached by how their first word begins."""

    light: frozenset[str]
    by_letters: Mapping[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))

    def find(self, words: Sequence[Token]) -> list[Match]:
        """Every phrase in the text that is not said more fully by a longer one, in the order of the text."""
        found = {
            Match(phrase.says, places)
            for start, token in enumerate(words)
            for phrase in self.by_letters.get(token.plain[:LEAST_PREFIX], ())
            if phrase.slots[0].holds(token) and (places := self._places(words, phrase, start))
        }
        return sorted(_longest(found), key=lambda match: (match.places, match.says))

    def _places(self, words: Sequence[Token], phrase: Phrase, start: int) -> tuple[int, ...]:
        places = [start]
        for slot in phrase.slots[1:]:
            passed = 0
            for index in range(places[-1] + 1, len(words)):
                if slot.holds(words[index]):
                    places.append(index)
                    break
                passed += phrase.gap < 0 or words[index].plain not in self.light
                if passed > phrase.gap:
                    return ()
            else:
                return ()
        return tuple(places)


def phrases(
    written: Mapping[str, Iterable[str]], *, gap: int, light: Collection[str], tight: Collection[str] = ()
) -> Phrases:
    """The phrases of a lexicon, `{what it says: [phrase, …]}`.

    The words of `tight` ones stand side by side but for light words, those of tight ones that hide without any.
    """
    made = Phrases(frozenset(light))
    for says, lines in written.items():
        for line in lines:
            phrase = Phrase(tuple(_slot(part) for part in str(line).split()), says, _gap(says, gap, tight))
            for beginning in {word[:LEAST_PREFIX] for word in _beginnings(phrase.slots[0])}:
                made.by_letters[beginning].append(phrase)
    return made


def _gap(says: str, gap: int, tight: Collection[str]) -> int:
    return -1 if says == HIDES and HIDES in tight else 0 if says in tight else gap


def _slot(part: str) -> Slot:
    choices = part.split("|")
    plain = {without_hooks(choice) for choice in choices if choice[0] != "=" and not choice.endswith("*")}
    return Slot(
        words=frozenset(plain),
        stems=frozenset(
            stem
            for choice in choices
            if choice[0] != "="
            and not choice.endswith("*")
            and len(choice) >= SHORTEST_WITH_FORMS
            and (stem := stem_of(choice)) != TO_BE
        ),
        prefixes=tuple(without_hooks(choice[:-1]) for choice in choices if choice.endswith("*")),
        exact=frozenset(choice[1:] for choice in choices if choice[0] == "="),
    )


def _beginnings(slot: Slot) -> Iterable[str]:
    return (*slot.words, *slot.stems, *slot.prefixes, *(without_hooks(word) for word in slot.exact))


def _longest(found: Collection[Match]) -> list[Match]:
    """Without those that say less than a longer one: they end in one of its words and begin within its reach.

    What a phrase that hides (`HIDES`) covers is gone, too.
    """
    by_word: dict[int, list[Match]] = defaultdict(list)
    for match in found:
        for place in match.places:
            by_word[place].append(match)
    return [match for match in found if not any(_covers(other, match) for other in by_word[match.places[-1]])]


def _covers(other: Match, match: Match) -> bool:
    if match.says == HIDES or not other.places[0] <= match.places[0] <= other.places[-1]:
        return False
    hidden = other.says == HIDES and set(other.places) >= set(match.places)
    return hidden or len(other.places) > len(match.places)
