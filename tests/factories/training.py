"""Courses, sessions and offers for tests."""

from datetime import UTC, date, datetime

from kazipot.framework.operations import install_shipped_frameworks
from kazipot.framework.queries import competences, framework_by_version
from kazipot.organisation.models import Person, Unit
from kazipot.training import operations
from kazipot.training.models import Course, SeatOffer, Session

AT = datetime(2026, 5, 1, 8, tzinfo=UTC)


def make_course(code: str = "T-1", *, security: bool = False) -> Course:
    """A course in the first competence of DigComp 2.2, from level 0 to level 4."""
    install_shipped_frameworks(at=AT)
    framework = framework_by_version("DigComp", "2.2")
    assert framework is not None
    provider = operations.add_provider(code=f"P-{code}", name="Izvajalec", kind="company", at=AT, actor=None)
    first = competences(framework.pk)[0]
    return operations.add_course(
        code=code, provider_id=provider.pk, framework_id=framework.pk, title_sl="Iskanje", title_en="Searching",
        is_digital_security=security, competences=[operations.CourseSpan(first.id, 0, 4)], at=AT, actor=None,
    )  # fmt: skip


def make_session(course: Course | None = None, *, starts_on: date = date(2026, 6, 15), capacity: int = 2) -> Session:
    """A planned session of one day."""
    return operations.plan_session(
        course_id=(course or make_course()).pk, starts_on=starts_on, ends_on=starts_on, place="Mestna hiša",
        capacity=capacity, trainer_id=None, at=AT, actor=None,
    )  # fmt: skip


def make_offer(session: Session, person: Person, unit: Unit, token_digest: str = "", **changes: object) -> SeatOffer:
    """An open offer of a seat."""
    fields = {
        "session": session, "person": person, "employer": unit.employer, "unit": unit, "reason": "need",
        "token_digest": token_digest or f"digest-{session.pk}-{person.pk}", "offered_at": AT,
        "offered_on": AT.date(), "answer_by": date(2026, 6, 14),
    }  # fmt: skip
    return SeatOffer.objects.create(**{**fields, **changes})
