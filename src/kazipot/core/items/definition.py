"""A test item in two languages: its kinds, its artefact to look at, its key with a rationale for every option.

An item is data. What a person is shown is made of it without its key (`presented` in `presentation`); what they
answer is scored on the server (`scoring`). Keys of options are letters or words that stay the same in both languages
and in all versions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

type Answer = str | tuple[str, ...] | tuple[tuple[str, str], ...] | dict[str, "Answer"]
"""Single: a key. Multiple, hotspot: keys. Order: keys in order. Match: (left, right) pairs. Scenario: part → answer."""

AREAS = (
    "phishing", "passwords", "devices", "personal_data", "cloud", "ai", "remote", "incidents", "payments", "physical",
)  # fmt: skip
"""The areas of the built-in blueprint of digital security."""


class Kind(StrEnum):
    """How an item is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDER = "order"
    """Options are listed in the right order, and shown in another."""
    MATCH = "match"
    """Each option's text goes with its `match`; options without text are matches that go with nothing."""
    HOTSPOT = "hotspot"
    """Find the regions of the artefact that the question asks for: a region is an option."""
    SCENARIO = "scenario"
    """A story with several parts, each an item of another kind."""


class Form(StrEnum):
    """What an artefact looks like."""

    EMAIL = "email"
    SMS = "sms"
    CHAT = "chat"
    LOGIN = "login"
    PAGE = "page"
    DOCUMENT = "document"
    NOTICE = "notice"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages."""

    sl: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in a language, or in the other one if it has none."""
        return (self.en or self.sl) if language == "en" else (self.sl or self.en)

    def __bool__(self) -> bool:
        return bool(self.sl or self.en)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an artefact: what it is (e.g. `from`, `subject`, `body`, `link`, `button`, `address`, `attachment`,
    `me`, `them`), its text, and the key of the region it forms, if it can be marked. `target`: where a link really
    leads.
    """

    role: str
    text: Text
    region: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A region of a picture, in per cent of its width and height, with words for those who can't see it."""

    region: str
    x: float
    y: float
    width: float
    height: float
    text: Text


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something realistic to look at: lines that a template renders, or a picture with a description and areas."""

    form: Form
    lines: tuple[Line, ...] = ()
    picture: str = ""
    alt: Text = Text()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer with the reason why it is right or wrong. Of a hotspot: `key` is the region's."""

    key: str
    text: Text
    correct: bool = False
    rationale: Text = Text()
    match: Text = Text()


@dataclass(frozen=True, slots=True)
class Source:
    """What the key rests on."""

    title: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `area` is a key of the blueprint; `difficulty` the experts' guess on θ (−3 to 3, 0 for the average
    employee); `enemies` words that keep items apart which give each other away; `explanation` closes the feedback."""

    key: str
    kind: Kind
    stem: Text
    area: str = ""
    options: tuple[Option, ...] = ()
    artefact: Artefact | None = None
    parts: tuple["Item", ...] = ()
    explanation: Text = Text()
    competences: tuple[str, ...] = ()
    difficulty: float = 0.0
    sources: tuple[Source, ...] = ()
    enemies: tuple[str, ...] = field(default=())

    def texts(self) -> Iterator[tuple[str, Text]]:
        """All texts with the path to each, e.g. ("options.a.rationale", …)."""
        yield "stem", self.stem
        if self.explanation:
            yield "explanation", self.explanation
        if self.artefact:
            yield from _of_artefact(self.artefact)
        for option in self.options:
            if option.text:
                yield f"options.{option.key}.text", option.text
            if option.match:
                yield f"options.{option.key}.match", option.match
            if option.rationale:
                yield f"options.{option.key}.rationale", option.rationale
        for part in self.parts:
            yield from ((f"parts.{part.key}.{path}", text) for path, text in part.texts())


def _of_artefact(artefact: Artefact) -> Iterator[tuple[str, Text]]:
    yield from ((f"artefact.lines.{number}", line.text) for number, line in enumerate(artefact.lines, 1))
    if artefact.alt:
        yield "artefact.alt", artefact.alt
    yield from ((f"artefact.areas.{area.region}", area.text) for area in artefact.areas)
