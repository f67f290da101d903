"""Lessons that ship, and how a person goes through them."""

import re
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kazipot.core.items.answering import fields_for
from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import AREAS, Item
from kazipot.core.items.scoring import right_answer
from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Person
from kazipot.verification import operations, queries
from kazipot.verification.errors import StepSkipped
from kazipot.verification.models import LessonDone, LessonProgress
from kazipot.verification.views.lessons import SEED
from tests import independent
from tests.factories.organisation import make_employer, make_person, make_unit, sign_in

TODAY = date(2026, 6, 1)
WORDS = (300, 600)


@pytest.mark.parametrize("area", AREAS)
def test_lesson_that_ships_is_whole_in_both_languages(area: str) -> None:
    sl, en = queries.lesson_of(area, "sl"), queries.lesson_of(area, "en")
    assert [step.check for step in sl.steps] == [step.check for step in en.steps]
    assert {step.check for step in sl.steps if step.check} == set(queries.checks_of(area))
    assert len(queries.checks_of(area)) == 2
    pictures = files("kazipot.verification").joinpath("static", "verification", "lessons")
    for lesson in (sl, en):
        text = "\n".join(step.text for step in lesson.steps)
        assert WORDS[0] <= len(text.split()) <= WORDS[1]
        assert 5 <= lesson.minutes <= 8
        shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", text)
        assert len(shown) == 1
        assert all(words and pictures.joinpath(name).is_file() for words, name in shown)


@pytest.mark.parametrize("area", AREAS)
def test_checks_that_ship_have_no_faults(area: str) -> None:
    assert [fault for item in queries.checks_of(area).values() for fault in faults_of(item)] == []


@pytest.fixture
def person(client: Client, settings: Any) -> Person:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    user = sign_in(client, Role.EMPLOYEE, make_employer(), unit=make_unit())
    client.cookies["language"] = "en"
    return Person.objects.get(user=user)


def address(area: str = "phishing") -> str:
    return reverse("verification:lesson", args=[area])


def right(item: Item) -> dict[str, Any]:
    return fields_for(item, SEED, right_answer(item))


def begin(person: Person, area: str) -> None:
    """The first step, which has no check."""
    at = datetime.fromisoformat("2026-06-01T08:00Z")
    operations.finish_step(person_id=person.pk, area=area, step=1, steps=4, at=at, actor=None)


@pytest.mark.django_db
def test_person_goes_through_a_lesson(client: Client, person: Person) -> None:
    steps = queries.lesson_of("phishing", "en").steps
    for number, step in enumerate(steps, 1):
        page = client.get(address()).content.decode()
        assert f"step {number} of {len(steps)}" in page
        assert step.heading in page
        if step.check:
            told = {"step": str(number), "action": "answer", **right(queries.checks_of("phishing")[step.check])}
            assert "That is right." in client.post(address(), told).content.decode()
        response = client.post(address(), {"step": str(number), "action": "next"})
        assert response.status_code == 302
    assert response.headers["Location"] == reverse("verification:lessons")
    done = LessonDone.objects.get()
    assert (done.person, done.area, done.done_on) == (person, "phishing", TODAY)
    assert "done on 1 June 2026" in client.get(reverse("verification:lessons")).content.decode()


@pytest.mark.django_db
def test_wrong_answer_is_explained_and_kept_nowhere(client: Client, person: Person) -> None:
    begin(person, "phishing")
    before = AuditEvent.objects.count()
    page = client.post(address(), {"step": "2", "action": "answer", "a0": ["1"]}).content.decode()
    assert "Not quite" in page
    assert "The link leads to preverba-kartice.top" in page
    assert AuditEvent.objects.count() == before
    assert LessonProgress.objects.get().steps_done == 1


@pytest.mark.django_db
def test_page_of_a_check_does_not_hold_its_key(client: Client, person: Person) -> None:
    begin(person, "passwords")
    page = client.get(address("passwords")).content.decode()
    assert "Which password would" in page
    assert "Long and random, and you remember it." not in page


@pytest.mark.django_db
def test_check_that_is_not_answered_says_so(client: Client, person: Person) -> None:
    begin(person, "phishing")
    response = client.post(address(), {"step": "2", "action": "answer"})
    assert response.status_code == 422
    assert "The answer is not complete yet." in response.content.decode()
    assert client.post(address(), {"step": "2", "action": "answer", "a0": ["99"]}).status_code == 404


@pytest.mark.django_db
def test_step_counts_once_and_none_is_skipped(at: datetime) -> None:
    told: dict[str, Any] = {"person_id": make_person().pk, "area": "ai", "steps": 2, "at": at, "actor": None}
    with pytest.raises(StepSkipped):
        operations.finish_step(step=2, **told)
    assert operations.finish_step(step=1, **told) is None
    assert operations.finish_step(step=1, **told) is None
    assert operations.finish_step(step=2, **told) is not None
    assert LessonDone.objects.count() == 1
    assert LessonProgress.objects.get().steps_done == 0


@pytest.mark.django_db
def test_all_lessons_count_as_training_with_the_day_of_the_last() -> None:
    who, other = make_person(), make_person()
    for number, area in enumerate(AREAS):
        at = datetime.fromisoformat("2026-05-01T08:00Z") + timedelta(days=number)
        LessonDone.objects.create(person=who, area=area, done_on=at.date(), done_at=at)
        if number:
            LessonDone.objects.create(person=other, area=area, done_on=at.date(), done_at=at)
    assert queries.lessons_done([who.pk, other.pk], TODAY) == {who.pk: date(2026, 5, 10)}
    assert queries.lessons_done(None, date(2026, 5, 9)) == {}
    assert queries.last_trained(TODAY) == {who.pk: date(2026, 5, 10)}
    recounted = independent.dump(connection)
    assert independent.people_through_all_lessons(recounted, date(2026, 5, 9), TODAY) == {who.pk}
    assert independent.people_through_all_lessons(recounted, date(2026, 5, 10), TODAY) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_list_of_lessons_asks_the_same_number_of_questions(
    number: int, client: Client, person: Person, django_assert_num_queries: Any
) -> None:
    for area in AREAS[:number]:
        at = datetime.fromisoformat("2026-05-01T08:00Z")
        LessonDone.objects.create(person=person, area=area, done_on=TODAY, done_at=at)
    with django_assert_num_queries(8):
        client.get(reverse("verification:lessons"))
