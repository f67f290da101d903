"""Who is told what, once, at a decent hour; whom mail doesn't reach; verification weeks from the plan to the heads."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation import outbox
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.verification import operations, queries
from kazipot.verification.errors import NobodyToInvite, WeekEndsBeforeItStarts, WeekIsOver
from kazipot.verification.imports import read_bounces
from kazipot.verification.models import AccessCode, BouncedAddress, Invitation, Notice
from kazipot.verification.operations.quiet import next_moment
from tests.factories.duty import away, make_result, make_training
from tests.factories.organisation import (
    grant,
    make_employer,
    make_employment,
    make_person,
    make_unit,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
BOUNCE = b"""From: MAILER-DAEMON@mail.example
To: kazipot@example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ana@mesto.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

Final-Recipient: rfc822; polna@mesto.example
Action: delayed
Status: 4.2.2
--b--
"""


def somebody(**kwargs: Any) -> Employment:
    """A person with an address who works here since 2020."""
    told = {"email": "ana@mesto.example", "last_name": "Zupan", **kwargs}
    return make_employment(person=make_person(**told), unit=make_unit())


def queued() -> list[tuple[str, str]]:
    """Recipients and subjects of mail that waits."""
    return list(OutgoingMessage.objects.order_by("pk").values_list("recipient", "subject"))


def test_one_notice_for_every_lapse_however_often_it_is_asked(at: datetime) -> None:
    job = somebody()
    make_training(job, date(2026, 1, 1))
    make_result(job, date(2024, 6, 20))
    assert operations.send_notices(at=at) == 1
    assert operations.send_notices(at=at + timedelta(days=1)) == 0
    assert queued() == [("ana@mesto.example", "Digitalna varnost: velja do 19. 6. 2026")]
    assert (Notice.objects.get().kind, Notice.objects.get().about_on) == ("lapses", date(2026, 6, 19))


def test_no_reminder_that_a_proof_lapses_when_a_newer_one_is_held(at: datetime) -> None:
    job = somebody()
    make_training(job, date(2025, 12, 1))
    make_result(job, date(2024, 6, 20))
    make_result(job, date(2025, 12, 1))
    assert operations.send_notices(at=at) == 0


def test_the_person_is_told_you_are_done(at: datetime) -> None:
    job = somebody(language="en")
    make_training(job, date(2026, 5, 20))
    make_result(job, date(2026, 5, 30))
    operations.send_notices(at=at)
    told = OutgoingMessage.objects.get()
    assert told.subject == "Digital security: you are done"
    assert "You are done. Everything counts until 19 May 2028" in told.body


def test_one_digest_says_all_that_matters(at: datetime) -> None:
    somebody(language="en")
    operations.send_notices(at=at)
    told = OutgoingMessage.objects.get()
    assert told.subject == "Digital security: something is overdue"
    assert "Training: overdue." in told.body
    assert "Verification: overdue." in told.body
    assert "You were hired on 1 January 2020, and newcomers have 3 months." in told.body


def test_nobody_on_a_long_leave_is_told_anything(at: datetime) -> None:
    away(somebody(), date(2026, 1, 1))
    assert operations.send_notices(at=at) == 0


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-06-01T06:59", "2026-06-01T07:00"),
        ("2026-06-01T07:00", "2026-06-01T07:00"),
        ("2026-06-01T17:59", "2026-06-01T17:59"),
        ("2026-06-01T18:00", "2026-06-02T07:00"),
        ("2026-06-05T20:00", "2026-06-08T07:00"),
        ("2026-06-07T12:00", "2026-06-08T07:00"),
    ],
)
def test_mail_leaves_on_working_days_between_seven_and_six(moment: str, leaves: str, at: datetime) -> None:
    found = next_moment(datetime.fromisoformat(moment).replace(tzinfo=at.tzinfo))
    assert found == datetime.fromisoformat(leaves).replace(tzinfo=at.tzinfo)


def test_notice_made_in_the_evening_waits_until_the_morning(at: datetime) -> None:
    somebody()
    evening = at.replace(hour=21)
    operations.send_notices(at=evening)
    assert outbox.deliver_due(at=evening).sent == 0
    assert outbox.deliver_due(at=at + timedelta(days=1)).sent == 1


def test_delivery_report_marks_addresses_that_failed_for_good(at: datetime) -> None:
    assert [(row.email, row.reason) for row in read_bounces(BOUNCE)] == [
        ("ana@mesto.example", "550 5.1.1 No such user")
    ]
    assert read_bounces(b"Subject: Re: hello\n\nI am on holiday.") == []
    assert read_bounces(b"\xff\xfe\x00") == []


def test_bounced_address_gets_no_mail_and_stands_on_the_advisors_list(client: Client, at: datetime) -> None:
    job = somebody()
    somebody(email="", last_name="Kos")
    assert operations.note_bounces(bounced=[("Ana@mesto.example", "550")], at=at, actor=None) == 1
    assert operations.note_bounces(bounced=[("ana@mesto.example", "550")], at=at, actor=None) == 0
    assert operations.send_notices(at=at) == 0
    assert not Notice.objects.exists()
    sign_in(client, Role.ADVISOR, job.employer, job.unit)
    page = client.get(reverse("verification:unreached")).text
    assert "Zupan" in page
    assert "Kos" not in page, "of another unit"
    operations.forget_bounce(bounce_id=BouncedAddress.objects.get().pk, at=at, actor=None)
    assert operations.send_notices(at=at) == 1


def test_address_that_a_server_refuses_is_marked(at: datetime) -> None:
    somebody()
    operations.send_notices(at=at)
    OutgoingMessage.objects.update(failure="{'ana@mesto.example': (550, b'5.1.1 unknown')}", attempts=1)
    assert operations.mark_refused(at=at) == 1
    OutgoingMessage.objects.update(failure="(451, b'4.3.0 try later')", recipient="b@mesto.example")
    assert operations.mark_refused(at=at) == 0


def test_service_previews_notices_and_marks_bounces(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    sign_in(client, Role.SERVICE, make_employer())
    somebody()
    somebody(email="", last_name="Kos")
    page = client.get(reverse("verification:notices"))
    assert (page.context["mails"], page.context["paper"]) == (1, 1)
    file = SimpleUploadedFile("vrnjeno.eml", BOUNCE)
    assert client.post(reverse("verification:bounce"), {"email": "", "file": file}).status_code == 302
    assert client.get(reverse("verification:notices")).context["mails"] == 0
    empty = SimpleUploadedFile("x.eml", b"Subject: x\n\nx")
    assert client.post(reverse("verification:bounce"), {"email": "", "file": empty}).status_code == 422


def plan(at: datetime, **kwargs: Any) -> Any:
    """A week in June for whoever lapses by the end of September."""
    told = {
        "title": "Junijski teden", "opens_on": date(2026, 6, 8), "closes_on": date(2026, 6, 12),
        "lapsing_by": date(2026, 8, 31), **kwargs,
    }  # fmt: skip
    return operations.plan_week(**told, at=at, actor=None)


def test_week_invites_who_is_due_by_mail_or_on_paper(at: datetime) -> None:
    missing, lapsing = somebody(), somebody(email="b@mesto.example")
    paper = somebody(email="")
    in_order, abroad = somebody(email="c@mesto.example"), somebody(email="d@mesto.example")
    make_result(lapsing, date(2024, 8, 1))
    make_result(in_order, date(2024, 10, 1))
    away(abroad, date(2026, 1, 1))
    week = plan(at)
    done = operations.invite(week_id=week.pk, at=at, actor=None)
    assert (done.mailed, done.on_paper) == (2, 1)
    assert set(Invitation.objects.values_list("person_id", "by_mail")) == {
        (missing.person_id, True), (lapsing.person_id, True), (paper.person_id, False),
    }  # fmt: skip
    with pytest.raises(NobodyToInvite):
        operations.invite(week_id=week.pk, at=at, actor=None)
    body = OutgoingMessage.objects.get(recipient="b@mesto.example").body
    token = re.search(r"/verification/link/([^/\s]+)/", body)
    assert token is not None
    found = queries.access_by_code(token[1], on=date(2026, 6, 12))
    assert found is not None
    assert found.person_id == lapsing.person_id
    assert queries.access_by_code(token[1], on=date(2026, 6, 13)) is None


def test_week_of_an_employer_invites_nobody_elses_people(at: datetime) -> None:
    somebody()
    other = make_employment(unit=make_unit(employer=make_employer(code="JHL", kind="public_company")))
    week = plan(at, employer_ids=[other.employer_id])
    assert [row.person.pk for row in queries.to_invite(week, TODAY)] == [other.person_id]


def test_who_has_used_up_the_attempts_is_left_in_peace(at: datetime) -> None:
    job = somebody()
    for day in (date(2026, 4, 1), date(2026, 5, 1)):
        make_result(job, day, passed=False)
    assert queries.to_invite(plan(at), TODAY) == []


def test_week_has_its_days_in_order(at: datetime) -> None:
    with pytest.raises(WeekEndsBeforeItStarts):
        plan(at, closes_on=date(2026, 6, 7))
    with pytest.raises(WeekIsOver):
        plan(at, opens_on=date(2026, 5, 1), closes_on=date(2026, 5, 5))
    somebody()
    week = plan(at)
    with pytest.raises(WeekIsOver):
        operations.invite(week_id=week.pk, at=at + timedelta(days=12), actor=None)


def test_people_are_reminded_once_and_then_their_heads_are_told_names_only(at: datetime) -> None:
    job, came = somebody(), somebody(email="b@mesto.example", last_name="Kos")
    head = make_user(person=make_person(email="vodja@mesto.example", language="en"))
    grant(head, Role.HEAD, job.employer, job.unit)
    week = plan(at)
    operations.invite(week_id=week.pk, at=at, actor=None)
    make_result(came, date(2026, 6, 9), passed=False)
    assert operations.run_weeks(at=at + timedelta(days=7)) == 0
    assert operations.run_weeks(at=at + timedelta(days=8)) == 1
    assert operations.run_weeks(at=at + timedelta(days=9)) == 0
    assert operations.run_weeks(at=at + timedelta(days=11)) == 1
    assert operations.run_weeks(at=at + timedelta(days=11)) == 0
    told = [recipient for recipient, _subject in queued()]
    assert told == ["b@mesto.example", "ana@mesto.example", "ana@mesto.example", "vodja@mesto.example"]
    body = OutgoingMessage.objects.get(recipient="vodja@mesto.example").body
    assert "1 person of your unit was invited" in body
    assert f"– {job.person.name}" in body
    assert came.person.name not in body


def test_slips_are_printed_with_fresh_codes_by_unit_and_name(client: Client, settings: Any, at: datetime) -> None:
    settings.KAZIPOT_TODAY = "2026-06-08"
    paper = somebody(email="")
    week = plan(at)
    operations.invite(week_id=week.pk, at=at, actor=None)
    (slip,) = operations.print_slips(week_id=week.pk, employer_ids=[paper.employer_id], at=at, actor=None)
    assert queries.access_by_code(slip.spaced_code.upper(), on=TODAY) is not None
    sign_in(client, Role.HR, paper.employer)
    page = client.get(reverse("verification:week", args=[week.pk]))
    assert page.context["employers"] == [(paper.employer, 1)]
    response = client.post(reverse("verification:slips", args=[week.pk, paper.employer.code]))
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert queries.access_by_code(slip.code, on=TODAY) is None, "the older code stops working"
    assert AccessCode.objects.count() == 1
    make_result(paper, date(2026, 6, 8))
    assert client.post(reverse("verification:slips", args=[week.pk, paper.employer.code])).status_code == 302


def test_service_plans_a_week_previews_it_and_invites(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    sign_in(client, Role.SERVICE, make_employer())
    somebody()
    told = {"title": "Teden", "opens_on": "2026-06-08", "closes_on": "2026-06-12", "lapsing_by": "2026-09-30"}
    planned = client.post(reverse("verification:plan-week"), told, follow=True)
    assert (planned.context["by_mail"], planned.context["on_paper"], planned.context["invited"]) == (1, 0, 0)
    week = planned.context["week"]
    done = client.post(reverse("verification:invite", args=[week.pk]), follow=True)
    assert (done.context["invited"], done.context["came"]) == (1, 0)
    assert len(mail.outbox) == 0, "mail waits for a worker"


def test_notices_take_as_many_queries_for_one_person_as_for_three(django_assert_num_queries: Any, at: datetime) -> None:
    somebody()
    queries.to_tell(TODAY)
    with django_assert_num_queries(12):
        assert len(queries.to_tell(TODAY)) == 1
    somebody(email="b@mesto.example")
    somebody(email="c@mesto.example")
    with django_assert_num_queries(12):
        assert len(queries.to_tell(TODAY)) == 3
