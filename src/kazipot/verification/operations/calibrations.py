"""Parameters that a calibration found are taken over; earlier ones stay, because sittings were scored with them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.models import User
from kazipot.verification.choices import ItemModel, ItemState, ParameterOrigin
from kazipot.verification.errors import ReasonMissing
from kazipot.verification.models import ItemBank, ItemParameters, ItemVersion
from kazipot.verification.operations.items import note

TAKES = (ItemState.PILOT, ItemState.CALIBRATED, ItemState.LIVE, ItemState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class ParametersGiven:
    """What a calibration found of a version. `errors`: standard errors of a, b and c; `answers`: how many it had."""

    key: str
    number: int
    model: str
    a: float
    b: tuple[float, ...]
    c: float
    answers: int
    errors: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def take_parameters(
    *, given: Collection[ParametersGiven], calibrated_on: date, reason: str, at: datetime, actor: User | None
) -> int:
    """Take over parameters, valid from now on; what was on trial becomes calibrated. All or none. Returns how many.

    Raises ReasonMissing, and InputRefused naming each item that isn't there, isn't on trial or in use, or whose number
    of steps doesn't fit.
    """
    if not reason.strip():
        raise ReasonMissing
    rows = lock(ItemVersion.objects.filter(item__key__in=[row.key for row in given], state__in=TAKES))
    versions = {(row.item.key, row.number): row for row in rows.select_related("item")}
    problems = [problem for row in given for problem in _faults(row, versions)]
    if problems:
        raise InputRefused(_("The parameters were not taken over."), problems)
    for row in given:
        version = versions[row.key, row.number]
        ItemParameters.objects.create(
            version=version, model=row.model, a=row.a, b=list(row.b), c=row.c, errors=row.errors,
            origin=ParameterOrigin.CALIBRATION, calibrated_on=calibrated_on, sample_size=row.answers, valid_from=at,
            made_by=actor, reason=reason,
        )  # fmt: skip
        if version.state == ItemState.PILOT:
            version.state = ItemState.CALIBRATED
            version.save(update_fields=["state"])
            note(version, ItemState.PILOT, reason=reason, at=at, actor=actor, verb="verification.item_calibrated")
        else:
            audit.record("verification.take_parameters", version, actor=actor, at=at, item=row.key, version=row.number)
    return len(given)


@transaction.atomic
def note_answers_taken(*, tests: int, stories: bool, at: datetime, actor: User | None) -> None:
    """That somebody has taken the answers of tests, without names, stands in the trail."""
    bank = ItemBank.objects.order_by("pk")[0]
    audit.record("verification.take_answers", bank, actor=actor, at=at, tests=tests, stories=stories)


def _faults(row: ParametersGiven, versions: dict[tuple[str, int], ItemVersion]) -> list[Problem]:
    version = versions.get((row.key, row.number))
    name = f"{row.key}@{row.number}"
    if version is None:
        text = _("No version of this name is on trial or in use.")
        return [Problem(None, name, "", text, _("Take the item out, or correct its name and version."))]
    steps = len(version.content.get("parts", ())) or 1
    if len(row.b) != steps or row.model not in ItemModel.values:
        told = _("The item gives %(points)s points, which this model does not fit.") % {"points": steps}
        return [Problem(None, name, row.model, told, _("Calibrate stories by GPCM and all else by rasch, 2pl or 3pl."))]
    if row.a <= 0:
        text = _("The discrimination is not above zero: who knows more would answer worse.")
        return [Problem(None, name, f"{row.a:g}", text, _("Check the key of the item or take it out of the bank."))]
    if row.answers < 1:
        text = _("It does not say how many answers there were.")
        return [Problem(None, name, "", text, _("Use the file that “verification calibrate” has written."))]
    return []
