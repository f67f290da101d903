"""The strategy file: what is shipped, another city's, and every way in which one can be wrong."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation

import kazipot
from kazipot.strategy.errors import StrategyRefused
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import VerificationIndicator

PACKAGE = Path(kazipot.__file__).parent
SHIPPED = PACKAGE / "strategy" / "data" / "mol-2023-2027.yaml"
OTHER = Path(__file__).parent / "other-city.yaml"


def faults(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(StrategyRefused) as refused:
        strategy_file.parse(text)
    return [(problem.row, problem.field, str(problem.message)) for problem in refused.value.problems]


def changed(before: str, after: str, count: int = 1) -> str:
    text = OTHER.read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, count)


def test_shipped_file_says_what_the_chapter_says():
    strategy = strategy_file.read(SHIPPED)
    assert [(spec.id, spec.kind, spec.target) for spec in strategy.indicators] == [
        ("M1", "advisors", Fraction(1)),
        ("M2", "needs", Fraction(1)),
        ("M3", "training", Fraction(1, 2)),
        ("M4", "hiring", Fraction(1)),
        ("M5", "verification", Fraction(1)),
    ]
    assert strategy.status_words.partly.sl == "Cilj je delno dosežen"


def test_another_city_has_its_own_ids_targets_and_words():
    strategy = strategy_file.read(OTHER)
    spec = strategy.indicators[1]
    assert [spec.id for spec in strategy.indicators] == ["A.1", "B.1"]
    assert isinstance(spec, VerificationIndicator)
    assert (spec.parameters.months, spec.parameters.counts, spec.target) == (12, "taken", Fraction(9, 10))
    assert strategy.indicators[0].due_on(strategy.adopted_on, date(2026, 6, 30)).passed
    assert strategy.status_words.achieved.en == "Done"


def test_active_file_is_the_one_in_the_settings_and_is_read_anew_when_it_changes(settings, tmp_path):
    path = tmp_path / "strategy.yaml"
    path.write_text(OTHER.read_text(encoding="utf-8"), encoding="utf-8")
    settings.KAZIPOT_STRATEGY = path
    assert strategy_file.active().indicators[0].target_percent == 75
    path.write_text(changed("target_percent: 75", "target_percent: 100"), encoding="utf-8")
    assert strategy_file.active().indicators[0].target_percent == 100


@pytest.mark.parametrize(
    ("before", "after", "line", "field", "message"),
    [
        ("target_percent: 75", "target_percent: 101", 26, "indicators.1.target_percent", "This number is too large."),
        ("target_percent: 75", "target_percent: 0", 26, "indicators.1.target_percent", "This number is too small."),
        ("target_percent: 75", "target_percent: '75'", 26, "indicators.1.target_percent", "A whole number must stand"),
        ("public: true", "public: maybe", 29, "indicators.1.public", "Yes or no must stand here."),
        ("    public: true\n", "", 21, "indicators.1.public", "This key is missing."),
        ("public: true", "public: true\n    visible: true", 30, "indicators.1.visible", "This key is not known."),
        ("kind: advisors", "kind: advisers", 23, "indicators.1.kind", "This value is not one of those allowed here."),
        ("kind: advisors\n", "\n", 21, "indicators.1", "The key that says which kind this is is missing."),
        ("id: B.1", "id: A.1", 30, "indicators.2.id", "This id stands here twice."),
        ("id: B.1", "id: 1B", 30, "indicators.2.id", "This id is not usable."),
        ("measure: B", "measure: C", 31, "indicators.2.measure", "There is no measure with this id."),
        ("day: 2026-06-30", "day: 2025-06-14", 27, "indicators.1.due.day", "It is due before the strategy is adopted."),
        ("day: 2026-06-30", "day: 2026-06-31", 27, "indicators.1.due.day", "There is no such value."),
        ("adopted_on: 2025-06-15", "adopted_on: soon", 5, "adopted_on", "A date must stand here."),
        (
            "runs_until: 2028-06-14",
            "runs_until: 2020-01-01",
            6,
            "runs_until",
            "The strategy ends before it is adopted.",
        ),
        ("rule: rolling", "rule: year_end", 36, "indicators.2.due.rule", "This value is not one of those allowed"),
        ("city: { sl: Občina Zgled,", "city: { sl: '',", 3, "city.sl", "This text is empty."),
        ("smallest_group: 5,", "smallest_group: 5, smallest_group: 6,", 12, "publication.smallest_group", "This key"),
        ("responsible: [OZ/OZ]", "responsible: []", 28, "indicators.1.responsible", "This list is empty."),
        ("responsible: [OZ/OZ]", "responsible: OZ", 28, "indicators.1.responsible", "A list must stand here."),
        ("counts: taken", "counts: half", 37, "indicators.2.parameters.counts", "This value is not one of those"),
    ],
)
def test_faulty_file_is_refused_with_line_and_reason(before, after, line, field, message):
    with translation.override("en"):
        found = faults(changed(before, after))
    assert [(row, name) for row, name, _ in found] == [(line, field)]
    assert found[0][2].startswith(message)


def test_every_fault_is_named_at_once():
    text = changed("target_percent: 75", "target_percent: 175").replace("months: 12", "months: many")
    assert [row for row, _, _ in faults(text)] == [26, 37]


def test_faults_are_told_in_slovenian_too():
    with translation.override("sl"):
        assert faults(changed("target_percent: 75", "target_percent: 101"))[0][2] == "To število je preveliko."


@pytest.mark.parametrize(
    ("text", "line"), [("title: [", 2), ("", 1), ("- a\n- b", 1), ("a: b\n c: d", 2), ("a: *nothing", 1)]
)
def test_what_is_no_strategy_at_all_is_refused(text, line):
    assert min(row or 0 for row, _, _ in faults(text)) <= line


def test_missing_file_and_wrong_encoding_are_refused(tmp_path):
    with pytest.raises(StrategyRefused):
        strategy_file.read(tmp_path / "nothing.yaml")
    path = tmp_path / "strategy.yaml"
    path.write_bytes("title: a\ncity: Občina".encode("cp1250"))
    with pytest.raises(StrategyRefused) as refused:
        strategy_file.read(path)
    assert refused.value.problems[0].row == 2


def test_nothing_of_the_city_is_in_the_code():
    """The demo city is this city; the time zone is set for it; everything else is any city's."""
    named = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")])
        if "demo" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\bMOL\b|Ljubljan", line) and "Europe/Ljubljana" not in line
    ]
    assert named == []
