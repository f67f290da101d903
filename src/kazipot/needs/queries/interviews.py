"""Reads of interviews: passages with what was heard in them, and how well the coders agree."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from kazipot.core.language.sentences import sentences
from kazipot.core.survey.reliability import cohens_kappa, krippendorffs_alpha
from kazipot.needs.choices import PassageKind
from kazipot.needs.models import Coding, Interview, Passage, PlannedInterview

FEWEST_DECISIONS = 10
"""So many decisions at least are needed before agreement on a single competence says anything."""


def interviews() -> QuerySet[Interview]:
    """Every interview, latest first, with the number of its passages (`length`) and of those agreed on (`agreed`)."""
    rows = Interview.objects.select_related("unit__employer", "framework", "guide", "consent_text", "plan").annotate(
        length=Count("passages", distinct=True),
        agreed=Count(
            "passages", filter=Q(passages__codings__isnull=False, passages__codings__coder=None), distinct=True
        ),
    )
    return rows.order_by("-held_on", "-pk")


def interview_by_id(interview_id: int) -> Interview | None:
    """The interview, or None."""
    return interviews().filter(pk=interview_id).first()


def planned_interviews() -> QuerySet[PlannedInterview]:
    """Talks that are to be held, the next one first; those held or cancelled are left out."""
    return _plans().filter(cancelled_at=None, interview=None).order_by("starts_at", "pk")


def cancelled_interviews(year: int) -> QuerySet[PlannedInterview]:
    """Talks of a year that were cancelled, the latest first."""
    return _plans().filter(cancelled_at__isnull=False, starts_at__year=year).order_by("-starts_at", "-pk")


def plan_by_id(plan_id: int) -> PlannedInterview | None:
    """A planned interview, held or not, or None. `interview` is reached by `interview_of_plan`."""
    return _plans().filter(pk=plan_id).first()


def interview_of_plan(plan_id: int) -> int | None:
    """The id of the interview that was recorded for a plan, or None."""
    return Interview.objects.filter(plan_id=plan_id).values_list("pk", flat=True).first()


def _plans() -> QuerySet[PlannedInterview]:
    return PlannedInterview.objects.select_related("unit__employer", "guide", "consent_text")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Interviews in a unit in a year: how many, how many people came, and how many of those planned are still due."""

    unit_id: int
    employer_code: str
    unit_code: str
    held: int
    people: int
    invited: int
    """To those interviews that were planned and not cancelled."""
    planned: int


def interview_coverage(year: int) -> list[Coverage]:
    """Units in which interviews were held or are planned in a year, by employer and unit. Two queries."""
    place = ("unit_id", "unit__employer__code", "unit__code")
    held = Interview.objects.filter(held_on__year=year).values(*place).order_by()
    counts = {row["unit_id"]: row for row in held.annotate(n=Count("pk"), came=Sum("people"))}
    due = PlannedInterview.objects.filter(cancelled_at=None).filter(
        Q(interview__held_on__year=year) | Q(interview=None, starts_at__year=year)
    )
    plans = {
        row["unit_id"]: row
        for row in due.values(*place)
        .order_by()
        .annotate(asked=Sum("invited"), waiting=Count("pk", filter=Q(interview=None)))
    }
    found = []
    for unit_id in counts.keys() | plans.keys():
        row = counts.get(unit_id) or plans[unit_id]
        found.append(
            Coverage(
                unit_id,
                row["unit__employer__code"],
                row["unit__code"],
                held=counts[unit_id]["n"] if unit_id in counts else 0,
                people=counts[unit_id]["came"] if unit_id in counts else 0,
                invited=plans[unit_id]["asked"] if unit_id in plans else 0,
                planned=plans[unit_id]["waiting"] if unit_id in plans else 0,
            )
        )
    return sorted(found, key=lambda row: (row.employer_code, row.unit_code))


def passages_of(interview_id: int) -> QuerySet[Passage]:
    """Its passages in order."""
    return Passage.objects.filter(interview_id=interview_id).order_by("position")


def passages_to_mark(interview_id: int) -> QuerySet[Passage]:
    """Its passages in order, each with whether anybody has coded it (`is_coded`)."""
    return passages_of(interview_id).annotate(is_coded=Exists(Coding.objects.filter(passage=OuterRef("pk"))))


def is_joined(interview: Interview, passage: Passage) -> bool:
    """Whether the passage is longer than a sentence."""
    return len(sentences(interview.text[passage.start : passage.end])) > 1


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
class CompetenceReliability:
    """How well coders agree on whether one competence was heard."""

    competence_id: int
    decisions: int
    """Passages that at least two coders coded, each a decision on this competence."""
    kappa: float | None
    alpha: float | None


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
    by_competence: tuple[CompetenceReliability, ...] = ()
    """For each competence that anybody heard, when there are at least FEWEST_DECISIONS decisions on it."""


def reliability(interview_id: int) -> Reliability:
    """Agreement over decisions: for each passage and each competence that anybody heard, was it heard or not.

    Three queries.
    """
    ids = list(passages_of(interview_id).values_list("pk", flat=True))
    by_passage = {pk: [said for said in rows if said.coder_id is not None] for pk, rows in said_of(ids).items()}
    heard = sorted({one for rows in by_passage.values() for said in rows for one in said.competence_ids})
    compared = [pk for pk in ids if len(by_passage[pk]) > 1]
    coders = sorted({said.coder_id for rows in by_passage.values() for said in rows if said.coder_id is not None})
    decisions = {
        competence_id: [
            {said.coder_id: competence_id in said.competence_ids for said in by_passage[pk]} for pk in compared
        ]
        for competence_id in heard
    }
    kappa, alpha = _agreement(coders, [row for rows in decisions.values() for row in rows])
    differing = tuple(pk for pk in compared if len({said.competence_ids for said in by_passage[pk]}) > 1)
    single = tuple(
        CompetenceReliability(competence_id, len(rows), *_agreement(coders, rows))
        for competence_id, rows in decisions.items()
        if len(rows) >= FEWEST_DECISIONS
    )
    return Reliability(len(coders), len(compared), kappa, alpha, differing, single)


def _agreement(
    coders: Sequence[int], decisions: Sequence[Mapping[int | None, bool]]
) -> tuple[float | None, float | None]:
    """Cohen's κ, if there are two coders, and Krippendorff's α over decisions: each {coder id: heard or not}."""
    kappa = None
    if len(coders) == 2:
        first, second = coders
        kappa = cohens_kappa([(row[first], row[second]) for row in decisions])
    return kappa, krippendorffs_alpha([list(row.values()) for row in decisions])


def heard_by_competence(year: int) -> dict[int, dict[str, int]]:
    """Passages agreed on in interviews of a year: {competence id: {kind: number}}. One query."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PassageKind.values, 0))
    rows = Coding.objects.filter(coder=None, passage__interview__held_on__year=year, competences__isnull=False)
    for competence_id, kind, number in rows.values_list("competences__competence_id", "kind").annotate(n=Count("pk")):
        found[competence_id][kind] = number
    return dict(found)
