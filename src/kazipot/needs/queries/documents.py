"""An analysis as a document that anybody can check: its canonical form and digest."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kazipot.needs.models import Analysis


def canonical(content: Mapping[str, Any], narrative: Mapping[str, str], changes: str, code_version: str) -> bytes:
    """What the digest is made of: JSON in UTF-8, keys sorted, no spaces. The rule is in `content["method"]`."""
    document = {"content": content, "narrative": narrative, "changes": changes, "code_version": code_version}
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def canonical_of(analysis: Analysis) -> bytes:
    """The canonical form of a published version."""
    return canonical(analysis.content, analysis.narrative, analysis.changes, analysis.code_version)


def digest_of(document: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(document).hexdigest()


def is_untouched(analysis: Analysis) -> bool | None:
    """Whether a version is what was published; None for versions from before there were digests."""
    return digest_of(canonical_of(analysis)) == analysis.digest if analysis.digest else None


type Published = Analysis
"""A published version, as others may speak of it."""


def published_version(year: int, version: int | None) -> Analysis | None:
    """A version of a year's analysis; the latest when none is named. One query."""
    rows = Analysis.objects.filter(year=year).order_by("-version")
    return (rows if version is None else rows.filter(version=version)).first()
