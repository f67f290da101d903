"""May a posting be published? And what does its profile demand that its text doesn't?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kazipot.framework import queries as framework
from kazipot.hiring.choices import Verdict
from kazipot.hiring.models import Override, Posting, PostingDemand, PostingText
from kazipot.hiring.queries.profiles import demanded_levels
from kazipot.organisation.choices import UnitKind


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a posting may be published: it must be of the city administration to be stopped at all (`applies`)."""

    applies: bool
    required: int
    verdict: str
    overridden: bool

    @property
    def open(self) -> bool:
        """Whether it may pass."""
        selected = self.required > 0 and self.verdict == Verdict.SELECTED
        return not self.applies or selected or self.overridden


def gate(posting: Posting) -> Gate:
    """The gate for a posting as it is now. Three queries."""
    latest = latest_text(posting.pk)
    return Gate(
        applies=posting.employer.kind == UnitKind.CITY_ADMINISTRATION,
        required=PostingDemand.objects.filter(posting=posting, required=True).count(),
        verdict=latest.verdict if latest else Verdict.NONE,
        overridden=Override.objects.filter(posting=posting).exists(),
    )


def latest_text(posting_id: int) -> PostingText | None:
    """The posting's latest version of the text, or None."""
    return PostingText.objects.filter(posting_id=posting_id).order_by("-number").first()


def texts_of(posting_id: int) -> QuerySet[PostingText]:
    """Every version of the text, the latest first."""
    return PostingText.objects.filter(posting_id=posting_id).select_related("author").order_by("-number")


def overrides(start: date, as_of: date) -> QuerySet[Override]:
    """Postings published between two days that passed the gate by an exception, the latest first."""
    rows = Override.objects.select_related("posting__unit", "posting__employer", "user")
    return rows.filter(posting__published_on__gte=start, posting__published_on__lte=as_of)


def reasons_of_overrides(posting_ids: Collection[int]) -> dict[int, str]:
    """Why these postings were let pass the gate: {posting id: reason}. One query."""
    return dict(Override.objects.filter(posting_id__in=posting_ids).values_list("posting_id", "reason"))


def override_of(posting_id: int) -> Override | None:
    """The exception by which a posting passed the gate, or None."""
    return Override.objects.filter(posting_id=posting_id).select_related("user").first()


def profile_levels(employer_id: int, profile_id: int | None, *, on: date) -> dict[int, int]:
    """What is demanded of who comes to a post of the profile: {competence id: level 1 to 4}.

    The approved demands of the profile's family at the employer; where none are approved, the levels that the
    profile's work needs at least, and without those everybody's.
    """
    if (approved := demanded_levels(employer_id, profile_id, on=on)) is not None:
        return dict(approved)
    active = framework.active_framework(on)
    if active is None:
        return {}
    targets = framework.profile_targets(active.pk, on=on)
    chosen = targets.get(profile_id) or targets.get(None) or {}
    return {pk: lowest for pk, (lowest, _highest) in chosen.items() if lowest > 0}
