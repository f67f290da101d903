"""Publishing the year's analysis: frozen, numbered, never changed afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs import queries
from kazipot.needs.errors import NothingToPublish, TooFewNewAnswers
from kazipot.needs.models import Analysis, Campaign


@transaction.atomic
def publish_analysis(*, year: int, at: datetime, actor: User | None) -> Analysis:
    """Publish the next version of the year's analysis from the answers so far; the campaign may still be open.

    Raises NothingToPublish when nobody has answered, and TooFewNewAnswers when 1 to 4 people more than in an
    earlier version have: the difference of the two versions would be theirs alone.
    """
    list(lock(Campaign.objects.filter(year=year)))  # two that publish at once get two versions, one after the other
    on = timezone.localtime(at).date()
    made = queries.make(year, on)
    if made is None or made.answered == 0:
        raise NothingToPublish
    if made.groups[0].people is None and queries.last_version(year) is not None:
        raise TooFewNewAnswers
    version = Analysis.objects.filter(year=year).count() + 1
    analysis = Analysis.objects.create(
        year=year,
        version=version,
        published_at=at,
        published_on=on,
        content={**made.content, "version": version},
    )
    audit.record(
        "needs.publish", analysis, actor=actor, at=at, year=year, version=version, answered=made.answered
    )  # fmt: skip
    return analysis
