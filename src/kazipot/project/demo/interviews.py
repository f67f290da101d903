"""Interviews in the demo city: a few of the spring of 2026, whose quotes stand in that year's analysis."""

from datetime import datetime
from typing import Any

from kazipot.needs import operations
from kazipot.needs import queries as needs
from kazipot.needs.operations import Heard
from kazipot.project.demo.city import Act, City
from kazipot.project.demo.data_files import read
from kazipot.project.demo.population import ADMINISTRATION


def schedule(city: City) -> None:
    """The interviews, each on its day."""
    for number, told in enumerate(read("interviews")["interviews"]):
        city.schedule(told["held_on"], f"interview {number + 1}", _hold(told, number))


def _hold(told: dict[str, Any], number: int) -> Act:
    def act(city: City, at: datetime) -> None:
        text = " ".join(said["text"] for said in told["said"])
        interview = operations.record_interview(
            unit_id=_place(city, told["places"], number),
            held_on=told["held_on"],
            people=told["people"],
            consent=told["consent"],
            text=text,
            at=at,
            actor=city.service,
        )
        codes = city.competence_ids["3.0"]
        passages = list(needs.passages_of(interview.pk))
        heard = {
            passage.pk: Heard(frozenset(codes[code] for code in said["codes"] if code in codes), said["kind"])
            for passage, said in zip(passages, told["said"], strict=True)
        }
        actor = city.service
        if actor is not None:
            operations.code_passages(interview_id=interview.pk, heard=heard, at=at, actor=actor)
            operations.agree_on_passages(interview_id=interview.pk, heard=heard, at=at, actor=actor)
        for passage, said in zip(passages, told["said"], strict=True):
            operations.put_into_report(
                passage_id=passage.pk,
                paraphrase=said["paraphrase"],
                quotable=said["quote"],
                at=at,
                actor=actor,
            )

    return act


def _place(city: City, wanted: list[list[str]], number: int) -> int:
    """The first of the places that the city has; else one of the administration's units, by turns."""
    for employer, unit in wanted:
        if (employer, unit) in city.unit_ids:
            return city.unit_ids[employer, unit]
    mine = sorted(
        code
        for employer, code in city.unit_ids
        if employer == ADMINISTRATION and code != ADMINISTRATION and code.startswith("O")
    )
    return city.unit_ids[ADMINISTRATION, mine[number % len(mine)]]
