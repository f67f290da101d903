"""Impossible records in a terminal, and how the test asks the duty whether help comes first."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kazipot.organisation.models import Employment
from kazipot.project.cli import arguments, commands
from kazipot.verification import operations, queries
from kazipot.verification.errors import HelpFirst
from kazipot.verification.models import BouncedAddress, Sitting
from tests.factories.duty import away, make_result, make_training
from tests.factories.organisation import make_employment, make_person, make_unit
from tests.factories.verification import make_bank, make_sitting, make_worker, sit_through

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def calendar(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def run(*words: str) -> int:
    return commands.run(arguments.parser().parse_args(["verification", *words]))


def test_audit_finds_impossible_records_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    gone = make_employment(person=make_person(), unit=make_unit(), valid_to=date(2026, 1, 1))
    make_result(gone, date(2026, 3, 1))
    twice = make_employment(person=make_person(), unit=make_unit())
    make_result(twice, date(2026, 2, 1), reference="a")
    make_result(twice, date(2026, 2, 1), reference="b")
    assert run("audit", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(row["person"], row["fault"], row["on"]) for row in told["findings"]] == [
        (gone.person.key, "not_employed", "2026-03-01"), (twice.person.key, "twice_passed", "2026-02-01"),
    ]  # fmt: skip
    assert run("audit") == 1
    shown = capsys.readouterr().out
    assert f"{gone.person.key}, 1 March 2026: Trained or verified on a day without a job" in shown
    assert shown.endswith("2 impossible records.\n")


def test_audit_of_sound_records_is_content(capsys: pytest.CaptureFixture[str]) -> None:
    job = make_employment(person=make_person(), unit=make_unit())
    make_result(job, date(2026, 2, 1))
    make_training(job, date(2026, 1, 1))
    away(job, date(2025, 1, 1), date(2025, 9, 1))
    assert run("audit") == 0
    assert capsys.readouterr().out == "No impossible records.\n"


def test_audit_finds_a_sitting_without_a_result(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: True, at=at)
    assert queries.audit_of(TODAY) == {}
    Sitting.objects.filter(pk=sitting.pk).update(verification=None)
    found = queries.audit_of(TODAY)[sitting.person_id]
    assert [(row.fault, row.on) for row in found] == [("not_recorded", TODAY)]


def test_bounces_are_marked_from_files(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "back.eml"
    file.write_bytes(
        b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n'
        b"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    assert run("bounces", str(file)) == 0
    assert capsys.readouterr().out == "1 failed addresses, 1 of them new\n"
    assert BouncedAddress.objects.get().email == "a@b.example"


def test_test_does_not_begin_before_help_when_no_attempts_are_left(at: datetime) -> None:
    make_bank()
    person = make_worker()
    job = Employment.objects.get(person=person)
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        make_result(job, day, passed=False)
    with pytest.raises(HelpFirst):
        make_sitting(person, at=at)
    assert make_sitting(person, at=at, purpose="practice").purpose == "practice"
    operations.record_training(
        person_id=person.pk, employer_id=job.employer_id, done_on=TODAY, reference="phishing", at=at
    )
    assert make_sitting(person, at=at + timedelta(hours=1)).person_id == person.pk


def test_result_of_a_sitting_is_an_event_of_the_duty(at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(at=at), lambda number: True, at=at)
    assert queries.duty_of(sitting.person_id, TODAY).verification.valid_until == date(2028, 5, 31)
