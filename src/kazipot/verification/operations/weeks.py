"""Verification weeks: planned, people invited by mail or by a slip on paper, reminded, and then their heads told."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import spaced
from kazipot.organisation import queries as organisation
from kazipot.verification import queries
from kazipot.verification.errors import NobodyToInvite, WeekEndsBeforeItStarts, WeekIsOver
from kazipot.verification.models import Invitation, Week
from kazipot.verification.operations.codes import make_codes
from kazipot.verification.operations.quiet import next_moment
from kazipot.verification.queries import ToInvite

BATCH = 500
PLACE_OF_LINK = "https://link.invalid/"
REMIND_BEFORE = timedelta(days=3)
"""So long before the last day people are reminded; on the last day their heads are told."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip for a person (see `organisation.exports.Slip`). The code is told here once."""

    name: str
    language: str
    workplace: organisation.Workplace
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four."""
        return spaced(self.code)


@transaction.atomic
def plan_week(
    *,
    title: str,
    opens_on: date,
    closes_on: date,
    lapsing_by: date,
    employer_ids: Collection[int] = (),
    at: datetime,
    actor: User | None,
) -> Week:
    """Plan a verification week. Raises WeekEndsBeforeItStarts, WeekIsOver."""
    if closes_on < opens_on:
        raise WeekEndsBeforeItStarts
    if closes_on < timezone.localtime(at).date():
        raise WeekIsOver
    made = Week.objects.create(title=title, opens_on=opens_on, closes_on=closes_on, lapsing_by=lapsing_by)
    made.employers.set(employer_ids)
    audit.record("verification.plan_week", made, actor=actor, at=at, opens_on=opens_on.isoformat())
    return made


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people were invited by mail, and how many need a slip."""

    mailed: int
    on_paper: int


@transaction.atomic
def invite(*, week_id: int, at: datetime, actor: User | None) -> Invited:
    """Invite everybody who is due and hasn't been invited: by mail, or for a slip that is printed later.

    Whoever becomes due later can be invited by doing it again. Raises WeekIsOver, NobodyToInvite.
    """
    week = lock(Week.objects.filter(pk=week_id)).get()
    on = timezone.localtime(at).date()
    if on > week.closes_on:
        raise WeekIsOver
    rows = queries.to_invite(week, on)
    if not rows:
        raise NobodyToInvite
    Invitation.objects.bulk_create(
        (
            Invitation(
                week=week, person=row.person, employer_id=row.employer_id, unit_id=row.unit_id, invited_at=at,
                by_mail=bool(row.email),
            )
            for row in rows
        ),
        batch_size=BATCH,
    )  # fmt: skip
    mailed = [row for row in rows if row.email]
    codes = make_codes(
        people=[(row.person.pk, row.employer_id) for row in mailed], valid_until=week.closes_on, at=at, for_mail=True
    )
    outbox.enqueue_many(_mails("invitation", week, mailed, codes, at), at=at, not_before=next_moment(at))
    week.invited_at = at
    week.save(update_fields=["invited_at"])
    audit.record("verification.invite", week, actor=actor, at=at, mailed=len(mailed), on_paper=len(rows) - len(mailed))
    return Invited(len(mailed), len(rows) - len(mailed))


@transaction.atomic
def print_slips(*, week_id: int, employer_ids: Collection[int], at: datetime, actor: User | None) -> list[Slip]:
    """Fresh codes for people of some employers who are invited on paper and haven't come yet, by unit and name.

    Their older codes stop being valid. Raises WeekIsOver, NobodyToInvite.
    """
    week = lock(Week.objects.filter(pk=week_id)).get()
    on = timezone.localtime(at).date()
    if on > week.closes_on:
        raise WeekIsOver
    rows = list(queries.waiting(week_id).filter(by_mail=False, employer_id__in=employer_ids))
    places = organisation.workplaces({row.person_id for row in rows}, employer_ids, on=on)
    here = [row for row in rows if (row.person_id, row.employer_id) in places]
    if not here:
        raise NobodyToInvite
    codes = make_codes(
        people=[(row.person_id, row.employer_id) for row in here], valid_until=week.closes_on, at=at, for_mail=False
    )
    slips = [
        (row, Slip(row.person.name, row.person.language, places[row.person_id, row.employer_id], codes[row.person_id]))
        for row in here
    ]
    for employer in organisation.employers().filter(pk__in=employer_ids):
        audit.record("verification.print_slips", week, actor=actor, at=at, employer_code=employer.code)
    slips.sort(key=lambda pair: _order(pair[0], pair[1]))
    return [slip for _row, slip in slips]


def _order(row: Invitation, slip: Slip) -> tuple[str, ...]:
    place, person = slip.workplace, row.person
    return (place.employer_code, place.unit_code, place.title, person.last_name, person.first_name, f"{row.pk:012}")


@transaction.atomic
def remind_week(*, week_id: int, at: datetime) -> int:
    """Mail a fresh link to those who were invited by mail, haven't come and weren't reminded; returns how many."""
    week = lock(Week.objects.filter(pk=week_id)).get()
    waiting = list(queries.waiting(week_id).filter(by_mail=True, reminded_at=None))
    bounced = queries.bounced_addresses()
    rows = [
        ToInvite(row.person, row.employer_id, row.unit_id, row.person.email)
        for row in waiting
        if row.person.email and row.person.email.lower() not in bounced
    ]
    codes = make_codes(
        people=[(row.person.pk, row.employer_id) for row in rows], valid_until=week.closes_on, at=at, for_mail=True
    )
    outbox.enqueue_many(_mails("reminder", week, rows, codes, at), at=at, not_before=next_moment(at))
    ids = [row.pk for row in waiting]
    for start in range(0, len(ids), BATCH):
        Invitation.objects.filter(pk__in=ids[start : start + BATCH]).update(reminded_at=at)
    if rows:
        audit.record("verification.remind_week", week, actor=None, at=at, mailed=len(rows))
    return len(rows)


@transaction.atomic
def tell_heads(*, week_id: int, at: datetime) -> int:
    """One mail for every head: who of the unit was invited and hasn't come. Names only; returns how many mails."""
    week = lock(Week.objects.filter(pk=week_id)).get()
    on = timezone.localtime(at).date()
    rows = list(queries.waiting(week_id).filter(head_told_at=None))
    heads, units = queries.heads(on), {unit.id: unit for unit in organisation.units_on(on)}
    by_head: dict[organisation.Addressee, list[Invitation]] = defaultdict(list)
    for row in rows:
        for head in _heads_of(row.unit_id, heads, units):
            if head.email:
                by_head[head].append(row)
    messages = []
    for head, theirs in by_head.items():
        with translation.override(head.language):
            names = sorted(row.person.name for row in theirs)
            subject, body = _text("heads", {"week": week, "names": names})
        messages.append(outbox.Message(f"verification.heads.{week.pk}.{head.email}"[:128], head.email, subject, body))
    outbox.enqueue_many(messages, at=at, not_before=next_moment(at))
    ids = [row.pk for row in rows]
    for start in range(0, len(ids), BATCH):
        Invitation.objects.filter(pk__in=ids[start : start + BATCH]).update(head_told_at=at)
    if messages:
        audit.record("verification.tell_heads", week, actor=None, at=at, mailed=len(messages))
    return len(messages)


def _heads_of(
    unit_id: int, heads: dict[int, list[organisation.Addressee]], units: dict[int, organisation.UnitOnDay]
) -> list[organisation.Addressee]:
    """Who heads the unit, or the nearest unit above it."""
    place: int | None = unit_id
    seen: set[int] = set()
    while place is not None and place not in seen:
        if place in heads:
            return heads[place]
        seen.add(place)
        place = units[place].parent_id if place in units else None
    return []


def run_weeks(*, at: datetime) -> int:
    """What workers do every day: people are reminded three days before the last day of a week, heads are told on it.

    Doing it twice does no harm. Returns how many mails.
    """
    on = timezone.localtime(at).date()
    mails = 0
    for week in Week.objects.filter(opens_on__lte=on, closes_on__gte=on).exclude(invited_at=None):
        if on >= week.closes_on - REMIND_BEFORE and on > timezone.localtime(week.invited_at).date():
            mails += remind_week(week_id=week.pk, at=at)
        if on == week.closes_on:
            mails += tell_heads(week_id=week.pk, at=at)
    return mails


def _mails(
    name: str, week: Week, rows: Iterable[ToInvite], codes: dict[int, str], at: datetime
) -> list[outbox.Message]:
    """A mail for everybody, in their language; the text is drawn once for each language."""
    texts: dict[str, tuple[str, str]] = {}
    found = []
    for row in rows:
        language = row.person.language
        if language not in texts:
            with translation.override(language):
                texts[language] = _text(name, {"week": week, "link": PLACE_OF_LINK})
        subject, body = texts[language]
        link = f"{settings.KAZIPOT_ADDRESS}{reverse('verification:link', args=[codes[row.person.pk]])}"
        key = f"verification.{name}.{week.pk}.{row.person.pk}.{timezone.localtime(at).date()}"
        found.append(outbox.Message(key, row.email, subject, body.replace(PLACE_OF_LINK, link)))
    return found


def _text(name: str, context: dict[str, object]) -> tuple[str, str]:
    """Subject and body in the language that is active."""
    subject = render_to_string(f"verification/mail/{name}_subject.txt", context)
    return " ".join(subject.split()), render_to_string(f"verification/mail/{name}.txt", context)
