"""Every write of credentials: keys are made and retired, credentials issued and revoked."""

import json
import secrets
import uuid
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from kazipot.foundation import audit, sealing, tokens
from kazipot.foundation.credentials import multibase, queries
from kazipot.foundation.credentials.documents import Achievement, badge, moment
from kazipot.foundation.credentials.errors import AlreadyRevoked
from kazipot.foundation.credentials.models import Credential, SigningKey
from kazipot.foundation.credentials.proofs import signed
from kazipot.foundation.credentials.queries import KEY_PURPOSE, SECRET_PURPOSE
from kazipot.foundation.credentials.status import BITS
from kazipot.foundation.database import lock
from kazipot.foundation.models import User

FILLED = BITS // 2
"""A status list takes so many credentials, so that a place drawn by chance is soon a free one."""


@transaction.atomic
def rotate_key(*, at: datetime, actor: User | None) -> SigningKey:
    """A new key signs from now on; the old ones stay, so that what they signed can be checked."""
    list(lock(SigningKey.objects.all()))
    SigningKey.objects.filter(retired_at=None).update(retired_at=at)
    private = Ed25519PrivateKey.generate()
    public = multibase.multikey(private.public_key().public_bytes_raw())
    key = SigningKey.objects.create(
        public=public, sealed=sealing.wrap(private.private_bytes_raw(), KEY_PURPOSE), made_at=at
    )
    audit.record("credentials.rotate_key", key, actor=actor, at=at, public=public)
    return key


@transaction.atomic
def issue(
    *,
    achievement: Achievement,
    holder: str,
    valid_from: datetime,
    valid_until: datetime | None,
    at: datetime,
    actor: User | None,
) -> Credential:
    """Sign and keep a credential for a holder, whose name stands in it as a digest only."""
    key = queries.current_key() or rotate_key(at=at, actor=actor)
    code, salt = tokens.new_code(), secrets.token_urlsafe(16)
    place = _free_place()
    issuer = queries.issuer()
    document = badge(
        achievement, issuer=issuer, name=holder, salt=salt, uuid=str(uuid.uuid4()), place=place,
        valid_from=valid_from, valid_until=valid_until,
    )  # fmt: skip
    secret = json.dumps({"code": code, "holder": holder}).encode()
    made = Credential.objects.create(
        kind=achievement.kind,
        code_digest=tokens.digest(code),
        sealed=sealing.wrap(secret, SECRET_PURPOSE),
        document=signed(document, queries.private_key(key), method=issuer.method(key.public), created=moment(at)),
        key=key,
        status_list=place[0],
        status_index=place[1],
        issued_at=at,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    audit.record("credentials.issue", made, actor=actor, at=at, kind=achievement.kind)
    return made


def _free_place() -> tuple[int, int]:
    """A place in the status list by chance: neighbours in it say nothing of each other."""
    number = Credential.objects.count() // FILLED + 1
    while True:
        index = secrets.randbelow(BITS)
        if not Credential.objects.filter(status_list=number, status_index=index).exists():
            return number, index


@transaction.atomic
def revoke(*, credential_id: int, because: str, at: datetime, actor: User | None) -> Credential:
    """A credential is worth nothing from now on. Raises AlreadyRevoked."""
    found = lock(Credential.objects.filter(pk=credential_id)).get()
    if found.revoked_at is not None:
        raise AlreadyRevoked
    found.revoked_at, found.revoked_because = at, because
    found.save(update_fields=["revoked_at", "revoked_because"])
    audit.record("credentials.revoke", found, actor=actor, at=at, because=because)
    return found
