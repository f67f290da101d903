"""What providers send through their own page: timetables, materials and invoice references."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training.choices import ProposalState, SessionStatus
from kazipot.training.errors.supply import (
    CourseMissing,
    FileNotTaken,
    NoSuchFile,
    NothingToInvoice,
    TimetableSettled,
    TooManyMaterials,
)
from kazipot.training.models import Invoice, Material, ProposedSession, Session, Timetable
from kazipot.training.operations.sessions import plan_session

MOST_MATERIALS = 20
MOST_BYTES = 10 * 1024 * 1024
TAKEN = {
    "pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff",
    **dict.fromkeys(("docx", "pptx", "xlsx", "odt", "odp", "ods"), b"PK\x03\x04"),
}  # fmt: skip
"""Endings of file names that are taken, and how such a file begins."""
TAIL = 2048


def check_file(filename: str, content: bytes) -> None:
    """See that a file is of a type that is taken, begins and ends as such a file does, and isn't too large.

    A half-written file is refused: a PDF without its end mark, an office file whose parts can't be read, a picture
    that breaks off. Raises FileNotTaken.
    """
    ending = filename.rpartition(".")[2].lower()
    beginning = TAKEN.get(ending)
    sound = beginning is not None and content.startswith(beginning) and len(content) <= MOST_BYTES
    if sound and ending == "pdf":
        sound = b"%%EOF" in content[-TAIL:]
    elif sound and ending == "png":
        sound = b"IEND" in content[-TAIL:]
    elif sound and ending in {"jpg", "jpeg"}:
        sound = b"\xff\xd9" in content[-TAIL:]
    elif sound:
        sound = _is_whole(content)
    if not sound:
        raise FileNotTaken(MOST_BYTES // 1024 // 1024)


def _is_whole(content: bytes) -> bool:
    """Whether an office file (a ZIP) has all its parts; none may unpack to an unreasonable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > 20 * MOST_BYTES:
                return False
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        return False


@transaction.atomic
def send_timetable(
    *, provider_id: int, inquiry_id: int | None, filename: str, rows: Sequence[dict[str, Any]], at: datetime
) -> Timetable:
    """Keep the sessions that a provider proposes, as checked rows; one that still waits is replaced by it."""
    waiting = Timetable.objects.filter(provider_id=provider_id, state=ProposalState.PROPOSED)
    waiting = waiting.filter(inquiry=None) if inquiry_id is None else waiting.filter(inquiry_id=inquiry_id)
    replaced = waiting.exists()
    waiting.delete()
    timetable = Timetable.objects.create(
        provider_id=provider_id, inquiry_id=inquiry_id, filename=filename[:200], sent_at=at
    )
    ProposedSession.objects.bulk_create(ProposedSession(timetable=timetable, **row) for row in rows)
    audit.record("training.send_timetable", timetable, actor=None, at=at, sessions=len(rows), replaced=replaced)
    return timetable


@transaction.atomic
def accept_timetable(*, timetable_id: int, contract_id: int | None, at: datetime, actor: User | None) -> list[Session]:
    """All proposed sessions are planned, or none. Rows without a course take that of the inquiry.

    Raises TimetableSettled, CourseMissing, and what planning a session raises.
    """
    timetable = lock(Timetable.objects.filter(pk=timetable_id)).get()
    if timetable.state != ProposalState.PROPOSED:
        raise TimetableSettled
    course_id = timetable.inquiry.course_id if timetable.inquiry else None
    planned = []
    for row in ProposedSession.objects.filter(timetable=timetable):
        if row.course_id is None and course_id is None:
            raise CourseMissing
        planned.append(
            plan_session(
                course_id=row.course_id or course_id or 0,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                begins_at=row.begins_at,
                closes_at=row.closes_at,
                place=row.place,
                room=row.room,
                shift=row.shift,
                capacity=row.capacity,
                min_people=row.min_people,
                price_fixed=row.price_fixed,
                price_per_head=row.price_per_head,
                language=row.language,
                in_working_time=row.in_working_time,
                is_accessible=row.is_accessible,
                free_cancellation_days=row.free_cancellation_days,
                late_cancellation_share=row.late_cancellation_share,
                contract_id=contract_id,
                trainer_id=None,
                at=at,
                actor=actor,
            )
        )
    _settle(timetable, ProposalState.ACCEPTED, "", at, actor)
    audit.record("training.accept_timetable", timetable, actor=actor, at=at, sessions=len(planned))
    return planned


@transaction.atomic
def refuse_timetable(*, timetable_id: int, because: str, at: datetime, actor: User | None) -> Timetable:
    """None of the proposed sessions is planned; the provider reads why on its page. Raises TimetableSettled."""
    timetable = lock(Timetable.objects.filter(pk=timetable_id)).get()
    if timetable.state != ProposalState.PROPOSED:
        raise TimetableSettled
    _settle(timetable, ProposalState.REFUSED, because, at, actor)
    audit.record("training.refuse_timetable", timetable, actor=actor, at=at, because=because)
    return timetable


def _settle(timetable: Timetable, state: ProposalState, because: str, at: datetime, actor: User | None) -> None:
    timetable.state, timetable.refused_because = state, because
    timetable.settled_at, timetable.settled_by = at, actor
    timetable.save(update_fields=["state", "refused_because", "settled_at", "settled_by"])


@transaction.atomic
def add_material(
    *, session_id: int, title: str, link: str, filename: str, content: bytes | None, at: datetime
) -> Material:
    """A file or a link for those who take part. Raises NoSuchFile, FileNotTaken, TooManyMaterials."""
    session = lock(Session.objects.filter(pk=session_id)).get()
    if bool(link) == (content is not None):
        raise NoSuchFile
    if content is not None:
        check_file(filename, content)
    if Material.objects.filter(session=session).count() >= MOST_MATERIALS:
        raise TooManyMaterials(MOST_MATERIALS)
    material = Material.objects.create(
        session=session,
        title=title,
        link=link,
        filename=filename[-200:],
        content=content,
        size=len(content or b""),
        sent_at=at,
    )
    audit.record("training.add_material", material, actor=None, at=at, session=session.pk, size=material.size)
    return material


@transaction.atomic
def remove_material(*, material_id: int, at: datetime) -> None:
    """A provider takes a material back."""
    material = lock(Material.objects.filter(pk=material_id)).defer("content").get()
    audit.record("training.remove_material", material, actor=None, at=at, session=material.session_id)
    Material.objects.filter(pk=material_id).delete()


@transaction.atomic
def note_invoice(*, session_id: int, reference: str, issued_on: date, amount: Decimal, at: datetime) -> Invoice:
    """The provider's invoice for a session that was held; a second one corrects it. Raises NothingToInvoice."""
    session = lock(Session.objects.filter(pk=session_id)).get()
    if session.status == SessionStatus.PLANNED:
        raise NothingToInvoice
    values = {"reference": reference, "issued_on": issued_on, "amount": amount, "noted_at": at}
    invoice, created = Invoice.objects.update_or_create(session=session, defaults=values)
    audit.record(
        "training.note_invoice", invoice, actor=None, at=at,
        session=session.pk, reference=reference, amount=str(amount), corrected=not created,
    )  # fmt: skip
    return invoice
