"""A worked-out plan is published: its seats are offered once, as far as they still can be."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.training import operations, queries
from kazipot.training.errors import NothingToPublish
from kazipot.training.models import PlannedOutcome, SeatOffer, Session
from tests.factories.organisation import make_employer, make_user, sign_in
from tests.training.test_plans import AT, City, buyable, worked_out

pytestmark = pytest.mark.django_db


def publish(plan: Any) -> operations.Published:
    return operations.publish_plan(plan_id=plan.pk, at=AT, actor=None)


def test_published_plan_offers_what_it_planned_and_only_once() -> None:
    city = City(2, 2)
    buyable(city.course, capacity=3)
    plan = worked_out()
    planned = set(PlannedOutcome.objects.filter(is_reached=True).values_list("person_id", flat=True))
    assert len(planned) == plan.reached
    assert publish(plan) == operations.Published(len(planned), 0)
    assert set(SeatOffer.objects.values_list("person_id", flat=True)) == planned
    with pytest.raises(NothingToPublish):
        publish(plan)


def test_session_cancelled_while_the_plan_was_worked_out_offers_nothing() -> None:
    city = City(2)
    session = buyable(city.course)
    plan = worked_out()
    operations.cancel_session(session_id=session.pk, because="bolezen", at=AT, actor=None)
    with pytest.raises(NothingToPublish):
        publish(plan)
    assert SeatOffer.objects.count() == 0


def test_seats_taken_meanwhile_are_not_offered_twice() -> None:
    city = City(1, 1)
    session = buyable(city.course, capacity=2)
    plan = worked_out()
    assert plan.reached == 2
    Session.objects.filter(pk=session.pk).update(capacity=1)
    assert publish(plan) == operations.Published(1, 1)
    assert queries.free_seats(Session.objects.get()) == 0


def test_plan_that_is_not_worked_out_cannot_be_published() -> None:
    city = City(1)
    buyable(city.course)
    plan = worked_out()
    type(plan).objects.update(status="waiting")
    with pytest.raises(NothingToPublish):
        publish(plan)


def test_service_publishes_on_the_page_and_everybody_reads_why(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    city = City(3)
    buyable(city.course, capacity=1)
    person = city.add(city.units[0], user=make_user("ana"), email="ana@example.org")
    plan = worked_out()
    service, employee = Client(), Client()
    sign_in(service, Role.SERVICE, make_employer())
    address = reverse("training:publish-plan", args=(plan.pk,))
    assert "Objavi načrt" in service.get(reverse("training:plan", args=(plan.pk,))).text
    assert "Ponujeno je 1 mesto." in service.post(address, {"looked": "on"}, follow=True).text
    assert service.post(address, {"looked": "on"}).status_code == 422
    employee.login(username="ana", password="a long password")
    text = employee.get(reverse("training:own")).text
    assert "Kaj mi je dal letni načrt in zakaj" in text
    offered = SeatOffer.objects.filter(person=person).exists()
    assert OutgoingMessage.objects.filter(recipient="ana@example.org").exists() == offered


def test_publishing_takes_as_many_queries_for_few_as_for_many(django_assert_max_num_queries: Any) -> None:
    city = City(30)
    buyable(city.course, capacity=30)
    plan = worked_out()
    with django_assert_max_num_queries(35):
        assert publish(plan).offered == plan.reached
