"""Employees are found by name whatever the case and marks of letters, on either database."""

from datetime import date

import pytest

from kazipot.organisation import queries
from tests.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["čater", "ČATER", "Čater", "cater", "žiga č", "ŽIGA cat", "zig", "007"])
def test_search_minds_neither_case_nor_marks(asked: str) -> None:
    unit = organisation.make_unit()
    sought = organisation.make_person(first_name="Žiga", last_name="Čater")
    organisation.make_employment(sought, unit, number="A.007")
    organisation.make_employment(organisation.make_person(first_name="Ana", last_name="Kotnik"), unit, number="A1008")
    found = queries.people_within(date(2026, 5, 1), employer_ids=[], unit_ids=[unit.pk], containing=asked)
    assert [job.person_id for job in found] == [sought.pk]


@pytest.mark.parametrize("asked", ["a.008", "(", "[z", "kotnik čater", "\\d"])
def test_search_reads_signs_as_signs(asked: str) -> None:
    unit = organisation.make_unit()
    organisation.make_employment(organisation.make_person(first_name="Ana", last_name="Kotnik"), unit, number="A1008")
    found = queries.people_within(date(2026, 5, 1), employer_ids=[], unit_ids=[unit.pk], containing=asked)
    assert list(found) == []
