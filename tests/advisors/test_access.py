"""Who may open which page of M1."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from tests.access_table import Answer, Case, Page, World, cases, everybody, of_unit, only
from tests.factories.advisors import (
    make_appointment,
    make_decision,
    make_digest,
    make_exception,
    make_handover,
    make_meeting,
    make_nomination,
    make_note,
    make_share,
    make_thread,
)


def of_appointment(world: World) -> dict[str, Any]:
    return {"appointment_id": make_appointment(world.unit, world.person, date(2024, 1, 1)).pk}


def of_nomination(world: World) -> dict[str, Any]:
    return {"nomination_id": make_nomination(world.unit).pk}


def of_agreed(world: World) -> dict[str, Any]:
    return {"nomination_id": make_nomination(world.unit, state="agreed").pk}


def of_decision(world: World) -> dict[str, Any]:
    return {"appointment_id": make_decision(world.unit).appointment_id}


def of_exception(world: World) -> dict[str, Any]:
    return {"exception_id": make_exception(world.unit).pk}


def of_kind(world: World) -> dict[str, Any]:
    return {"kind": "department"}


def of_note(world: World) -> dict[str, Any]:
    return {"note_id": make_note(world.unit, proposal="Preizkusimo ga.", author=world.person).pk}


def of_digest(world: World) -> dict[str, Any]:
    digest = make_digest(world.unit)
    return {"year": digest.year, "quarter": digest.quarter}


def of_quarter(world: World) -> dict[str, Any]:
    make_note(world.unit, proposal="Preizkusimo ga.")
    return {"year": 2026, "quarter": 2}


def of_service_thread(world: World) -> dict[str, Any]:
    return {"thread_id": make_thread(world.person, None, world.unit).pk}


def of_private_thread(world: World) -> dict[str, Any]:
    """Between two others: nobody else reads it, not even the Service."""
    holder = make_appointment(world.unit, valid_from=date(2024, 1, 1)).person
    return {"thread_id": make_thread(world.person, holder, world.unit).pk}


def of_share(world: World) -> dict[str, Any]:
    return {"share_id": make_share(world.unit).pk}


def of_assignment(world: World) -> dict[str, Any]:
    return {"assignment_id": make_share(world.unit).assignment_id}


def of_handover(world: World) -> dict[str, Any]:
    return {"handover_id": make_handover(world.unit).pk}


def of_meeting(world: World) -> dict[str, Any]:
    return {"meeting_id": make_meeting(world.person, agenda="1. Uvod").pk}


def of_meeting_held(world: World) -> dict[str, Any]:
    return {"meeting_id": make_meeting(world.person, starts_at=datetime(2025, 6, 10, 7, tzinfo=UTC)).pk}


def of_step(world: World) -> dict[str, Any]:
    return {"step": "head"}


WATCHERS: dict[Role, Answer] = dict.fromkeys((Role.SERVICE, Role.ADVISOR, Role.HEAD, Role.AUDITOR), 200)
MEETERS: dict[Role, Answer] = {Role.SERVICE: 200, Role.ADVISOR: 200}
ONLY_SERVICE: dict[Role, Answer] = {Role.SERVICE: 200}
THEIRS: dict[Role, Answer] = {Role.SERVICE: 200, Role.ADVISOR: 404}
PARTIES: dict[Role, Answer] = {**THEIRS, Role.EMPLOYEE: 404}
NOBODY: dict[Role, Answer] = {Role.SERVICE: 404, Role.ADVISOR: 404, Role.EMPLOYEE: 404}
NOMINATORS: dict[Role, Answer] = {Role.SERVICE: 200, Role.HEAD: 200}
WITHIN: dict[Role, Answer] = {Role.SERVICE: 200, Role.HEAD: (200, 404)}
PAGES = [
    Page("advisors:units", everybody(200)),
    Page("advisors:unit", everybody(200), of_unit),
    Page("advisors:appoint", only({Role.SERVICE: 200}), of_unit),
    Page("advisors:end", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:replace", only({Role.SERVICE: 200}), of_appointment),
    Page("advisors:own", only({Role.EMPLOYEE: 200})),
    Page("advisors:nominations", only(NOMINATORS)),
    Page("advisors:nominate", only(WITHIN), of_unit),
    Page("advisors:nominate", only({Role.SERVICE: 422, Role.HEAD: (422, 404)}), of_unit, method="POST"),
    Page("advisors:nomination", {**everybody(404), **WITHIN}, of_nomination),
    Page("advisors:accept-nomination", only({Role.EMPLOYEE: 404}), of_nomination, method="POST"),
    Page("advisors:decline-nomination", only({Role.EMPLOYEE: 404}), of_nomination),
    Page("advisors:note-agreement", only(WITHIN), of_nomination),
    Page("advisors:withdraw-nomination", only(WITHIN), of_nomination),
    Page("advisors:refuse-nomination", only({Role.SERVICE: 200}), of_agreed),
    Page("advisors:confirm-nomination", only({Role.SERVICE: 200}), of_agreed),
    Page("advisors:decision", {**everybody(404), **WITHIN}, of_decision),
    Page("advisors:rules", everybody(200)),
    Page("advisors:rule", only({Role.SERVICE: 200}), of_kind),
    Page("advisors:except-unit", only({Role.SERVICE: 200})),
    Page("advisors:end-exception", only({Role.SERVICE: 200}), of_exception),
    Page("advisors:steps", only({Role.SERVICE: 200})),
    Page("advisors:template", only({Role.SERVICE: 200})),
    Page("advisors:directory", everybody(200)),
    Page("advisors:desk", only({Role.ADVISOR: 200})),
    Page("advisors:profile", only({Role.ADVISOR: 200})),
    Page("advisors:notes", only(WATCHERS)),
    Page("advisors:note", only(WATCHERS), of_note),
    Page("advisors:new-note", only({Role.ADVISOR: 200})),
    Page("advisors:new-note", only({Role.ADVISOR: 422}), method="POST"),
    Page("advisors:change-note", only({Role.ADVISOR: 404}), of_note),
    Page("advisors:decide-proposal", only(ONLY_SERVICE), of_note),
    Page("advisors:digests", only(WATCHERS)),
    Page("advisors:digest", only(WATCHERS), of_digest),
    Page("advisors:digest-document", only(WATCHERS), of_digest),
    Page("advisors:publish-digest", only(ONLY_SERVICE), of_quarter),
    Page("advisors:threads", only({**MEETERS, Role.EMPLOYEE: 200})),
    Page("advisors:ask", only({**MEETERS, Role.EMPLOYEE: 200})),
    Page("advisors:thread", only(PARTIES), of_service_thread),
    Page("advisors:thread", only(NOBODY), of_private_thread),
    Page("advisors:pass-on", only(PARTIES), of_service_thread),
    Page("advisors:pass-on", only(NOBODY), of_private_thread),
    Page("advisors:close-thread", only({**PARTIES, Role.SERVICE: 302}), of_service_thread, method="POST"),
    Page("advisors:close-thread", only(NOBODY), of_private_thread, method="POST"),
    Page("advisors:announcements", only(MEETERS)),
    Page("advisors:announce", only(ONLY_SERVICE)),
    Page("advisors:tasks", only(MEETERS)),
    Page("advisors:give-task", only(ONLY_SERVICE)),
    Page("advisors:task", only(ONLY_SERVICE), of_assignment),
    Page("advisors:finish-task", only(THEIRS), of_share),
    Page("advisors:handover", only(THEIRS), of_handover),
    Page("advisors:path", only({Role.ADVISOR: 200})),
    Page("advisors:tick-step", only({Role.ADVISOR: 302}), of_step, method="POST"),
    Page("advisors:meetings", only(MEETERS)),
    Page("advisors:meeting", only(THEIRS), of_meeting),
    Page("advisors:meeting-calendar", only(THEIRS), of_meeting),
    Page("advisors:call-meeting", only(ONLY_SERVICE)),
    Page("advisors:change-meeting", only(ONLY_SERVICE), of_meeting),
    Page("advisors:cancel-meeting", only(ONLY_SERVICE), of_meeting),
    Page("advisors:minutes", only(ONLY_SERVICE), of_meeting_held),
    Page("advisors:appoint", only({Role.SERVICE: 422}), of_unit, method="POST"),
    Page("advisors:end", only({Role.SERVICE: 422}), of_appointment, method="POST"),
    Page("advisors:replace", only({Role.SERVICE: 422}), of_appointment, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
