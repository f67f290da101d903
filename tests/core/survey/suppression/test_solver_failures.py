"""A solver that fails now and then, or always, costs cells and never safety."""

from collections.abc import Callable

import highspy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse

from kazipot.core.survey.suppression import CountTable, Rule, audit, cover, protect_table, repair
from kazipot.core.survey.suppression.programs import linear_program
from kazipot.core.survey.suppression.quiet import QuietHighs
from kazipot.core.survey.suppression.table import table_from_leaves
from tests.core.survey.suppression.judge import leaks
from tests.core.survey.suppression.tables import flat, tables

RUN = highspy.Highs.run
Works = Callable[[QuietHighs], bool]


def failing(monkeypatch: pytest.MonkeyPatch, works: Works) -> None:
    """From now on a program is only solved where `works` says so; else it is as if it had never been run."""

    def run(model: QuietHighs) -> object:
        if works(model):
            return RUN(model)
        model.clearSolver()
        return highspy.HighsStatus.kError

    monkeypatch.setattr(QuietHighs, "run", run)


def option(model: QuietHighs, name: str) -> object:
    return model.getOptionValue(name)[1]


def small_program() -> QuietHighs:
    """min x + y with x + y ≥ 3, both from 0 to 2."""
    rows = sparse.csc_array(np.array([[1.0, 1.0]]))
    return linear_program(rows, np.ones(2), np.zeros(2), np.full(2, 2.0), (np.array([3.0]), np.array([np.inf])))


@pytest.mark.parametrize(
    "works",
    [
        lambda model: True,
        lambda model: option(model, "presolve") == "off",
        lambda model: option(model, "simplex_strategy") == 4,
        lambda model: option(model, "solver") == "ipm",
    ],
)
def test_a_program_is_solved_in_whatever_way_works(monkeypatch: pytest.MonkeyPatch, works: Works) -> None:
    failing(monkeypatch, works)
    model = small_program()
    before = [option(model, name) for name in ("presolve", "solver", "simplex_strategy")]
    assert model.answer() == highspy.HighsModelStatus.kOptimal
    assert model.getInfo().objective_function_value == pytest.approx(3)
    assert [option(model, name) for name in ("presolve", "solver", "simplex_strategy")] == before


def test_a_program_without_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, lambda model: False)
    model = small_program()
    assert model.answer() == highspy.HighsModelStatus.kNotset
    assert not model.has_point()


TABLE = table_from_leaves(
    [flat("unit", "a", "b", "c"), flat("level", "1", "2", "3")], np.array([[2, 9, 14], [7, 30, 12], [8, 11, 3]])
)


def test_without_master_problem_the_pattern_is_safe_and_the_bound_true(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mute(QuietHighs):
        def answer(self, expected: object = ()) -> highspy.HighsModelStatus:
            return highspy.HighsModelStatus.kUnknown

    monkeypatch.setattr(cover, "linear_program", lambda *_given, **_named: Mute())
    found = protect_table(TABLE, Rule(5))
    assert leaks(TABLE, found.published, 5) == []
    assert found.small <= found.bound <= found.lost < TABLE.counts.size


def test_without_repair_the_pattern_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair.Flow, "push", lambda *_given: None)
    found = protect_table(TABLE, Rule(5), exact_classes=0)
    assert leaks(TABLE, found.published, 5) == []
    assert found.published.any()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(table=tables(most_codes=5), k=st.integers(2, 6), every=st.integers(1, 5))
def test_a_solver_that_fails_every_so_often_never_makes_a_pattern_unsafe(table: CountTable, k: int, every: int) -> None:
    runs = [0]

    def sometimes(_model: QuietHighs) -> bool:
        runs[0] += 1
        return every > 1 and runs[0] % every > 0

    with pytest.MonkeyPatch.context() as patch:
        failing(patch, sometimes)
        found = protect_table(table, Rule(k))
    assert leaks(table, found.published, k) == []


def test_an_audit_without_answer_tells_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    published = protect_table(TABLE, Rule(5)).published
    failing(monkeypatch, lambda model: False)
    found = audit(TABLE, published, k=5, rng=np.random.default_rng(1))
    assert found != []
    assert all(interval.leaks for interval in found)
