"""Whose certificate is where."""

from collections.abc import Collection

from kazipot.verification.models import Certificate


def certificates_of(verification_ids: Collection[int]) -> dict[int, Certificate]:
    """Certificates by result. One query."""
    rows = Certificate.objects.select_related("credential").filter(verification_id__in=verification_ids)
    return {row.verification_id: row for row in rows}


def certificate_of(person_id: int, certificate_id: int) -> Certificate | None:
    """A person's certificate."""
    rows = Certificate.objects.select_related("credential", "credential__key")
    return rows.filter(pk=certificate_id, verification__person_id=person_id).first()
