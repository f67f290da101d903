"""Data Integrity proofs by the cryptosuite eddsa-rdfc-2022: what is signed is the meaning of a document, not its form.

    hash = SHA-256(canonical proof options) + SHA-256(canonical document);  proofValue = Ed25519(hash)

Source: W3C, Data Integrity EdDSA Cryptosuites v1.0, section 3.2; RDF Dataset Canonicalization (RDFC-1.0).
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import FrozenDocumentLoader, jsonld

from kazipot.foundation.credentials import multibase

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {CREDENTIALS: "credentials-v2.jsonld", OPEN_BADGES: "open-badges-3.0.3.jsonld"}
FOLDER = Path(__file__).resolve().parent / "contexts"

type Document = Mapping[str, Any]


@cache
def _loader() -> Any:
    contexts = {address: json.loads((FOLDER / name).read_text(encoding="utf-8")) for address, name in FILES.items()}
    return FrozenDocumentLoader(documents=contexts)


def canonical(document: Document) -> str:
    """A document as sorted N-Quads; contexts come from this package and from nowhere else."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _loader()}
    return cast(str, jsonld.normalize(dict(document), options))


def _hash(document: Document, options: Document) -> bytes:
    told = {"@context": document["@context"], **options}
    return b"".join(hashlib.sha256(canonical(each).encode()).digest() for each in (told, document))


def signed(document: Document, key: Ed25519PrivateKey, *, method: str, created: str) -> dict[str, Any]:
    """The document with a proof. `method` is the key's address, `created` a moment as XML Schema writes it."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    value = multibase.encode(key.sign(_hash(document, options)))
    return {**document, "proof": {**options, "proofValue": value}}


def is_genuine(document: Document, public: str) -> bool:
    """Whether a document's proof was made with the key (a Multikey) and nothing has been changed since.

    What can't be canonicalised is not genuine.
    """
    whole = dict(document)
    options = dict(whole.pop("proof"))
    try:
        signature = multibase.decode(options.pop("proofValue"))
        key = Ed25519PublicKey.from_public_bytes(multibase.public_of(public))
        key.verify(signature, _hash(whole, options))
    except (InvalidSignature, ValueError, KeyError, TypeError, jsonld.JsonLdError):
        return False
    return True
