"""A person's way to the test without an account."""

from datetime import date, datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code, new_token
from kazipot.organisation.models import Employer
from kazipot.verification.models import AccessCode


@transaction.atomic
def make_code(
    *, person_id: int, employer_id: int, valid_until: date, at: datetime, actor: User | None, for_mail: bool = False
) -> str:
    """A fresh code for a slip, or a longer secret for the link of a mail, told here once. The person's older one stops
    being valid; a sitting that is open goes on."""
    secret = new_token() if for_mail else new_code()
    found, _created = AccessCode.objects.update_or_create(
        person_id=person_id,
        defaults={
            "employer_id": employer_id, "token_digest": digest(secret), "made_at": at, "valid_until": valid_until,
        },
    )  # fmt: skip
    code = Employer.objects.values_list("code", flat=True).get(pk=employer_id)
    audit.record("verification.make_code", found, actor=actor, at=at, employer_code=code)
    return secret
