"""What a cell of a tool's file says.

1KA writes negative numbers for answers that are not there: -1 no answer, -2 not asked, -3 broken off, -4 added later,
-5 empty questionnaire, and -97 to -99 for "don't know" and refusals (1KA manual, "Kaj pomenijo negativne vrednosti v
podatkih"). LimeSurvey writes "N/A" or nothing, Microsoft Forms nothing, and several choices as "this;that;".
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from kazipot.core.survey.collected.mapping import LIMESURVEY, ONE_KA
from kazipot.core.survey.questionnaire import Choice, NotReadable

NOT_ANSWERED = re.compile(r"-([1-9]|9\d)")
YES = {"da", "yes", "y", "quoted", "izbrano", "true", "1", "x"}
NO = {"ne", "no", "n", "not quoted", "ni izbrano", "false", "0", "2"}
"""As the tools write ticks and yes/no questions: 1KA 1 and 0 (or 2), LimeSurvey Y and N or 1 and 2."""
DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{2,4})\.?(?:[ ,]+(?:ob )?(.*))?")
STROKES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})(?:[ ,]+(.*))?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm)?", re.IGNORECASE)
NOON = (12, 0, 0)
NEVER = datetime(1980, 1, 1)  # noqa: DTZ001 (a mark, not a moment)
"""LimeSurvey's submit date when the survey keeps no dates."""


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Letters and digits alone, small: by these, texts are compared."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def is_missing(kind: str, text: str) -> bool:
    """Whether the tool says that there is no answer."""
    if not text:
        return True
    if kind == ONE_KA:
        return NOT_ANSWERED.fullmatch(text) is not None
    return kind == LIMESURVEY and text == "N/A"


def ticked(text: str, labels: Iterable[str] = ()) -> bool:
    """Whether a box was ticked; its own label also says yes. Raises NotReadable."""
    small = text.strip().rstrip(";").casefold()
    if small in YES or plain(small) in {plain(label) for label in labels}:
        return True
    if small in NO:
        return False
    raise NotReadable("tick")


def parts_of(text: str) -> list[str]:
    """The choices of a cell that holds several, as Microsoft Forms writes them."""
    return [part for piece in text.split(";") if (part := " ".join(piece.split()))]


def understood_by_label(text: str, choices: Iterable[Choice]) -> str | None:
    """The value of the choice whose wording, in either language, is the text; None when there is none."""
    wanted = plain(text)
    found = {
        choice.value
        for choice in choices
        for label in (choice.label.sl, choice.label.en)
        if label and plain(label) == wanted
    }
    return found.pop() if len(found) == 1 else None


def translated(text: str, choices: Iterable[Choice], told: Mapping[str, str]) -> str:
    """The choice's value: as a person said, by its wording, or by itself. Raises NotReadable."""
    if text in told:
        return told[text]
    offered = list(choices)
    value = understood_by_label(text, offered)
    if value is not None:
        return value
    if any(choice.value == text for choice in offered):
        return text
    raise NotReadable("choice")


def moment_of(text: str, *, month_first: bool) -> datetime | None:
    """The moment on the tool's clock, without a zone unless the text has one; a day alone means its noon.

    None for LimeSurvey's mark that there is no date. Raises NotReadable.
    """
    try:
        found = _moment(" ".join(text.split()), month_first)
    except ValueError as error:
        raise NotReadable("moment") from error
    return None if found == NEVER else found


def _moment(text: str, month_first: bool) -> datetime:
    if match := DOTTED.fullmatch(text):
        return _at(match[3], match[2], match[1], match[4])
    if match := STROKES.fullmatch(text):
        month, day = (match[1], match[2]) if month_first else (match[2], match[1])
        return _at(match[3], month, day, match[4])
    found = datetime.fromisoformat(text)
    return found.replace(hour=NOON[0]) if len(text) <= len("2026-03-05") else found


def _at(year: str, month: str, day: str, clock: str | None) -> datetime:
    hour, minute, second = _clock(clock) if clock else NOON
    full = int(year) + 2000 if len(year) == 2 else int(year)
    return datetime(full, int(month), int(day), hour, minute, second)  # noqa: DTZ001 (the tool's clock)


def _clock(text: str) -> tuple[int, int, int]:
    match = CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if match[4].casefold() == "pm" else 0)
    return hour, int(match[2]), int(match[3] or 0)
