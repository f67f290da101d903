"""Files of the allocation: every fault is named with its place and the remedy; what is written can be read again."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kazipot.core.allocation.checker import check
from kazipot.core.allocation.solver import solve
from kazipot.foundation.errors import InputRefused
from kazipot.training.exports import plan_as_json, report_as_json, violation_in_words
from kazipot.training.exports.plans import RULES
from kazipot.training.exports.reports import CLASHING, OBSTACLES, clash_in_words
from kazipot.training.imports.instance import instance_of, read_instance
from kazipot.training.imports.plan import plan_of, read_plan

INSTANCE: dict[str, Any] = {
    "year": 2026, "seed": 1, "budget": 40000.0,
    "rules": {"max_absent_share": 0.2, "max_offers_per_person": 2},
    "units": [{"id": "u1", "size": 40}],
    "people": [{"id": "p1", "unit": "u1", "waited_years": 1, "languages": ["sl"], "modes": ["room", "online"],
                "unavailable": ["2026-03-03"],
                "needs": [{"competence": "4.1", "from": 1, "to": 3, "weight": 1.0}]}],
    "sessions": [{"id": "s1", "provider": "fri", "competences": [{"competence": "4.1", "from": 1, "to": 2}],
                  "meetings": [{"date": "2026-03-02", "start": "09:00", "end": "13:00"}], "capacity": 20,
                  "min_people": 1, "price_fixed": 900.0, "price_per_head": 12.0, "language": "sl", "mode": "room",
                  "requires": []}],
}  # fmt: skip


def test_documented_instance_gets_the_documented_plan() -> None:
    problem = instance_of(deepcopy(INSTANCE))
    assert plan_as_json(solve(problem)) == {
        "sessions": ["s1"],
        "offers": [{"person": "p1", "session": "s1"}],
        "objectives": {"reached": 1, "worst_unit_share": 1.0, "need_weight": 1.0, "waited_years": 1, "cost": 912.0},
        "bounds": {"reached": 1, "worst_unit_share": 1.0},
        "optimal": True,
    }


def test_plan_that_is_written_can_be_read_and_passes_the_check() -> None:
    problem = instance_of(deepcopy(INSTANCE))
    assert check(problem, plan_of(plan_as_json(solve(problem)))).violations == ()


def set_at(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = to

    return change


def twice(kind: str) -> Callable[[dict[str, Any]], None]:
    return lambda content: content[kind].append(deepcopy(content[kind][0]))


def circle(content: dict[str, Any]) -> None:
    twice("sessions")(content)
    content["sessions"][0]["requires"] = ["s2"]
    content["sessions"][1] |= {"id": "s2", "requires": ["s1"]}


def without(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


FAULTS = [
    (set_at("people", 0, "unit", to="u9"), "people[0].unit", "There is no such unit."),
    (set_at("sessions", 0, "requires", to=["s9"]), "sessions[0].requires[0]", "There is no such session."),
    (set_at("sessions", 0, "requires", to=["s1"]), "sessions[0].requires", "The prerequisites run in a circle."),
    (circle, "sessions[0].requires", "The prerequisites run in a circle."),
    (set_at("sessions", 0, "meetings", to=[]), "sessions[0].meetings", "The session has no dates."),
    (without("sessions", 0, "meetings"), "sessions[0].meetings", "This is not a list."),
    (set_at("sessions", 0, "min_people", to=21), "sessions[0].min_people", "The minimum is above the capacity (20)."),
    (set_at("sessions", 0, "price_fixed", to=-1), "sessions[0].price_fixed", "The number is negative."),
    (set_at("sessions", 0, "price_per_head", to=-0.5), "sessions[0].price_per_head", "The number is negative."),
    (set_at("sessions", 0, "capacity", to=0), "sessions[0].capacity", "The number is less than 1."),
    (set_at("sessions", 0, "capacity", to=True), "sessions[0].capacity", "A whole number is missing."),
    (set_at("sessions", 0, "capacity", to=2.5), "sessions[0].capacity", "A whole number is missing."),
    (set_at("sessions", 0, "competences", to=[]), "sessions[0].competences", "The session teaches nothing."),
    (set_at("sessions", 0, "language", to=" "), "sessions[0].language", "A text is missing."),
    (set_at("budget", to=0), "budget", "There is no money."),
    (set_at("budget", to=-5), "budget", "The number is negative."),
    (set_at("budget", to=None), "budget", "A number is missing."),
    (without("budget"), "budget", "A number is missing."),
    (set_at("budget", to="40000"), "budget", "A number is missing."),
    (set_at("seed", to=-1), "seed", "The number is less than 0."),
    (twice("people"), "people[1].id", "people[0] has the same id."),
    (twice("units"), "units[1].id", "units[0] has the same id."),
    (twice("sessions"), "sessions[1].id", "sessions[0] has the same id."),
    (set_at("people", 0, "unavailable", to=["2026-02-30"]), "people[0].unavailable[0]", "This date does not exist."),
    (set_at("people", 0, "unavailable", to=["2. 3. 2026"]), "people[0].unavailable[0]", "This is no date."),
    (set_at("people", 0, "unavailable", to="2026-03-02"), "people[0].unavailable", "This is not a list."),
    (set_at("people", 0, "waited_years", to=-1), "people[0].waited_years", "The number is negative."),
    (set_at("people", 0, "languages", to=[1]), "people[0].languages[0]", "A text is missing."),
    (set_at("people", 0, "hours", to={"from": "15:00", "to": "07:00"}), "people[0].hours.to",
     "The end is not after the start."),
    (set_at("people", 0, "needs", 0, "to", to=1), "people[0].needs[0].to",
     "The level to reach is not above the level to start from (1)."),
    (set_at("people", 0, "needs", 0, "weight", to=-1), "people[0].needs[0].weight", "The number is negative."),
    (set_at("people", 0, "needs", 0, "competence", to=4.1), "people[0].needs[0].competence", "A text is missing."),
    (set_at("people", 0, "needs", to=[7]), "people[0].needs[0]", "This is not an object."),
    (set_at("sessions", 0, "meetings", 0, "date", to="2026-13-01"), "sessions[0].meetings[0].date",
     "This date does not exist."),
    (set_at("sessions", 0, "meetings", 0, "start", to="13:00"), "sessions[0].meetings[0].end",
     "The end is not after the start."),
    (set_at("sessions", 0, "meetings", 0, "end", to="25:00"), "sessions[0].meetings[0].end",
     "This is no time of day."),
    (lambda content: content["sessions"][0]["meetings"].append(content["sessions"][0]["meetings"][0]),
     "sessions[0].meetings[1]", "The meeting overlaps another one of this session."),
    (set_at("rules", "max_absent_share", to=1.5), "rules.max_absent_share", "The number is more than 1."),
    (set_at("rules", "max_offers_per_person", to=0), "rules.max_offers_per_person", "The number is less than 1."),
    (set_at("rules", "max_absent_shar", to=0.2), "rules.max_absent_shar", "There is no such member."),
    (set_at("rules", "budgets", to={"nobody": 5}), "rules.budgets.nobody", "No session is of this provider."),
    (without("rules"), "rules", "This is not an object."),
    (set_at("units", 0, "size", to=0), "units[0].size", "The number is less than 1."),
    (set_at("units", to={}), "units", "This is not a list."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "message"), FAULTS)
def test_fault_is_named_with_its_place_and_a_remedy(
    change: Callable[[dict[str, Any]], None], place: str, message: str
) -> None:
    content = deepcopy(INSTANCE)
    change(content)
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        instance_of(content)
    found = {(problem.field, str(problem.message)) for problem in refused.value.problems}
    assert (place, message) in found
    assert all(str(problem.remedy) for problem in refused.value.problems)


def test_member_that_looks_like_a_known_one_is_a_fault() -> None:
    content = deepcopy(INSTANCE)
    content["people"][0]["unavailble"] = content["people"][0].pop("unavailable")
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        instance_of(content)
    assert [problem.as_line() for problem in refused.value.problems] == [
        "people[0].unavailble: '': There is no such member. Did you mean unavailable?"
    ]


def test_many_faults_are_listed_up_to_a_limit() -> None:
    content = deepcopy(INSTANCE)
    content["people"] = [content["people"][0] | {"id": f"p{i}", "unit": "u9"} for i in range(300)]
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        instance_of(content)
    assert len(refused.value.problems) == 201
    assert str(refused.value.problems[-1].message) == "There are 100 more faults."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "This is not JSON in UTF-8."),
        ("[]", "This is not a JSON object."),
        ('{"budget": NaN}', "This is no number."),
        ("[" * 100_000, "This is not JSON in UTF-8."),
        ("\xff", "This is not JSON in UTF-8."),
    ],
)
def test_file_that_is_no_instance_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "instance.json"
    path.write_bytes(text.encode("latin-1"))
    for read in (read_instance, read_plan):
        with translation.override("en"), pytest.raises(InputRefused) as refused:
            read(path)
        assert [str(problem.message) for problem in refused.value.problems] == [message]


def test_plan_with_faults_is_refused() -> None:
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        plan_of({"sessions": "s1", "offers": [{"person": "p1"}], "objectives": {"reached": 1.5}, "bounds": {}})
    assert {problem.field for problem in refused.value.problems} == {
        "sessions", "offers[0].session", "objectives.reached", "objectives.worst_unit_share", "objectives.need_weight",
        "objectives.waited_years", "objectives.cost", "bounds.reached", "bounds.worst_unit_share", "optimal",
    }  # fmt: skip


def test_report_says_why_and_compares() -> None:
    content = deepcopy(INSTANCE)
    content["people"].append(content["people"][0] | {"id": "p2", "languages": ["en"]})
    problem = instance_of(content)
    with translation.override("en"):
        report = report_as_json(problem, solve(problem))
    report = json.loads(json.dumps(report))
    assert [person["words"] for person in report["people"]] == [
        ["You are offered s1, which teaches what you need in 4.1."],
        ["1 session is held in a language that you did not name: name it, if you speak it (s1)."],
    ]
    assert {told["reached"] for told in report["comparison"].values()} == {1}
    assert report["frontier"][0] == {"budget": 10000.0, "reached": 1, "bound": 1}
    assert report["marginal"] == {"euros": 1000.0, "people": 0}
    assert report["half_of_those_with_a_need_costs_at_least"] == pytest.approx(912.0)


def test_clash_is_said_in_words() -> None:
    content = deepcopy(INSTANCE) | {"budget": 900.0}
    content["rules"]["min_reached_share"] = 0.5
    with translation.override("en"):
        words = clash_in_words(instance_of(content))
    assert words == (
        "What is demanded cannot be had together with these rules: the budget. Change one of them, or demand less."
    )


def test_every_rule_and_reason_has_slovenian_words() -> None:
    for texts in (RULES, OBSTACLES, CLASHING):
        with translation.override("en"):
            english = {key: str(text) for key, text in texts.items()}
        with translation.override("sl"):
            assert all(str(text) != english[key] for key, text in texts.items())


def test_violation_is_said_with_its_figures() -> None:
    problem = instance_of(deepcopy(INSTANCE) | {"budget": 900.0})
    plan = solve(instance_of(deepcopy(INSTANCE)))
    with translation.override("en"):
        words = [violation_in_words(violation) for violation in check(problem, plan).violations]
    assert words == ["The plan costs more than the budget. It is 912.0, allowed is 900.0."]
