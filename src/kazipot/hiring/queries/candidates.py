"""Candidates of a posting, and what a hired person still needs to learn."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from kazipot.hiring.choices import PostingStage, Showing
from kazipot.hiring.models import Candidate, CandidateShowing, Posting


@dataclass(frozen=True, slots=True)
class FirstYearNeed:
    """A competence that was demanded and not fully shown: what the person learns first. `level` is 1 to 4."""

    competence_id: int
    code: str
    name: str
    level: int
    showing: str

    @property
    def showing_name(self) -> str:
        """What was shown, in words."""
        return str(Showing(self.showing).label)


def candidates_of(posting_id: int) -> QuerySet[Candidate]:
    """The posting's candidates by number, with what each showed."""
    showings = CandidateShowing.objects.select_related("demand__competence").order_by("demand__competence__position")
    return (
        Candidate.objects.filter(posting_id=posting_id)
        .select_related("person", "posting")
        .prefetch_related(Prefetch("showings", showings))
        .order_by("number")
    )


def candidate(candidate_id: int) -> Candidate | None:
    """One candidate with the posting, or None."""
    return (
        Candidate.objects.select_related("posting__employer", "posting__unit", "person").filter(pk=candidate_id).first()
    )


def names_are_open(posting: Posting) -> bool:
    """Whether the commission has decided, so that names may be seen."""
    return posting.stage in {PostingStage.FILLED, PostingStage.UNFILLED}


def first_year_needs(found: Candidate) -> list[FirstYearNeed]:
    """What was demanded of the chosen candidate and not fully shown; what wasn't looked at counts as not shown."""
    shown = {row.demand_id: row.showing for row in CandidateShowing.objects.filter(candidate=found)}
    demands = found.posting.demands.select_related("competence__framework").order_by("competence__position")
    return [
        FirstYearNeed(
            row.competence_id, row.competence.code, row.competence.name, row.level,
            shown.get(row.pk, Showing.NOT_SHOWN),
        )
        for row in demands
        if shown.get(row.pk) != Showing.SHOWN
    ]  # fmt: skip


def needs_of_new_people(person_ids: list[int]) -> dict[int, list[FirstYearNeed]]:
    """First-year needs of people who were hired by a posting: {person id: needs}."""
    rows = Candidate.objects.filter(person_id__in=person_ids).select_related("posting")
    return {row.person_id: first_year_needs(row) for row in rows if row.person_id is not None}
