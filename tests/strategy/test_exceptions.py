"""Postings that an exception let pass the gate are counted and shown with M4, with the reason in the evidence."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from kazipot.foundation.roles import Role
from kazipot.hiring.models import Override
from kazipot.organisation.models import Unit
from kazipot.strategy import exports, queries
from kazipot.strategy.exports import words
from kazipot.strategy.queries import WHOLE, Second
from tests.factories import needs, organisation, strategy

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
REASON = "Nadomeščanje čez noč."


@pytest.fixture
def unit() -> Unit:
    """Three postings of the year, of which two were let pass, one of them withdrawn; one of the year before."""
    competence = needs.competences_of(needs.make_framework())[0]
    found = organisation.make_unit()
    strategy.make_posting(found, date(2026, 2, 1), competence)
    for on, withdrawn in ((date(2026, 3, 1), None), (date(2026, 3, 2), date(2026, 4, 1)), (date(2025, 12, 1), None)):
        posting = strategy.make_posting(found, on, withdrawn_on=withdrawn)
        Override.objects.create(posting=posting, reason=REASON, overridden_at=datetime(2026, 1, 1, tzinfo=UTC))
    return found


def seconds(scope: queries.Scope = WHOLE, on: date = DAY) -> list[tuple[str, int, int]]:
    figure = queries.indicator(on, "M4", scope=scope)
    return [(second.name, second.numerator, second.denominator) for second in figure.beside]


def test_exceptions_stand_beside_the_indicator(unit: Unit) -> None:
    assert seconds() == [("exceptions", 1, 2)]
    assert seconds(queries.scope_from(f"unit:MU/{unit.code}")) == [("exceptions", 1, 2)]
    assert seconds(on=date(2026, 2, 28)) == [("exceptions", 0, 1)]


def test_exception_does_not_make_a_posting_met(unit: Unit) -> None:
    figure = queries.indicator(DAY, "M4")
    assert (figure.numerator, figure.denominator) == (1, 2)


def test_evidence_gives_the_reason(unit: Unit) -> None:
    found = queries.evidence(DAY, "M4", scope=WHOLE)
    assert [(record.thing.met, record.exception) for record in queries.records(found, found.things)] == [
        (False, REASON), (True, None),
    ]  # fmt: skip


def test_pages_show_number_and_reason(unit: Unit, client: Client) -> None:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    assert "1 of 2 postings was published by an exception." in client.get("/indicators/M4/?on=2026-06-30").text
    assert REASON in client.get("/indicators/M4/evidence/?on=2026-06-30").text


def test_files_tell_the_exceptions(unit: Unit, client: Client) -> None:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    told: Any = json.loads(client.get("/indicators/export/json/?on=2026-06-30").content)
    m4 = next(row for row in told["indicators"] if (row["id"], row["scope"]) == ("M4", "whole"))
    assert m4["beside"] == {"exceptions": {"numerator": 1, "denominator": 2}}
    lines = client.get("/indicators/export/csv/?on=2026-06-30").content.decode("utf-8-sig").splitlines()
    assert "Exceptions at the gate: 1/2" in next(line for line in lines if "M4" in line and "whole" in line)
    document = exports.as_json(DAY)["indicators"][3]
    assert (document["id"], document["beside"]) == ("M4", m4["beside"])


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [
        (1, "Z izjemo je bila objavljena 1 od 23 objav."),
        (2, "Z izjemo sta bili objavljeni 2 od 23 objav."),
        (4, "Z izjemo so bile objavljene 4 od 23 objav."),
        (5, "Z izjemo je bilo objavljenih 5 od 23 objav."),
    ],
)
def test_sentence_has_the_four_slovenian_plurals(numerator: int, expected: str) -> None:
    with translation.override("sl"):
        assert words.second_sentence(Second("exceptions", numerator, 23)) == expected
