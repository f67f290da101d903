"""Anonymous answers: sealed one by one while the campaign is open, opened all at once and shuffled when it closes.

Who took part and what was answered share nothing but the campaign: no key, no order, no moment
(docs/decisions/anonymous-answers.md). No function leads back.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kazipot.core.survey.anonymity import groups
from kazipot.core.survey.questionnaire import Value
from kazipot.foundation import sealing
from kazipot.needs.models import AnonymousAnswers, Campaign, Invitation, SealedAnswers
from kazipot.organisation import queries as organisation

PURPOSE = "needs.campaign"
BATCH = 500


def new_sealing_key() -> str:
    """A campaign's key, sealed by the installation's secret."""
    return sealing.wrap(sealing.new_key(), PURPOSE)


def put_sealed(invitation: Invitation, answers: Mapping[str, Value]) -> None:
    """Keep a person's answers so that nobody can read them before the campaign closes."""
    campaign = invitation.campaign
    told = {"unit": invitation.unit_id, "answers": dict(answers)}
    content = sealing.seal(told, sealing.unwrap(campaign.sealing_key, PURPOSE))
    SealedAnswers.objects.create(campaign=campaign, content=content)


def open_all(campaign: Campaign) -> tuple[int, int]:
    """Open what was sealed, put it in groups large enough, and destroy the key; returns how many were kept and dropped.

    Fewer than five answers in all can't be anonymous: they are dropped.
    """
    key = sealing.unwrap(campaign.sealing_key, PURPOSE)
    boxes: list[dict[str, Any]] = [
        sealing.unseal(bytes(content), key)
        for content in SealedAnswers.objects.filter(campaign=campaign).values_list("content", flat=True).iterator()
    ]
    by_unit: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for box in boxes:
        by_unit[box["unit"]].append(box["answers"])
    kinds = {unit.id: unit.kind for unit in organisation.units_on(campaign.opens_on)}
    counts = {unit_id: len(answers) for unit_id, answers in by_unit.items()}
    placed = groups(counts, {unit_id: kinds.get(unit_id, "") for unit_id in counts})
    rows = [
        AnonymousAnswers(campaign=campaign, unit_id=group.unit_id, kind=group.kind, answers=answers)
        for unit_id, group in placed.items()
        for answers in by_unit[unit_id]
    ]
    secrets.SystemRandom().shuffle(rows)
    AnonymousAnswers.objects.bulk_create(sorted(rows, key=lambda row: row.pk), batch_size=BATCH)
    SealedAnswers.objects.filter(campaign=campaign).delete()
    campaign.sealing_key = ""
    campaign.save(update_fields=["sealing_key"])
    return len(rows), len(boxes) - len(rows)
