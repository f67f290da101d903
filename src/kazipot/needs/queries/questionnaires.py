"""Questionnaires and their versions, and the one that ships with the product."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import Questionnaire as Definition
from kazipot.core.survey.questionnaire import Text, from_data, seconds
from kazipot.needs.models import QuestionnaireVersion


@cache
def shipped_definition() -> Definition:
    """The yearly questionnaire as it ships."""
    text = files("kazipot.needs").joinpath("data/yearly-questionnaire.yaml").read_text(encoding="utf-8")
    return from_data(yaml.safe_load(text))


def definition_of(version: QuestionnaireVersion) -> Definition:
    """What a version asks."""
    return from_data(version.content)


def version_by_id(version_id: int) -> QuestionnaireVersion | None:
    """A version with its questionnaire, or None."""
    return QuestionnaireVersion.objects.filter(pk=version_id).select_related("questionnaire", "made_by").first()


def questionnaire_versions() -> QuerySet[QuestionnaireVersion]:
    """Every version of every questionnaire, by key, the newest first."""
    rows = QuestionnaireVersion.objects.select_related("questionnaire", "made_by")
    return rows.order_by("questionnaire__key", "-number")


def latest_of(key: str) -> QuestionnaireVersion | None:
    """The newest approved version of a questionnaire, or None."""
    return questionnaire_versions().filter(questionnaire__key=key, approved_at__isnull=False).first()


def versions_to_ask() -> list[tuple[int, str]]:
    """Newest approved version of each questionnaire and older ones, as choices: (id, title and number)."""
    rows = questionnaire_versions().filter(approved_at__isnull=False)
    return [(row.pk, title_of(row)) for row in rows]


LONG = 8 * 60.0
"""Seconds after which people begin to stop in the middle."""


def _duration(definition: Definition, competences: int) -> float:
    """Seconds to fill it in; questions that depend on another answer aren't counted."""
    for_some = {item.key for _page, item in definition.items() if item.relevant}
    return seconds(definition, competences, unasked=for_some)


def minutes_of(definition: Definition, competences: int) -> int:
    """About how long it takes for so many competences, in minutes."""
    return max(1, round(_duration(definition, competences) / 60))


@dataclass(frozen=True, slots=True)
class Length:
    """How long a questionnaire takes somebody who is asked about its base."""

    minutes: int
    competences: int
    is_long: bool
    """Longer than eight minutes."""


def length_of(definition: Definition) -> Length:
    """The time that it takes somebody asked about its base."""
    competences = len(definition.base or definition.competences) or 21
    return Length(minutes_of(definition, competences), competences, _duration(definition, competences) > LONG)


def title_of(version: QuestionnaireVersion) -> str:
    """Its title in the reader's language, and its number."""
    title = Text(**version.content["title"]).in_language(get_language() or "sl")
    return _("%(title)s, version %(number)d") % {"title": title, "number": version.number}
