"""What of an interview may go into the report: in other words always, in the people's own words only with consent."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs.choices import Consent
from kazipot.needs.errors import NoConsentToQuote, NotAgreedYet
from kazipot.needs.models import Coding, Interview, Passage, Quote


@transaction.atomic
def put_into_report(
    *, passage_id: int, paraphrase: str, quotable: bool, at: datetime, actor: User | None
) -> Quote | None:
    """Let a passage that was agreed on be told in the report; whoever calls has checked that it gives nobody away.

    Without a paraphrase and not quotable, it is taken out of the report (None). Raises NotAgreedYet,
    NoConsentToQuote.
    """
    passage = Passage.objects.get(pk=passage_id)
    interview = lock(Interview.objects.filter(pk=passage.interview_id).select_related("unit__employer")).get()
    words = paraphrase.strip()
    if (words or quotable) and not _is_agreed(passage):
        raise NotAgreedYet
    if quotable and interview.consent != Consent.QUOTE:
        raise NoConsentToQuote
    Quote.objects.filter(passage=passage).delete()
    quote = None
    if words or quotable:
        quote = Quote.objects.create(
            passage=passage, paraphrase=words, quotable=quotable, checked_at=at, checked_by=actor
        )
    audit.record(
        "needs.put_into_report", interview, actor=actor, at=at, employer_code=interview.unit.employer.code,
        paraphrase=bool(words), quotable=quotable,
    )  # fmt: skip
    return quote


def _is_agreed(passage: Passage) -> bool:
    return Coding.objects.filter(passage=passage, coder=None, competences__isnull=False).exists()
