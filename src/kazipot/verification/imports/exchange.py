"""Questions of other systems as drafts: GIFT, Moodle XML, QTI."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import ascii_lowercase

from django.utils.translation import gettext as _

from kazipot.core.items.definition import Item, Option, Source
from kazipot.core.items.interchange import FORMATS, Reason, format_of
from kazipot.core.items.interchange import Fault as Untaken
from kazipot.core.items.reading import KEY, LONGEST_KEY
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.verification.errors import exchange_problem

MOST_BYTES = 20 * 1024 * 1024
USUAL_COMPETENCE = "4.2"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a file holds: items fit to be drafts, and in words the questions that can't be taken."""

    format: str
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]

    def refuse_if_partial(self) -> None:
        """Raises InputRefused if a question can't be taken."""
        if self.problems:
            raise InputRefused(_("Some questions cannot be taken. They are listed below."), list(self.problems))


def read_exchange(name: str, content: bytes, *, area: str = "", language: str = "sl", format_: str = "") -> Exchanged:
    """The questions of a file. `area` and `language` are those of questions that don't tell theirs; the format is
    recognised unless it is given. What the bank asks for and no format knows is filled in: the competence, and the file
    as the source, until somebody reviews it."""
    known = format_ or format_of(content)
    if len(content) > MOST_BYTES:
        return Exchanged(known, (), (exchange_problem(Untaken(0, "", Reason.TOO_LARGE), name),))
    taken = FORMATS[known].read(content, language)
    problems = [exchange_problem(fault, name) for fault in taken.faults]
    if not taken.items and not problems:
        problems.append(exchange_problem(Untaken(0, "", Reason.NO_QUESTION), name))
    items = [
        _for_the_bank(item, Source(f"{name}, {_('line')} {line}"), area)
        for item, line in zip(taken.items, taken.lines, strict=True)
    ]
    return Exchanged(known, tuple(items), tuple(problems))


def _for_the_bank(item: Item, source: Source, area: str) -> Item:
    return replace(
        item,
        key=_key(item.key, "question"),
        area=item.area or area,
        competences=item.competences or (USUAL_COMPETENCE,),
        sources=item.sources or (source,),
        options=_options(item.options),
        parts=tuple(replace(part, options=_options(part.options)) for part in item.parts),
    )


def _options(options: Iterable[Option]) -> tuple[Option, ...]:
    """Options whose keys the bank takes: their own in lower case or, if one doesn't do, letters."""
    own = tuple(options)
    if all(KEY.fullmatch(option.key) for option in own):
        return own
    return tuple(replace(option, key=letter) for option, letter in zip(own, ascii_lowercase, strict=False))


def _key(key: str, otherwise: str) -> str:
    plain = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in key.lower()).split())
    return key if KEY.fullmatch(key) else plain[:LONGEST_KEY].rstrip("-") or otherwise
