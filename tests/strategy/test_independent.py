"""The product's figures and the independent recomputation agree on random small worlds, on random days."""

from datetime import date
from random import Random

import pytest
from django.db import connection

from kazipot.strategy import queries
from tests.factories import strategy
from tests.independent import dump, recompute

DAYS = [date(2024, 2, 29), date(2024, 12, 31), date(2025, 3, 31), date(2026, 12, 31)]


def test_independent_recomputation_imports_nothing_of_the_product():
    with open("tests/independent.py", encoding="utf-8") as source:
        assert [line for line in source if "import" in line and "kazipot" in line] == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_independent_recomputation_agrees_on_a_random_world(seed):
    rng = Random(seed)
    strategy.random_world(rng)
    tables = dump(connection)
    for day in [*DAYS, *(strategy.random_day(rng) for _ in range(6))]:
        counted = {figure.id: (figure.numerator, figure.denominator) for figure in queries.indicators(day)}
        assert counted == recompute(tables, day), day


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_ledger_counts_the_people_whom_the_indicator_and_the_recomputation_count(seed):
    rng = Random(seed)
    strategy.random_world(rng)
    tables = dump(connection)
    spec = queries.spec_of(queries.strategy(), "M3")
    for day in [*DAYS, *(strategy.random_day(rng) for _ in range(4))]:
        found = queries.ledger(day, spec)
        people = {line.person_id for line in found.lines if line.counts}
        assert people == set(found.met), day
        assert len(people) == recompute(tables, day)["M3"][0], day


@pytest.mark.django_db
def test_random_worlds_have_something_to_count_for_every_indicator():
    strategy.random_world(Random(4))
    tables = dump(connection)
    counted = [recompute(tables, day) for day in DAYS]
    assert [name for name in counted[0] if not any(figures[name][0] for figures in counted)] == []
    assert [name for name in counted[0] if all(figures[name][0] == figures[name][1] for figures in counted)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_tables_of_a_random_world_agree_with_the_whole_and_with_each_other(seed):
    rng = Random(seed)
    strategy.random_world(rng)
    for day in DAYS:
        for indicator in ("M1", "M3", "M4", "M5"):
            found = queries.detail(day, indicator)
            whole = found.of(queries.WHOLE)
            parts = [row.figure for row in found.units if row.place.parent_id is None]
            for table in (found.kinds, parts):
                assert sum(row.numerator for row in table) == whole.numerator
                assert sum(row.denominator for row in table) == whole.denominator
            for row in found.units:
                again = queries.indicator(day, indicator, scope=row.figure.scope)
                assert (again.digest, again.status) == (row.figure.digest, row.figure.status)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_evidence_of_a_random_world_has_exactly_what_was_counted(seed):
    rng = Random(seed)
    strategy.random_world(rng)
    for day in DAYS:
        for figure in queries.indicators(day):
            found = queries.evidence(day, figure.id, scope=queries.WHOLE)
            assert (sum(thing.met for thing in found.things), len(found.things)) == (
                figure.numerator, figure.denominator,
            )  # fmt: skip
            for record in queries.records(found, found.things):
                if figure.kind in {"advisors", "training"}:
                    assert bool(record.shown) == record.thing.met
                if figure.kind == "verification":
                    assert (record.trained and record.verified) == record.thing.met
