"""Who may open which page of M3."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kazipot.core.allocation.problem import Rules
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation import clock
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.training import operations, queries, tasks
from kazipot.training.choices import OfferState
from kazipot.training.models import AttendanceCertificate, EvaluationAsk, SeatOffer, UnitAsk, WaitingEntry
from tests.access_table import Case, Page, World, cases, everybody, only
from tests.factories.needs import make_campaign, make_invitation, make_response
from tests.factories.organisation import make_employment, make_person
from tests.factories.training import AT, make_course, make_offer, make_session

HELD = datetime(2026, 6, 15, 16, tzinfo=UTC)


def of_session(world: World) -> dict[str, Any]:
    return {"session_id": make_session().pk}


def of_offer(world: World) -> dict[str, Any]:
    make_offer(make_session(), world.person, world.unit, digest("a-personal-token"))
    return {"token": "a-personal-token"}


def of_own_offer(world: World) -> dict[str, Any]:
    return {"offer_id": make_offer(make_session(), world.person, world.unit).pk}


def of_course(world: World) -> dict[str, Any]:
    return {"code": make_course().code}


def of_plan(world: World) -> dict[str, Any]:
    """A worked-out plan for two people of the unit; one of them gets a seat."""
    course = make_course()
    campaign = make_campaign(2026, course.framework)
    competence = queries.taught(course.pk)[0].competence_id
    for person in (world.person, make_employment(person=make_person(), unit=world.unit).person):
        answers = {competence: Answered(1, 3, True)}
        make_response(make_invitation(campaign, person, world.unit), answers, default=Answered(4, 0, False))
    make_session(course, capacity=1)
    plan = operations.request_plan(
        year=2026, on=date(2026, 6, 1), budget=Decimal(500), seed=1, notice_days=7,
        rules=Rules(max_absent_share=0.5, max_offers_per_person=2), at=AT, actor=None,
    )  # fmt: skip
    tasks.work_out_plan(at=AT, moment=AT, plan_id=plan.pk)
    return {"plan_id": plan.pk}


def of_attendance(world: World) -> dict[str, Any]:
    """A session at which the person was, who holds a certificate of it."""
    session = make_session()
    make_offer(session, world.person, world.unit, state="accepted")
    operations.record_attendance(session_id=session.pk, present=[world.person.pk], at=HELD, actor=None)
    operations.issue_attendance_certificate(session_id=session.pk, person_id=world.person.pk, at=HELD)
    return {"session_id": session.pk}


def of_certificate(world: World) -> dict[str, Any]:
    of_attendance(world)
    return {"certificate_id": AttendanceCertificate.objects.get().pk}


def held_seat(world: World, starts_on: date = date(2026, 6, 15)) -> SeatOffer:
    return make_offer(make_session(starts_on=starts_on), world.person, world.unit, state=OfferState.ACCEPTED)


def of_held_seat(world: World) -> dict[str, Any]:
    return {"offer_id": held_seat(world).pk}


def of_held_link(world: World) -> dict[str, Any]:
    make_offer(make_session(), world.person, world.unit, digest("a-personal-token"), state=OfferState.ACCEPTED)
    return {"token": "a-personal-token"}


def of_ticket(world: World) -> dict[str, Any]:
    return {"ticket": queries.ticket_of(held_seat(world).pk)}


def of_room(world: World) -> dict[str, Any]:
    """A session of today, so that its room is open."""
    return {"link": queries.room_link_of(held_seat(world, starts_on=clock.today()).session_id)}


def of_list(world: World) -> dict[str, Any]:
    entry = WaitingEntry.objects.create(course=make_course(), person=world.person, joined_at=AT)
    return {"entry_id": entry.pk}


def of_swap(world: World) -> dict[str, Any]:
    held = held_seat(world)
    other = make_offer(
        make_session(held.session.course, starts_on=date(2026, 7, 1)), make_person(), world.unit, state="accepted"
    )
    swap = operations.ask_swap(offer_id=other.pk, other_id=held.pk, at=AT, actor=None)
    return {"swap_id": swap.pk}


def of_employer_code(world: World) -> dict[str, Any]:
    make_offer(make_session(), world.person, world.unit, answer_by=date(2030, 1, 1))
    return {"employer_code": world.employer.code}


def of_outlook(world: World) -> dict[str, Any]:
    """A forecast of the year for one person in need, whom a session could reach."""
    course = make_course()
    competence = queries.taught(course.pk)[0].competence_id
    invitation = make_invitation(make_campaign(2026, course.framework), world.person, world.unit)
    make_response(invitation, {competence: Answered(1, 3, True)}, default=Answered(4, 0, False))
    make_session(course, starts_on=date(2026, 12, 1))
    tasks.work_out_outlook(at=AT, notice_days=7, target=0.5)
    return {}


def of_link_to_evaluate(world: World) -> dict[str, Any]:
    """A form about a session at which the person was."""
    session = make_session()
    make_offer(session, world.person, world.unit, state="accepted")
    operations.record_attendance(session_id=session.pk, present=[world.person.pk], at=HELD, actor=None)
    operations.ask_about(session_id=session.pk, kind="reaction", at=HELD)
    EvaluationAsk.objects.update(token_digest=digest("a-personal-token-of-a-form"), closes_on=date(2126, 1, 1))
    return {"token": "a-personal-token-of-a-form"}


def of_own_ask(world: World) -> dict[str, Any]:
    of_link_to_evaluate(world)
    return {"ask_id": EvaluationAsk.objects.get().pk}


def of_unit_ask(world: World) -> dict[str, Any]:
    """A question to the head of the unit."""
    told = {"people": 6, "asked_on": HELD.date(), "closes_on": date(2126, 1, 1)}
    return {"ask_id": UnitAsk.objects.create(session=make_session(), unit=world.unit, **told).pk}


PAGES = [
    Page("training:change-session", only({Role.SERVICE: 200}), of_session),
    Page("training:room", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:sheet", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:sheet-table", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:upload-attendance", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:upload-attendance", only({Role.SERVICE: 422, Role.TRAINER: 404}), of_session, method="POST"),
    Page("training:room-here", everybody(404, public=404)),
    Page("training:enter-room", everybody(302), of_room),
    Page("training:ticket", everybody(200, public=200), of_ticket),
    Page("training:why", only({Role.EMPLOYEE: 200}), of_session),
    Page("training:join-line", only({Role.EMPLOYEE: 302}), of_course, method="POST"),
    Page("training:leave-line", only({Role.EMPLOYEE: 404}), of_list, method="POST"),
    Page("training:answer-swap", only({Role.EMPLOYEE: 404}), of_swap, method="POST"),
    Page("training:head-desk", only({Role.HEAD: 200})),
    Page("training:object", only({Role.HEAD: (200, 404)}), of_held_seat),
    Page("training:object", only({Role.HEAD: (422, 404)}), of_held_seat, method="POST"),
    Page("training:note-answer", only({Role.HEAD: (200, 404)}), of_own_offer),
    Page("training:note-answer", only({Role.HEAD: (422, 404)}), of_own_offer, method="POST"),
    Page("training:slips", only({Role.SERVICE: 200, Role.HR: 200})),
    Page(
        "training:print-slips", only({Role.SERVICE: (200, 404), Role.HR: (200, 404)}), of_employer_code, method="POST"
    ),
    Page("training:publish-plan", only({Role.SERVICE: 200}), of_plan),
    Page("training:enter", everybody(200, public=200)),
    Page("training:enter", everybody(422, public=422), method="POST"),
    Page("training:here", everybody(302)),
    Page("training:leave", everybody(302), method="POST"),
    Page("training:offer-record", everybody(200, public=200), of_held_link),
    Page("training:offer-calendar", everybody(200, public=200), of_held_link),
    Page("training:own-calendar", only({Role.EMPLOYEE: 200})),
    Page("training:give-up", only({Role.EMPLOYEE: 404}), of_held_seat),
    Page("training:swap", only({Role.EMPLOYEE: 404}), of_held_seat),
    Page("training:own-ticket", only({Role.EMPLOYEE: 404}), of_held_seat),
    Page("training:providers", everybody(200)),
    Page("training:new-provider", only({Role.SERVICE: 200})),
    Page("training:new-provider", only({Role.SERVICE: 422}), method="POST"),
    Page("training:course", everybody(200), of_course),
    Page("training:new-course", only({Role.SERVICE: 200})),
    Page("training:new-course", only({Role.SERVICE: 422}), method="POST"),
    Page("training:new-session", only({Role.SERVICE: 200})),
    Page("training:new-session", only({Role.SERVICE: 422}), method="POST"),
    Page("training:courses", everybody(200)),
    Page("training:sessions", everybody(200)),
    Page("training:session", everybody(200), of_session),
    Page("training:offer-seats", only({Role.SERVICE: 200}), of_session),
    Page("training:offer-seats", only({Role.SERVICE: 422}), of_session, method="POST"),
    Page("training:attendance", only({Role.SERVICE: 200, Role.TRAINER: 404}), of_session),
    Page("training:cancel", only({Role.SERVICE: 200}), of_session),
    Page("training:cancel", only({Role.SERVICE: 422}), of_session, method="POST"),
    Page("training:plans", only({Role.SERVICE: 200})),
    Page("training:new-plan", only({Role.SERVICE: 200})),
    Page("training:new-plan", only({Role.SERVICE: 422}), method="POST"),
    Page("training:plan", only({Role.SERVICE: 200}), of_plan),
    Page("training:plan-chart", only({Role.SERVICE: 200}), of_plan),
    Page("training:compare-plans", only({Role.SERVICE: 200})),
    Page("training:copy-plan", only({Role.SERVICE: 200}), of_plan),
    Page("training:copy-plan", only({Role.SERVICE: 422}), of_plan, method="POST"),
    Page("training:publish-plan", only({Role.SERVICE: 200}), of_plan),
    Page("training:publish-plan", only({Role.SERVICE: 422}), of_plan, method="POST"),
    Page("training:plan-needs", only({Role.SERVICE: 200}), of_plan),
    Page("training:plan-needs-chart", only({Role.SERVICE: 200}), of_plan),
    Page("training:plan-input", only({Role.SERVICE: 404}), of_plan),
    Page("training:plan-people", only({Role.SERVICE: 200}), of_plan),
    Page("training:offer", everybody(200, public=200), of_offer),
    Page("training:own", only({Role.EMPLOYEE: 200})),
    Page("training:evaluation", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.TRAINER: 200})),
    Page("training:evaluation-course", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.TRAINER: 200}), of_course),
    Page("training:evaluation-slips", only({Role.SERVICE: 302, Role.TRAINER: 404}), of_session, method="POST"),
    Page("training:evaluate-enter", everybody(200, public=200)),
    Page("training:evaluate-enter", everybody(422, public=422), method="POST"),
    Page("training:evaluate", everybody(200, public=200), of_link_to_evaluate),
    Page("training:evaluate", everybody(422, public=422), of_link_to_evaluate, method="POST"),
    Page("training:own-evaluations", only({Role.EMPLOYEE: 200})),
    Page("training:own-evaluate", only({Role.EMPLOYEE: 404}), of_own_ask),
    Page("training:unit-asks", only({Role.HEAD: 200})),
    Page("training:unit-answer", only({Role.HEAD: (200, 404)}), of_unit_ask),
    Page("training:unit-answer", only({Role.HEAD: (422, 404)}), of_unit_ask, method="POST"),
    Page("training:outlook", everybody(200), of_outlook),
    Page("training:outlook-chart", everybody(200), of_outlook),
    Page("training:outlook-anew", only({Role.SERVICE: 302}), method="POST"),
    Page("training:certificates", only({Role.EMPLOYEE: 200})),
    Page("training:issue-certificate", only({Role.EMPLOYEE: 302}), of_attendance, method="POST"),
    Page("training:certificate-pdf", only({Role.EMPLOYEE: 404}), of_certificate),
    Page("training:certificate-badge", only({Role.EMPLOYEE: 404}), of_certificate),
    Page("training:answer", only({Role.EMPLOYEE: 404}), of_own_offer, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
