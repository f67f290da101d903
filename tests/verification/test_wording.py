"""Whatever the cellar refuses has a sentence in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from kazipot.core import psychometrics
from kazipot.core.psychometrics.errors import Fault, NotConverged, Unusable
from kazipot.foundation.errors import InputRefused
from kazipot.verification.imports import worded

CELLAR = Path(psychometrics.__file__).parent


def _rules() -> list[str]:
    """The names of rules in every `Fault("…")` of the cellar, and the two branches of one that is chosen there."""
    found = {"area_too_small", "bank_too_small"}
    for path in CELLAR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault":
                rule = node.args[0]
                if isinstance(rule, ast.Constant):
                    found.add(rule.value)
    return sorted(found)


@pytest.mark.parametrize("rule", _rules())
def test_every_rule_has_a_sentence_and_a_remedy(rule: str) -> None:
    told = []
    for language in ("en", "sl"):
        with translation.override(language), pytest.raises(InputRefused) as refused, worded("file.csv", [2, 3]):
            raise Unusable([Fault(rule, "i1", "7", person=1, needed="9")])
        problem = refused.value.problems[0]
        assert (problem.row, problem.field, problem.value) == (3, "i1", "7")
        assert problem.message.endswith((".", ":"))
        assert problem.remedy.endswith(".")
        told.append((problem.message, problem.remedy))
    assert told[0] != told[1]


def test_estimation_that_does_not_rest_tells_its_last_change() -> None:
    with translation.override("en"), pytest.raises(InputRefused) as refused, worded("file.csv"):
        raise NotConverged(iterations=1500, last_change=0.0123)
    assert refused.value.problems[0].as_line() == (
        "file.csv: '': The estimation did not come to rest in 1500 steps; the last change was 0.012."
        " Use a simpler model or gather more answers."
    )
