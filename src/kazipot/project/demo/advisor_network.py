"""M1's network in the demo city: rules, notes and digests of 2025–2026, questions, tasks, meetings, a nomination."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from kazipot.advisors import operations, queries
from kazipot.advisors.operations import Planned, Written
from kazipot.organisation import queries as units
from kazipot.project.demo.city import LAST_DAY, Act, City
from kazipot.project.demo.data_files import read
from kazipot.project.demo.population import ADMINISTRATION

RULES_FROM = date(2023, 5, 10)
KINDS = ("department", "service", "secretariat", "cabinet", "body")
QUARTERS = tuple(queries.Quarter(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4))
DEPUTIES_FROM = date(2025, 9, 1)
LEAVES = date(2026, 11, 12)
"""On this day one advisor's appointment ends, and nobody has been found yet."""
OPENINGS = {
    "sl": "V tem četrtletju so svetovalke in svetovalci pisali o tem, kar se v enotah zares uporablja. Hvala vsem.",
    "en": "This quarter the advisors wrote about what is really used in their units. Thank you all.",
}


def schedule(city: City) -> None:
    """The network's own chance keeps the rest of the story as it is."""
    chance = random.Random(f"{city.seed} advisors")
    told = read("advisor-network")
    city.schedule(RULES_FROM, "rules for advisors", _rules)
    city.schedule(DEPUTIES_FROM, "deputies", _deputies)
    for quarter in QUARTERS:
        on = min(quarter.first + timedelta(days=46), LAST_DAY - timedelta(days=3))
        city.schedule(on, "notes of the quarter", _notes(told["notes"], chance))
        city.schedule(quarter.last - timedelta(days=6), "proposals decided", _fates(told["notes"]))
        city.schedule(quarter.last - timedelta(days=2), "digest of the quarter", _digest(quarter))
    for row in told["announcements"]:
        city.schedule(row["day"], "announcement", _announce(row))
    city.schedule(date(2026, 9, 1), "a meeting is called", _meeting(date(2026, 9, 16), held=True))
    city.schedule(date(2026, 11, 12), "a meeting is called", _meeting(date(2026, 12, 3), held=False))
    city.schedule(date(2026, 11, 9), "a task is given", _task)
    for number, row in enumerate(told["threads"]):
        city.schedule(date(2026, 11, 3 + 7 * number), "a question", _thread(row, number))
    city.schedule(LEAVES, "an advisor resigns", _vacancy)
    city.schedule(LAST_DAY, "a nomination", _nomination)


def _rules(city: City, at: datetime) -> None:
    for kind in KINDS:
        operations.set_rule(kind=kind, required=True, valid_from=at.date(), at=at, actor=city.service)
    operations.except_unit(
        unit_id=city.unit_ids[ADMINISTRATION, ADMINISTRATION], required=False,
        reason="Svetovalce imajo njeni oddelki in službe.", valid_from=at.date(), at=at, actor=city.service,
    )  # fmt: skip
    operations.set_steps(
        steps=[("sekretarka", "sekretariat@mesto.example", 14), ("direktor uprave", "direktor@mesto.example", 30)],
        at=at, actor=city.service,
    )  # fmt: skip


def _deputies(city: City, at: datetime) -> None:
    """The largest departments have somebody who stands in for the advisor."""
    heads = units.headcount_by_unit(at.date())
    rows = sorted(queries.directory(at.date()), key=lambda row: -heads.get(row.unit.id, 0))
    for number, row in enumerate(rows[:4], start=1):
        people = queries.candidates(row.unit.employer_id, on=at.date(), prefer_unit_id=row.unit.id)
        held = {advisor.person_id for each in rows for advisor in (*each.advisors, *each.deputies)}
        deputy = next((person for person in people if person.id not in held), None)
        if deputy is None:
            return
        operations.appoint(
            unit_id=row.unit.id, person_id=deputy.id, valid_from=at.date(), role="deputy",
            decision_reference=f"020-{200 + number}/2025-1", at=at, actor=city.service,
        )  # fmt: skip


def _notes(written: list[dict[str, Any]], chance: random.Random) -> Act:
    def act(city: City, at: datetime) -> None:
        version = "3.0" if at.year >= 2026 else "2.2"
        ids = city.competence_ids[version]
        owing = sorted(queries.owed_by_unit(at.date()).values(), key=lambda row: row.unit.code)
        writers = chance.sample(owing, min(len(owing), len(written)))
        for owed, row in zip(writers, chance.sample(written, len(writers)), strict=True):
            if owed.missing == 0:
                continue
            author = queries.advisors_of(owed.unit.id, on=at.date())[0]
            operations.write_note(
                unit_id=owed.unit.id, author_id=author.person_id, at=at, actor=None,
                written=Written(
                    field=row["field"], title=row["title"], news=row["news"], meaning=row["meaning"],
                    proposal=row.get("proposal", ""), tags=row["tags"],
                    competence_ids=[ids[code] for code in row["competences"] if code in ids],
                ),
            )  # fmt: skip

    return act


def _fates(written: list[dict[str, Any]]) -> Act:
    decided = {row["title"]: row for row in written if row.get("fate", "open") != "open"}

    def act(city: City, at: datetime) -> None:
        for note in queries.notes_of_quarter(queries.quarter_of(at.date())):
            row = decided.get(note.title)
            if row is not None:
                operations.decide_proposal(
                    note_id=note.pk, fate=row["fate"], reason=row["reason"], at=at, actor=city.service
                )

    return act


def _digest(quarter: queries.Quarter) -> Act:
    def act(city: City, at: datetime) -> None:
        if queries.notes_of_quarter(quarter).exists():
            operations.publish_digest(
                year=quarter.year, quarter=quarter.number, introduction=OPENINGS, at=at, actor=city.service
            )

    return act


def _announce(row: dict[str, Any]) -> Act:
    def act(city: City, at: datetime) -> None:
        operations.announce(subject=row["subject"], text=row["text"], at=at, actor=city.service)

    return act


def _meeting(day: date, *, held: bool) -> Act:
    def act(city: City, at: datetime) -> None:
        begin = at.replace(year=day.year, month=day.month, day=day.day, hour=10, minute=0)
        guests = sorted({person.pk for person, _unit in queries.advisors_on(at.date())})
        meeting = operations.call_meeting(
            planned=Planned(
                "Srečanje digitalnih svetovalcev", "Mestna hiša, Rdeča dvorana", begin, begin + timedelta(hours=2),
                "1. Kaj je novega v enotah\n2. Navodila za orodja umetne inteligence\n3. Razno",
            ),
            person_ids=guests, at=at, actor=city.service,
        )  # fmt: skip
        if held:
            city.schedule(day, "minutes of the meeting", _minutes(meeting.pk, guests[:-2] or guests))

    return act


def _minutes(meeting_id: int, there: list[int]) -> Act:
    def act(city: City, at: datetime) -> None:
        operations.record_minutes(
            meeting_id=meeting_id, attended=there, at=at.replace(hour=13), actor=city.service,
            minutes="Navodila za orodja umetne inteligence so potrjena. Enote jih predstavijo do konca oktobra.\n\n"
            "Popis naprav na terenu pripravijo svetovalci do sredine decembra.",
        )  # fmt: skip

    return act


def _task(city: City, at: datetime) -> None:
    operations.give_assignment(
        title="Popis naprav za delo na terenu", due_on=date(2026, 12, 15), at=at, actor=city.service,
        text="Koliko telefonov in tablic ima enota, koliko so stari in kdo jih uporablja.",
        unit_ids=[row.unit.id for row in queries.directory(at.date())],
    )  # fmt: skip


def _thread(row: dict[str, Any], number: int) -> Act:
    def act(city: City, at: datetime) -> None:
        account = city.users.get("svetovalka")
        advisor = units.person_of_user(account) if account else None
        advised = queries.units_advised_by(advisor.pk, on=at.date()) if advisor else []
        if advisor is None or not advised:
            return
        place = advised[0]
        working = units.employments_on(at.date()).filter(unit_id=place.id).exclude(person_id=advisor.pk)
        colleagues = list(working.order_by("person_id").values_list("person_id", flat=True))
        if not colleagues:
            return
        asker = colleagues[number % len(colleagues)]
        thread = operations.ask(
            asker_id=asker, unit_id=place.id, holder_id=advisor.pk, subject=row["subject"], text=row["question"],
            at=at, actor=None, by_mail=number == 0,
        )  # fmt: skip
        for author, text, hours in ((advisor.pk, row.get("answer"), 2), (asker, row.get("thanks"), 3)):
            if text:
                operations.answer(
                    thread_id=thread.pk, author_id=author, text=text, at=at + timedelta(hours=hours), actor=None
                )

    return act


def _vacancy(city: City, at: datetime) -> None:
    """The last unit in the alphabet loses its advisor, unless it is the unit of the demo's own."""
    account = city.users.get("svetovalka")
    own = units.person_of_user(account) if account else None
    for row in reversed(queries.directory(at.date())):
        if row.advisors and all(own is None or advisor.person_id != own.pk for advisor in row.advisors):
            for advisor in row.advisors:
                operations.end(
                    appointment_id=advisor.appointment_id, on=at.date(), because="na lastno željo", at=at,
                    actor=city.service,
                )  # fmt: skip
            return


def _nomination(city: City, at: datetime) -> None:
    """Vacancies are noticed, and for one of them the head has proposed somebody who agreed."""
    operations.watch(at=at)
    for row in queries.coverage(at.date()):
        people = queries.candidates(row.unit.employer_id, on=at.date(), prefer_unit_id=row.unit.id)
        if row.vacant and people:
            operations.nominate(
                unit_id=row.unit.id, person_id=people[0].id, first_day=date(2026, 12, 1), at=at, actor=None,
                note="Enoto dobro pozna in rada pomaga drugim.", trained="tečaj za digitalne svetovalce, oktober 2026",
                agreed_how="v pogovoru z vodjo 18. novembra",
            )  # fmt: skip
            return
