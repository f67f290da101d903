"""A plan that a person has looked at is published: its seats are offered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock, one_at_a_time
from kazipot.foundation.models import User
from kazipot.organisation import queries as organisation
from kazipot.training import queries
from kazipot.training.choices import OfferReason, PlanStatus, SessionStatus
from kazipot.training.errors import NothingToPublish
from kazipot.training.models import Session, TrainingPlan
from kazipot.training.operations.answers import OFFERING, free_a_seat
from kazipot.training.operations.offers import offer_to
from kazipot.training.operations.outlook import ask_outlook_anew


@dataclass(frozen=True, slots=True)
class Published:
    """Seats that were offered, and those of the plan that could not be any more."""

    offered: int
    fallen_out: int


@transaction.atomic
def publish_plan(*, plan_id: int, at: datetime, actor: User | None) -> Published:
    """Offer the seats of a plan that was worked out; people are told. Published once.

    What has changed since is respected: nobody is offered a seat who left, has a seat in the course or elsewhere on
    that day, or was asked about the session; no session that was cancelled or has begun; no more seats than are free.
    Seats that are left over go to whoever is next in line.
    Raises NothingToPublish.
    """
    one_at_a_time(OFFERING)
    plan = lock(TrainingPlan.objects.filter(pk=plan_id).defer("input")).get()
    if plan.status != PlanStatus.DONE or plan.reached is None or plan.published_at is not None:
        raise NothingToPublish
    on = timezone.localtime(at).date()
    wanted = queries.planned_offers(plan_id)
    employed = organisation.main_employments(on)
    offered = 0
    for session in lock(Session.objects.filter(pk__in=wanted)).select_related("course").order_by("pk"):
        if session.status != SessionStatus.PLANNED or session.starts_on <= on:
            continue
        out = queries.out_of_line(session)
        people = [pk for pk in wanted[session.pk] if pk in employed and pk not in out]
        made = offer_to(session, people[: max(0, queries.free_seats(session))], reason=OfferReason.NEED, at=at)
        offered += len(made)
        if len(made) < len(wanted[session.pk]):
            free_a_seat(session)
    if not offered:
        raise NothingToPublish
    plan.published_at, plan.published_by = at, actor
    plan.save(update_fields=["published_at", "published_by"])
    fallen_out = sum(len(people) for people in wanted.values()) - offered
    audit.record(
        "training.publish_plan", plan, actor=actor, at=at, offered=offered, fallen_out=fallen_out, digest=plan.digest
    )
    ask_outlook_anew(year=plan.year, at=at, actor=actor)
    return Published(offered, fallen_out)
