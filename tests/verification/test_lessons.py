"""Short lessons: one is help, the whole set is training; the key stays on the server until it is earned."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.duty.events import Helped, Placed, Verified
from kazipot.core.duty.standing import Step, duty_on
from kazipot.core.items.answering import fields_for
from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import AREAS
from kazipot.core.items.scoring import right_answer
from kazipot.foundation.roles import Role
from kazipot.verification import operations, queries
from kazipot.verification.models import LessonDone, TrainingDone
from kazipot.verification.views.lessons import SEED
from tests.factories.organisation import make_employment, make_unit, sign_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def finish(job: Any, area: str, at: datetime = AT) -> LessonDone:
    return operations.finish_lesson(person_id=job.person_id, employer_id=job.employer_id, area=area, at=at)


def test_every_area_has_a_lesson_with_sound_checks() -> None:
    found = queries.lessons()
    assert list(found) == list(AREAS)
    for lesson in found.values():
        assert "<h2>" in lesson.html_sl
        assert "<h2>" in lesson.html_en
        assert len(lesson.checks) == 2
        keys = {item.key for item in lesson.checks}
        assert all(key.startswith("lesson-") for key in keys)
        assert [fault for item in lesson.checks for fault in faults_of(item) if fault.path not in UNASKED] == []


UNASKED = {"sources", "explanation.sl", "explanation.en", "competences", "difficulty"}
"""A check of a lesson is no item of the bank: its source is the lesson."""


def test_one_lesson_is_no_training_and_the_whole_set_is_once() -> None:
    job = make_employment()
    for number, area in enumerate(AREAS[:-1]):
        finish(job, area, AT + number * DAY)
    assert not TrainingDone.objects.exists()
    finish(job, AREAS[-1], AT + 20 * DAY)
    (made,) = TrainingDone.objects.all()
    assert (made.done_on, made.source, made.reference) == (date(2026, 6, 21), "lesson", "lessons")
    finish(job, AREAS[0], AT + 30 * DAY)
    assert TrainingDone.objects.count() == 1


def test_same_lesson_on_one_day_counts_once() -> None:
    job = make_employment()
    assert finish(job, "phishing").pk == finish(job, "phishing").pk
    assert queries.lessons_done([job.person_id], AT.date()) == {job.person_id: [AT.date()]}
    assert queries.lessons_done([job.person_id], AT.date() - DAY) == {}


def test_lessons_lapse_with_the_term_of_the_duty() -> None:
    job = make_employment()
    finish(job, "phishing")
    assert set(queries.lessons_of(job.person_id, date(2028, 5, 31))) == {"phishing"}
    assert queries.lessons_of(job.person_id, date(2028, 6, 1)) == {}


def test_short_lesson_is_help_after_failed_attempts() -> None:
    job = Placed(date(2020, 1, 1), "MU/1", date(2020, 1, 1), 1)
    failed = [Verified(date(2026, 5, day), False, day) for day in (4, 20)]
    book = queries.rule_book()
    on = date(2026, 6, 1)
    assert duty_on([job, *failed], on, book).verification.needs_help
    helped = duty_on([job, *failed, Helped(date(2026, 5, 21))], on, book)
    assert not helped.verification.needs_help
    assert helped.step != Step.HELP


def test_lesson_is_finished_on_its_page_by_right_answers_only(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.EMPLOYEE, make_unit().employer)
    page = reverse("verification:lesson", args=["phishing"])
    told = client.get(page).text
    lesson = queries.lessons()["phishing"]
    reasons = [option.rationale.sl for item in lesson.checks for option in item.options]
    assert not any(reason in told for reason in reasons)
    assert client.post(page, {}).status_code == 422
    assert not LessonDone.objects.exists()
    answers = {
        f"c{number}-{name}": values
        for number, item in enumerate(lesson.checks, 1)
        for name, values in fields_for(item, SEED, right_answer(item)).items()
    }
    wrong = {**answers, next(iter(answers)): ["99"]}
    assert client.post(page, wrong).status_code == 422
    assert not LessonDone.objects.exists()
    assert client.post(page, answers).status_code == 302
    assert LessonDone.objects.get().area == "phishing"
