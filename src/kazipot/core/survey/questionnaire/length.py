"""How long a questionnaire takes to answer on a phone: an estimate from words to read and items to answer.

    T = φ · (60 · words / r + Σ choosing + pages · p) + Σ typing                                            (seconds)

Where each figure comes from:

- r = 238 words a minute: silent reading of English non-fiction by adults (Brysbaert 2019, "How many words do we read
  per minute?", Journal of Memory and Language 109, 104047). Other languages differ by how many words they need for the
  same message (ibid.), so the English wording is counted, whichever language is read.
- φ = 1.4: how much longer people take on a smartphone than on a computer (Antoun & Cernat 2019, "Factors affecting
  completion times", Social Science Computer Review, doi 10.1177/0894439318823703).
- Typing a text takes 30 s on a smartphone ("half a minute or more"), a number 27 s, and several choices take "about
  twice as long" as one (First Line Research 2018, "Two fingers are better than one"; a firm's own data of health
  professionals, not reviewed).
- Our assumptions, for which we have no source: choosing one answer once it has been read takes 5 s, a tick 2 s, going
  on to the next page 2 s; a day is typed like a number; a competence's name has 6 words.

That time grows with the words and the number of answers, and differs by kind of item, is well founded (Yan & Tourangeau
2008, Applied Cognitive Psychology 22, 51–68; Couper & Kreuter 2013, Journal of the Royal Statistical Society A 176,
271–286); the figures above are not theirs.

Every choice is counted as read and every item as answered, also those that may be left out, so that the estimate lies
rather high; people may read no further than the choice that fits. Only what comes again word for word in the page asked
per competence is taken as read once and then recognised, which is our assumption too.
"""

from collections.abc import Collection, Iterable

from kazipot.core.survey.questionnaire.definition import Item, Kind, Page, Questionnaire

WORDS_PER_MINUTE = 238.0
ON_PHONE = 1.4
NAME_WORDS = 6
PAGE_SECONDS = 2.0
ONE_SECONDS = 5.0
CHOOSING = {Kind.ONE: ONE_SECONDS, Kind.MANY: 2 * ONE_SECONDS, Kind.TICK: 2.0}
"""Seconds on a computer for choosing an answer that has been read."""
TYPING = {Kind.TEXT: 30.0, Kind.LONG_TEXT: 30.0, Kind.INTEGER: 27.0, Kind.DECIMAL: 27.0, Kind.DATE: 27.0}
"""Seconds on a phone for typing an answer."""


def seconds(questionnaire: Questionnaire, competences: int, *, unasked: Collection[str] = ()) -> float:
    """Estimated seconds from the first question to the last, on a phone, for a person asked about so many competences.

    Wording that differs by competence counts with its mean length over the competences that may be asked about.
    `unasked` are keys of items that the person isn't asked because they depend on another answer. Raises ValueError for
    a negative number.
    """
    if competences < 0:
        raise ValueError(competences)
    return sum(
        _page(questionnaire, page, competences if page.per_competence else 1, unasked) for page in questionnaire.pages
    )


def most_competences(questionnaire: Questionnaire, within: float, *, unasked: Collection[str] = ()) -> int:
    """How many competences a person can be asked and be done within so many seconds; 0 when none fits.

    Raises ValueError when the questionnaire asks nothing per competence, so that every number fits.
    """
    if not questionnaire.competence_pages():
        raise ValueError("nothing is asked per competence")
    number = 0
    while seconds(questionnaire, number + 1, unasked=unasked) <= within:
        number += 1
    return number


def _page(questionnaire: Questionnaire, page: Page, times: int, unasked: Collection[str]) -> float:
    items = [item for item in page.items if item.key not in unasked]
    if not times or not items:
        return 0.0
    once, again = float(_words(page.label.en)), float(NAME_WORDS * page.per_competence)
    for item in items:
        same, differing = _item_words(questionnaire, item)
        once, again = once + same, again + differing
    reading = 60 * (once + times * again) / WORDS_PER_MINUTE
    choosing = sum(CHOOSING.get(item.kind, 0.0) for item in items)
    typing = sum(TYPING.get(item.kind, 0.0) for item in items)
    return ON_PHONE * (reading + times * (choosing + PAGE_SECONDS)) + times * typing


def _item_words(questionnaire: Questionnaire, item: Item) -> tuple[float, float]:
    """Words that stay the same for every competence, and the mean number of those that are a competence's own."""
    same = float(_words(item.label.en) + _words(item.hint.en))
    own: dict[str, list[int]] = {}
    for choice in questionnaire.choice_lists.get(item.choices, ()):
        if choice.competence:
            own.setdefault(choice.value, []).append(_words(choice.label.en))
    general = (choice for choice in questionnaire.choice_lists.get(item.choices, ()) if not choice.competence)
    same += sum(_words(choice.label.en) for choice in general if choice.value not in own)
    return same, sum(_mean(words) for words in own.values())


def _mean(numbers: Iterable[int]) -> float:
    told = tuple(numbers)
    return sum(told) / len(told)


def _words(text: str) -> int:
    return len(text.split())
