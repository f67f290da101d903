"""The records of the duty: what may be written, and where everybody stands by them."""

from datetime import date, datetime
from typing import Any

import pytest

from kazipot.core.duty.events import Proof
from kazipot.core.duty.standing import State, Why
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.models import AuditEvent
from kazipot.organisation.models import Employment
from kazipot.training import operations as training
from kazipot.verification import operations, queries
from kazipot.verification.errors import (
    AlreadyAnnulled,
    AppealedAlready,
    DecidedAlready,
    DecidedBySomebodyElse,
    EndsBeforeItStarts,
    ExemptedAlready,
    InTheFuture,
    NotEmployedThen,
    OnLeaveAlready,
    RecordedAlready,
    TermsInThePast,
)
from kazipot.verification.models import LongLeave, Terms, TrainingDone, Verification
from kazipot.verification.operations import EarlierGiven, TermsGiven
from tests.factories.duty import away, exempt, make_result, make_training
from tests.factories.organisation import make_employment, make_person, make_profile, make_unit, make_user
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def job() -> Employment:
    return make_employment(person=make_person(), unit=make_unit(), number="11")


def states(job: Employment, on: date = TODAY) -> tuple[State, State]:
    found = queries.duty_of(job.person_id, on)
    return found.training.state, found.verification.state


def test_result_of_a_sitting_is_recorded_once_and_given_back(job: Employment, at: datetime) -> None:
    told: dict[str, Any] = {
        "person_id": job.person_id, "employer_id": job.employer_id, "taken_on": TODAY, "passed": True,
        "reference": "S-1", "at": at,
    }  # fmt: skip
    made = operations.record_result(**told)
    assert (made.method, made.recorded_by, states(job)[1]) == ("test", None, State.VALID)
    with pytest.raises(InputRefused):
        operations.record_result(**told)
    assert Verification.objects.count() == 1


def test_lesson_counts_as_training_and_not_as_verification(job: Employment, at: datetime) -> None:
    told: dict[str, Any] = {
        "person_id": job.person_id, "employer_id": job.employer_id, "done_on": TODAY, "reference": "gesla", "at": at,
    }  # fmt: skip
    made = operations.record_training(**told)
    assert states(job) == (State.VALID, State.OVERDUE)
    assert queries.last_trained(TODAY) == {job.person_id: TODAY}
    with pytest.raises(RecordedAlready):
        operations.record_training(**told)
    with pytest.raises(InTheFuture):
        operations.record_training(**{**told, "done_on": date(2026, 6, 2)})
    operations.annul_training(training_id=made.pk, because="Zamenjana oseba.", at=at, actor=None)
    assert states(job) == (State.REVOKED, State.OVERDUE)
    assert queries.last_trained(TODAY) == {}
    with pytest.raises(AlreadyAnnulled):
        operations.annul_training(training_id=made.pk, because="Spet.", at=at, actor=None)


def test_session_of_security_training_is_an_event_too(job: Employment, at: datetime) -> None:
    session = make_session(make_course(security=True), starts_on=date(2026, 5, 4), capacity=5)
    made = make_offer(session, job.person, job.unit)
    training.answer_offer(offer_id=made.pk, accept=True, at=datetime(2026, 5, 1, 9, tzinfo=at.tzinfo))
    training.record_attendance(session_id=session.pk, present=[job.person_id], at=at, actor=None)
    assert queries.duty_of(job.person_id, TODAY).training.valid_until == date(2028, 5, 3)


def test_exemption_with_evidence_pauses_and_can_end_before_its_time(job: Employment, at: datetime) -> None:
    made = exempt(job, date(2026, 1, 1), date(2027, 1, 1))
    found = queries.duty_of(job.person_id, TODAY).verification
    assert (found.state, found.because and found.because.day) == (State.EXEMPT, date(2026, 12, 31))
    with pytest.raises(ExemptedAlready):
        exempt(job, date(2026, 12, 31))
    with pytest.raises(EndsBeforeItStarts):
        operations.end_exemption(exemption_id=made.pk, ends_on=date(2025, 1, 1), at=at, actor=None)
    operations.end_exemption(exemption_id=made.pk, ends_on=date(2026, 5, 1), at=at, actor=None)
    ended = queries.duty_of(job.person_id, TODAY).verification
    assert (ended.state, ended.due_on) == (State.OPEN, date(2026, 7, 31))
    exempt(job, date(2026, 6, 1))
    assert states(job) == (State.EXEMPT, State.EXEMPT)


def test_leave_that_was_open_gets_its_end(job: Employment) -> None:
    away(job, date(2025, 9, 1))
    assert states(job)[1] is State.PAUSED
    away(job, date(2025, 9, 1), date(2026, 4, 1))
    found = queries.duty_of(job.person_id, TODAY).verification
    assert (found.state, found.due_on, LongLeave.objects.count()) == (State.OPEN, date(2026, 6, 30), 1)
    with pytest.raises(OnLeaveAlready):
        away(job, date(2026, 3, 31))
    with pytest.raises(EndsBeforeItStarts):
        away(job, date(2026, 5, 1), date(2026, 5, 1))


def test_nobody_is_exempted_where_they_do_not_work(job: Employment) -> None:
    with pytest.raises(NotEmployedThen):
        exempt(job, date(2019, 1, 1), date(2019, 6, 1))


def test_annulled_result_is_told_and_gives_time(job: Employment, at: datetime) -> None:
    made = make_result(job, date(2026, 3, 1))
    operations.annul(verification_id=made.pk, because="Zamenjana oseba.", at=at, actor=None)
    found = queries.duty_of(job.person_id, TODAY).verification
    assert (found.state, found.due_on, found.due_because and found.due_because.why) == (
        State.REVOKED, date(2026, 8, 31), Why.ANNULLED,
    )  # fmt: skip


def test_older_records_reissued_keep_their_date(job: Employment, at: datetime) -> None:
    made = make_result(job, date(2025, 3, 1), reference="T-1")
    operations.annul(verification_id=made.pk, because="Napačna oznaka.", at=at, actor=None)
    operations.record_result(
        person_id=job.person_id, employer_id=job.employer_id, taken_on=date(2025, 3, 1), passed=True,
        reference="T-1a", at=at,
    )  # fmt: skip
    assert queries.duty_of(job.person_id, TODAY).verification.valid_until == date(2027, 2, 28)


def test_last_years_and_this_years_completion_both_kept(job: Employment, at: datetime) -> None:
    for day in (date(2025, 6, 10), date(2026, 5, 10)):
        operations.record_training(
            person_id=job.person_id, employer_id=job.employer_id, done_on=day, reference="gesla", at=at
        )
        make_result(job, day, reference="letno")
    assert (TrainingDone.objects.count(), Verification.objects.count()) == (2, 2)
    assert queries.duty_of(job.person_id, date(2026, 5, 9)).verification.valid_until == date(2027, 6, 9)
    assert queries.duty_of(job.person_id, TODAY).verification.valid_until == date(2028, 5, 9)


def test_earlier_completions_recognised_within_an_age_limit(job: Employment, at: datetime) -> None:
    def given(day: date, proof: Proof = Proof.VERIFICATION) -> EarlierGiven:
        return EarlierGiven(job.person_id, job.employer_id, proof, day, "UA-7")

    with pytest.raises(InputRefused) as refused:
        operations.record_history(
            given=[given(date(2025, 6, 2)), given(date(2025, 6, 1)), given(date(2026, 6, 2))], at=at, actor=None
        )
    assert [(fault.row, fault.field) for fault in refused.value.problems] == [(2, "done_on"), (3, "done_on")]
    assert not Verification.objects.exists()
    both = [given(date(2025, 6, 2)), given(date(2025, 9, 1), Proof.TRAINING)]
    first = operations.record_history(given=both, at=at, actor=None)
    again = operations.record_history(given=both, at=at, actor=None)
    assert ((first.new, first.known), (again.new, again.known)) == ((2, 0), (0, 2))
    found = queries.duty_of(job.person_id, TODAY)
    assert (found.training.valid_until, found.verification.valid_until) == (date(2027, 8, 31), date(2027, 6, 1))
    assert found.verification.because is not None
    assert found.verification.because.why is Why.ACCEPTED


def test_terms_change_from_a_day_on_and_never_in_the_past(job: Employment, at: datetime) -> None:
    profile = make_profile()
    with pytest.raises(TermsInThePast):
        operations.set_terms(valid_from=date(2026, 5, 31), given=TermsGiven(), because="r", at=at, actor=None)
    spared = TermsGiven(attempts=3, spared_unit_ids=[job.unit_id], spared_profile_ids=[profile.pk])
    operations.set_terms(valid_from=date(2026, 6, 2), given=spared, because="Brez računalnika.", at=at, actor=None)
    assert states(job)[1] is State.OVERDUE
    assert states(job, date(2026, 6, 2))[1] is State.SPARED
    operations.set_terms(valid_from=date(2026, 6, 2), given=TermsGiven(), because="Vendarle.", at=at, actor=None)
    assert (states(job, date(2026, 6, 2))[1], Terms.objects.count()) == (State.OVERDUE, 1)


def test_appeal_is_decided_by_somebody_else_with_a_reason(job: Employment, at: datetime) -> None:
    recorder, other = make_user(), make_user()
    made = make_result(job, date(2026, 5, 1), passed=False, recorded_by=recorder)
    appeal = operations.lodge_appeal(verification_id=made.pk, text="Povezava se je prekinila.", at=at, actor=None)
    with pytest.raises(AppealedAlready):
        operations.lodge_appeal(verification_id=made.pk, text="Še enkrat.", at=at, actor=None)
    decided: dict[str, Any] = {"appeal_id": appeal.pk, "outcome": "annulled", "reason": "Drži.", "at": at}
    with pytest.raises(DecidedBySomebodyElse):
        operations.decide_appeal(**decided, actor=recorder)
    operations.decide_appeal(**decided, actor=other)
    assert queries.duty_of(job.person_id, TODAY).verification.failed == 0
    with pytest.raises(DecidedAlready):
        operations.decide_appeal(**decided, actor=other)


def test_nobody_decides_on_their_own_appeal(job: Employment, at: datetime) -> None:
    mine = make_user(person=job.person)
    made = make_result(job, date(2026, 5, 1), passed=False)
    appeal = operations.lodge_appeal(verification_id=made.pk, text="Prosim.", at=at, actor=mine)
    with pytest.raises(DecidedBySomebodyElse):
        operations.decide_appeal(appeal_id=appeal.pk, outcome="annulled", reason="Da.", at=at, actor=mine)


def test_log_is_read_in_as_many_queries_for_one_person_as_for_all(
    job: Employment, django_assert_num_queries: Any
) -> None:
    for other in (make_employment(), make_employment()):
        make_result(other, date(2026, 1, 1))
        make_training(other, date(2026, 1, 1))
    with django_assert_num_queries(8):
        queries.duty_of(job.person_id, TODAY)
    with django_assert_num_queries(8):
        assert len(queries.duties_on(TODAY)) == 3


def test_what_was_written_is_in_the_trail(job: Employment, at: datetime) -> None:
    exempt(job, date(2026, 1, 1))
    away(job, date(2025, 1, 1), date(2025, 6, 1))
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"verification.exempt", "verification.leave"}
