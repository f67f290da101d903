"""Certificates are issued to those who passed, and revoked with the result."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kazipot.foundation.credentials import operations as credentials
from kazipot.foundation.credentials.documents import Achievement
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.errors import NothingToCertify
from kazipot.verification.models import Certificate, Verification

KIND = "digital-security"


@transaction.atomic
def issue_certificate(*, verification_id: int, language: str, at: datetime, actor: User | None) -> Certificate:
    """The certificate of a passed result; issued once, then the same. It is valid as long as the duty says that what
    was held on the day of the result counts, early renewal included. Raises NothingToCertify.
    """
    result = lock(Verification.objects.filter(pk=verification_id)).select_related("person").get()
    found = Certificate.objects.select_related("credential").filter(verification=result).first()
    if found is not None:
        return found
    lapses = queries.proofs_last_until(result.person_id, [result.taken_on]).get(result.taken_on)
    if not result.passed or result.annulled_at is not None or lapses is None or _midnight(lapses) <= at:
        raise NothingToCertify
    credential = credentials.issue(
        achievement=_achievement(language),
        holder=f"{result.person.first_name} {result.person.last_name}",
        valid_from=_midnight(result.taken_on),
        valid_until=_midnight(lapses),
        at=at,
        actor=actor,
    )
    return Certificate.objects.create(verification=result, credential=credential)


def _achievement(language: str) -> Achievement:
    with translation.override(language):
        return Achievement(
            kind=KIND,
            name=_("Competence in digital security"),
            description=_(
                "The holder’s competence in digital security has been verified: recognising fraud, passwords and "
                "sign-in, devices, personal data, cloud and artificial intelligence, work away from the office, "
                "payments, physical security and reporting of incidents."
            ),
            criteria=_("The holder has passed the verification of the programme, which is repeated regularly."),
            language=language,
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def revoke_certificate(*, verification_id: int, because: str, at: datetime, actor: User | None) -> None:
    """The certificate of an annulled result is worth nothing; nothing happens if there is none.

    Later certificates of the person that counted longer because they renewed it are revoked too and can be made anew.
    """
    annulled = Verification.objects.get(pk=verification_id)
    rows = Certificate.objects.select_related("credential", "verification").filter(credential__revoked_at=None)
    found = list(rows.filter(verification__person_id=annulled.person_id))
    lapses = queries.proofs_last_until(annulled.person_id, {row.verification.taken_on for row in found})
    for row in found:
        until, said = lapses.get(row.verification.taken_on), row.credential.valid_until
        if row.verification_id == verification_id:
            credentials.revoke(credential_id=row.credential_id, because=because, at=at, actor=actor)
        elif until is None or said is None or _midnight(until) < said:
            row.delete()
            credentials.revoke(credential_id=row.credential_id, because=because, at=at, actor=actor)
