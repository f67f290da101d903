"""Every read of credentials: by code, their state, the issuer's keys, the status list."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from kazipot.foundation import sealing, tokens
from kazipot.foundation.credentials.documents import (
    Issuer,
    controller,
    identity_hash,
    moment,
    status_credential,
)
from kazipot.foundation.credentials.models import Credential, SigningKey
from kazipot.foundation.credentials.proofs import is_genuine, signed

type State = Literal["valid", "expired", "revoked", "not_yet"]
KEY_PURPOSE, SECRET_PURPOSE = "credentials.key", "credentials.secret"


@dataclass(frozen=True, slots=True)
class Secret:
    """What only the holder and those they give it to know."""

    code: str
    holder: str


def issuer() -> Issuer:
    """Who issues here."""
    return Issuer(settings.KAZIPOT_ADDRESS.rstrip("/"), settings.KAZIPOT_ISSUER)


def current_key() -> SigningKey | None:
    """The key that signs now; None before the first credential."""
    return SigningKey.objects.filter(retired_at=None).first()


def private_key(key: SigningKey) -> Ed25519PrivateKey:
    """A key's secret half."""
    return Ed25519PrivateKey.from_private_bytes(sealing.unwrap(key.sealed, KEY_PURPOSE))


def secret_of(credential: Credential) -> Secret:
    """The code and the holder's name."""
    return Secret(**json.loads(sealing.unwrap(credential.sealed, SECRET_PURPOSE)))


def by_code(code: str) -> Credential | None:
    """The credential of a code, however it was typed."""
    return Credential.objects.select_related("key").filter(code_digest=tokens.digest(tokens.plain_code(code))).first()


def state_of(credential: Credential, *, at: datetime) -> State:
    """What a credential is worth at a moment."""
    if credential.revoked_at is not None:
        return "revoked"
    if at < credential.valid_from:
        return "not_yet"
    return "valid" if credential.valid_until is None or at < credential.valid_until else "expired"


def is_sound(credential: Credential) -> bool:
    """Whether the signed document is as it was issued."""
    return is_genuine(credential.document, credential.key.public)


def verdict_of(document: dict[str, Any], *, at: datetime) -> State | Literal["unsound"]:
    """What a badge that somebody shows is worth: signed by a key of ours, unchanged, and issued here."""
    method = str(document["proof"].get("verificationMethod", ""))
    public = method.removeprefix(f"{issuer().id}#")
    if not SigningKey.objects.filter(public=public).exists() or not is_genuine(document, public):
        return "unsound"
    status = document.get("credentialStatus") or {"id": "/0#0"}
    number, index = status["id"].rpartition("/")[2].split("#")
    found = Credential.objects.filter(status_list=number, status_index=index).first()
    return "unsound" if found is None else state_of(found, at=at)


def is_held_by(credential: Credential, name: str) -> bool:
    """Whether a name is the holder's, by the digest in the document."""
    identity = credential.document["credentialSubject"]["identifier"][0]
    return bool(identity_hash(name, identity["salt"]) == identity["identityHash"])


def issuer_document() -> dict[str, Any]:
    """The issuer with all its keys."""
    return controller(issuer(), list(SigningKey.objects.values_list("public", flat=True)))


def status_list(number: int, *, at: datetime) -> dict[str, Any] | None:
    """A signed status list; None when there is no such list."""
    key = current_key()
    rows = Credential.objects.filter(status_list=number)
    if key is None or not rows.exists():
        return None
    revoked = rows.exclude(revoked_at=None).values_list("status_index", flat=True)
    document = status_credential(issuer(), number, revoked, at=at)
    return signed(document, private_key(key), method=issuer().method(key.public), created=moment(at))
