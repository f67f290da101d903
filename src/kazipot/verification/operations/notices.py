"""People are told in one mail what matters to them now, once for every lapse; bounced addresses are marked."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.foundation import audit, outbox
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.models import BouncedAddress, Notice
from kazipot.verification.operations.quiet import next_moment
from kazipot.verification.queries import ToTell

BATCH = 500


@transaction.atomic
def send_notices(*, at: datetime, actor: User | None = None) -> int:
    """Tell everybody who has to be told something and hasn't been; returns how many mails.

    Each person gets one mail with all that matters, and never a second one about the same day. Who can't be reached by
    mail is not noted as told: they get paper in a verification week.
    """
    rows = [row for row in queries.to_tell(timezone.localtime(at).date()) if row.email]
    Notice.objects.bulk_create(
        (Notice(person=row.person, kind=row.kind, about_on=row.about_on, told_at=at) for row in rows),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    outbox.enqueue_many(map(_mail, rows), at=at, not_before=next_moment(at))
    if rows:
        audit.record("verification.notify", rows[0].person, actor=actor, at=at, mailed=len(rows))
    return len(rows)


def _mail(row: ToTell) -> outbox.Message:
    with translation.override(row.person.language):
        facts = [
            (
                queries.proof_word(one.proof),
                queries.state_word(one.state),
                queries.due_sentence(one, row.duty.on),
                queries.why_sentence(one.because if one.is_in_order else one.due_because, one.proof),
            )
            for one in (row.duty.training, row.duty.verification)
        ]
        context = {
            "kind": row.kind,
            "duty": row.duty,
            "about_on": row.about_on,
            "facts": facts,
            "step": queries.step_sentence(row.duty),
            "link": f"{settings.KAZIPOT_ADDRESS}{reverse('verification:own')}",
        }
        subject = " ".join(render_to_string("verification/mail/notice_subject.txt", context).split())
        body = render_to_string("verification/mail/notice.txt", context)
    return outbox.Message(f"verification.notice.{row.person.pk}.{row.kind}.{row.about_on}", row.email, subject, body)


@transaction.atomic
def note_bounces(*, bounced: Iterable[tuple[str, str]], at: datetime, actor: User | None) -> int:
    """Mark addresses from which mail came back, each with a reason; returns how many are new."""
    known = queries.bounced_addresses()
    rows = {email.lower(): BouncedAddress(email=email, bounced_at=at, reason=reason[:200]) for email, reason in bounced}
    new = [row for small, row in rows.items() if small not in known]
    BouncedAddress.objects.bulk_create(new, batch_size=BATCH)
    if new:
        audit.record("verification.bounce", new[0], actor=actor, at=at, addresses=len(new))
    return len(new)


def mark_refused(*, at: datetime) -> int:
    """Mark addresses that a mail server has refused for good. Workers do this; returns how many are new."""
    return note_bounces(bounced=outbox.refused().items(), at=at, actor=None)


@transaction.atomic
def forget_bounce(*, bounce_id: int, at: datetime, actor: User | None) -> None:
    """The address works again."""
    for found in BouncedAddress.objects.filter(pk=bounce_id):
        audit.record("verification.forget_bounce", found, actor=actor, at=at)
        found.delete()
