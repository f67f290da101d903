"""What is noticed about a test leads to a talk and to nothing else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.verification import errors, operations, queries
from kazipot.verification.models import Sitting, Talk, Verification
from tests.factories import organisation
from tests.factories.verification import make_bank, make_sitting, make_worker, sit_through

pytestmark = pytest.mark.django_db
NAMES = ("fast", "unusual")


def usual_tests(at: datetime, number: int = 20) -> None:
    """So many tests of people who take forty seconds for a question."""
    for seed in range(number):
        sit_through(make_sitting(at=at, seed=seed), lambda n, seed=seed: (n + seed) % 4 > 0, at=at)


def test_answers_faster_than_anybody_reads_lead_to_a_talk_and_change_nothing(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kazipot.verification.queries.noticing.FEWEST_TIMES", 3)
    make_bank(each=6, kinds=("single",), pilots=0)
    usual_tests(at)
    operations.look_over(at=at)
    Talk.objects.all().delete()
    fast = sit_through(make_sitting(at=at, seed=99), lambda number: True, at=at, seconds=1)
    before = Verification.objects.get(pk=fast.verification_id)
    assert operations.look_over(at=at) == 1
    talk = Talk.objects.get()
    assert (talk.sitting_id, talk.reason) == (fast.pk, "fast")
    assert talk.noticed["fast"] > 1
    after = Verification.objects.get(pk=fast.verification_id)
    assert (after.passed, after.annulled_at) == (before.passed, None)
    assert operations.look_over(at=at) == 0


def test_usual_tests_lead_to_no_talk_about_speed(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kazipot.verification.queries.noticing.FEWEST_TIMES", 3)
    make_bank(each=6, kinds=("single",), pilots=0)
    usual_tests(at)
    operations.look_over(at=at)
    assert not Talk.objects.filter(reason="fast").exists()
    assert not Sitting.objects.filter(looked_over_at=None).exists()


def test_easy_ones_wrong_and_hard_ones_right_lead_to_a_talk(at: datetime) -> None:
    make_bank(each=7, kinds=("single",), pilots=0, difficulties=(-2.4, 0.8), alike=True)
    sitting = make_sitting(at=at)
    pool = {row["version"]: row["b"][0] for row in sitting.pool.content["items"]}

    def hard(number: int) -> bool:
        return pool[queries.steps_of(sitting)[-1].version_id] > -0.8

    sit_through(sitting, hard, at=at)
    fit = queries.fit_of(Sitting.objects.get())
    assert fit is not None
    assert fit < -2.5
    assert operations.look_over(at=at) == 1
    assert Talk.objects.get().reason == "unusual"


def test_list_is_for_human_resources_of_the_employer_and_tells_no_result(client: Client, at: datetime) -> None:
    make_bank()
    own = sit_through(make_sitting(make_worker(first_name="Berta"), at=at), lambda number: False, at=at)
    other = sit_through(make_sitting(make_worker(first_name="Cvetka"), at=at, seed=2), lambda number: False, at=at)
    other.employer = organisation.make_employer("JHL", "public_company")
    other.save()
    for sitting in (own, other):
        Talk.objects.create(sitting=sitting, reason="fast", noticed={"fast": 7, "answers": 18}, made_at=at)
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    page = client.get("/verification/talks/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "Berta" in main
    assert "Cvetka" not in main
    assert "7" in main
    assert not any(word in main for word in ("ni opravil", "not passed", "passed", "opravljeno"))


def test_talk_is_closed_by_a_person_with_an_outcome_once(client: Client, at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: True, at=at)
    talk = Talk.objects.create(sitting=sitting, reason="unusual", made_at=at)
    user = organisation.sign_in(client, Role.HR, organisation.make_employer())
    told: dict[str, Any] = {"outcome": "again", "note": "Dogovorjeno."}
    assert client.post(f"/verification/talks/{talk.pk}/", {"outcome": "", "note": ""}).status_code == 422
    assert client.post(f"/verification/talks/{talk.pk}/", told).status_code == 302
    talk.refresh_from_db()
    assert (talk.outcome, talk.note, talk.closed_by) == ("again", "Dogovorjeno.", user)
    assert AuditEvent.objects.filter(verb="verification.close_talk").count() == 1
    assert Verification.objects.get().annulled_at is None
    with pytest.raises(errors.TalkIsClosed):
        operations.close_talk(talk_id=talk.pk, at=at + timedelta(days=1), actor=user, outcome="nothing", note="")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_talks_takes_as_many_queries_for_many(
    client: Client, at: datetime, rows: int, django_assert_num_queries: Any
) -> None:
    make_bank()
    for number in range(rows):
        Talk.objects.create(sitting=make_sitting(at=at, seed=number), reason=NAMES[1], made_at=at)
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    client.get("/verification/talks/")
    with django_assert_num_queries(7):
        assert client.get("/verification/talks/").content.decode().count("<tr>") == rows + 1
