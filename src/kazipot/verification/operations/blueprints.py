"""The blueprint: which part of a test each area gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.verification.errors import ReasonMissing, SharesWrong
from kazipot.verification.models import Blueprint, BlueprintArea


@dataclass(frozen=True, slots=True)
class AreaGiven:
    """An area with its share in per cent."""

    key: str
    title_sl: str
    title_en: str
    percent: int


@transaction.atomic
def write_blueprint(*, areas: Sequence[AreaGiven], reason: str, at: datetime, actor: User | None) -> Blueprint:
    """A new version of the blueprint, in force from now on. Raises SharesWrong, ReasonMissing."""
    total = sum(area.percent for area in areas)
    if total != 100:
        raise SharesWrong(total)
    if not reason.strip() and actor is not None:
        raise ReasonMissing
    newest = Blueprint.objects.order_by("-number").values_list("number", flat=True).first() or 0
    blueprint = Blueprint.objects.create(number=newest + 1, made_at=at, made_by=actor, reason=reason)
    BlueprintArea.objects.bulk_create(
        BlueprintArea(
            blueprint=blueprint, position=position, key=area.key, title_sl=area.title_sl, title_en=area.title_en,
            percent=area.percent,
        )
        for position, area in enumerate(areas, start=1)
    )  # fmt: skip
    audit.record("verification.write_blueprint", blueprint, actor=actor, at=at, number=blueprint.number)
    return blueprint
