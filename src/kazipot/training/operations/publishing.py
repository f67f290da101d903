"""A plan is published: its seats are offered, as far as they still can be."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock, one_at_a_time
from kazipot.foundation.models import User
from kazipot.organisation import queries as organisation
from kazipot.training import queries
from kazipot.training.choices import OfferReason, PlanStatus, SessionStatus
from kazipot.training.errors import NothingToPublish
from kazipot.training.models import Session, TrainingPlan
from kazipot.training.operations.answers import OFFERING
from kazipot.training.operations.offers import offer_to_chosen
from kazipot.training.operations.outlook import ask_outlook_anew


@dataclass(frozen=True, slots=True)
class Published:
    """How many seats of a plan were offered, and how many could be no more."""

    offered: int
    left_out: int


@transaction.atomic
def publish_plan(*, plan_id: int, at: datetime, actor: User | None) -> Published:
    """Offer the plan's seats. What has changed since it was asked for is respected: nobody is offered a seat in a
    session that is cancelled, full or too near, or beside a seat that they hold; those seats are left to the line.

    Published once. Raises NothingToPublish.
    """
    one_at_a_time(OFFERING)
    plan = lock(TrainingPlan.objects.filter(pk=plan_id).defer("input")).get()
    if plan.status != PlanStatus.DONE or plan.published_at is not None or plan.reached is None:
        raise NothingToPublish
    wanted = queries.planned_offers(plan_id)
    offered = sum(_offer(session, wanted[session.pk], at) for session in _sessions(wanted))
    if not offered:
        raise NothingToPublish
    left_out = sum(map(len, wanted.values())) - offered
    plan.published_at, plan.published_by = at, actor
    plan.save(update_fields=["published_at", "published_by"])
    audit.record(
        "training.publish_plan", plan, actor=actor, at=at, offered=offered, left_out=left_out, digest=plan.digest
    )
    ask_outlook_anew(year=plan.year, at=at, actor=actor)
    return Published(offered, left_out)


def _sessions(wanted: dict[int, list[int]]) -> list[Session]:
    """The plan's sessions, locked in the order of their ids; offered in the order of their days."""
    rows = lock(Session.objects.filter(pk__in=wanted, status=SessionStatus.PLANNED)).select_related("course")
    return sorted(rows.order_by("pk"), key=lambda session: (session.starts_on, session.pk))


def _offer(session: Session, people: list[int], at: datetime) -> int:
    """Offer seats to those who can still take them; how many. What they leave free goes to the line."""
    on = timezone.localtime(at).date()
    if session.starts_on <= on:
        return 0
    employed = organisation.main_employments(on)
    out = queries.out_of_line(session)
    able = [person_id for person_id in people if person_id in employed and person_id not in out]
    chosen = able[: max(0, queries.free_seats(session))]
    mails = offer_to_chosen(session, [(person_id, OfferReason.NEED) for person_id in chosen], employed, at)
    outbox.enqueue_many(mails, at=at)
    if len(chosen) < len(people):
        Session.objects.filter(pk=session.pk).update(refill_due=True)
    return len(chosen)
