"""Answers go to calibration as a table without people, and come back as parameters."""

import csv
import io
import json
from datetime import date, datetime
from math import exp
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.project.cli import arguments, commands
from kazipot.verification import imports, operations, queries
from kazipot.verification.exports import answers_csv
from kazipot.verification.models import ItemParameters, Sitting, Step
from tests.factories import organisation
from tests.factories.verification import make_bank, make_item, make_sitting, make_worker, sit_through

pytestmark = pytest.mark.django_db
FEW = 5


def knows(person: int, place: int) -> bool:
    """Whether somebody answers rightly: the later the person, the more often."""
    return Random(person * 100 + place).random() < (person + 1) / (FEW + 1)


@pytest.fixture
def tests_taken(monkeypatch: pytest.MonkeyPatch, at: datetime) -> list[Sitting]:
    """So many finished tests, one more that is open, and a practice; few are enough here."""
    monkeypatch.setattr("kazipot.verification.queries.answers.FEWEST", 2)
    monkeypatch.setattr("kazipot.verification.exports.answers.FEWEST", 2)
    make_bank(pilots=0, kinds=("single", "multiple", "scenario"))
    found = []
    for number in range(FEW):
        sitting = make_sitting(make_worker(last_name="Čebašek"), at=at, seed=number)
        found.append(sit_through(sitting, lambda place, number=number: knows(number, place), at=at))
    make_sitting(at=at, seed=77)
    sit_through(make_sitting(at=at, purpose="practice"), lambda _n: True, at=at)
    return found


def expected(sittings: list[Sitting], *, stories: bool) -> list[dict[str, int]]:
    """The same rows by other means."""
    rows: list[dict[str, int]] = []
    told: dict[str, list[int]] = {}
    for sitting in sittings:
        row = {}
        for step in Step.objects.filter(sitting=sitting).select_related("version__item"):
            if stories or step.version.kind != "scenario":
                name = f"{step.version.item.key}@{step.version.number}"
                row[name] = int(step.points or 0)
                told.setdefault(name, []).append(row[name])
        rows.append(row)
    kept = {name for name, points in told.items() if len(set(points)) == max(points) + 1 > 1}
    return [{name: points for name, points in row.items() if name in kept} for row in rows]


def as_set(rows: list[dict[str, int]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows if row)


@pytest.mark.parametrize("stories", [False, True])
def test_rows_are_finished_tests_in_no_order(stories: bool, tests_taken: list[Sitting]) -> None:
    items, rows = queries.answers_to_calibrate(stories=stories, rng=Random(1))
    assert as_set(rows) == as_set(expected(tests_taken, stories=stories))
    assert set(items) == {name for row in rows for name in row}
    other = queries.answers_to_calibrate(stories=stories, rng=Random(2))[1]
    assert (as_set(other), other != rows) == (as_set(rows), True)


def test_answers_take_so_many_queries(tests_taken: list[Sitting], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        queries.answers_to_calibrate(stories=True, rng=Random(1))


def test_page_gives_the_table_and_nobody_stands_in_it(client: Client, tests_taken: list[Sitting]) -> None:
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    address = reverse("verification:item-answers")
    assert client.get(address).status_code == 200
    response = client.post(address, {"kinds": "all"})
    text = b"".join(response).decode()  # type: ignore[arg-type]
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["test"] for row in table] == [str(number) for number in range(1, len(table) + 1)]
    read = [{name: int(value) for name, value in row.items() if name != "test" and value} for row in table]
    assert as_set(read) == as_set(expected(tests_taken, stories=True))
    people = {str(word) for one in tests_taken for word in (one.person.key, one.person.last_name)}
    assert not any(word in text for word in people)
    assert AuditEvent.objects.get(verb="verification.take_answers").detail["tests"] == len(table)


def test_too_few_tests_give_no_table(client: Client) -> None:
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    make_bank()
    response = client.post(reverse("verification:item-answers"), {"kinds": "single"})
    assert response.status_code == 422
    assert AuditEvent.objects.filter(verb="verification.take_answers").count() == 0


def test_command_writes_the_table(tests_taken: list[Sitting], tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    assert commands.run(arguments.parser().parse_args(["verification", "answers", "--out", str(file)])) == 0
    responses = imports.read_responses(file)
    assert responses.persons == len(queries.answers_to_calibrate(stories=False, rng=Random(1))[1])


def test_table_is_calibrated_and_taken_over(tmp_path: Path, at: datetime) -> None:
    versions = [make_item(key=f"item-{number}") for number in range(5)]
    items = [f"{version.item.key}@{version.number}" for version in versions]
    chance = Random(1)
    people = [chance.gauss(0, 1) for _person in range(400)]
    rows = [
        {item: int(chance.random() < 1 / (1 + exp(place / 2 - 1 - person))) for place, item in enumerate(items)}
        for person in people
    ]
    answers, bank = tmp_path / "answers.csv", tmp_path / "bank.json"
    answers.write_bytes(b"".join(answers_csv(items, rows)))
    words = ["verification", "calibrate", str(answers), "--model", "rasch", "--out", str(bank)]
    assert commands.run(arguments.parser().parse_args(words)) == 0
    given = imports.read_calibration(bank.name, bank.read_bytes())
    taken = operations.take_parameters(
        given=given, calibrated_on=date(2026, 6, 1), reason="first answers", at=at, actor=None
    )
    assert taken == ItemParameters.objects.filter(origin="calibration", sample_size=400).count() == 5
