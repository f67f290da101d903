"""`./kazipot mail receive` as a mail server calls it."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from kazipot.advisors.models import Thread
from kazipot.project.cli import mail as command
from kazipot.project.cli.arguments import parser
from kazipot.project.cli.commands import run
from tests.factories.advisors import make_appointment
from tests.factories.organisation import make_employment, make_person
from tests.foundation.mail.samples import message

pytestmark = pytest.mark.django_db


class Stdin:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def receive(monkeypatch: Any, raw: bytes, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", Stdin(raw))
    return run(parser().parse_args(["mail", "receive", *more]))


@pytest.fixture
def employee() -> None:
    appointment = make_appointment(valid_from=date(2020, 1, 1))
    make_employment(person=make_person(email="ana.kos@example.org"), unit=appointment.unit)


def test_message_from_standard_input_is_taken_once(monkeypatch: Any, capsys: Any, employee: None) -> None:
    for _ in range(2):
        assert receive(monkeypatch, message("Kako podpišem?")) == 0
    assert capsys.readouterr().out.split("\n")[:2] == ["asked", "taken before"]
    assert Thread.objects.count() == 1


def test_maildir_is_taken(monkeypatch: Any, capsys: Any, employee: None, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(message("Kako podpišem?"))
    assert receive(monkeypatch, b"", "--maildir", str(tmp_path)) == 0
    assert (capsys.readouterr().out, Thread.objects.count()) == ("1\n", 1)


def test_server_is_asked_to_try_again_while_the_database_is_away(monkeypatch: Any, capsys: Any) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(command, "receive_mail", broken)
    assert receive(monkeypatch, message()) == 75
    assert "away" in capsys.readouterr().err
