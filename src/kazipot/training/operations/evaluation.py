"""People are asked about training on the right day, and what they say is kept without their name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code, new_token
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.choices import STATEMENTS, Agreement, EvaluationKind
from kazipot.training.errors import EvaluationOver
from kazipot.training.models import Attendance, EvaluationAsk, EvaluationReply, KnowledgeScore, Session, UnitAsk

BATCH = 500


@dataclass(frozen=True, slots=True)
class EvaluationLink:
    """A personal link or code to a form, told once: the database keeps only its digest."""

    ask_id: int
    person_id: int
    secret: str


def ask_for_evaluations(*, at: datetime) -> int:
    """What workers do in every round: ask those whose right day has come; how many people and heads. Each session on
    its own, so that what is done stays done; twice does no harm."""
    on = timezone.localtime(at).date()
    asked = 0
    for kind in EvaluationKind:
        for session in queries.sessions_to_ask_about(kind, on):
            asked += len(ask_about(session_id=session.pk, kind=kind, at=at))
            if kind == EvaluationKind.BEHAVIOUR:
                asked += ask_heads_about(session_id=session.pk, at=at)
    return asked


@transaction.atomic
def ask_about(*, session_id: int, kind: str, at: datetime) -> list[EvaluationLink]:
    """Everybody who was there and has not been asked gets a form; those with an e-mail address a mail with its link.

    All forms of a session close on one day; nobody is asked after it, so that what is counted stays counted.
    """
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    people = queries.people_to_ask(session, kind)
    on = timezone.localtime(at).date()
    closes_on = queries.closing_day(session, kind) or on + timedelta(days=queries.evaluation_rules().open_days(kind))
    if not people or closes_on < on:
        return []
    secrets = {person_id: new_token() for person_id in people}
    made = EvaluationAsk.objects.bulk_create(
        (
            EvaluationAsk(
                session=session, person_id=pk, kind=kind, token_digest=digest(secrets[pk]), asked_on=on,
                closes_on=closes_on,
            )
            for pk in people
        ),
        batch_size=BATCH,
    )  # fmt: skip
    links = [EvaluationLink(ask.pk, ask.person_id, secrets[ask.person_id]) for ask in made]
    outbox.enqueue_many(_mails(session, kind, links, closes_on), at=at)
    audit.record("training.ask_about", session, actor=None, at=at, kind=str(kind), people=len(links))
    return links


def _mails(session: Session, kind: str, links: Collection[EvaluationLink], closes_on: date) -> list[outbox.Message]:
    by_person = {link.person_id: link for link in links}
    mails = []
    for person in Person.objects.filter(pk__in=by_person).exclude(email="").order_by("pk"):
        link = by_person[person.pk]
        with override(person.language):
            told = {
                "course": session.course.title,
                "day": day(session.starts_on),
                "last": day(closes_on),
                "link": settings.KAZIPOT_ADDRESS.rstrip("/")
                + reverse("training:evaluate", kwargs={"token": link.secret}),
            }
            if kind == EvaluationKind.REACTION:
                subject = _("How was it? %(course)s") % told
                body = _(
                    "You attended this training on %(day)s: %(course)s.\n\nFive statements, one minute, until "
                    "%(last)s. Nobody learns what you said:\n%(link)s\n"
                )
            else:
                subject = _("Do you use what you learnt? %(course)s") % told
                body = _(
                    "Months ago, on %(day)s, you attended this training: %(course)s.\n\nThree statements, one minute, "
                    "until %(last)s. Nobody learns what you said:\n%(link)s\n"
                )
        mails.append(outbox.Message(f"training.evaluation.{link.ask_id}", person.email, subject, body % told))
    return mails


@transaction.atomic
def ask_heads_about(*, session_id: int, at: datetime) -> int:
    """Heads of units of which enough people were there are asked about them all together; how many units."""
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    on = timezone.localtime(at).date()
    closes_on = on + timedelta(days=queries.evaluation_rules().behaviour_open_days)
    mails, units = [], queries.units_to_ask(session, on)
    for unit_id, people in units.items():
        ask = UnitAsk.objects.create(session=session, unit_id=unit_id, people=people, asked_on=on, closes_on=closes_on)
        for head in organisation.heads_of_unit(unit_id, on=on):
            if head.email:
                mails.append(_head_mail(session, ask, head))
    outbox.enqueue_many(mails, at=at)
    if units:
        audit.record("training.ask_heads_about", session, actor=None, at=at, units=len(units))
    return len(units)


def _head_mail(session: Session, ask: UnitAsk, head: organisation.Addressee) -> outbox.Message:
    with override(head.language):
        told = {
            "course": session.course.title,
            "day": day(session.starts_on),
            "people": ask.people,
            "last": day(ask.closes_on),
            "link": settings.KAZIPOT_ADDRESS.rstrip("/") + reverse("training:unit-asks"),
        }
        subject = _("Do your people use what they learnt? %(course)s") % told
        body = _(
            "People of your unit who attended this training on %(day)s: %(people)s.\n\nOne question about all of them "
            "together, until %(last)s:\n%(link)s\n"
        )
    return outbox.Message(f"training.unit_evaluation.{ask.pk}.{head.email}"[:128], head.email, subject, body % told)


@transaction.atomic
def make_evaluation_codes(*, session_id: int, at: datetime, actor: User | None) -> list[EvaluationLink]:
    """Fresh codes for the slips of people without an e-mail address; their older ones stop being valid."""
    session = lock(Session.objects.filter(pk=session_id)).get()
    on = timezone.localtime(at).date()
    last = max(session.ends_on, on) + timedelta(days=queries.evaluation_rules().reaction_open_days)
    closes_on = queries.closing_day(session, EvaluationKind.REACTION) or last
    links: list[EvaluationLink] = []
    if closes_on < on:
        return links
    for person_id in queries.people_for_slips(session):
        code = new_code()
        ask, _made = EvaluationAsk.objects.update_or_create(
            session=session, person_id=person_id, kind=EvaluationKind.REACTION,
            defaults={"token_digest": digest(code)}, create_defaults={
                "token_digest": digest(code), "asked_on": on, "closes_on": closes_on,
            },
        )  # fmt: skip
        links.append(EvaluationLink(ask.pk, person_id, code))
    if links:
        audit.record("training.make_evaluation_codes", session, actor=actor, at=at, people=len(links))
    return links


@transaction.atomic
def answer_evaluation(*, ask_id: int, answers: Mapping[str, int], comment: str, at: datetime) -> None:
    """Keep what somebody says, apart from who it was: neither the reply nor the trail leads to a person.

    Raises EvaluationOver, ValueError for statements that the form doesn't have.
    """
    ask = lock(EvaluationAsk.objects.filter(pk=ask_id)).select_related("session").get()
    if ask.is_answered or timezone.localtime(at).date() > ask.closes_on or _was_absent(ask):
        raise EvaluationOver
    statements = [str(each) for each in STATEMENTS[EvaluationKind(ask.kind)]]
    if sorted(answers) != sorted(statements) or not set(answers.values()) <= set(Agreement.values):
        raise ValueError("a number from 1 to 5 for each statement of the form")
    EvaluationReply.objects.create(
        session_id=ask.session_id, kind=ask.kind, answers=dict(answers), comment=comment.strip()
    )
    ask.is_answered = True
    ask.save(update_fields=["is_answered"])


def _was_absent(ask: EvaluationAsk) -> bool:
    """Whether the person is recorded as absent; before attendance is recorded nobody is."""
    return Attendance.objects.filter(session_id=ask.session_id, person_id=ask.person_id, attended=False).exists()


@transaction.atomic
def answer_for_unit(*, ask_id: int, answer: int, at: datetime, actor: User | None) -> UnitAsk:
    """A head says how many of the unit's people use what they learnt; can be changed while it is open.

    Raises EvaluationOver.
    """
    ask = lock(UnitAsk.objects.filter(pk=ask_id)).get()
    if timezone.localtime(at).date() > ask.closes_on:
        raise EvaluationOver
    ask.answer = answer
    ask.save(update_fields=["answer"])
    audit.record("training.answer_for_unit", ask, actor=actor, at=at)
    return ask


@transaction.atomic
def record_knowledge(*, session_id: int, person_id: int, moment: str, right: int, asked: int, at: datetime) -> bool:
    """How many questions a person knew before or after a session; the first time counts. Whether it was kept."""
    lock(Session.objects.filter(pk=session_id)).get()
    score, made = KnowledgeScore.objects.get_or_create(
        session_id=session_id, person_id=person_id, moment=moment, defaults={"right": right, "asked": asked}
    )
    if made:
        audit.record("training.record_knowledge", score, actor=None, at=at, moment=str(moment))
    return made
