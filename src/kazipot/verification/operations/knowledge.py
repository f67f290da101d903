"""People are asked to try what they know before and after a training for which there are questions."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person
from kazipot.training import queries as training
from kazipot.training.choices import KnowledgeMoment, SessionStatus
from kazipot.training.models import Session
from kazipot.verification import queries
from kazipot.verification.queries import Trial

BEFORE = timedelta(days=4)
"""So long before a session people are asked at the earliest."""
AFTER = timedelta(days=14)
"""And so long after it at the latest."""


def ask_for_knowledge(*, at: datetime) -> int:
    """What workers do in every round: one mail before and one after each session with questions; how many mails."""
    on = timezone.localtime(at).date()
    ahead = Session.objects.filter(status=SessionStatus.PLANNED, starts_on__gt=on, starts_on__lte=on + BEFORE)
    over = Session.objects.filter(status=SessionStatus.HELD, ends_on__lte=on, ends_on__gte=on - AFTER)
    asked = 0
    for moment, rows in ((KnowledgeMoment.BEFORE, ahead), (KnowledgeMoment.AFTER, over)):
        for session_id in list(rows.order_by("pk").values_list("pk", flat=True)):
            if not OutgoingMessage.objects.filter(key__startswith=_key(session_id, moment)).exists():
                asked += ask_about_knowledge(session_id=session_id, moment=moment, at=at)
    return asked


def _key(session_id: int, moment: str) -> str:
    return f"verification.knowledge.{session_id}.{moment}."


@transaction.atomic
def ask_about_knowledge(*, session_id: int, moment: str, at: datetime) -> int:
    """Everybody with a seat (before) or who was there (after), and an e-mail address, gets a link; how many."""
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    if not queries.questions_about(session, at=at):
        return 0
    before = moment == KnowledgeMoment.BEFORE
    people: Collection[int] = training.accepted_people(session_id) if before else training.attended_people(session_id)
    mails = []
    for person in Person.objects.filter(pk__in=people).exclude(email="").order_by("pk"):
        link = reverse("verification:knowledge", args=[Trial(session_id, person.pk, moment).token()])
        with override(person.language):
            told = {
                "course": session.course.title, "day": day(session.starts_on),
                "link": settings.KAZIPOT_ADDRESS.rstrip("/") + link,
            }  # fmt: skip
            asked = _("What do you know already? %(course)s") if before else _("What do you know now? %(course)s")
            subject = asked % told
            body = _(
                "A few questions about your training on %(day)s: %(course)s. They are no test: only you see how many "
                "you knew, and everybody's answers together show what the training brings.\n%(link)s\n"
            )
        mails.append(outbox.Message(f"{_key(session_id, moment)}{person.pk}", person.email, subject, body % told))
    outbox.enqueue_many(mails, at=at)
    if mails:
        audit.record(
            "verification.ask_about_knowledge", session, actor=None, at=at, moment=str(moment), people=len(mails)
        )
    return len(mails)
