"""M2 in the demo city: asked every year; in 2025 the analysis is published too late.

In 2026 the mayor's office is left out in February; it is asked in November, when answering is open on the last day.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kazipot.core.survey.questionnaire import Value
from kazipot.framework import queries as frameworks
from kazipot.needs import operations
from kazipot.needs import queries as needs
from kazipot.needs.operations import Answered, Scope, Submission
from kazipot.organisation.choices import UnitKind
from kazipot.project.demo.city import Act, City
from kazipot.project.demo.data_files import read
from kazipot.project.demo.population import ADMINISTRATION, Worker
from kazipot.project.demo.scene import give_account


@dataclass(frozen=True, slots=True)
class Wave:
    """One campaign of the story."""

    year: int
    opens_on: date
    closes_on: date
    framework: str
    response: float
    """The share of people who will have answered when it closes."""
    published_on: date | None
    administration_only: bool = False
    without: UnitKind | None = None
    """Units of this kind aren't asked."""


WAVES = (
    Wave(2023, date(2023, 5, 8), date(2023, 6, 16), "2.2", 0.44, date(2023, 11, 20)),
    Wave(2024, date(2024, 2, 5), date(2024, 3, 8), "2.2", 0.57, date(2024, 4, 8)),
    Wave(2025, date(2025, 10, 6), date(2025, 11, 28), "2.2", 0.52, date(2026, 1, 19)),
    Wave(2026, date(2026, 2, 9), date(2026, 3, 13), "3.0", 0.63, date(2026, 4, 7), without=UnitKind.CABINET),
    Wave(2026, date(2026, 11, 9), date(2026, 12, 4), "3.0", 0.25, None, administration_only=True),
)
WISHES = (
    "Kratka navodila v slovenščini, ki bi jih lahko odprli na telefonu.",
    "Da bi nam kdo na delovnem mestu pokazal, kako se izpolni spletni obrazec.",
    "Manj različnih gesel in več časa za vajo.",
    "En sam program za dopuste, urnike in potne naloge.",
)
ROUNDS = 4
"""Answers come in on so many days of a wave."""


def schedule(city: City) -> None:
    """The campaigns."""
    for wave in WAVES:
        city.schedule(wave.opens_on, f"questionnaire {wave.year} opens", _open(wave))


def _open(wave: Wave) -> Act:
    def act(city: City, at: datetime) -> None:
        addition = " – dopolnitev" if wave.administration_only else ""
        addition_en = " – supplement" if wave.administration_only else ""
        campaign = operations.draft_campaign(
            year=wave.year,
            title_sl=f"Potrebe po izobraževanju {wave.year}{addition}",
            title_en=f"Training needs {wave.year}{addition_en}",
            framework_id=city.framework_ids[wave.framework],
            opens_on=wave.opens_on,
            closes_on=wave.closes_on,
            scope=Scope(
                employer_ids=[city.employer_ids[ADMINISTRATION]] if wave.administration_only else [],
                kinds=[kind for kind in UnitKind if kind != wave.without] if wave.without else [],
            ),
            at=at,
            actor=city.service,
        )
        links = operations.open_campaign(campaign_id=campaign.pk, at=at, actor=city.service)
        answering = [link for link in links if city.rng.random() < wave.response]
        if wave.published_on is None:
            answering = _without_the_employee(city, links, answering, at)
        city.answered.setdefault(wave.year, set()).update(link.person_id for link in answering)
        per_round = -(-len(answering) // ROUNDS)
        days = (wave.closes_on - wave.opens_on).days
        for index in range(ROUNDS):
            part = [
                (link.invitation_id, link.person_id) for link in answering[index * per_round : (index + 1) * per_round]
            ]
            on = wave.opens_on + timedelta(days=2 + index * (days - 3) // ROUNDS)
            city.schedule(on, f"{len(part)} answers", _answer(wave, campaign.pk, part))
        if wave.published_on is not None:
            city.schedule(wave.closes_on + timedelta(days=1), "questionnaire closes", _close(campaign.pk))
            city.schedule(wave.published_on, f"analysis {wave.year}", _publish(wave.year))

    return act


def _without_the_employee(
    city: City, links: list[operations.Link], answering: list[operations.Link], at: datetime
) -> list[operations.Link]:
    """Who answers, without two who still may on the last day: one by her account, another by a link.

    The account goes to somebody who has answered the year before, so that her answers are offered again; in a small
    city to whoever suits best.
    """
    before = city.answered.get(at.year - 1, set())
    free = [link for link in links if _has_no_account(city, link.person_id)]
    free.sort(key=lambda link: (not _is_woman(city, link.person_id), link.person_id not in before))
    mine = free[0] if free else None
    if mine is not None:
        give_account(city, "zaposlena", city.worker_of[mine.person_id], at)
    left = [link for link in answering if link != mine]
    waiting = [link for link in links if link not in left and link != mine]
    if waiting:
        city.links["questionnaire"] = f"/needs/answer/{min(waiting, key=lambda link: link.invitation_id).token}/"
    return left


def _has_no_account(city: City, person_id: int) -> bool:
    """Whether the employee's account may be this person's: nobody who has one, or who leaves."""
    worker = city.worker_of[person_id]
    return worker.key not in city.account_of and worker.left_on is None


def _is_woman(city: City, person_id: int) -> bool:
    """By the first name, for the account's name is a woman's."""
    return city.worker_of[person_id].first_name.endswith("a")


def _answer(wave: Wave, campaign_id: int, part: list[tuple[int, int]]) -> Act:
    def act(city: City, at: datetime) -> None:
        asked = needs.asked_in_campaign(campaign_id)
        submissions = [
            Submission(
                invitation_id,
                answers_of(city.worker_of[person_id], asked[invitation_id], city.seed, wave.year),
                at + timedelta(seconds=index % 30_000),
                items_of(city.worker_of[person_id], city.seed),
            )
            for index, (invitation_id, person_id) in enumerate(part)
        ]
        if submissions:
            operations.submit_responses(submissions=submissions, at=at, actor=None)

    return act


def _close(campaign_id: int) -> Act:
    def act(city: City, at: datetime) -> None:
        operations.close_campaign(campaign_id=campaign_id, at=at, actor=city.service)

    return act


def _publish(year: int) -> Act:
    def act(city: City, at: datetime) -> None:
        operations.publish_analysis(year=year, at=at, actor=city.service)

    return act


def answers_of(
    worker: Worker, competences: list[frameworks.CompetenceItem], seed: int, year: int
) -> dict[int, Answered]:
    """What a worker answers: the same wishes every year, a little more able each year."""
    profile = _profiles()[worker.profile]
    answers: dict[int, Answered] = {}
    for item in competences:
        rng = random.Random(f"{seed}/{worker.key}/{item.code}")
        hard = -0.3 if item.code.startswith(("3", "5")) else 0.1
        own = _level(profile["own"] + worker.ability + hard + rng.gauss(0, 0.5) + 0.08 * (year - 2023))
        needed = _level(profile["needed"] + hard + rng.gauss(0, 0.4))
        wished = rng.random() * len(competences) < worker.interests
        answers[item.id] = Answered(own_level=own, needed_level=needed, wants_training=wished and own < 4)
    return answers


def items_of(worker: Worker, seed: int) -> dict[str, Value]:
    """How a worker would like to learn, what stands in the way, and for a few a wish in their own words."""
    rng = random.Random(f"{seed}/{worker.key}/items")
    in_field = _profiles()[worker.profile]["family"] in {"field", "health", "education"}
    modes = ("workplace", "short_guides", "room") if in_field else ("online_own_pace", "online_live", "room")
    times = ("between_shifts", "short_pieces") if in_field else ("morning", "short_pieces")
    barriers = ("no_time", "shifts", "no_device", "nothing") if in_field else ("no_time", "nothing")
    found: dict[str, Value] = {
        "preferred_mode": tuple(rng.sample(modes, rng.choice((1, 1, 2)))),
        "preferred_time": (rng.choice(times),),
        "preferred_language": "en" if worker.language == "en" else rng.choice(("sl", "sl", "any")),
        "barriers": (rng.choice(barriers),),
    }
    if rng.random() < 0.08:
        found["other_wish"] = rng.choice(WISHES)
    return found


def _profiles() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in read("profiles")["profiles"]}


def _level(value: float) -> int:
    return min(4, max(0, round(value)))
