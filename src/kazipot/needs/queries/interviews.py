"""Reads of interviews: passages with what was heard in them, and how well the coders agree."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kazipot.core.survey.reliability import cohens_kappa, krippendorffs_alpha
from kazipot.needs.choices import PassageKind
from kazipot.needs.models import Coding, Interview, Passage


def interviews() -> QuerySet[Interview]:
    """Every interview, latest first, with the number of its passages (`length`) and of those agreed on (`agreed`)."""
    rows = Interview.objects.select_related("unit__employer", "framework").annotate(
        length=Count("passages", distinct=True),
        agreed=Count(
            "passages", filter=Q(passages__codings__isnull=False, passages__codings__coder=None), distinct=True
        ),
    )
    return rows.order_by("-held_on", "-pk")


def interview_by_id(interview_id: int) -> Interview | None:
    """The interview, or None."""
    return interviews().filter(pk=interview_id).first()


def passages_of(interview_id: int) -> QuerySet[Passage]:
    """Its passages in order."""
    return Passage.objects.filter(interview_id=interview_id).order_by("position")


@dataclass(frozen=True, slots=True)
class Said:
    """What one coder (None: all together) heard in a passage."""

    coder_id: int | None
    coder: str
    competence_ids: frozenset[int]
    kind: str


def said_of(passage_ids: Sequence[int]) -> dict[int, list[Said]]:
    """What was heard in passages: {passage id: by each coder}. Two queries."""
    found: dict[int, list[Said]] = {pk: [] for pk in passage_ids}
    rows = Coding.objects.filter(passage_id__in=passage_ids).select_related("coder").prefetch_related("competences")
    for row in rows.order_by("pk"):
        ids = frozenset(heard.competence_id for heard in row.competences.all())
        found[row.passage_id].append(Said(row.coder_id, row.coder.username if row.coder else "", ids, row.kind))
    return found


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well coders agree on the passages of an interview. κ needs exactly two coders; None: nothing to compare."""

    coders: int
    compared: int
    """Passages that at least two coders coded."""
    kappa: float | None
    alpha: float | None
    differing: tuple[int, ...]
    """Ids of passages in which coders heard different competences, in order."""


def reliability(interview_id: int) -> Reliability:
    """Agreement over decisions: for each passage and each competence that anybody heard, was it heard or not.

    Three queries.
    """
    ids = list(passages_of(interview_id).values_list("pk", flat=True))
    by_passage = {pk: [said for said in rows if said.coder_id is not None] for pk, rows in said_of(ids).items()}
    heard = sorted({one for rows in by_passage.values() for said in rows for one in said.competence_ids})
    compared = [pk for pk in ids if len(by_passage[pk]) > 1]
    coders = sorted({said.coder_id for rows in by_passage.values() for said in rows if said.coder_id is not None})
    decisions = [
        {said.coder_id: competence_id in said.competence_ids for said in by_passage[pk]}
        for pk in compared
        for competence_id in heard
    ]
    kappa = None
    if len(coders) == 2:
        first, second = coders
        kappa = cohens_kappa([(row[first], row[second]) for row in decisions])
    alpha = krippendorffs_alpha([list(row.values()) for row in decisions])
    differing = tuple(pk for pk in compared if len({said.competence_ids for said in by_passage[pk]}) > 1)
    return Reliability(len(coders), len(compared), kappa, alpha, differing)


def heard_by_competence(year: int) -> dict[int, dict[str, int]]:
    """Passages agreed on in interviews of a year: {competence id: {kind: number}}. One query."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PassageKind.values, 0))
    rows = Coding.objects.filter(coder=None, passage__interview__held_on__year=year, competences__isnull=False)
    for competence_id, kind, number in rows.values_list("competences__competence_id", "kind").annotate(n=Count("pk")):
        found[competence_id][kind] = number
    return dict(found)
