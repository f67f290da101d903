"""Decisions and digests as PDF, meetings for calendars."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kazipot.advisors import queries
from kazipot.advisors.models import Decision, Meeting, WatchDigest
from kazipot.foundation.calendar import CANCEL, PUBLISH, invitation
from kazipot.foundation.pdf import render

TEMPLATE = "advisors/templates/advisors/decision.typ"
DIGEST = "advisors/templates/advisors/digest.typ"


def decision_pdf(decision: Decision) -> bytes:
    """The decision as it was issued: the same bytes whenever it is asked for, by the digest on it."""
    content = {**decision.content, "digest": decision.digest}
    return render(TEMPLATE, content, title=decision.content["heading"], language="sl", at=decision.issued_at)


def sample_pdf(content: Mapping[str, Any], *, at: datetime) -> bytes:
    """A wording filled in with an invented appointment, to look at before it is saved."""
    with translation.override("sl"):
        mark = _("Sample, not a decision")
    return render(TEMPLATE, {**content, "digest": mark}, title=content["heading"], language="sl", at=at)


def digest_pdf(digest: WatchDigest, language: str) -> bytes:
    """A quarter's digest as it was published, in one of the languages."""
    with translation.override(language):
        told = queries.told(digest.content)
        quarter = queries.Quarter(digest.year, digest.quarter)
        heading = _("What is new in digital matters: %(quarter)s") % {"quarter": quarter.name}
        content = {
            "heading": heading,
            "intro": [part for part in told["intro"].replace("\r\n", "\n").split("\n\n") if part.strip()],
            "fields": told["fields"],
            "fates": [f"{name}: {number}" for name, number in told["fates"]],
            "fates_heading": _("What became of the proposals"),
            "meaning": _("What it means:"),
            "proposal": _("Proposal:"),
            "digest": digest.digest,
        }
    return render(DIGEST, content, title=heading, language=language, at=digest.published_at)


def meeting_calendar(meeting: Meeting, *, at: datetime) -> bytes:
    """A meeting as a file for calendars."""
    method = CANCEL if meeting.cancelled_at is not None else PUBLISH
    return invitation(queries.gathering_of(meeting), method=method, at=at).encode()
