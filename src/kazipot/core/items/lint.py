"""Does an item give its answer away, or ask it unfairly? What can be seen without knowing the subject.

The rules are those of Haladyna, Downing & Rodriguez (2002), "A review of multiple-choice item-writing guidelines":
options of like length and form, no "all of the above", no clues by repeated words or by "always" and "never", no
negative stems without emphasis, the place of the key varied. A finding is advice: a person decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

from kazipot.core.items.definition import Item, Kind, Option
from kazipot.core.items.reading import Fault

LANGUAGES = ("sl", "en")
LONGER, BY_LETTERS = 1.4, 20
"""The key is clearly the longest when it is so much longer than the longest wrong option, and by so many letters."""
STEM_LETTERS, OPTION_LETTERS = 320, 170
ALIKE = 0.6
SURE = 2.58
"""Standard errors above chance: 99.5 per cent of fair banks stay below."""
ALL_OF_THEM = {
    "sl": r"\b(vse|nič|nobena?|noben[oi]) (od )?(zgoraj )?(naštet\w*|naveden\w*|tega|zgornjih|zgornjega|možnosti)\b"
    r"|\bvs[ei] (zgoraj|zgornj)\w*|\b(a|b|c) in (b|c|d)\b",
    "en": r"\b(all|none|both|neither) of (the )?(above|these|them|options|answers)\b|\bboth [a-d] and [a-d]\b",
}
ABSOLUTE = {
    "sl": r"\b(vedno|nikoli|nikdar|izključno|popolnoma|zagotovo|brez izjeme)\b",
    "en": r"\b(always|never|entirely|completely|certainly|without exception)\b",
}
NEGATIVE = {
    "sl": r"^(kater\w*|kaj|česa|kdo|kdaj|kje)\b[^,:;?]*\b(ne|ni|niso|nima|nimajo|nikoli)\b",
    "en": r"^(which|what|who|when|where)\b(?:(?!\b(?:if|when|that|because)\b)[^,:;?])*"
    r"\b(not|isn.t|aren.t|doesn.t|never|except)\b",
}
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?=$|[/:?\s>)\],;.])", re.IGNORECASE)
WORD = re.compile(r"\w+")
LETTERS_OF_A_STEM, LETTERS_OF_A_WORD = 5, 7
ECHOES = 2


def findings_of(item: Item) -> list[Fault]:
    """What one item may give away."""
    parts = [("", item)] if item.kind is not Kind.SCENARIO else [(f"parts.{part.key}.", part) for part in item.parts]
    found = [finding for path, part in parts for finding in _of_part(part, path)]
    return [Fault(item.key, *told) for told in (*found, *_addresses(item))]


def findings_in(items: Sequence[Item]) -> list[Fault]:
    """What each item, and the bank as a whole, may give away."""
    return [*(finding for item in items for finding in findings_of(item)), *_of_bank(items), *_alike(items)]


def _of_part(part: Item, path: str) -> Iterator[tuple[str, ...]]:
    for language in LANGUAGES:
        stem = getattr(part.stem, language)
        at = f"{path}stem.{language}"
        if len(stem) > STEM_LETTERS:
            yield at, "wordy", str(len(stem)), str(STEM_LETTERS)
        for sentence in re.split(r"(?<=[.!?])\s+", stem):
            match = re.search(NEGATIVE[language], sentence, re.IGNORECASE) if sentence.endswith("?") else None
            if match and not match.group(2).isupper():
                yield at, "negative", match.group(2)
        for option in part.options:
            text = getattr(option.text, language)
            where = f"{path}options.{option.key}.text.{language}"
            if len(text) > OPTION_LETTERS:
                yield where, "wordy", str(len(text)), str(OPTION_LETTERS)
            if re.search(ALL_OF_THEM[language], text, re.IGNORECASE):
                yield where, "all_of_them", text
        if part.kind in {Kind.SINGLE, Kind.MULTIPLE}:
            yield from _clues(part, path, language)


def _clues(part: Item, path: str, language: str) -> Iterator[tuple[str, ...]]:
    """What tells right from wrong options without knowing the subject."""
    right = [getattr(option.text, language) for option in part.options if option.correct]
    wrong = [getattr(option.text, language) for option in part.options if not option.correct]
    if not all((*right, *wrong)) or not right or not wrong:
        return
    at = f"{path}options.{language}"
    longest = max(map(len, wrong))
    if min(map(len, right)) > max(LONGER * longest, longest + BY_LETTERS):
        yield at, "longest_is_right", f"{min(map(len, right))} > {longest}"
    if len(wrong) > 1:
        for form in (_begins, _ends):
            own, others = {form(text) for text in right}, {form(text) for text in wrong}
            if len(own) == len(others) == 1 and own != others:
                yield at, "looks_different", right[0]
    absolute = [text for text in wrong if re.search(ABSOLUTE[language], text, re.IGNORECASE)]
    if len(absolute) > 1 and not any(re.search(ABSOLUTE[language], text, re.IGNORECASE) for text in right):
        yield at, "absolute", "; ".join(absolute)
    echoes = _stems(getattr(part.stem, language)) & set.intersection(*map(_stems, right)) - set().union(
        *map(_stems, wrong)
    )
    if len(wrong) > 1 and len(echoes) >= ECHOES:
        yield at, "echo", ", ".join(f"{word}…" for word in sorted(echoes))


def _begins(text: str) -> str:
    return "upper" if text[:1].isupper() else "lower" if text[:1].islower() else "other"


def _ends(text: str) -> str:
    return text[-1] if text[-1] in ".!?:;…" else "word"


def _stems(text: str) -> set[str]:
    """Beginnings of the longer words: in Slovenian the same word has many endings."""
    return {word[:LETTERS_OF_A_STEM] for word in WORD.findall(text.lower()) if len(word) >= LETTERS_OF_A_WORD}


def _addresses(item: Item) -> Iterator[tuple[str, ...]]:
    """Links, senders and address bars that name other hosts in one language than in the other."""
    for path, part in [("", item), *((f"parts.{part.key}.", part) for part in item.parts)]:
        for number, line in enumerate(part.artefact.lines if part.artefact else (), start=1):
            if line.role in {"from", "to", "link", "address"}:
                sl, en = (set(map(str.lower, HOST.findall(text))) for text in (line.text.sl, line.text.en))
                if sl != en:
                    hosts = f"{', '.join(sorted(sl)) or '–'} / {', '.join(sorted(en)) or '–'}"
                    yield f"{path}artefact.lines.{number}", "addresses_differ", hosts, hosts


def _of_bank(items: Sequence[Item]) -> Iterator[Fault]:
    """Over all items with one right option: is it the longest, or in one place, more often than chance allows?"""
    parts = [part for item in items for part in (item.parts or (item,)) if part.kind is Kind.SINGLE]
    parts = [part for part in parts if sum(option.correct for option in part.options) == 1]
    if not parts:
        return
    chances = [1 / len(part.options) for part in parts]
    for language in LANGUAGES:
        times = sum(_is_longest(part.options, language) for part in parts)
        if _too_often(times, chances):
            yield Fault("", f"options.{language}", "right_often_longest", str(times), f"{times}/{len(parts)}")
    for place in range(max(len(part.options) for part in parts)):
        long_enough = [part for part in parts if len(part.options) > place]
        times = sum(part.options[place].correct for part in long_enough)
        if _too_often(times, [1 / len(part.options) for part in long_enough]):
            told = f"{place + 1}: {times}/{len(long_enough)}"
            yield Fault("", "options", "right_often_here", str(place + 1), told)


def _is_longest(options: Iterable[Option], language: str) -> bool:
    lengths = {option.correct: 0 for option in options}
    for option in options:
        lengths[option.correct] = max(lengths[option.correct], len(getattr(option.text, language)))
    return lengths[True] > lengths[False]


def _too_often(times: int, chances: Sequence[float]) -> bool:
    """Whether so many hits are more than chance would give (normal approximation of a sum of coin flips)."""
    return times > sum(chances) + SURE * sqrt(sum(chance * (1 - chance) for chance in chances))


def _alike(items: Sequence[Item]) -> Iterator[Fault]:
    """Pairs of items that say almost the same and may meet in one sitting."""
    shingles = [(item, _shingles(item)) for item in items]
    for number, (item, own) in enumerate(shingles):
        for other, others in shingles[number + 1 :]:
            same = own and others and len(own & others) >= ALIKE * min(len(own), len(others))
            if same and not set(item.enemies) & set(other.enemies):
                yield Fault(other.key, "stem", "alike", item.key, item.key)


def _shingles(item: Item) -> set[tuple[str, ...]]:
    """Threes of words of all that is shown in Slovenian."""
    texts = [text.sl for path, text in item.texts() if not path.endswith(("rationale", "explanation"))]
    words = [word for text in texts for word in WORD.findall(text.lower())]
    return set(zip(words, words[1:], words[2:], strict=False))
