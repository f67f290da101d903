"""What people know before and after a training: questions of the bank for practice, by a personal link."""

import re
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.items.answering import fields_for
from kazipot.core.items.scoring import right_answer
from kazipot.foundation.models import OutgoingMessage
from kazipot.organisation.models import Person
from kazipot.training.models import KnowledgeScore, Session
from kazipot.training.operations import record_attendance
from kazipot.verification import operations, queries
from kazipot.verification.queries import Trial
from kazipot.verification.queries.pools import is_for_practice
from tests.factories.items import make_version, single
from tests.factories.organisation import make_employment, make_person, make_unit
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
BEFORE, HELD = datetime(2026, 6, 12, 9, tzinfo=UTC), datetime(2026, 6, 15, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _calendar(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-12"


def bank(practice: int, *, competence: str = "4.2") -> None:
    """So many questions for practice, and as many for the test."""
    wanted = {True: practice, False: practice}
    for number in count(1):
        key = f"k-{competence.replace('.', '-')}-{number}"
        kind = is_for_practice(key)
        if wanted[kind]:
            make_version(single(key, competences=(competence,)))
            wanted[kind] -= 1
        if not any(wanted.values()):
            return


def seated(session: Session, people: int = 1, email: str = "ana@example.si") -> list[Person]:
    unit, found = make_unit(), []
    for _ in range(people):
        found.append(make_employment(person=make_person(email=email), unit=unit).person)
        make_offer(session, found[-1], unit, state="accepted")
    return found


def take(client: Client, trial: Trial, right: int) -> str:
    """Answer the first questions right and say “I don't know” to the others; the last page."""
    address, state = reverse("verification:knowledge", args=[trial.token()]), ""
    session = Session.objects.get(pk=trial.session_id)
    versions = queries.questions_of(trial, queries.questions_about(session, at=BEFORE))
    page = client.get(address).text
    for number, version in enumerate(versions):
        found = re.search(r'name="state" value="([^"]+)"', page)
        assert found
        state = found[1]
        item = queries.definition_of(version)
        fields = fields_for(item, number, right_answer(item)) if number < right else {}
        told = {**fields, "state": state, "step": "answer" if number < right else "unknown"}
        page = client.post(address, told).text
    return page


def test_questions_are_for_practice_and_fit_the_course() -> None:
    bank(8)
    security, other = make_session(make_course(security=True)), make_session(make_course("T-2"))
    found = queries.questions_about(security, at=BEFORE)
    assert len(found) == 8
    assert all(is_for_practice(queries.definition_of(pk).key) for pk in found)
    assert queries.questions_about(other, at=BEFORE) == []
    bank(6, competence="1.1")
    assert {queries.definition_of(pk).competences for pk in queries.questions_about(other, at=BEFORE)} == {("1.1",)}


def test_too_few_questions_are_none() -> None:
    bank(5)
    assert queries.questions_about(make_session(make_course(security=True)), at=BEFORE) == []


def test_halves_change_places_and_each_person_gets_both_once() -> None:
    bank(10)
    session = make_session(make_course(security=True))
    every = queries.questions_about(session, at=BEFORE)
    halves = set()
    for person_id in range(1, 41):
        before = queries.questions_of(Trial(session.pk, person_id, "before"), every)
        after = queries.questions_of(Trial(session.pk, person_id, "after"), every)
        assert sorted(before + after) == sorted(every)
        assert len(before) == len(after) == 5
        halves.add(tuple(before))
    assert len(halves) == 2


def test_people_are_asked_once_before_and_once_after() -> None:
    bank(6)
    session = make_session(make_course(security=True), capacity=5)
    there, absent = seated(session, 2)
    seated(session, email="")
    assert operations.ask_for_knowledge(at=datetime(2026, 6, 10, 9, tzinfo=UTC)) == 0
    assert [operations.ask_for_knowledge(at=BEFORE) for _ in range(2)] == [2, 0]
    record_attendance(session_id=session.pk, present=[there.pk], at=HELD, actor=None)
    assert [operations.ask_for_knowledge(at=HELD) for _ in range(2)] == [1, 0]
    assert OutgoingMessage.objects.filter(key__endswith=f".after.{absent.pk}").count() == 0


def test_link_of_the_mail_leads_through_the_questions_to_a_score_seen_by_nobody_else(client: Client) -> None:
    bank(6)
    session = make_session(make_course(security=True))
    (person,) = seated(session)
    operations.ask_for_knowledge(at=BEFORE)
    client.cookies["language"] = "en"
    assert reverse("verification:knowledge", args=[Trial(session.pk, person.pk, "before").token()]) in (
        OutgoingMessage.objects.get().body
    )
    page = take(client, Trial(session.pk, person.pk, "before"), right=2)
    assert "Questions that you knew: 2 of 3." in page
    score = KnowledgeScore.objects.get()
    assert (score.person_id, score.moment, score.right, score.asked) == (person.pk, "before", 2, 3)
    assert "the first time counts" in take(client, Trial(session.pk, person.pk, "before"), right=3)
    assert KnowledgeScore.objects.get().right == 2


def test_incomplete_answer_is_asked_again_and_a_made_up_state_begins_anew(client: Client) -> None:
    bank(6)
    session = make_session(make_course(security=True))
    (person,) = seated(session)
    address = reverse("verification:knowledge", args=[Trial(session.pk, person.pk, "before").token()])
    client.cookies["language"] = "en"
    assert client.post(address, {"step": "answer"}).status_code == 422
    other = queries.with_state(Trial(session.pk, person.pk + 1, "before"), 2, 2)
    for state in ("x", other, queries.with_state(Trial(session.pk, person.pk, "after"), 2, 2)):
        assert "Question 2 of 3" in client.post(address, {"step": "unknown", "state": state}).text


def test_made_up_link_is_not_there(client: Client) -> None:
    for token in ("x", Trial(1, 2, "before").token() + "x"):
        assert client.get(reverse("verification:knowledge", args=[token])).status_code == 404


def test_session_without_questions_asks_nobody() -> None:
    bank(6)
    session = make_session(make_course("T-2"), starts_on=date(2026, 6, 15))
    seated(session)
    assert operations.ask_for_knowledge(at=BEFORE) == 0
