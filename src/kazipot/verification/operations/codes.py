"""A person's way to the test without an account."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code, new_token
from kazipot.organisation.models import Employer
from kazipot.verification.models import AccessCode

BATCH = 500


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


@transaction.atomic
def make_codes(
    *, people: Collection[tuple[int, int]], valid_until: date, at: datetime, for_mail: bool
) -> dict[int, str]:
    """Fresh codes for many people at once, each with their employer: {person id: secret}, told here once.

    Their older ones stop being valid; sittings that are open go on. Who calls this writes the trail.
    """
    secrets = {person_id: new_token() if for_mail else new_code() for person_id, _employer_id in people}
    ids = sorted(secrets)
    for start in range(0, len(ids), BATCH):
        AccessCode.objects.filter(person_id__in=ids[start : start + BATCH]).delete()
    AccessCode.objects.bulk_create(
        (
            AccessCode(
                person_id=person_id,
                employer_id=employer_id,
                token_digest=digest(secrets[person_id]),
                made_at=at,
                valid_until=valid_until,
            )
            for person_id, employer_id in people
        ),
        batch_size=BATCH,
    )
    return secrets
