"""Every read of competence frameworks."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kazipot.foundation.periods import covers
from kazipot.framework.choices import Relation
from kazipot.framework.models import Competence, Crosswalk, Framework, Level, Outcome, ProfileTarget, Statement


@dataclass(frozen=True, slots=True)
class CompetenceItem:
    """A competence with its area, named in the reader's language."""

    id: int
    code: str
    area_code: str
    area_name: str
    name: str


@dataclass(frozen=True, slots=True)
class Expressed:
    """A competence of one version said in another: by which relation ("exact" needs no label)."""

    source_id: int
    target_id: int
    relation: str


def frameworks() -> QuerySet[Framework]:
    """Every version of every framework, newest first."""
    return Framework.objects.order_by("code", "-version")


def framework_by_version(code: str, version: str) -> Framework | None:
    """The version of a framework, or None."""
    return Framework.objects.filter(code=code, version=version).first()


def frameworks_beside(framework: Framework) -> QuerySet[Framework]:
    """Other versions of the same framework, newest first."""
    return Framework.objects.filter(code=framework.code).exclude(pk=framework.pk).order_by("-version")


def active_framework(on: date) -> Framework | None:
    """The version that was active on the day, or None; what is archived today may have been active then."""
    lasting = Q(archived_on=None) | Q(archived_on__gt=on)
    return Framework.objects.filter(lasting, active_from__lte=on).order_by("-active_from", "-version").first()


def competences(framework_id: int) -> list[CompetenceItem]:
    """The competences of a version in their order. One query."""
    rows = Competence.objects.filter(framework_id=framework_id).select_related("area").order_by("position")
    return [CompetenceItem(row.pk, row.code, row.area.code, row.area.name, row.name) for row in rows]


def competences_by_id(competence_ids: Collection[int]) -> list[CompetenceItem]:
    """These competences, of whatever versions, in their order. One query."""
    rows = Competence.objects.filter(pk__in=competence_ids).select_related("area").order_by("framework", "position")
    return [CompetenceItem(row.pk, row.code, row.area.code, row.area.name, row.name) for row in rows]


def competence_by_code(framework_id: int, code: str) -> Competence | None:
    """A competence by its code, or None."""
    return Competence.objects.filter(framework_id=framework_id, code=code).select_related("area", "framework").first()


def statements_of(competence_id: int) -> QuerySet[Statement]:
    """What a person knows, can do or is disposed to, in the Commission's order."""
    return Statement.objects.filter(competence_id=competence_id).order_by("pk")


def outcomes_of(competence_id: int) -> QuerySet[Outcome]:
    """What a person can do, from the lowest level up."""
    return Outcome.objects.filter(competence_id=competence_id).order_by("base_level", "pk")


def levels(framework_id: int) -> QuerySet[Level]:
    """Levels of every scale."""
    return Level.objects.filter(framework_id=framework_id)


def crosswalk(source_id: int, target_id: int) -> QuerySet[Crosswalk]:
    """How competences of one version stand to those of another, in the order of the source."""
    rows = Crosswalk.objects.filter(source__framework_id=source_id, target_framework_id=target_id)
    return rows.select_related("source", "target").order_by("source__position", "target__position")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A competence of one version and what corresponds to it in another (None: nothing)."""

    source: Competence
    target: Competence | None
    relation: Relation


def counterparts(source_id: int, target_id: int) -> list[Counterpart]:
    """How every competence of one version is said in another, read from the crosswalk in either direction.

    Three queries. What has no counterpart is listed with none.
    """
    sources = {row.pk: row for row in Competence.objects.filter(framework_id=source_id).order_by("position")}
    targets = {row.pk: row for row in Competence.objects.filter(framework_id=target_id)}
    found = [row for row in _expressed(target_id) if row.source_id in sources]
    found.sort(key=lambda row: targets[row.target_id].position)
    rows: list[Counterpart] = []
    for pk, source in sources.items():
        mine = [
            Counterpart(source, targets[row.target_id], Relation(row.relation)) for row in found if row.source_id == pk
        ]
        rows.extend(mine or [Counterpart(source, None, Relation.NONE)])
    return rows


def expressions(framework_id: int) -> dict[int, frozenset[int]]:
    """How any competence is said in a version: {competence id: ids in this version}. Two queries.

    Its own competences stand for themselves; those of other versions for what the crosswalk says, read in
    either direction; who has no counterpart is left out.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for pk in Competence.objects.filter(framework_id=framework_id).values_list("pk", flat=True):
        found[pk].add(pk)
    for row in _expressed(framework_id):
        found[row.source_id].add(row.target_id)
    return {pk: frozenset(ids) for pk, ids in found.items()}


def re_express(competence_ids: Iterable[int], framework_id: int) -> dict[int, list[Expressed]]:
    """For results of another version: each competence as said in this one, with the relation for its label."""
    wanted = set(competence_ids)
    found: dict[int, list[Expressed]] = {pk: [] for pk in wanted}
    for row in _expressed(framework_id):
        if row.source_id in wanted:
            found[row.source_id].append(row)
    return found


type Targets = dict[int, tuple[int, int]]
"""{competence id: (lowest level, highest level)} that a kind of work needs; levels are 0 to 4."""


def profile_targets(framework_id: int, *, on: date) -> dict[int | None, Targets]:
    """What every job profile's work needs on the day: {profile id (None: everybody's work): targets}. One query.

    A profile without an entry says nothing: everybody's targets hold for it.
    """
    found: dict[int | None, Targets] = defaultdict(dict)
    rows = ProfileTarget.objects.filter(covers(on), competence__framework_id=framework_id)
    for profile_id, competence_id, lowest, highest in rows.order_by("competence__position").values_list(
        "profile_id", "competence_id", "from_level", "to_level"
    ):
        found[profile_id][competence_id] = (lowest, highest)
    return dict(found)


def _expressed(framework_id: int) -> list[Expressed]:
    turned = {Relation.BROADER: Relation.NARROWER, Relation.NARROWER: Relation.BROADER}
    rows = Crosswalk.objects.filter(
        Q(target_framework_id=framework_id) | Q(source__framework_id=framework_id), target__isnull=False
    ).values_list("source_id", "target_id", "relation", "target_framework_id")
    return [
        Expressed(source, target, relation)
        if into == framework_id
        else Expressed(target, source, turned.get(Relation(relation), relation))
        for source, target, relation, into in rows
        if target is not None
    ]
