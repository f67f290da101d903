"""A small world with something to count for every indicator, made as plain rows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

from kazipot.advisors.models import Appointment
from kazipot.framework.models import Competence, Crosswalk, Framework
from kazipot.hiring.models import Posting, PostingDemand
from kazipot.needs.models import Analysis, Campaign, Invitation, Response, StatedNeed
from kazipot.organisation.models import Person, Unit
from kazipot.training.models import Attendance, Course, CourseCompetence, Provider, SeatOffer, Session
from kazipot.verification.models import TrainingDone, Verification
from tests.factories import needs, organisation

_numbers = count(1)


def moment(on: date) -> datetime:
    """Noon of a day."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)


def make_appointment(unit: Unit, person: Person, valid_from: date, valid_to: date | None = None) -> Appointment:
    """An appointment of a person as a unit's advisor."""
    return Appointment.objects.create(
        unit=unit, person=person, valid_from=valid_from, valid_to=valid_to, decision_reference=f"100-{next(_numbers)}"
    )


def make_campaign(year: int, framework: Framework) -> Campaign:
    """A campaign of a year, for all employers."""
    return Campaign.objects.create(
        year=year, title_sl=f"Anketa {year}", title_en=f"Survey {year}", framework=framework,
        opens_on=date(year, 1, 10), closes_on=date(year, 12, 20), status="open", questionnaire=needs.make_version(),
    )  # fmt: skip


def make_response(
    campaign: Campaign, person: Person, unit: Unit, on: date | None, wanted: Iterable[tuple[Competence, int, int]] = ()
) -> Invitation:
    """An invitation and, when `on` is given, the response of that day with its stated needs."""
    invitation = Invitation.objects.create(
        campaign=campaign, person=person, employer_id=unit.employer_id, unit=unit,
        token_digest=f"invitation-{next(_numbers)}", invited_at=moment(campaign.opens_on),
    )  # fmt: skip
    if on is not None:
        response = Response.objects.create(
            invitation=invitation, submitted_at=moment(on), submitted_on=on, rule_version=1
        )
        StatedNeed.objects.bulk_create(
            StatedNeed(response=response, competence=competence, from_level=low, to_level=high, rule_version=1)
            for competence, low, high in wanted
        )
    return invitation


def make_analysis(year: int, on: date) -> Analysis:
    """A published analysis."""
    return Analysis.objects.create(
        year=year, version=next(_numbers), published_at=moment(on), published_on=on, content={}
    )


def make_session(
    starts_on: date,
    spans: Iterable[tuple[Competence, int, int]] = (),
    *,
    framework: Framework,
    security: bool = False,
    status: str = "held",
) -> Session:
    """A session of a new course."""
    number = next(_numbers)
    provider, _ = Provider.objects.get_or_create(code="UL", defaults={"name": "Univerza", "kind": "university"})
    course = Course.objects.create(
        code=f"C{number}", provider=provider, framework=framework, title_sl=f"Tečaj {number}",
        title_en=f"Course {number}", is_digital_security=security,
    )  # fmt: skip
    CourseCompetence.objects.bulk_create(
        CourseCompetence(course=course, competence=competence, from_level=low, to_level=high)
        for competence, low, high in spans
    )
    return Session.objects.create(
        course=course,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        place="Tu",
        capacity=20,
        status=status,
    )


def make_offer(
    session: Session, person: Person, unit: Unit, on: date, state: str = "accepted", because: str = ""
) -> SeatOffer:
    """A personal offer of a seat."""
    return SeatOffer.objects.create(
        session=session, person=person, employer_id=unit.employer_id, unit=unit, reason="need", state=state,
        token_digest=f"offer-{next(_numbers)}", offered_at=moment(on), offered_on=on, answer_by=session.starts_on,
        declined_because=because,
    )  # fmt: skip


def make_attendance(session: Session, person: Person, attended: bool = True) -> Attendance:
    """A person at a session."""
    return Attendance.objects.create(
        session=session, person=person, attended=attended, recorded_at=moment(session.ends_on)
    )


def make_verification(
    person: Person, unit: Unit, on: date, passed: bool = True, annulled: bool = False
) -> Verification:
    """A verification of digital security."""
    return Verification.objects.create(
        person=person, employer_id=unit.employer_id, taken_on=on, passed=passed, method="test",
        reference=f"V{next(_numbers)}", recorded_at=moment(on), annulled_at=moment(on) if annulled else None,
    )  # fmt: skip


def make_lesson(person: Person, unit: Unit, on: date, annulled: bool = False) -> TrainingDone:
    """Training in digital security outside the sessions."""
    return TrainingDone.objects.create(
        person=person, employer_id=unit.employer_id, done_on=on, source="lesson", reference=f"L{next(_numbers)}",
        recorded_at=moment(on), annulled_at=moment(on) if annulled else None,
    )  # fmt: skip


def make_posting(
    unit: Unit,
    on: date,
    competence: Competence | None = None,
    *,
    required: bool = True,
    withdrawn_on: date | None = None,
) -> Posting:
    """A job posting, demanding a competence if one is given."""
    number = next(_numbers)
    posting = Posting.objects.create(
        employer_id=unit.employer_id, unit=unit, reference=f"110-{number}", title=f"Svetovalec {number}",
        kind="posting", published_on=on, closes_on=on + timedelta(days=8), withdrawn_on=withdrawn_on,
    )  # fmt: skip
    if competence is not None:
        PostingDemand.objects.create(posting=posting, competence=competence, level=2, required=required)
    return posting


def random_day(rng: Random, first: date = date(2023, 1, 1), last: date = date(2026, 12, 31)) -> date:
    """A day between two days."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def random_world(rng: Random, *, people: int = 40) -> None:
    """A small city in which everything that counts, and everything that almost counts, happens by chance."""
    old, new = needs.make_framework(2, 2, code="small", version="1"), None
    change = random_day(rng, date(2024, 1, 1), date(2025, 12, 31))
    Framework.objects.filter(pk=old.pk).update(archived_on=change, status="archived")
    new = needs.make_framework(2, 2, code="small", version="2", active_from=change)
    before, after = needs.competences_of(old), needs.competences_of(new)
    for number, source in enumerate(before[:3]):
        for target in after[number : number + 1 + rng.randrange(2)]:
            Crosswalk.objects.create(source=source, target_framework=new, target=target, relation="narrower")
    Crosswalk.objects.create(source=before[3], target_framework=new, target=None, relation="none")
    units = _random_units(rng)
    workers = [_random_worker(rng, units) for _ in range(people)]
    _random_advisors(rng, units, workers)
    _random_needs(rng, workers, [(old, before), (new, after)])
    _random_sessions(rng, workers, [(old, before), (new, after)])
    for _ in range(24):
        unit = rng.choice(units)
        withdrawn = random_day(rng) if rng.random() < 0.3 else None
        competence = rng.choice([None, rng.choice(after)])
        make_posting(unit, random_day(rng), competence, required=rng.random() < 0.7, withdrawn_on=withdrawn)
    for _ in range(rng.randrange(2, 7)):
        on = random_day(rng)
        make_analysis(on.year, on)


def _random_units(rng: Random) -> list[Unit]:
    units = []
    for code, kind in (("MU", "city_administration"), ("JHL", "public_company")):
        employer = organisation.make_employer(code, kind)
        for number in range(6):
            closed = random_day(rng) if rng.random() < 0.3 else None
            parent = rng.choice([None, *(unit for unit in units if unit.employer_id == employer.pk)])
            units.append(
                organisation.make_unit(
                    employer,
                    f"{code}-{number}",
                    parent,
                    rng.choice(["department", "service", "section"]),
                    must_have_advisor=rng.random() < 0.7,
                    valid_from=date(2022, 1, 1),
                    valid_to=closed,
                )
            )
    return units


def _random_worker(rng: Random, units: list[Unit]) -> tuple[Person, Unit]:
    person = organisation.make_person()
    unit = rng.choice(units)
    for place in [unit, *([rng.choice(units)] if rng.random() < 0.2 else [])]:
        hired = random_day(rng, date(2022, 1, 1))
        left = random_day(rng, hired + timedelta(days=1), date(2027, 6, 1)) if rng.random() < 0.3 else None
        organisation.make_employment(person, place, valid_from=hired, hired_on=hired, valid_to=left)
    return person, unit


def _random_advisors(rng: Random, units: list[Unit], workers: list[tuple[Person, Unit]]) -> None:
    for _ in range(20):
        person, unit = rng.choice(workers)
        if Appointment.objects.filter(unit=unit, person=person).exists():
            continue
        start = random_day(rng)
        make_appointment(unit, person, start, random_day(rng, start + timedelta(days=1), date(2027, 1, 1)))


def _spans(rng: Random, competences: list[Competence]) -> list[tuple[Competence, int, int]]:
    found = []
    for competence in rng.sample(competences, rng.randrange(1, 3)):
        low = rng.randrange(0, 4)
        found.append((competence, low, rng.randrange(low + 1, 5)))
    return found


def _random_needs(
    rng: Random, workers: list[tuple[Person, Unit]], frameworks: list[tuple[Framework, list[Competence]]]
) -> None:
    for year in (2023, 2024, 2025, 2026):
        framework, competences = rng.choice(frameworks)
        campaign = make_campaign(year, framework)
        for person, unit in workers:
            if rng.random() < 0.6:
                on = random_day(rng, date(year, 1, 11), date(year, 12, 20)) if rng.random() < 0.8 else None
                wanted = _spans(rng, competences) if rng.random() < 0.8 else []
                make_response(campaign, person, unit, on, wanted)


def _random_sessions(
    rng: Random, workers: list[tuple[Person, Unit]], frameworks: list[tuple[Framework, list[Competence]]]
) -> None:
    for _ in range(16):
        framework, competences = rng.choice(frameworks)
        starts = random_day(rng, date(2023, 2, 1))
        status = rng.choice(["held", "held", "held", "cancelled", "planned"])
        security = rng.random() < 0.6
        session = make_session(starts, _spans(rng, competences), framework=framework, security=security, status=status)
        for person, unit in rng.sample(workers, 16):
            state = rng.choice(["accepted", "declined", "expired", "withdrawn", "offered"])
            because = rng.choice(["place", "work", ""]) if state == "declined" else ""
            make_offer(session, person, unit, starts - timedelta(days=rng.randrange(4, 15)), state, because)
            if rng.random() < 0.7:
                make_attendance(session, person, rng.random() < 0.8)
    for person, unit in workers:
        for _ in range(rng.randrange(3)):
            make_verification(person, unit, random_day(rng), rng.random() < 0.8, rng.random() < 0.1)
    for person, unit in workers:
        if rng.random() < 0.2:
            make_lesson(person, unit, random_day(rng), rng.random() < 0.2)
