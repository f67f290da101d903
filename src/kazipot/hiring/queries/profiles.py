"""Families of posts at an employer: their posts, what they demand, in which versions, and what should be proposed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kazipot.framework import queries as framework
from kazipot.hiring.choices import Basis, ProfileStatus
from kazipot.hiring.models import FamilyDemand, FamilyProfile
from kazipot.hiring.queries.proposals import ALIKE, Levels, Told, alike, from_analysis, from_similar, from_work
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import JobProfile, Post


@dataclass(frozen=True, slots=True)
class Family:
    """A family of posts at an employer: how many posts it has, the version that holds and the draft that waits."""

    name: str
    posts: int
    holds: FamilyProfile | None
    draft: FamilyProfile | None


def families(employer_id: int, *, on: date) -> list[Family]:
    """The families of an employer's posts and those that have versions, by name. Two queries."""
    rows = Post.objects.filter(employer_id=employer_id).exclude(profile=None).exclude(profile__family="")
    posts = Counter(rows.values_list("profile__family", flat=True))
    versions: dict[str, list[FamilyProfile]] = defaultdict(list)
    for version in versions_of(employer_id):
        versions[version.family].append(version)
    return [
        Family(
            name,
            posts[name],
            _holding(versions[name], on),
            next((row for row in versions[name] if row.status == ProfileStatus.DRAFT), None),
        )
        for name in sorted({*posts, *versions})
    ]


def _holding(versions: Iterable[FamilyProfile], on: date) -> FamilyProfile | None:
    held = [row for row in versions if row.valid_from is not None and row.valid_from <= on]
    return max(held, key=lambda row: (row.valid_from, row.number), default=None)


def versions_of(employer_id: int, family: str | None = None) -> QuerySet[FamilyProfile]:
    """Every version of an employer's demands, or of one family, the latest first."""
    rows = FamilyProfile.objects.filter(employer_id=employer_id).select_related("author", "approved_by", "employer")
    return (rows.filter(family=family) if family is not None else rows).order_by("family", "-number")


def family_version(version_id: int) -> FamilyProfile | None:
    """A version, or None."""
    return FamilyProfile.objects.select_related("employer", "author", "approved_by").filter(pk=version_id).first()


def holding(employer_id: int, family: str, *, on: date) -> FamilyProfile | None:
    """The approved version that holds on the day, or None."""
    rows = FamilyProfile.objects.filter(employer_id=employer_id, family=family, valid_from__lte=on)
    return rows.order_by("-valid_from", "-number").first()


def demands_of_family(version_id: int) -> list[FamilyDemand]:
    """What a version demands, in the framework's order, with the names of what asked for it."""
    rows = FamilyDemand.objects.filter(profile_id=version_id).select_related("competence__framework")
    found = list(rows.order_by("competence__position"))
    for row in found:
        row.reasons = [(Basis(name).label, level) for name, level in row.because]  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A competence that two versions demand differently; a level of None: not demanded."""

    code: str
    name: str
    before: int | None
    after: int | None


def differences(before: Iterable[FamilyDemand], after: Iterable[FamilyDemand]) -> list[Difference]:
    """What changed from one version to the next."""
    old, new = ({row.competence_id: row for row in rows} for rows in (before, after))
    shown = {**old, **new}
    found = []
    for pk, row in sorted(shown.items(), key=lambda pair: pair[1].competence.position):
        was, now = old.get(pk), new.get(pk)
        if was is None or now is None or (was.level, was.required) != (now.level, now.required):
            levels = (was.level if was else None, now.level if now else None)
            found.append(Difference(row.competence.code, row.competence.name, *levels))
    return found


def demanded_levels(employer_id: int, profile_id: int | None, *, on: date) -> Levels | None:
    """What the approved version of a profile's family requires on the day, in the words of the active framework.

    None when no version holds. Four queries.
    """
    family = JobProfile.objects.filter(pk=profile_id or 0).values_list("family", flat=True).first()
    version = holding(employer_id, family, on=on) if family else None
    active = framework.active_framework(on)
    if version is None or active is None:
        return None
    rows = FamilyDemand.objects.filter(profile=version, required=True).values_list("competence_id", "level")
    return _expressed(dict(rows), framework.expressions(active.pk))


class Demanded:
    """What is demanded of every post on a day: as `profile_levels`, for many people at once. Six queries."""

    def __init__(self, on: date) -> None:
        active = framework.active_framework(on)
        self._targets = framework.profile_targets(active.pk, on=on) if active else {}
        said_as = framework.expressions(active.pk) if active else {}
        self._family_of = dict(JobProfile.objects.values_list("pk", "family"))
        held: dict[tuple[int, str], int] = {}
        rows = FamilyProfile.objects.filter(valid_from__lte=on).order_by("valid_from", "number")
        for pk, employer_id, family in rows.values_list("pk", "employer_id", "family"):
            held[employer_id, family] = pk
        levels: dict[int, dict[int, int]] = defaultdict(dict)
        demands = FamilyDemand.objects.filter(profile_id__in=held.values(), required=True)
        for version_id, competence_id, level in demands.values_list("profile_id", "competence_id", "level"):
            levels[version_id][competence_id] = level
        self._approved = {place: _expressed(levels[pk], said_as) for place, pk in held.items()}

    def of(self, employer_id: int, profile_id: int | None) -> Levels:
        """What is demanded of a post with the profile at the employer."""
        family = self._family_of.get(profile_id or 0, "")
        approved = self._approved.get((employer_id, family)) if family else None
        if approved is not None:
            return approved
        targets = self._targets.get(profile_id) or self._targets.get(None) or {}
        return {pk: low for pk, (low, _high) in targets.items() if low > 0}


def _expressed(levels: Levels, said_as: dict[int, frozenset[int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk, level in levels.items():
        for target in said_as.get(pk, ()):
            found[target] = max(level, found.get(target, 0))
    return found


def known_of(
    employer_id: int, family: str, told: Collection[Told], *, on: date
) -> tuple[dict[str, Levels], list[dict[str, Any]]]:
    """The sources of a proposal for a family, and which similar families are among them.

    Similar is the same family at other employers; where it has no demands anywhere, the employer's families whose
    work needs much the same.
    """
    active = framework.active_framework(on)
    if active is None:
        return {}, []
    work = {name: from_work(rows) for name, rows in _needed(employer_id, active.pk, on=on).items()}
    versions = _similar(employer_id, family, work, on=on)
    said_as = framework.expressions(active.pk)
    approved = [
        _expressed({row.competence_id: row.level for row in demands_of_family(version.pk)}, said_as)
        for version in versions
    ]
    sources = {
        Basis.WORK.value: work.get(family, {}),
        Basis.ANALYSIS.value: from_analysis(told),
        Basis.SIMILAR.value: from_similar(approved) if approved else {},
    }
    named = [{"employer": row.employer.code, "family": row.family, "version": row.number} for row in versions]
    return {name: levels for name, levels in sources.items() if levels}, named


def _needed(employer_id: int, framework_id: int, *, on: date) -> dict[str, list[tuple[Levels, int]]]:
    """For each family: what its profiles' work needs at least, and how many posts each has (a post at least)."""
    targets = framework.profile_targets(framework_id, on=on)
    posts = Counter(Post.objects.filter(employer_id=employer_id).values_list("profile_id", flat=True))
    found: dict[str, list[tuple[Levels, int]]] = defaultdict(list)
    profiles = [row for row in organisation.job_profiles() if row.family]
    held = {row.family for row in profiles if posts[row.pk]}
    for row in profiles:
        weight = posts[row.pk] if row.family in held else 1
        levels = {pk: low for pk, (low, _high) in (targets.get(row.pk) or targets.get(None) or {}).items() if low > 0}
        found[row.family].append((levels, weight))
    return found


def _similar(employer_id: int, family: str, work: dict[str, dict[int, int]], *, on: date) -> list[FamilyProfile]:
    rows = FamilyProfile.objects.filter(status=ProfileStatus.APPROVED, valid_from__lte=on).select_related("employer")
    held: dict[tuple[int, str], FamilyProfile] = {}
    for row in rows.order_by("valid_from", "number"):
        held[row.employer_id, row.family] = row
    same = [row for (pk, name), row in held.items() if name == family and pk != employer_id]
    if same:
        return same
    mine = work.get(family, {})
    return [
        row
        for (pk, name), row in held.items()
        if pk == employer_id and name != family and alike(mine, work.get(name, {})) >= ALIKE
    ]
