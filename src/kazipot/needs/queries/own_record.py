"""Everything a person said in surveys, for that person alone, as plain data that they can take away."""

from collections import defaultdict
from typing import Any

from kazipot.needs.models import Answer, Invitation, ItemAnswer, Response, StatedNeed


def own_record(person_id: int) -> list[dict[str, Any]]:
    """Each survey that the person was asked in, with what they answered and which needs follow. Five queries; of an
    anonymous survey there is only that they took part."""
    asked = Invitation.objects.filter(person_id=person_id).select_related("campaign").order_by("invited_at", "pk")
    responses = {row.invitation_id: row for row in Response.objects.filter(invitation__person_id=person_id)}
    of_person = {"response__invitation__person_id": person_id}
    levels, others, needs = (defaultdict[int, list[dict[str, Any]]](list) for _ in range(3))
    for row in Answer.objects.filter(**of_person).select_related("competence").order_by("competence__position", "pk"):
        levels[row.response_id].append(
            {
                "code": row.competence.code, "competence": row.competence.name, "own_level": row.own_level,
                "needed_level": row.needed_level, "wants_training": row.wants_training,
            }
        )  # fmt: skip
    for item in ItemAnswer.objects.filter(**of_person).select_related("competence").order_by("pk"):
        code = item.competence.code if item.competence else None
        others[item.response_id].append({"question": item.key, "competence": code, "answer": item.value})
    for need in StatedNeed.objects.filter(**of_person).select_related("competence").order_by("pk"):
        needs[need.response_id].append(
            {"code": need.competence.code, "from_level": need.from_level, "to_level": need.to_level}
        )
    return [_told(row, responses.get(row.pk), levels, others, needs) for row in asked]


def _told(invitation: Invitation, response: Response | None, levels: Any, others: Any, needs: Any) -> dict[str, Any]:
    return {
        "survey": invitation.campaign.title,
        "year": invitation.campaign.year,
        "invited_at": invitation.invited_at.isoformat(),
        "took_part": response is not None or invitation.took_part,
        "answered_at": response.submitted_at.isoformat() if response else None,
        "levels": levels[response.pk] if response else [],
        "other_answers": others[response.pk] if response else [],
        "needs": needs[response.pk] if response else [],
    }
