"""A worker outlives a database that is away."""

import argparse
from datetime import UTC, datetime, timedelta

import pytest
from django.db import InterfaceError, OperationalError

from kazipot.foundation import outbox
from kazipot.project.cli import commands

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_worker_goes_on_when_the_database_is_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: type[Exception]
) -> None:
    outcomes = [error("the connection is lost"), error("the connection is lost"), 0]
    closed, paused = [], []

    def work(_options: argparse.Namespace) -> int:
        found = outcomes.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(commands, "_worker", work)
    monkeypatch.setattr(commands.connection, "close", lambda: closed.append(True))
    monkeypatch.setattr(commands.time, "sleep", paused.append)
    assert commands.COMMANDS["worker"](argparse.Namespace(once=False)) == 0
    assert (len(closed), paused) == (2, [commands.PAUSE, commands.PAUSE])
    assert capsys.readouterr().err.count("the connection is lost") == 2


def test_single_round_of_a_worker_says_that_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_options: argparse.Namespace) -> int:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(commands, "_worker", work)
    monkeypatch.setattr(commands.connection, "close", lambda: None)
    with pytest.raises(OperationalError):
        commands.COMMANDS["worker"](argparse.Namespace(once=True))


def test_mail_is_leased_from_when_it_leaves_and_not_from_when_the_round_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a round that took six minutes would lease for five that are over, and a second worker send it too."""
    now, leased_at = [datetime(2026, 6, 1, 7, tzinfo=UTC)], []

    def take_long(*, at: datetime) -> int:
        now[0] += timedelta(minutes=6)
        return 0

    def deliver(*, at: datetime) -> outbox.Delivery:
        leased_at.append(at)
        return outbox.Delivery(0, 0)

    monkeypatch.setattr(commands.clock, "now", lambda: now[0])
    monkeypatch.setattr(commands, "refill_due", take_long)
    monkeypatch.setattr(commands.outbox, "deliver_due", deliver)
    assert commands.COMMANDS["worker"](argparse.Namespace(once=True)) == 0
    assert leased_at == [datetime(2026, 6, 1, 7, 6, tzinfo=UTC)]
