"""How important a competence is for the city: set with a reason, kept with its author, never overwritten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.framework.models import Competence
from kazipot.needs.models import Importance


@transaction.atomic
def set_importance(
    *, competence_id: int, percent: int | None, reason: str, at: datetime, actor: User | None
) -> Importance:
    """From now on analyses weigh the competence so (0 to 100 %); None: as posts ask for it again.

    What was published keeps its own weights.
    """
    competence = Competence.objects.get(pk=competence_id)
    made = Importance.objects.create(
        competence=competence,
        percent=percent,
        reason=reason.strip(),
        set_at=at,
        set_on=timezone.localtime(at).date(),
        set_by=actor,
    )
    audit.record(
        "needs.set_importance", made, actor=actor, at=at, competence=competence.code, percent=percent,
        reason=made.reason,
    )  # fmt: skip
    return made
