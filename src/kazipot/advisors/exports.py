"""Decisions of appointment as PDF."""

from kazipot.advisors.models import Decision
from kazipot.foundation.pdf import render

TEMPLATE = "advisors/templates/advisors/decision.typ"


def decision_pdf(decision: Decision) -> bytes:
    """The decision as it was issued: the same bytes whenever it is asked for, by the digest on it."""
    content = {**decision.content, "digest": decision.digest}
    return render(TEMPLATE, content, title=decision.content["heading"], language="sl", at=decision.issued_at)
