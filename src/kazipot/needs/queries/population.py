"""Whom a campaign asks: its target population as of a day, the strata of a sample, and the competences asked about."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kazipot.core.survey.questionnaire import Questionnaire as Definition
from kazipot.framework import queries as frameworks
from kazipot.framework.models import Competence, Framework
from kazipot.needs.choices import Privacy, Stratum
from kazipot.needs.models import Campaign, Invitation
from kazipot.needs.queries.questionnaire import asked_ids
from kazipot.organisation import queries as organisation
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Person

NO_STRATUM = "–"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a campaign is for; nothing chosen in a line means no limit by it."""

    employer_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    profile_ids: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the population, with the job and the kind of work that they are counted under."""

    person_id: int
    job: organisation.MainJob
    work: organisation.Work
    kind: str


def target_of(campaign: Campaign, *, on: date) -> Target:
    """Whom the campaign is for; a chosen unit takes in the units below it. Three queries and one for each unit."""
    unit_ids: set[int] = set()
    for unit_id in campaign.units.values_list("pk", flat=True):
        unit_ids |= organisation.unit_ids_below(unit_id, on=on)
    return Target(
        frozenset(campaign.employers.values_list("pk", flat=True)),
        frozenset(unit_ids),
        frozenset(campaign.profiles.values_list("pk", flat=True)),
        frozenset(campaign.kinds),
    )


def members(target: Target, *, on: date) -> list[Member]:
    """Everyone employed on the day whom the target takes in, once, under their main employment, by person id.

    Two queries.
    """
    kinds = {unit.id: unit.kind for unit in organisation.units_on(on)}
    found = [
        Member(person_id, job, work, kinds.get(job.unit_id, ""))
        for person_id, (job, work) in organisation.main_work(on).items()
    ]
    return sorted((member for member in found if _takes_in(target, member)), key=lambda member: member.person_id)


def _takes_in(target: Target, member: Member) -> bool:
    return (
        (not target.employer_ids or member.job.employer_id in target.employer_ids)
        and (not target.unit_ids or member.job.unit_id in target.unit_ids)
        and (not target.profile_ids or member.work.profile_id in target.profile_ids)
        and (not target.kinds or member.kind in target.kinds)
    )


def not_asked_yet(year: int, found: Collection[Member]) -> list[Member]:
    """Without those asked in another campaign of the year. One query."""
    already = set(Invitation.objects.filter(campaign__year=year).values_list("person_id", flat=True))
    return [member for member in found if member.person_id not in already]


PART = 10_000
"""Databases take so many ids in one query."""


def people_of(person_ids: Collection[int]) -> list[Person]:
    """The people with these ids. A query for each ten thousand."""
    ids = sorted(person_ids)
    parts = (ids[start : start + PART] for start in range(0, len(ids), PART))
    return [person for part in parts for person in Person.objects.filter(pk__in=part).order_by("pk")]


def strata(by: str, found: Collection[Member], *, on: date) -> dict[int, str]:
    """The stratum of each person of the population: {person id: name}."""
    if by == Stratum.FAMILY:
        return {member.person_id: member.work.family or NO_STRATUM for member in found}
    if by == Stratum.KIND:
        return {member.person_id: member.kind or NO_STRATUM for member in found}
    names = {
        unit.id: unit.employer_code if by == Stratum.EMPLOYER else f"{unit.employer_code}/{unit.code}"
        for unit in organisation.units_on(on)
    }
    return {member.person_id: names.get(member.job.unit_id, NO_STRATUM) for member in found}


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening a draft today would do: how many people, by kind of unit."""

    people: int
    by_kind: tuple[tuple[str, int], ...]


def preview(campaign: Campaign, *, on: date) -> Preview:
    """Whom a draft would ask, or draw from, if it were opened on the day."""
    counted_on = campaign.population_on or on
    found = not_asked_yet(campaign.year, members(target_of(campaign, on=counted_on), on=counted_on))
    by_kind = Counter(member.kind for member in found)
    return Preview(len(found), tuple(sorted(by_kind.items(), key=lambda row: (-row[1], row[0]))))


def kind_name(kind: str) -> str:
    """The name of a kind of unit in the reader's language."""
    return str(UnitKind(kind).label) if kind in UnitKind.values else "–"


def scope_in_words(campaign: Campaign) -> list[str]:
    """Whom a campaign is for: names of employers, kinds, profiles and units; empty when nothing limits it.

    Three queries.
    """
    units = campaign.units.select_related("employer").order_by("employer__code", "code")
    return [
        *(employer.name for employer in campaign.employers.order_by("code")),
        *(kind_name(kind) for kind in campaign.kinds),
        *(profile.name for profile in campaign.profiles.order_by("code")),
        *(f"{unit.employer.code}/{unit.code}" for unit in units),
    ]


def asked_by_profile(definition: Definition, framework: Framework, *, privacy: str, on: date) -> dict[str, list[int]]:
    """Which competences people are asked about: {job profile's id, or "" for everybody else: competence ids}.

    A profile's own targets decide, then those of everybody's work, then the questionnaire's base, then all. In an
    anonymous campaign all are asked the same: what somebody is asked would tell their job. Two queries.
    """
    codes = dict(Competence.objects.filter(framework=framework).order_by("position").values_list("code", "pk"))
    known = definition.framework in {"", framework.code}
    wide = not known or not definition.competences
    allowed = [pk for code, pk in codes.items() if wide or code in definition.competences] or list(codes.values())
    base = [pk for code, pk in codes.items() if code in definition.base] if known else []
    targets = frameworks.profile_targets(framework.pk, on=on)

    def of(profile_id: int | None) -> list[int]:
        wanted: Mapping[int, object] = targets.get(profile_id, {})
        return [pk for pk in allowed if pk in wanted]

    general = of(None) or [pk for pk in allowed if pk in base] or allowed
    if privacy == Privacy.ANONYMOUS:
        return {"": general}
    return {"": general, **{str(pk): of(pk) or general for pk in targets if pk is not None}}


def asked_in_campaign(campaign_id: int) -> dict[int, list[frameworks.CompetenceItem]]:
    """What everyone invited is asked about: {invitation id: competences in order}. Three queries."""
    campaign = Campaign.objects.get(pk=campaign_id)
    items = frameworks.competences(campaign.framework_id)
    by_profile: dict[int | None, list[frameworks.CompetenceItem]] = {}
    found = {}
    for pk, profile_id in Invitation.objects.filter(campaign=campaign).order_by().values_list("pk", "profile_id"):
        if profile_id not in by_profile:
            ids = asked_ids(campaign, profile_id)
            by_profile[profile_id] = [item for item in items if ids is None or item.id in ids]
        found[pk] = by_profile[profile_id]
    return found
