"""Who may come to the test without an account, and talks that wait to be held."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kazipot.foundation.tokens import digest, secret_of
from kazipot.verification.models import AccessCode, Talk


def access_by_code(token: str, *, on: date) -> AccessCode | None:
    """The way in that a code or a link opens on the day, or None. One query."""
    rows = AccessCode.objects.filter(token_digest=digest(secret_of(token)), valid_until__gte=on)
    return rows.select_related("person").first()


def access_by_id(code_id: int, token_digest: str, *, on: date) -> AccessCode | None:
    """The same way in again, unless a newer code has taken its place. One query."""
    rows = AccessCode.objects.filter(pk=code_id, token_digest=token_digest, valid_until__gte=on)
    return rows.select_related("person").first()


def talks(employer_ids: Collection[int] | None) -> QuerySet[Talk]:
    """Talks with people of these employers (None: of all), those that wait first."""
    rows = Talk.objects.select_related("sitting__person", "sitting__employer").defer("sitting__rules")
    if employer_ids is not None:
        rows = rows.filter(sitting__employer_id__in=employer_ids)
    return rows.order_by("outcome", "-made_at", "-id")


def talk_by_id(talk_id: int) -> Talk | None:
    """A talk, or None."""
    return talks(None).filter(pk=talk_id).first()
