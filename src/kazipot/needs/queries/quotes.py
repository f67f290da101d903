"""What was said in interviews, as far as it may go into the report, and what might give somebody away."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.needs.choices import Consent
from kazipot.needs.models import Coding, Interview, Passage, Quote
from kazipot.organisation import queries as organisation

WORD = re.compile(r"\w+")
ENDING = 3
"""Letters by which a name in another case may be longer than in the nominative."""


@dataclass(frozen=True, slots=True)
class ReportQuote:
    """Something said that the report may tell, with the competences and the kind that coders agreed on."""

    passage_id: int
    competence_ids: tuple[int, ...]
    kind: str
    text: str
    is_original: bool
    """The people's own words; otherwise what they meant in other words."""
    unit: str | None
    """Employer and unit; None where fewer than five people work, since they would be given away."""
    unit_id: int
    """For those who protect what is told further: not to be shown."""


def quotes_for_report(year: int) -> list[ReportQuote]:
    """What may be published of a year's interviews: paraphrases always, original words only with consent to quote.

    In the order of the interviews and passages. Four queries.
    """
    rows = Quote.objects.filter(passage__interview__held_on__year=year).select_related(
        "passage__interview__unit__employer"
    )
    quotes = list(rows.order_by("passage__interview__held_on", "passage__interview_id", "passage__position"))
    agreed = agreed_codings(quote.passage_id for quote in quotes)
    interviews = [quote.passage.interview for quote in quotes]
    people = organisation.headcounts({(row.unit_id, row.held_on) for row in interviews})
    found = []
    for quote in quotes:
        interview = quote.passage.interview
        if quote.passage_id not in agreed:
            continue
        competence_ids, kind = agreed[quote.passage_id]
        shown = people[interview.unit_id, interview.held_on] >= THRESHOLD
        unit = f"{interview.unit.employer.code} {interview.unit.code}" if shown else None
        texts = [(quote.paraphrase, False)] if quote.paraphrase else []
        if quote.quotable and interview.consent == Consent.QUOTE:
            texts.append((interview.text[quote.passage.start : quote.passage.end], True))
        found += [
            ReportQuote(quote.passage_id, competence_ids, kind, text, is_original, unit, interview.unit_id)
            for text, is_original in texts
        ]
    return found


def agreed_codings(passage_ids: Iterable[int]) -> dict[int, tuple[tuple[int, ...], str]]:
    """What coders agreed on: {passage id: (competence ids, kind)}, without passages that say nothing. Two queries."""
    rows = Coding.objects.filter(coder=None, passage__in=list(passage_ids)).prefetch_related("competences")
    found = {
        row.passage_id: (tuple(sorted(one.competence_id for one in row.competences.all())), row.kind) for row in rows
    }
    return {passage_id: coding for passage_id, coding in found.items() if coding[0]}


def agreed_passages(interview_id: int) -> QuerySet[Passage]:
    """Passages of an interview in which coders agreed on competences, in order, each with its quote if it has one."""
    agreed = Coding.objects.filter(coder=None, competences__isnull=False).values("passage")
    rows = Passage.objects.filter(interview_id=interview_id, pk__in=agreed).select_related("quote")
    return rows.order_by("position")


def passage_of(interview_id: int, passage_id: int) -> Passage | None:
    """A passage in which coders agreed on competences, or None."""
    return agreed_passages(interview_id).filter(pk=passage_id).first()


def quote_of(passage: Passage) -> Quote | None:
    """What of the passage may go into the report, or None."""
    found: Quote | None = getattr(passage, "quote", None)
    return found


def giveaways(interview: Interview, text: str) -> list[str]:
    """Words of a text that may give somebody away, in order: of people's names, of the unit, of the place.

    A hint for the person who checks: names are found in other cases too; nicknames and everything else are not. Two
    queries.
    """
    unit = organisation.unit_by_id(interview.unit_id, on=interview.held_on)
    jobs = organisation.people_within(interview.held_on, employer_ids=[], unit_ids=[interview.unit_id])
    known = {interview.unit.code, interview.unit.employer.code}
    for job in jobs:
        known |= {job.person.first_name, job.person.last_name}
    names = [interview.unit.employer.name_sl, *([unit.name_sl, unit.name_en] if unit else [])]
    if interview.plan is not None:
        names.append(interview.plan.place)
    known |= {word for name in names for word in WORD.findall(name) if len(word) > ENDING and word[0].isupper()}
    stems = sorted(_stem(word) for word in known if len(word) > 1)
    found = [
        word
        for word in WORD.findall(text)
        if word[0].isupper() and any(word.startswith(stem) and len(word) <= len(stem) + ENDING for stem in stems)
    ]
    return list(dict.fromkeys(found))


def _stem(name: str) -> str:
    """A name without the vowel that changes from case to case."""
    return name[:-1] if len(name) > ENDING and name[-1] in "aeiou" else name
