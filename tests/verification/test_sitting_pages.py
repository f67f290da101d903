"""The pages of the test: what a person sees from the start to the result, and what no page ever tells."""

import re
from datetime import datetime
from typing import Any

import pytest
from benchmarks.answering.form import Form, read
from django.test import Client

from kazipot.foundation import guessing
from kazipot.foundation.models import User, WrongCode
from kazipot.verification import operations, queries
from kazipot.verification.models import Sitting, Step, Verification
from tests.factories import organisation
from tests.factories.verification import (
    SECRET,
    last_step,
    make_bank,
    make_code,
    make_item,
    make_sitting,
    make_worker,
    right_form,
    sit_through,
    wrong_form,
)

pytestmark = pytest.mark.django_db
TEST, PRACTICE, HERE = "/verification/test/", "/verification/practice/", "/verification/here/"


def worker(client: Client) -> Any:
    """Somebody with a job who is signed in."""
    person = make_worker()
    client.force_login(organisation.make_user(person=person))
    return person


def the_form(response: Any) -> Form:
    """The form of a question page."""
    return next(form for form in read(response.content.decode()).forms if form.method == "post" and form.buttons)


def send(client: Client, page: str, sitting: Sitting, step: Step, **changes: Any) -> Any:
    """Send a question's form."""
    told = {"sitting": sitting.pk, "number": step.number, "token": step.token, "step": "answer"}
    return client.post(page, {**told, **right_form(sitting, step), **changes})


def test_whole_test_of_a_person_never_shows_a_key(client: Client) -> None:
    """Every response of a sitting is searched: keys of options, reasons, sources, parameters, what a region is."""
    make_bank()
    worker(client)
    seen: list[str] = []

    def kept(response: Any) -> Any:
        seen.append(response.content.decode() + str(response.headers) + str(response.cookies))
        return response

    kept(client.get(TEST))
    kept(client.post(TEST, {"step": "start"}))
    sitting = Sitting.objects.get()
    kinds = set()
    while sitting.ended_at is None:
        step = last_step(sitting)
        kinds.add(str(queries.item_of(sitting, step).kind))
        kept(client.get(TEST))
        kept(client.get(TEST, headers={"Accept-Language": "en"}))
        kept(send(client, TEST, sitting, step, number=step.number + 1))
        if step.number % 2:
            kept(client.post(TEST, {"sitting": sitting.pk, "number": step.number, "token": step.token}))
        kept(send(client, TEST, sitting, step))
        kept(send(client, TEST, sitting, step))
        sitting.refresh_from_db()
    kept(client.get(f"/verification/tests/{sitting.pk}/"))
    kept(client.get("/verification/tests/"))
    assert kinds == {"single", "multiple", "order", "match", "hotspot", "scenario"}
    assert len(seen) > 50
    for text in seen:
        assert SECRET not in text
        assert not re.search(r"kljuc|rationale|correct|difficulty|enemies|rasch|gpcm", text)


@pytest.mark.parametrize("kind", ["single", "multiple", "order", "match", "hotspot", "scenario"])
def test_question_can_be_answered_by_what_its_page_holds_alone(client: Client, kind: str) -> None:
    """Without scripts: the fields of the page are those that the answer needs."""
    make_bank(kinds=(kind,))
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    step = last_step(sitting)
    form = the_form(client.get(TEST))
    right = right_form(sitting, step)
    assert {field.name for field in form.asked} == set(right)
    for name, values in right.items():
        assert set(values) <= set(form.fields[name].options)
    sent = {**dict(form.hidden), **right, "step": "answer"}
    assert client.post(form.action, sent).headers["Location"] == TEST
    step.refresh_from_db()
    assert step.points == queries.points_of(queries.item_of(sitting, step))


def test_order_shown_stays_the_same_when_the_page_is_opened_again_and_in_english(client: Client) -> None:
    make_bank()
    worker(client)
    client.post(TEST, {"step": "start"})
    first, second = client.get(TEST).content.decode(), client.get(TEST).content.decode()
    client.cookies["language"] = "en"
    english = client.get(TEST).content.decode()
    numbers = [re.findall(r"(?:možnost|par|vrstica) (\d)", text) for text in (first, second, english)]
    assert numbers[0] == numbers[1] == numbers[2]
    assert "(en)" in english
    assert "(en)" not in first


def test_incomplete_answer_says_so_and_keeps_what_was_chosen(client: Client) -> None:
    make_bank(kinds=("match",))
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    step = last_step(sitting)
    form = {**right_form(sitting, step), "a0-2": [""]}
    response = send(client, TEST, sitting, step, **form)
    assert response.status_code == 422
    assert "usa-alert--error" in response.content.decode()
    assert the_form(response).fields["a0-1"].checked == form["a0-1"]
    assert Step.objects.get().answer is None


def test_i_do_not_know_goes_on(client: Client) -> None:
    make_bank()
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    step = last_step(sitting)
    told = {"sitting": sitting.pk, "number": step.number, "token": step.token, "step": "unknown"}
    assert client.post(TEST, told).status_code == 302
    assert last_step(sitting).number == 2


def test_back_button_and_second_tab_lose_and_double_nothing(client: Client) -> None:
    make_bank()
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    step = last_step(sitting)
    send(client, TEST, sitting, step)
    kept = Step.objects.get(number=1)
    again = client.post(
        TEST,
        {"sitting": sitting.pk, "number": 1, "token": step.token, "step": "answer", **wrong_form(sitting, step)},
        follow=True,
    )
    assert "answered already" in again.content.decode() or "že odgovorili" in again.content.decode()
    assert Step.objects.get(number=1).answer == kept.answer
    assert Step.objects.count() == 2
    assert "no-store" in again.headers["Cache-Control"]


def test_somebody_elses_sitting_is_not_there(client: Client, at: datetime) -> None:
    make_bank()
    other = make_sitting(at=at)
    done = sit_through(make_sitting(at=at, seed=3), lambda number: True, at=at)
    worker(client)
    step = last_step(other)
    assert send(client, TEST, other, step).status_code == 404
    assert client.get(f"/verification/tests/{done.pk}/").status_code == 404
    assert client.get(f"/verification/tests/{other.pk}/").status_code == 404
    step.refresh_from_db()
    assert step.answer is None
    client.post(TEST, {"step": "start"})
    mine = Sitting.objects.latest("pk")
    stolen = send(client, TEST, mine, step, **right_form(other, step))
    assert stolen.status_code == 302
    assert not Step.objects.filter(sitting=mine).exclude(answer__isnull=True).exists()


@pytest.mark.parametrize(
    "changes",
    [{"number": "x"}, {"number": "1" * 30}, {"sitting": ""}, {"token": "x"}, {"number": "7"}, {"step": "next"}],
)
def test_forged_form_leads_to_where_the_person_is(client: Client, changes: dict[str, str]) -> None:
    make_bank()
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    step = last_step(sitting)
    told = {"sitting": sitting.pk, "number": 1, "token": step.token, "step": "answer"}
    response = client.post(TEST, {**told, **right_form(sitting, step), **changes})
    assert (response.status_code, response.headers["Location"]) == (302, TEST)
    assert Step.objects.get().answer is None


@pytest.mark.parametrize("value", ["0", "99", "kljuc-1", "-1", "1 OR 1=1"])
def test_place_that_is_not_on_the_page_is_no_answer(client: Client, value: str) -> None:
    make_bank(kinds=("single",))
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    assert send(client, TEST, sitting, last_step(sitting), a0=value).status_code == 302
    assert Step.objects.get().answer is None


def test_test_by_a_code_goes_on_signed_in_and_by_a_link(client: Client, at: datetime) -> None:
    """Begun on a shared tablet, continued at home, finished by the link of a mail."""
    make_bank()
    person = make_worker()
    code = make_code(person, at=at)
    assert client.post("/verification/enter/", {"code": code.upper()}).headers["Location"] == HERE
    client.post(HERE, {"step": "start"})
    sitting = Sitting.objects.get()
    send(client, HERE, sitting, last_step(sitting))
    client.post("/verification/leave/")
    assert client.get(HERE).headers["Location"] == "/verification/enter/"
    home = Client()
    home.force_login(organisation.make_user(person=person))
    assert "2" in home.get(TEST).content.decode()
    send(home, TEST, sitting, last_step(sitting))
    token = operations.make_code(
        person_id=person.pk, employer_id=sitting.employer_id, valid_until=at.date().replace(year=2099), at=at,
        actor=None, for_mail=True,
    )  # fmt: skip
    phone = Client()
    assert phone.get(f"/verification/link/{token}/").status_code == 200
    assert phone.get(HERE).status_code == 302
    assert phone.post(f"/verification/link/{token}/").headers["Location"] == HERE
    assert send(phone, HERE, sitting, last_step(sitting)).headers["Location"] == HERE
    assert Step.objects.exclude(answer__isnull=True).count() == 3


def test_newer_code_closes_the_older_one_also_where_it_is_open(client: Client, at: datetime) -> None:
    make_bank()
    person = make_worker()
    old = make_code(person, at=at)
    client.post("/verification/enter/", {"code": old})
    assert client.get(HERE).status_code == 200
    make_code(person, at=at)
    assert client.get(HERE).status_code == 302
    assert client.post("/verification/enter/", {"code": old}).status_code == 422
    assert client.get(f"/verification/link/{old}/").status_code == 404


def test_code_is_valid_until_its_last_day(client: Client, at: datetime) -> None:
    person = make_worker()
    code = make_code(person, at=at, until=at.date().replace(year=2020))
    assert client.post("/verification/enter/", {"code": code}).status_code == 422


def test_codes_cannot_be_guessed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 3)
    for number in range(3):
        assert client.post("/verification/enter/", {"code": f"abcd-efgh-234{number}"}).status_code == 422
    assert WrongCode.objects.count() == 3
    assert client.post("/verification/enter/", {"code": "abcd-efgh-2349"}).status_code == 429
    assert client.get("/verification/link/abcdefgh2345/").status_code == 429


def test_practice_shows_reasons_after_the_answer_only(client: Client) -> None:
    make_bank()
    worker(client)
    client.post(PRACTICE, {"step": "start"})
    sitting = Sitting.objects.get()
    number = 0
    while sitting.ended_at is None:
        step = last_step(sitting)
        assert SECRET not in client.get(PRACTICE).content.decode()
        send(client, PRACTICE, sitting, step)
        page = client.get(PRACTICE).content.decode()
        assert SECRET in page
        assert "kljuc" not in page
        client.post(PRACTICE, {"sitting": sitting.pk, "number": step.number, "step": "next"})
        sitting.refresh_from_db()
        number += 1
    assert number == sitting.rules["max_items"]
    assert client.get(f"/verification/tests/{sitting.pk}/").status_code == 200
    assert Verification.objects.count() == 0


@pytest.mark.parametrize("passes", [True, False])
def test_result_tells_what_comes_next_in_words_and_no_figures(client: Client, at: datetime, passes: bool) -> None:
    make_bank()
    person = worker(client)
    sitting = sit_through(make_sitting(person, at=at), lambda number: passes, at=at)
    page = client.get(f"/verification/tests/{sitting.pk}/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert f"{sitting.ability:.1f}".replace(".", ",") not in main
    assert "%" not in main
    assert ("Naučite se" in main) or ("Learn this next" in main) or passes


def test_start_page_tells_when_the_next_attempt_is(client: Client, at: datetime, monkeypatch: Any) -> None:
    make_bank()
    person = worker(client)
    monkeypatch.setattr("kazipot.foundation.clock.now", lambda: at)
    sit_through(make_sitting(person, at=at), lambda number: False, at=at)
    page = client.get(TEST).content.decode()
    assert "15.\u00a06.\u00a02026" in page
    assert client.post(TEST, {"step": "start"}).status_code == 422
    assert Sitting.objects.count() == 1


def test_without_enough_questions_the_start_page_says_so(client: Client) -> None:
    make_item(key="alone")
    worker(client)
    assert client.post(TEST, {"step": "start"}).status_code == 422


def test_answer_and_next_question_take_a_bounded_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    make_bank()
    worker(client)
    client.post(TEST, {"step": "start"})
    sitting = Sitting.objects.get()
    for _number in range(3):
        step = last_step(sitting)
        form = right_form(sitting, step)
        with django_assert_max_num_queries(20):
            send(client, TEST, sitting, step, **form)
        client.get(TEST)
    with django_assert_max_num_queries(12):
        client.get(TEST)


@pytest.mark.parametrize("rows", [1, 3])
def test_own_tests_take_as_many_queries_for_many(
    client: Client, at: datetime, rows: int, django_assert_num_queries: Any
) -> None:
    make_bank()
    person = worker(client)
    for number in range(rows):
        sit_through(make_sitting(person, at=at, purpose="practice", seed=number), lambda number: True, at=at)
    client.get("/verification/tests/")
    with django_assert_num_queries(QUERIES_OF_LIST):
        assert client.get("/verification/tests/").content.decode().count("<tr>") == rows + 1


QUERIES_OF_LIST = 8


def test_who_has_no_job_here_has_no_test(client: Client) -> None:
    user: User = organisation.make_user(person=organisation.make_person())
    client.force_login(user)
    assert client.get(TEST).status_code == 403
