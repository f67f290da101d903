"""What a head does for people of their unit who have neither e-mail nor a phone."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation.models import User
from kazipot.training.errors.running import ReachedOtherwise
from kazipot.training.models import SeatOffer
from kazipot.training.operations.answers import answer_offer


@transaction.atomic
def answer_at_desk(*, offer_id: int, accept: bool, because: str = "", at: datetime, actor: User | None) -> SeatOffer:
    """The answer that a person gave at the head's desk. Raises ReachedOtherwise, and what answering raises."""
    person = SeatOffer.objects.select_related("person").get(pk=offer_id).person
    if person.email or person.phone or person.user_id:
        raise ReachedOtherwise
    return answer_offer(offer_id=offer_id, accept=accept, because=because, at=at, actor=actor)
