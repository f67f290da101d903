"""What is done inside the product, in a process of its own that stays: asked a line at a time, in JSON.

Everything goes through the product's operations but two things, which they refuse: a room that is cut while its seats
are offered (`cut`), and people's answers to the survey, which are made as plain rows because they are not the subject.
"""

import importlib
import json
import os
import sys
from datetime import UTC, date, datetime
from typing import Any

from seats import clock

SINCE = date(2020, 1, 1)
ASKED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _told() -> dict[str, Any]:
    return {"at": importlib.import_module("kazipot.foundation.clock").now(), "actor": None}


def prepare(people: int) -> dict[str, Any]:
    """So many people with an address who need what two courses teach; the courses' ids."""
    importlib.import_module("kazipot.project.cli.commands").prepare()
    importlib.import_module("kazipot.framework.operations").install_shipped_frameworks(**_told())
    _employ(people)
    framework = importlib.import_module("kazipot.framework.queries").framework_by_version("DigComp", "2.2")
    competence = importlib.import_module("kazipot.framework.queries").competences(framework.pk)[0].id
    _need(framework, competence)
    operations = importlib.import_module("kazipot.training.operations")
    provider = operations.add_provider(code="FRI", name="Fakulteta", kind="university", **_told())
    courses = [
        operations.add_course(
            code=code, provider_id=provider.pk, framework_id=framework.pk, title_sl=f"Tečaj {code}",
            title_en=f"Course {code}", is_digital_security=False,
            competences=[operations.CourseSpan(competence, 0, 4)], **_told(),
        ).pk
        for code in ("RUSH", "LINE")
    ]  # fmt: skip
    return {"courses": courses, "versions": versions()}


def _employ(people: int) -> None:
    operations = importlib.import_module("kazipot.organisation.operations")
    employers = [
        operations.add_employer(code=f"E{n}", name_sl=f"Podjetje {n}", name_en=f"Company {n}", kind="public_company",
                                **_told())
        for n in range(5)
    ]  # fmt: skip
    for n in range(20):
        operations.add_unit(
            employer_id=employers[n % 5].pk, code=f"U{n}", name_sl=f"Enota {n}", name_en=f"Unit {n}", kind="section",
            must_have_advisor=False, parent_id=None, valid_from=SINCE, **_told(),
        )  # fmt: skip
    head = ["delodajalec", "enota", "kadrovska številka", "ime", "priimek", "delovno mesto", "zaposlen od", "e-pošta"]
    rows = [
        [
            f"E{n % 5}",
            f"U{n % 20}",
            f"{n:06}",
            f"Žiga{n % 97}",
            f"Čeč{n}",
            "D1",
            SINCE.isoformat(),
            f"p{n}@load.example",
        ]
        for n in range(people)
    ]
    path = importlib.import_module("django.conf").settings.DATA / "roster.csv"
    path.write_text("\n".join(";".join(row) for row in [head, *rows]), encoding="utf-8")
    at = _told()["at"]
    importlib.import_module("kazipot.organisation.imports").import_people(path, as_of=at.date(), at=at)


def _need(framework: Any, competence: int) -> None:
    models = importlib.import_module("kazipot.needs.models")
    rule = importlib.import_module("kazipot.core.survey.stated_need").RULE_VERSION
    employments = importlib.import_module("kazipot.organisation.queries").main_employments(ASKED_AT.date())
    questionnaire = models.Questionnaire.objects.create(key="load")
    campaign = models.Campaign.objects.create(
        year=2026, framework=framework, asked={"": [competence]}, status="open", opens_on=ASKED_AT.date(),
        closes_on=date(2026, 3, 31), title_sl="Potrebe", title_en="Needs",
        questionnaire=models.QuestionnaireVersion.objects.create(
            questionnaire=questionnaire, number=1, content={}, made_at=ASKED_AT, approved_at=ASKED_AT
        ),
    )  # fmt: skip
    invitations = models.Invitation.objects.bulk_create(
        models.Invitation(campaign=campaign, person_id=person, employer_id=job.employer_id, unit_id=job.unit_id,
                          token_digest=f"load-{person}", invited_at=ASKED_AT)
        for person, job in employments.items()
    )  # fmt: skip
    responses = models.Response.objects.bulk_create(
        models.Response(invitation=row, submitted_at=ASKED_AT, submitted_on=ASKED_AT.date(), rule_version=rule)
        for row in invitations
    )
    models.StatedNeed.objects.bulk_create(
        models.StatedNeed(response=row, competence_id=competence, from_level=0, to_level=4, rule_version=rule)
        for row in responses
    )


def plan(course: int, on: str, seats: int) -> int:
    """A session of a day."""
    day, place = date.fromisoformat(on), "Mestna hiša"
    return int(
        importlib.import_module("kazipot.training.operations").plan_session(
            course_id=course, starts_on=day, ends_on=day, place=place, capacity=seats, trainer_id=None, **_told()
        ).pk
    )  # fmt: skip


def offer(session: int) -> int:
    """Offer the session's seats by the fair rule; how many."""
    made = importlib.import_module("kazipot.training.operations").offer_seats(
        session_id=session, reason="need", seed=1, **_told()
    )
    return len(made.links)


def cut(session: int, seats: int) -> None:
    """The room is cut though more people are asked: no operation allows it."""
    importlib.import_module("kazipot.training.models").Session.objects.filter(pk=session).update(capacity=seats)


def cancel(session: int) -> None:
    """The session doesn't take place."""
    importlib.import_module("kazipot.training.operations").cancel_session(
        session_id=session, because="bolezen", **_told()
    )


def gather(sessions: list[int]) -> None:
    """Let workers offer the sessions' seats to the line."""
    models = importlib.import_module("kazipot.training.models")
    models.Session.objects.filter(pk__in=sessions).update(refill_due=True)


def pending() -> int:
    """What workers still have to do, now or later."""
    models = importlib.import_module("kazipot.training.models")
    mail = importlib.import_module("kazipot.foundation.models").OutgoingMessage.objects.filter(sent_at=None)
    return mail.count() + models.Session.objects.filter(refill_due=True).count()


def leases() -> list[Any]:
    """Messages that a worker has leased, and until when: a live worker's change with each message."""
    rows = importlib.import_module("kazipot.foundation.models").OutgoingMessage.objects.filter(sent_at=None)
    return [[pk, str(until)] for pk, until in rows.exclude(lease="").order_by("pk").values_list("pk", "leased_until")]


def stored() -> dict[str, Any]:
    """Seats, sessions, who still waits, mail that hasn't left, and what the audit trail says of answers."""
    models = importlib.import_module("kazipot.training.models")
    queries = importlib.import_module("kazipot.training.queries")
    foundation = importlib.import_module("kazipot.foundation.models")
    at = _told()["at"]
    offers = models.SeatOffer.objects.values_list(
        "pk", "session_id", "person_id", "person__email", "token_digest", "state", "answered_at"
    )
    names = ("id", "session", "person", "email", "digest", "state", "answered")
    sessions = []
    for row in models.Session.objects.select_related("course").order_by("pk"):
        planned = row.status == "planned"
        sessions.append(
            {
                "id": row.pk, "course": row.course_id, "on": row.starts_on.isoformat(), "seats": row.capacity,
                "status": row.status, "free": queries.free_seats(row),
                "waiting": len(queries.line_of(row, on=at.date())) if planned else 0,
            }
        )  # fmt: skip
    events = foundation.AuditEvent.objects.filter(verb="training.answer_offer").values_list("target_id", flat=True)
    return {
        "offers": [dict(zip(names, [*row[:6], row[6] is not None], strict=True)) for row in offers],
        "sessions": sessions,
        "events": [int(target) for target in events],
        "unsent": foundation.OutgoingMessage.objects.filter(sent_at=None).count(),
    }


def versions() -> dict[str, str]:
    """What the test ran with."""
    metadata = importlib.import_module("importlib.metadata")
    connection = importlib.import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        (number,) = cursor.fetchone()
    return {connection.display_name: number} | {name: metadata.version(name) for name in ("django", "granian")}


DOES = {act.__name__: act for act in (prepare, plan, offer, cut, cancel, gather, leases, pending, stored)}


def main() -> None:
    """Answer each line (`[name, arguments]`) with a line."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kazipot.project.settings"
    clock.install()
    importlib.import_module("django").setup()
    connection = importlib.import_module("django.db").connection
    for line in sys.stdin:
        name, arguments = json.loads(line)
        connection.close()  # the database may have been started anew
        print(json.dumps(DOES[name](**arguments)), flush=True)


if __name__ == "__main__":
    main()
