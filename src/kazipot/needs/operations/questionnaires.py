"""Questionnaires come in as drafts, are approved, and never change afterwards."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kazipot.core.survey.questionnaire import Questionnaire as Definition
from kazipot.core.survey.questionnaire import faults_of, from_data, numbered, reworded, to_data
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs import queries
from kazipot.needs.errors import NotADraftVersion, NothingChanged, QuestionnaireFaulty
from kazipot.needs.models import Questionnaire, QuestionnaireVersion


@transaction.atomic
def draft_questionnaire(
    *, definition: Definition, note: str, same_meaning: Collection[str] = (), at: datetime, actor: User | None
) -> QuestionnaireVersion:
    """A new version as a draft; a draft that is there already is replaced.

    Items keep their version while their wording stays; `same_meaning` names those that were only corrected. Raises
    QuestionnaireFaulty, NothingChanged.
    """
    if faults_of(definition):
        raise QuestionnaireFaulty
    questionnaire, _made = Questionnaire.objects.get_or_create(key=definition.key)
    versions = list(lock(QuestionnaireVersion.objects.filter(questionnaire=questionnaire)).order_by("-number"))
    approved = [from_data(row.content) for row in versions if row.approved_at]
    content = to_data(numbered(definition, approved, same_meaning=same_meaning))
    if approved and content == to_data(approved[0]):
        raise NothingChanged
    for row in versions:
        if row.approved_at is None:
            row.delete()
    changed = [key for key in reworded(definition, approved[0]) if key not in same_meaning] if approved else []
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=len(approved) + 1,
        content=content,
        reworded=changed,
        note=note,
        made_at=at,
        made_by=actor,
    )
    audit.record(
        "needs.draft_questionnaire", version, actor=actor, at=at, key=definition.key, number=version.number,
        reworded=changed,
    )  # fmt: skip
    return version


@transaction.atomic
def approve_questionnaire(*, version_id: int, at: datetime, actor: User | None) -> QuestionnaireVersion:
    """From now on campaigns may ask it, and nobody changes it. Raises NotADraftVersion."""
    version = lock(QuestionnaireVersion.objects.filter(pk=version_id)).select_related("questionnaire").get()
    if version.approved_at is not None:
        raise NotADraftVersion
    version.approved_at = at
    version.save(update_fields=["approved_at"])
    audit.record(
        "needs.approve_questionnaire", version, actor=actor, at=at, key=version.questionnaire.key, number=version.number
    )
    return version


@transaction.atomic
def install_shipped_questionnaire(*, at: datetime) -> QuestionnaireVersion:
    """The yearly questionnaire as it ships, approved: made when it isn't there yet or ships in other words now.

    A version of the city's own stays the newest unless the product's one changed.
    """
    shipped = queries.shipped_definition()
    rows = QuestionnaireVersion.objects.filter(questionnaire__key=shipped.key, approved_at__isnull=False)
    for row in rows.select_related("questionnaire").order_by("-number"):
        if _plain(from_data(row.content)) == _plain(shipped):
            return row
    version = draft_questionnaire(definition=shipped, note="", at=at, actor=None)
    return approve_questionnaire(version_id=version.pk, at=at, actor=None)


def _plain(definition: Definition) -> dict[str, object]:
    """Its content without the versions of items."""
    content = to_data(definition)
    for page in content["pages"]:
        for item in page["items"]:
            item.pop("version", None)
    return content
