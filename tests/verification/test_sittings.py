"""Sittings of the test: started, answered, ended, gone through again."""

import json
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from kazipot.core.items.answering import Incomplete
from kazipot.project.cli import arguments, commands
from kazipot.verification import errors, operations, queries
from kazipot.verification.models import ItemVersion, Sitting, Step, Verification
from tests.factories import organisation
from tests.factories.items import give_parameters
from tests.factories.verification import (
    last_step,
    make_bank,
    make_item,
    make_sitting,
    make_worker,
    right_form,
    sit_through,
    wrong_form,
)

pytestmark = pytest.mark.django_db


def give(sitting: Sitting, step: Step, at: datetime, **kwargs: Any) -> operations.Taken:
    """Answer a step rightly unless told otherwise."""
    told = {"number": step.number, "token": step.token, "given": right_form(sitting, step), "at": at, **kwargs}
    return operations.answer(sitting_id=sitting.pk, **told)


def test_sitting_of_somebody_who_knows_ends_with_a_passed_verification(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: True, at=at)
    assert (sitting.state, sitting.passed) == ("finished", True)
    result = Verification.objects.get()
    assert (result.person_id, result.passed, result.method, result.taken_on) == (
        sitting.person_id, True, "test", date(2026, 6, 1),
    )  # fmt: skip
    assert result.reference == f"S-{sitting.pk}"
    assert sitting.verification_id == result.pk
    scored = Step.objects.filter(sitting=sitting, scored=True).count()
    assert sitting.rules["min_items"] <= scored <= sitting.rules["max_items"]
    assert Step.objects.filter(sitting=sitting, scored=False).count() == 2


def test_sitting_of_somebody_who_does_not_know_ends_with_a_failed_verification(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: False, at=at)
    assert (sitting.state, sitting.passed) == ("finished", False)
    assert Verification.objects.get().passed is False


def test_sitting_keeps_the_blueprint_and_shows_nothing_twice(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: number % 3 > 0, at=at)
    steps = queries.steps_of(sitting)
    versions = [step.version_id for step in steps]
    assert len(set(versions)) == len(versions)
    areas = [queries.item_of(sitting, step).area for step in steps if step.scored]
    assert {areas[:10].count(area) for area in areas} == {1}


@pytest.mark.parametrize("pattern", [3, 2, 1, 5])
def test_replay_from_the_log_comes_to_the_same_ability_and_decision(at: datetime, pattern: int) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at, seed=pattern), lambda number: number % pattern > 0, at=at)
    again = queries.replay(sitting.pk)
    assert again.differences == ()
    assert (again.ability, again.uncertainty, again.passed) == (sitting.ability, sitting.uncertainty, sitting.passed)


def test_replay_finds_an_answer_that_somebody_changed_in_the_records(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: number % 3 > 0, at=at)
    step = next(step for step in queries.steps_of(sitting) if step.points and step.scored)
    Step.objects.filter(pk=step.pk).update(points=0)
    assert queries.replay(sitting.pk).differences == (f"step {step.number}: 0 points kept, {step.points} earned",)
    Step.objects.filter(pk=step.pk).update(points=step.points, answer="no such answer")
    first, second, *_rest = queries.replay(sitting.pk).differences
    assert first == f"step {step.number}: {step.points} points kept, 0 earned"
    assert second.startswith("recorded (")


def test_a_result_never_changes_because_someone_edits_an_items_difficulty_later(at: datetime) -> None:
    make_bank()
    done = sit_through(make_sitting(at=at), lambda number: number % 3 > 0, at=at)
    begun = make_sitting(at=at, seed=2)
    give(begun, last_step(begun), at)
    before = queries.replay(done.pk)
    for version in ItemVersion.objects.filter(state="live"):
        give_parameters(version, b=(2.5,), at=at, model="rasch")
    make_item(key="another", area="ai")
    assert queries.replay(done.pk) == before
    done.refresh_from_db()
    assert (done.ability, done.passed) == (before.ability, before.passed)
    assert Verification.objects.get(pk=done.verification_id).passed == before.passed
    finished = sit_through(begun, lambda number: True, at=at)
    assert finished.pool_id == done.pool_id
    assert queries.replay(finished.pk).differences == ()
    later = make_sitting(at=at, seed=3)
    assert later.pool_id != done.pool_id


def test_start_comes_back_to_the_open_sitting(at: datetime) -> None:
    make_bank()
    person = make_worker()
    first = make_sitting(person, at=at)
    give(first, last_step(first), at)
    assert make_sitting(person, at=at + timedelta(days=3), seed=9).pk == first.pk
    assert Step.objects.filter(sitting=first).count() == 2


def test_sitting_that_nobody_came_back_to_counts_as_nothing(at: datetime) -> None:
    make_bank()
    person = make_worker()
    first = make_sitting(person, at=at)
    give(first, last_step(first), at)
    later = at + timedelta(days=8)
    assert operations.close_forgotten(at=later - timedelta(days=2)) == 0
    assert operations.close_forgotten(at=later) == 1
    first.refresh_from_db()
    assert (first.state, first.passed, Verification.objects.count()) == ("broken_off", None, 0)
    assert queries.duty_of(person.pk, later.date()).verification.next_attempt_on is None
    assert make_sitting(person, at=later).pk != first.pk


def test_next_test_after_a_failed_one_waits_and_practice_does_not(at: datetime) -> None:
    make_bank()
    person = make_worker()
    sit_through(make_sitting(person, at=at), lambda number: False, at=at)
    with pytest.raises(errors.NotYet) as refused:
        make_sitting(person, at=at + timedelta(days=13))
    assert refused.value.on == date(2026, 6, 15)
    assert make_sitting(person, at=at, purpose="practice").purpose == "practice"
    again = make_sitting(person, at=at + timedelta(days=14), seed=5)
    assert again.state == "open"


def test_waiting_time_is_the_one_of_the_terms_on_the_day_of_the_failed_test(at: datetime) -> None:
    make_bank()
    person = make_worker()
    for day, waiting in ((date(2026, 6, 1), 3), (date(2026, 6, 2), 30)):
        given = operations.TermsGiven(waiting_days=waiting)
        operations.set_terms(valid_from=day, given=given, because="Tako.", at=at, actor=None)
    sit_through(make_sitting(person, at=at), lambda number: False, at=at)
    with pytest.raises(errors.NotYet) as refused:
        make_sitting(person, at=at + timedelta(days=2))
    assert refused.value.on == date(2026, 6, 4)
    assert make_sitting(person, at=at + timedelta(days=3), seed=5).state == "open"


def test_areas_to_learn_are_those_that_lost_points(at: datetime) -> None:
    make_bank()
    right = sit_through(make_sitting(at=at), lambda number: True, at=at)
    wrong = sit_through(make_sitting(at=at), lambda number: False, at=at)
    asked = {step.version.area for step in Step.objects.filter(sitting=wrong, scored=True).select_related("version")}
    assert (queries.areas_to_learn(right), set(queries.areas_to_learn(wrong))) == ([], asked)


def test_next_test_leaves_out_what_the_person_has_seen(at: datetime) -> None:
    make_bank()
    person = make_worker()
    first = sit_through(make_sitting(person, at=at), lambda number: False, at=at)
    second = sit_through(make_sitting(person, at=at + timedelta(days=20), seed=2), lambda number: False, at=at)
    seen, new = ({step.version_id for step in queries.steps_of(one) if step.scored} for one in (first, second))
    assert not seen & new


def test_answer_that_comes_again_changes_nothing(at: datetime) -> None:
    make_bank()
    sitting = make_sitting(at=at)
    step = last_step(sitting)
    assert not give(sitting, step, at).again
    before = list(Step.objects.values())
    again = give(sitting, step, at + timedelta(seconds=5), given=wrong_form(sitting, step))
    assert (again.again, again.step.points) == (True, Step.objects.get(pk=step.pk).points)
    assert list(Step.objects.values()) == before


def test_last_answer_that_comes_again_records_one_result(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: True, at=at)
    last = last_step(sitting)
    assert give(sitting, last, at).again
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(("number", "token"), [(2, None), (0, None), (1, "another"), (1, "")])
def test_question_that_is_not_shown_cannot_be_answered(at: datetime, number: int, token: str | None) -> None:
    """Skipping ahead, going back to nothing, and forms of other sittings are refused."""
    make_bank()
    sitting = make_sitting(at=at)
    step = last_step(sitting)
    with pytest.raises(errors.AnotherQuestion):
        give(sitting, step, at, number=number, token=step.token if token is None else token)
    assert Step.objects.get().answer is None


def test_form_of_another_sitting_is_refused(at: datetime) -> None:
    make_bank()
    mine, other = make_sitting(at=at), make_sitting(at=at, seed=2)
    with pytest.raises(errors.AnotherQuestion):
        give(mine, last_step(other), at, given={})
    assert not Step.objects.exclude(answer__isnull=True).exists()


def test_incomplete_answer_is_refused_and_keeps_the_question(at: datetime) -> None:
    make_bank()
    sitting = make_sitting(at=at)
    with pytest.raises(Incomplete):
        give(sitting, last_step(sitting), at, given={})
    assert Step.objects.get().answered_at is None


def test_not_knowing_earns_nothing_and_goes_on(at: datetime) -> None:
    make_bank()
    sitting = make_sitting(at=at)
    taken = give(sitting, last_step(sitting), at, given=None)
    assert (taken.step.points, taken.step.answer in ([], {})) == (0, True)
    assert last_step(sitting).number == 2


def test_pilot_questions_count_for_nothing(at: datetime) -> None:
    make_bank()
    person = make_worker()
    sitting = make_sitting(person, at=at)
    pilots = []
    while sitting.ended_at is None:
        step = last_step(sitting)
        if not step.scored:
            pilots.append(step.number)
        form = right_form(sitting, step) if step.scored else wrong_form(sitting, step)
        sitting = give(sitting, step, at, given=form).sitting
    assert len(pilots) == 2
    assert 1 not in pilots
    assert sitting.passed is True


def test_lost_connection_costs_little_time(at: datetime) -> None:
    """An hour away from a question uses up five minutes, and the test goes on."""
    make_bank()
    sitting = make_sitting(at=at)
    for number in range(1, 5):
        give(sitting, last_step(sitting), at + timedelta(hours=number))
    assert queries.time_spent(sitting, queries.steps_of(sitting)) == timedelta(minutes=20)
    sitting.refresh_from_db()
    assert sitting.state == "open"


@pytest.mark.parametrize(("more_time", "asked"), [(100, 12), (150, 18), (200, 20)])
def test_who_chose_more_time_may_think_longer(at: datetime, more_time: int, asked: int) -> None:
    make_bank(each=8, pilots=0)
    person = make_worker()
    sitting = operations.start_sitting(
        person_id=person.pk, employer_id=organisation.make_employer().pk, purpose="verification", language="sl",
        at=at, seed=1, more_time=more_time,
    )  # fmt: skip
    Sitting.objects.filter(pk=sitting.pk).update(rules={**sitting.rules, "min_items": 20, "question_minutes": 5})
    sitting = sit_through(Sitting.objects.get(pk=sitting.pk), lambda number: number % 2 > 0, at=at, seconds=300)
    assert Step.objects.filter(sitting=sitting).count() == asked


def test_time_that_nobody_may_choose_is_refused(at: datetime) -> None:
    make_bank()
    employer = organisation.make_employer().pk
    told: dict[str, Any] = {"purpose": "verification", "language": "sl", "at": at, "seed": 1, "more_time": 900}
    with pytest.raises(errors.SuchTimeIsNotGiven):
        operations.start_sitting(person_id=make_worker().pk, employer_id=employer, **told)


def test_bank_without_enough_questions_starts_nothing(at: datetime) -> None:
    make_bank(each=1)
    with pytest.raises(errors.NoQuestions):
        make_sitting(at=at)
    assert Sitting.objects.count() == 0


def test_who_left_the_employer_meanwhile_gets_no_result_recorded(at: datetime) -> None:
    make_bank()
    person = organisation.make_person()
    organisation.make_employment(person=person, valid_to=date(2026, 6, 1))
    sitting = sit_through(make_sitting(person, at=at), lambda number: True, at=at)
    assert (sitting.passed, sitting.verification_id, Verification.objects.count()) == (True, None, 0)


def test_practice_has_its_own_questions_and_records_nothing(at: datetime) -> None:
    make_bank()
    person = make_worker()
    practice = sit_through(make_sitting(person, at=at, purpose="practice"), lambda number: True, at=at)
    test = sit_through(make_sitting(person, at=at), lambda number: True, at=at)
    assert Step.objects.filter(sitting=practice).count() == practice.rules["max_items"]
    practised, tested = ({step.version_id for step in queries.steps_of(one)} for one in (practice, test))
    assert not practised & tested
    assert (practice.verification_id, Verification.objects.count()) == (None, 1)
    assert queries.replay(practice.pk).differences == ()


def test_practice_shows_the_next_question_after_its_feedback_only(at: datetime) -> None:
    make_bank()
    sitting = make_sitting(at=at, purpose="practice")
    give(sitting, last_step(sitting), at)
    assert Step.objects.count() == 1
    operations.go_on(sitting_id=sitting.pk, at=at)
    operations.go_on(sitting_id=sitting.pk, at=at)
    assert Step.objects.count() == 2


def test_exposure_is_held_back_by_what_was_shown(at: datetime) -> None:
    make_bank(each=8, kinds=("single",))
    for number in range(120):
        make_sitting(at=at, seed=number)
    pool = Sitting.objects.order_by("-id")[0].pool
    first = Step.objects.filter(number=1).values_list("version_id", flat=True)
    assert len(set(first)) > 3
    before = pool.chances
    assert operations.count_exposure(at=at + timedelta(minutes=1)) == 1
    assert operations.count_exposure(at=at + timedelta(minutes=2)) == 0
    pool.refresh_from_db()
    assert len(pool.chances) == len(before)
    assert pool.chances != before


@pytest.mark.django_db(transaction=True)
def test_two_tabs_answer_the_same_question_once(at: datetime) -> None:
    """Both send at the same moment, on both databases: one answer is kept, both are told so, one question follows."""
    make_bank()
    sitting = make_sitting(at=at)
    step = last_step(sitting)
    forms = [right_form(sitting, step), wrong_form(sitting, step)]
    assert _at_once([lambda form=form: give(sitting, step, at, given=form).again for form in forms * 2]) == [
        False, True, True, True,
    ]  # fmt: skip
    assert Step.objects.filter(sitting=sitting).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_devices_start_one_sitting(at: datetime) -> None:
    make_bank()
    person = make_worker()
    started = _at_once([lambda seed=seed: make_sitting(person, at=at, seed=seed).pk for seed in range(3)])
    assert len(set(started)) == 1
    assert Sitting.objects.count() == Step.objects.count() == 1


def _at_once(works: list[Any]) -> list[Any]:
    together = Barrier(len(works))
    results: list[Any] = []

    def run(work: Any) -> None:
        try:
            together.wait(20)
            results.append(work())
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert connection.vendor in {"sqlite", "postgresql"}
    return sorted(results)


def test_replay_is_a_command_that_fails_when_anything_differs(at: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: number % 3 > 0, at=at)
    options = arguments.parser().parse_args(["verification", "replay", str(sitting.pk)])
    assert commands.run(options) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ability"], told["passed"], told["differences"]) == (sitting.ability, sitting.passed, [])
    Sitting.objects.filter(pk=sitting.pk).update(ability=3.0)
    assert commands.run(options) == 1
    assert commands.run(arguments.parser().parse_args(["verification", "replay", "0"])) == 2
    assert "There is no sitting 0" in capsys.readouterr().err
