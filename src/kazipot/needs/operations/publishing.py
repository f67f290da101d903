"""Publishing the year's analysis: frozen, numbered, never changed afterwards."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

import kazipot
from kazipot.core.survey.need_counts import DerivableError
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs import queries
from kazipot.needs.errors import ChangesMissing, CouldBeWorkedOut, NothingToPublish, TooFewNewAnswers
from kazipot.needs.models import Analysis, Campaign


@transaction.atomic
def publish_analysis(
    *, year: int, at: datetime, actor: User | None, narrative: Mapping[str, str] | None = None, changes: str = ""
) -> Analysis:
    """Publish the next version of the year's analysis from the answers so far; the campaign may still be open.

    `narrative` is what is said of the figures in each language ({"sl", "en"}; what is empty is published as drafted);
    `changes` says from the second version on what it corrects. The digest is over the canonical document. Raises
    NothingToPublish when nobody has answered, TooFewNewAnswers when 1 to 4 people more than in an earlier version have
    (the difference of the two versions would be theirs alone), ChangesMissing, and CouldBeWorkedOut when the audit of
    the protected tables fails.
    """
    list(lock(Campaign.objects.filter(year=year)))  # two that publish at once get two versions, one after the other
    on = timezone.localtime(at).date()
    try:
        made = queries.make(year, on)
    except DerivableError as error:
        raise CouldBeWorkedOut(len(error.cells)) from error
    if made is None or made.answered == 0:
        raise NothingToPublish
    if made.groups[0].people is None and queries.last_version(year) is not None:
        raise TooFewNewAnswers
    version = Analysis.objects.filter(year=year).count() + 1
    if version > 1 and not changes.strip():
        raise ChangesMissing
    content = {**made.content, "version": version}
    said = _said(content, narrative or {})
    analysis = Analysis.objects.create(
        year=year,
        version=version,
        published_at=at,
        published_on=on,
        content=content,
        narrative=said,
        changes=changes.strip(),
        code_version=kazipot.__version__,
        digest=queries.digest_of(queries.canonical(content, said, changes.strip(), kazipot.__version__)),
    )
    audit.record(
        "needs.publish", analysis, actor=actor, at=at, year=year, version=version, answered=made.answered,
        digest=analysis.digest,
    )  # fmt: skip
    return analysis


def _said(content: Mapping[str, object], narrative: Mapping[str, str]) -> dict[str, str]:
    """The narrative with the drafted text where the editor left none."""
    lines = {language: text.replace("\r\n", "\n").strip() for language, text in narrative.items()}
    return {language: lines.get(language) or text for language, text in queries.drafted(content).items()}
