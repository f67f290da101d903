"""The documents that others read: a badge, the issuer with its keys, the status list."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kazipot.foundation.credentials import status
from kazipot.foundation.credentials.proofs import CREDENTIALS, OPEN_BADGES

DID = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"


@dataclass(frozen=True, slots=True)
class Achievement:
    """What a credential attests: `kind` is its key; the texts are in the holder's language."""

    kind: str
    name: str
    description: str
    criteria: str
    language: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the address of the application, and a name."""

    address: str
    name: str

    @property
    def id(self) -> str:
        """The identifier, under which the issuer's keys are found."""
        return f"{self.address}/credentials/issuer"

    def method(self, public: str) -> str:
        """The address of a key."""
        return f"{self.id}#{public}"

    def status_list(self, number: int) -> str:
        """The address of a status list."""
        return f"{self.address}/credentials/status/{number}"


def moment(at: datetime) -> str:
    """A moment as XML Schema writes it, in UTC and whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_name(name: str) -> str:
    """A name as it is hashed: composed, in lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def identity_hash(name: str, salt: str) -> str:
    """The salted digest by which a holder's name can be checked, and not read."""
    return "sha256$" + hashlib.sha256((plain_name(name) + salt).encode()).hexdigest()


def badge(
    achievement: Achievement,
    *,
    issuer: Issuer,
    name: str,
    salt: str,
    uuid: str,
    place: tuple[int, int],
    valid_from: datetime,
    valid_until: datetime | None,
) -> dict[str, Any]:
    """An Open Badges 3.0 AchievementCredential, unsigned: who (hashed), what, by whom, until when; never how well."""
    number, index = place
    lapses = {} if valid_until is None else {"validUntil": moment(valid_until)}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"urn:uuid:{uuid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name, "url": issuer.address},
        "validFrom": moment(valid_from),
        **lapses,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": identity_hash(name, salt),
                    "identityType": "name",
                    "salt": salt,
                }
            ],
            "achievement": {
                "id": f"{issuer.id}#{achievement.kind}",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": achievement.name,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
                "inLanguage": achievement.language,
            },
        },
        "credentialStatus": {
            "id": f"{issuer.status_list(number)}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": issuer.status_list(number),
        },
    }


def controller(issuer: Issuer, keys: Sequence[str]) -> dict[str, Any]:
    """The issuer's keys, for whoever checks a signature; retired ones too."""
    return {
        "@context": [DID, MULTIKEY],
        "id": issuer.id,
        "assertionMethod": [
            {"id": issuer.method(key), "type": "Multikey", "controller": issuer.id, "publicKeyMultibase": key}
            for key in keys
        ],
    }


def status_credential(issuer: Issuer, number: int, revoked: Iterable[int], *, at: datetime) -> dict[str, Any]:
    """A status list, unsigned."""
    address = issuer.status_list(number)
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status.encoded(revoked),
        },
    }
