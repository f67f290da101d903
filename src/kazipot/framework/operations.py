"""Every write of competence frameworks."""

from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework.choices import Relation, Status
from kazipot.framework.errors import NotADraft, NotOfThisFramework, TargetsAreLater, TooEarly
from kazipot.framework.models import Area, Competence, Crosswalk, Framework, Level, Outcome, ProfileTarget, Statement
from kazipot.framework.workbook import Workbook
from kazipot.organisation.models import JobProfile

HIGHEST = 4
SIX = ("A1", "A2", "B1", "B2", "C1", "C2")


@transaction.atomic
def install_shipped_frameworks(*, at: datetime, actor: User | None = None) -> list[Framework]:
    """Write the frameworks that the product ships, where they are missing; returns those that were written."""
    data = yaml.safe_load(files("kazipot.framework").joinpath("data/digcomp.yaml").read_text(encoding="utf-8"))
    written = [
        _install(entry, data["levels"])
        for entry in data["frameworks"]
        if not Framework.objects.filter(code=entry["code"], version=entry["version"]).exists()
    ]
    if len(written) == len(data["frameworks"]):
        _install_crosswalk(written[0], written[1], data["crosswalk"])
    for framework in written:
        audit.record("framework.install", framework, actor=actor, at=at, version=framework.version)
    return written


def _install(entry: dict[str, Any], levels: list[dict[str, Any]]) -> Framework:
    framework = Framework.objects.create(
        code=entry["code"],
        version=entry["version"],
        name_sl=entry["sl"],
        name_en=entry["en"],
        status=Status.ACTIVE if entry["active_from"] else Status.DRAFT,
        active_from=entry["active_from"],
        attribution=entry["attribution"],
        licence=entry["licence"],
    )
    areas = {
        row["code"]: Area.objects.create(
            framework=framework, code=row["code"], position=position, name_sl=row["sl"], name_en=row["en"]
        )
        for position, row in enumerate(entry["areas"], start=1)
    }
    Competence.objects.bulk_create(
        Competence(
            framework=framework, area=areas[row["code"].split(".")[0]], code=row["code"], position=position,
            name_sl=row["sl"], name_en=row["en"],
        )
        for position, row in enumerate(entry["competences"], start=1)
    )  # fmt: skip
    Level.objects.bulk_create(level for row in levels for level in _levels(framework, row))
    return framework


def _levels(framework: Framework, row: dict[str, Any]) -> list[Level]:
    """A step of the scale of four with the steps of the scales of eight and six that it takes in."""
    base = row["number"]
    steps = [(4, base, row["sl"], row["en"])]
    steps += [(8, number, str(number), str(number)) for number in row["eight"]]
    steps += [(6, SIX.index(name) + 1, name, name) for name in row["six"]]
    return [
        Level(framework=framework, scale=scale, number=number, base_level=base, name_sl=sl, name_en=en)
        for scale, number, sl, en in steps
    ]


def _install_crosswalk(old: Framework, new: Framework, relations: dict[str, dict[str, str]]) -> None:
    sources = {row.code: row for row in Competence.objects.filter(framework=old)}
    targets = {row.code: row for row in Competence.objects.filter(framework=new)}
    Crosswalk.objects.bulk_create(
        Crosswalk(source=sources[source], target_framework=new, target=targets[target], relation=Relation(relation))
        for relation, pairs in relations.items()
        for source, target in pairs.items()
    )


@transaction.atomic
def activate(*, framework_id: int, on: date, at: datetime, actor: User | None) -> Framework:
    """A draft becomes active on a day, and the version that was active until then is archived.

    Everything expressed in the old version stays as it is. Raises NotADraft, TooEarly.
    """
    framework = lock(Framework.objects.filter(pk=framework_id)).get()
    if framework.status != Status.DRAFT:
        raise NotADraft
    present = lock(Framework.objects.filter(code=framework.code, status=Status.ACTIVE)).first()
    if present is not None:
        if present.active_from is not None and on <= present.active_from:
            raise TooEarly
        Framework.objects.filter(pk=present.pk).update(status=Status.ARCHIVED, archived_on=on)
    framework.status, framework.active_from = Status.ACTIVE, on
    framework.save(update_fields=["status", "active_from"])
    audit.record("framework.activate", framework, actor=actor, at=at, version=framework.version, on=on.isoformat())
    return framework


@transaction.atomic
def fill_from_workbook(*, framework_id: int, book: Workbook, at: datetime, actor: User | None) -> dict[str, int]:
    """Bring the Commission's statements, outcomes and descriptors to the competences of a version.

    Adds what a version doesn't have yet and changes nothing that it has: texts of results stay as they were.
    Returns how many statements and outcomes were added; the same workbook twice adds nothing.
    """
    framework = lock(Framework.objects.filter(pk=framework_id)).get()
    by_code = {row.code: row for row in Competence.objects.filter(framework=framework)}
    described = [row for row in by_code.values() if not row.descriptor_en and book.descriptors.get(row.code)]
    for competence in described:
        competence.descriptor_en = book.descriptors[competence.code]
    Competence.objects.bulk_update(described, ["descriptor_en"])
    there = set(Statement.objects.filter(competence__framework=framework).values_list("code", flat=True))
    statements = Statement.objects.bulk_create(
        (
            Statement(competence=by_code[row.competence], code=row.code, kind=row.kind, text_en=row.text)
            for row in book.statements
            if row.code not in there
        ),
        batch_size=500,
    )
    there = set(Outcome.objects.filter(competence__framework=framework).values_list("code", flat=True))
    outcomes = Outcome.objects.bulk_create(
        (
            Outcome(competence=by_code[row.competence], code=row.code, base_level=row.level, text_en=row.text)
            for row in book.outcomes
            if row.code not in there
        ),
        batch_size=500,
    )
    added = {"statements": len(statements), "outcomes": len(outcomes), "descriptors": len(described)}
    if any(added.values()):
        audit.record("framework.import", framework, actor=actor, at=at, added=added)
    return added


@transaction.atomic
def set_profile_targets(
    *,
    profile_id: int | None,
    framework_id: int,
    targets: Mapping[int, tuple[int, int]],
    on: date,
    at: datetime,
    actor: User | None,
) -> None:
    """What a profile's work (None: everybody's) needs from a day on: {competence id: (lowest, highest level)}.

    What held before ends on that day and stays in the records. Raises NotOfThisFramework, TargetsAreLater.
    """
    framework = lock(Framework.objects.filter(pk=framework_id)).get()
    known = set(Competence.objects.filter(framework=framework).values_list("pk", flat=True))
    if not known.issuperset(targets) or any(not 0 <= low <= high <= HIGHEST for low, high in targets.values()):
        raise NotOfThisFramework
    rows = ProfileTarget.objects.filter(profile_id=profile_id, competence__framework=framework)
    if rows.filter(valid_from__gt=on).exists():
        raise TargetsAreLater
    rows.filter(valid_from=on).delete()
    rows.filter(valid_to=None).update(valid_to=on)
    ProfileTarget.objects.bulk_create(
        ProfileTarget(profile_id=profile_id, competence_id=pk, from_level=low, to_level=high, valid_from=on)
        for pk, (low, high) in targets.items()
    )
    profile = JobProfile.objects.get(pk=profile_id) if profile_id is not None else None
    audit.record(
        "framework.set_profile_targets", profile or framework, actor=actor, at=at,
        framework=f"{framework.code} {framework.version}", competences=len(targets), valid_from=on.isoformat(),
    )  # fmt: skip
