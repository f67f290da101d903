"""Guides for interviews and the text of the consent, with those that ship with the product."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language

from kazipot.needs.models import ConsentText, InterviewGuide


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of a guide in both languages; `prompt_*` says what to ask on about and may be empty."""

    key: str
    text_sl: str
    text_en: str
    prompt_sl: str = ""
    prompt_en: str = ""

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        return self.text_en if get_language() == "en" else self.text_sl

    @property
    def prompt(self) -> str:
        """The prompt in the reader's language."""
        return self.prompt_en if get_language() == "en" else self.prompt_sl

    def as_data(self) -> dict[str, Any]:
        """As a guide's record keeps it."""
        return {
            "key": self.key,
            "text": {"sl": self.text_sl, "en": self.text_en},
            "prompt": {"sl": self.prompt_sl, "en": self.prompt_en},
        }


def _question(data: dict[str, Any]) -> GuideQuestion:
    text, prompt = data["text"], data["prompt"]
    return GuideQuestion(data["key"], text["sl"], text["en"], prompt["sl"], prompt["en"])


@cache
def _shipped(name: str) -> dict[str, Any]:
    found = yaml.safe_load(files("kazipot.needs").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8"))
    return dict(found)


def shipped_questions() -> list[GuideQuestion]:
    """The questions of the guide that ships with the product."""
    return [_question(data) for data in _shipped("interview-guide")["questions"]]


def shipped_consent() -> dict[str, str]:
    """The consent text that ships with the product, by language."""
    return dict(_shipped("interview-consent")["text"])


def questions_of(guide: InterviewGuide) -> list[GuideQuestion]:
    """What a version asks, in order."""
    return [_question(data) for data in guide.questions]


def guides_of(year: int) -> list[InterviewGuide]:
    """Every version of a year's guide, the newest first."""
    return list(InterviewGuide.objects.filter(year=year).select_related("made_by").order_by("-version"))


def guide_by_id(guide_id: int) -> InterviewGuide | None:
    """A version of a guide, or None."""
    return InterviewGuide.objects.filter(pk=guide_id).first()


def guide_in_use(year: int) -> InterviewGuide | None:
    """The newest approved version of the year; None while the year has none of its own."""
    return InterviewGuide.objects.filter(year=year, approved_at__isnull=False).order_by("-version").first()


def approved_guides() -> list[InterviewGuide]:
    """Every approved version, the newest first."""
    return list(InterviewGuide.objects.filter(approved_at__isnull=False).order_by("-year", "-version"))


def questions_to_begin_with(year: int) -> list[GuideQuestion]:
    """What the year's guide starts from: the newest approved one of earlier years, or the one that ships."""
    earlier = InterviewGuide.objects.filter(year__lt=year, approved_at__isnull=False).order_by("-year", "-version")
    found = earlier.first()
    return questions_of(found) if found else shipped_questions()


def consent_in_use() -> ConsentText | None:
    """The newest version of the consent text; None when nobody was interviewed yet."""
    return ConsentText.objects.order_by("-version").first()


def consent_words(version: int | None = None) -> tuple[int, dict[str, str]] | None:
    """The consent text in use, or a version of it: (version, {language: text}); None when there is no such version.

    Before anybody was interviewed, the text that ships is version 1.
    """
    rows = ConsentText.objects.order_by("-version")
    found = (rows if version is None else rows.filter(version=version)).first()
    if found is not None:
        return found.version, dict(found.text)
    return (1, shipped_consent()) if version in {None, 1} else None
