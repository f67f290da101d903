"""What a person said of their own competences, for that person alone."""

from typing import NamedTuple

from kazipot.needs.models import Answer, Response


class OwnLevel(NamedTuple):
    """A competence by its id, with the level that the person has and the one that they need (0 to 4)."""

    competence_id: int
    own: int
    needed: int


def own_levels(person_id: int) -> list[OwnLevel]:
    """The person's latest answers; nothing of anonymous ones leads here. Two queries."""
    rows = Response.objects.filter(invitation__person_id=person_id).order_by("-submitted_at", "-id")
    latest = rows.values_list("pk", flat=True).first()
    if latest is None:
        return []
    answers = Answer.objects.filter(response_id=latest).order_by("competence__position")
    return [OwnLevel(*row) for row in answers.values_list("competence_id", "own_level", "needed_level")]
