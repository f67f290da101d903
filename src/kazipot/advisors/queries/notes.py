"""Notes of the watch: found by words, field, competence and solution; and what became of their proposals."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from kazipot.advisors.choices import Fate
from kazipot.advisors.models import NoteTag, Proposal, WatchDigest, WatchNote
from kazipot.advisors.queries.quarters import Quarter, rules
from kazipot.foundation.folding import folded, words_of

MOST_SUGGESTIONS = 60


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; what is empty doesn't narrow the search."""

    words: str = ""
    field: str = ""
    tag: str = ""
    competence: str = ""
    fate: str = ""


def notes(search: Search = Search()) -> QuerySet[WatchNote]:
    """Notes in which every word occurs, the latest first, with their units, authors, tags and proposals."""
    rows = WatchNote.objects.select_related("unit__employer", "author", "proposal")
    for word in words_of(search.words):
        rows = rows.filter(search__contains=word)
    if search.field:
        rows = rows.filter(field=search.field)
    if search.tag:
        rows = rows.filter(pk__in=NoteTag.objects.filter(folded=folded(search.tag)).values("note_id"))
    if search.competence:
        rows = rows.filter(competences__competence__code=search.competence).distinct()
    if search.fate:
        rows = rows.filter(proposal__fate=search.fate)
    return rows.prefetch_related("tags", "competences__competence").order_by("-written_at", "-id")


def note(note_id: int) -> WatchNote | None:
    """One note with what belongs to it, or None."""
    return notes().filter(pk=note_id).first()


def notes_of_quarter(quarter: Quarter) -> QuerySet[WatchNote]:
    """The notes of a quarter, by field and day."""
    rows = notes().filter(year=quarter.year, quarter=quarter.number)
    return rows.order_by("field", "written_at", "id")


def tag_names() -> list[str]:
    """Names of digital solutions to choose from: those used, the most used first, then the shipped ones."""
    used = NoteTag.objects.values("folded").annotate(times=Count("id")).order_by("-times", "folded")
    chosen = [row["folded"] for row in used[:MOST_SUGGESTIONS]]
    names = dict(NoteTag.objects.filter(folded__in=chosen).order_by("id").values_list("folded", "name"))
    shipped = {folded(name): name for name in rules()["solutions"]}
    return list(({key: names[key] for key in chosen} | {k: v for k, v in shipped.items() if k not in names}).values())


def proposal(note_id: int) -> Proposal | None:
    """A note's proposal, or None."""
    return Proposal.objects.select_related("note__unit__employer", "note__author").filter(note_id=note_id).first()


def fates(quarter: Quarter | None = None) -> dict[str, int]:
    """How many proposals met which fate; of all time, or of a quarter's notes. One query."""
    rows = Proposal.objects.all()
    if quarter is not None:
        rows = rows.filter(note__year=quarter.year, note__quarter=quarter.number)
    counted = dict(rows.values_list("fate").annotate(n=Count("pk")).order_by())
    return {fate: counted.get(fate, 0) for fate in Fate.values}


def digests() -> QuerySet[WatchDigest]:
    """Every digest that was published, the latest first."""
    return WatchDigest.objects.defer("content").order_by("-year", "-quarter")


def digest_of(quarter: Quarter) -> WatchDigest | None:
    """The digest of a quarter, or None."""
    return WatchDigest.objects.filter(year=quarter.year, quarter=quarter.number).first()
