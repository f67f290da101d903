"""Items, sittings and codes of the test, for tests. Texts of keys are marked, so that a leak is seen."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from kazipot.core.items.answering import fields_for
from kazipot.core.items.definition import AREAS, Kind
from kazipot.core.items.reading import from_data
from kazipot.core.items.scoring import right_answer
from kazipot.organisation.models import Person
from kazipot.verification import operations, queries
from kazipot.verification.models import Blueprint, BlueprintArea, ItemVersion, Sitting, Step
from tests.factories import organisation
from tests.factories.items import AT, make_version

_numbers = count(1)
SPREAD = tuple((number * 7 % 13 - 8) / 4 for number in range(13))
KINDS = ("single", "multiple", "order", "match", "hotspot", "scenario")
SECRET = "SKRIVNOST"
"""Stands in every rationale and explanation."""


def content(key: str, kind: str, area: str, difficulty: float, **kwargs: Any) -> dict[str, Any]:
    """An item of a kind as data."""
    found: dict[str, Any] = {
        "key": key, "kind": kind, "area": area, "difficulty": difficulty, "stem": _text(f"Vprašanje {key}"),
        "explanation": _text(f"{SECRET} {key}"), "sources": [{"title": f"{SECRET} vir"}], "competences": ["4.2"],
        "enemies": [], **kwargs,
    }  # fmt: skip
    if kind == "scenario":
        parts = [content(f"{key}-{n}", one, area, 0.0) for n, one in enumerate(("single", "match"))]
        for part in parts:
            del part["area"]
        return {**found, "parts": parts, "options": []}
    options = [{"key": f"kljuc-{n}", "rationale": _text(f"{SECRET} {key} {n}")} for n in range(4)]
    for number, option in enumerate(options):
        if kind != "hotspot":
            option["text"] = _text(f"{key} možnost {number}")
        if kind == "match":
            option["match"] = _text(f"{key} par {number}")
        if kind in {"single", "multiple", "hotspot"}:
            option["correct"] = number == 1 or (number == 2 and kind != "single")
    if kind == "hotspot":
        lines = [{"role": "body", "region": f"kljuc-{n}", "text": _text(f"{key} vrstica {n}")} for n in range(4)]
        found["artefact"] = {"form": "email", "lines": lines}
    return {**found, "options": options}


def _text(words: str) -> dict[str, str]:
    return {"sl": words, "en": f"{words} (en)"}


def make_bank(
    each: int = 6,
    *,
    pilots: int = 2,
    kinds: tuple[str, ...] = KINDS,
    difficulties: tuple[float, ...] = SPREAD,
    alike: bool = False,
) -> list[ItemVersion]:
    """A live bank with so many test items in every area, two for practice, and pilot items. An area has one kind,
    and is equally hard if they are `alike`."""
    make_blueprint()
    made: list[ItemVersion] = []
    for place, area in enumerate(AREAS):
        test = practice = 0
        while test < each or practice < 2:
            key = f"{area.replace('_', '-')}-{next(_numbers)}"
            if queries.is_for_practice(key):
                if practice >= 2:
                    continue
                practice += 1
            elif test >= each:
                continue
            else:
                test += 1
            difficulty = difficulties[(place if alike else len(made)) % len(difficulties)]
            made.append(make_item(key=key, kind=kinds[place % len(kinds)], area=area, difficulty=difficulty))
    for _ in range(pilots):
        make_item(key=f"pilot-{next(_numbers)}", area="phishing", state="pilot")
    return made


def make_item(
    *, key: str, kind: str = "single", area: str = "phishing", difficulty: float = 0.0, state: str = "live",
    **kwargs: Any,
) -> ItemVersion:  # fmt: skip
    """An item in use with parameters; one on trial has none."""
    steps = (difficulty - 0.5, difficulty + 0.5) if kind == "scenario" else (difficulty,)
    item = from_data(content(key, kind, area, difficulty, **kwargs))
    return make_version(item, state=state, b=() if state == "pilot" else steps)


def make_blueprint() -> None:
    """All areas alike."""
    blueprint = Blueprint.objects.create(number=1, made_at=AT, reason="for a test")
    for place, area in enumerate(AREAS):
        BlueprintArea.objects.create(
            blueprint=blueprint, position=place, key=area, title_sl=f"Področje {area}", title_en=f"Area {area}",
            percent=10,
        )  # fmt: skip


def make_worker(**kwargs: Any) -> Person:
    """A person with a job since 2020."""
    person = organisation.make_person(**kwargs)
    organisation.make_employment(person=person)
    return person


def make_sitting(
    person: Person | None = None, *, at: datetime, purpose: str = "verification", seed: int = 1
) -> Sitting:
    """A sitting that has just begun; of somebody new unless a person is given."""
    who = person or make_worker()
    employer = organisation.make_employer()
    return operations.start_sitting(
        person_id=who.pk, employer_id=employer.pk, purpose=purpose, language="sl", at=at, seed=seed
    )  # fmt: skip


def last_step(sitting: Sitting) -> Step:
    """The question that is shown."""
    return queries.steps_of(sitting)[-1]


def right_form(sitting: Sitting, step: Step) -> dict[str, list[str]]:
    """The form that answers a step rightly."""
    item = queries.item_of(sitting, step)
    return fields_for(item, step.seed, right_answer(item))


def wrong_form(sitting: Sitting, step: Step) -> dict[str, list[str]]:
    """A complete form that earns nothing."""
    item = queries.item_of(sitting, step)
    form = right_form(sitting, step)
    turned = {}
    for name, values in form.items():
        turned[name] = ["4" if values[0] != "4" else "3"] if len(values) == 1 else values[:1]
    if item.kind is Kind.ORDER:
        places = list(form.values())
        turned = dict(zip(form, places[1:] + places[:1], strict=True))
    if item.kind is Kind.MATCH or item.kind is Kind.SCENARIO:
        turned = {name: ["1" if values != ["1"] else "2"] for name, values in form.items()}
    return turned


def sit_through(sitting: Sitting, right: Callable[[int], bool], *, at: datetime, seconds: int = 40) -> Sitting:
    """Answer until the end; `right` says of each number whether it is answered rightly."""
    moment = at
    while sitting.ended_at is None:
        step = last_step(sitting)
        form = right_form if right(step.number) else wrong_form
        moment = step.shown_at + timedelta(seconds=seconds)
        taken = operations.answer(
            sitting_id=sitting.pk, number=step.number, token=step.token, given=form(sitting, step), at=moment
        )
        sitting = taken.sitting
        if sitting.purpose == "practice" and sitting.ended_at is None:
            sitting = operations.go_on(sitting_id=sitting.pk, at=moment)
    return sitting


def make_code(person: Person, *, at: datetime, until: date = date(2099, 12, 31)) -> str:
    """A code for somebody."""
    employer = organisation.make_employer()
    return operations.make_code(person_id=person.pk, employer_id=employer.pk, valid_until=until, at=at, actor=None)
