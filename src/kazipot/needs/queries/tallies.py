"""What people said, in sums by the unit they count under: now, and as an earlier version of the analysis had it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum

from kazipot.core.survey.needs_tables import Tally, Version
from kazipot.core.survey.questionnaire import NEEDED_LEVEL, OWN_LEVEL, WANTS_TRAINING, name_of
from kazipot.needs.choices import CampaignStatus, Privacy
from kazipot.needs.models import Analysis, AnonymousAnswers, Answer, DeletedAnswers, Response
from kazipot.needs.queries.questionnaire import asked_ids

type Tallies = dict[int, dict[int, Tally]]
"""{unit id: {competence id: Tally}}; a kind of unit or the whole, of which no unit is known, has an id of its own."""

UNPLACED = "unplaced"
"""The kind of people of whom an anonymous survey tells no kind."""


def place_of(unit_id: int | None, kind: str, kinds: dict[int, str]) -> int:
    """The unit's id; for people of whom only the kind is known, or nothing, a negative one, noted with its kind."""
    if unit_id is not None:
        return unit_id
    name = kind or UNPLACED
    found = next((pk for pk, known in kinds.items() if pk < 0 and known == name), None)
    if found is None:
        found = min([0, *kinds]) - 1
        kinds[found] = name
    return found


def confidential_tallies(year: int, as_of: date) -> Tallies:
    """What people said by the end of the day. One query."""
    rows = (
        Answer.objects.filter(response__invitation__campaign__year=year, response__submitted_on__lte=as_of)
        .values("response__invitation__unit_id", "competence_id")
        .annotate(
            people=Count("pk"),
            own=Sum("own_level"),
            needed=Sum("needed_level"),
            below=Count("pk", filter=Q(own_level__lt=F("needed_level"))),
            needs=Count("pk", filter=Q(wants_training=True)),
        )
        .order_by()
    )
    found: Tallies = defaultdict(dict)
    for row in rows:
        found[row["response__invitation__unit_id"]][row["competence_id"]] = Tally(
            row["people"], row["own"], row["needed"], row["below"], row["needs"]
        )
    return found


def answered_by_unit(year: int, as_of: date) -> Counter[int]:
    """How many answered by the end of the day, in confidence. One query."""
    rows = Response.objects.filter(invitation__campaign__year=year, submitted_on__lte=as_of).order_by()
    return Counter(dict(rows.values_list("invitation__unit_id").annotate(people=Count("pk"))))


def anonymous_rows(year: int, as_of: date) -> Iterator[tuple[int | None, str, dict[str, Any]]]:
    """Anonymous answers of closed campaigns whose last day has come: (unit id, kind, answers). One query."""
    rows = AnonymousAnswers.objects.filter(
        campaign__year=year, campaign__status=CampaignStatus.CLOSED, campaign__closes_on__lte=as_of
    )
    yield from rows.values_list("unit_id", "kind", "answers").iterator()


def add_anonymous(year: int, as_of: date, kinds: dict[int, str], people: Counter[int], tallies: Tallies) -> None:
    """Add anonymous answers to the counts and sums; places without a unit are noted in `kinds`."""
    for unit_id, kind, answers in anonymous_rows(year, as_of):
        place = place_of(unit_id, kind, kinds)
        people[place] += 1
        for name, value in answers.items():
            key, _dash, competence = name.partition("-")
            if key != OWN_LEVEL:
                continue
            competence_id, own = int(competence), int(value)
            needed = int(answers[name_of(NEEDED_LEVEL, competence_id)])
            wish = bool(answers.get(name_of(WANTS_TRAINING, competence_id)))
            line = tallies.setdefault(place, {})
            line[competence_id] = line.get(competence_id, Tally()) + Tally(1, own, needed, int(own < needed), int(wish))


def last_version(year: int) -> Version | None:
    """The year's last version that showed anything, with the people who had answered by then in every unit.

    Seven queries. What a version hides isn't in it: it is counted again from the records, with those since deleted.
    """
    for analysis in Analysis.objects.filter(year=year).order_by("-version"):
        groups = analysis.content["groups"]
        shown = frozenset(group["key"] for group in groups if group["people"] is not None)
        if shown:
            return _version(analysis, shown)
    return None


def _version(analysis: Analysis, shown: frozenset[str]) -> Version:
    until = analysis.published_at
    rows = Response.objects.filter(invitation__campaign__year=analysis.year, submitted_at__lte=until).order_by()
    answered = Counter(dict(rows.values_list("invitation__unit_id").annotate(people=Count("pk"))))
    lines: dict[int, Counter[int]] = defaultdict(Counter)
    by_line = Answer.objects.filter(
        response__invitation__campaign__year=analysis.year, response__submitted_at__lte=until
    ).order_by()
    for unit_id, competence_id, people in by_line.values_list(
        "response__invitation__unit_id", "competence_id"
    ).annotate(people=Count("pk")):
        lines[competence_id][unit_id] = people
    gone: Counter[int] = Counter()
    gone_lines: dict[int, Counter[int]] = defaultdict(Counter)
    deleted = DeletedAnswers.objects.filter(
        invitation__campaign__year=analysis.year, submitted_at__lte=until, deleted_at__gt=until
    ).select_related("invitation__campaign")
    competences = [row["id"] for row in analysis.content["competences"]]
    for row in deleted:
        asked = asked_ids(row.invitation.campaign, row.invitation.profile_id)
        answered[row.invitation.unit_id] += 1
        gone[row.invitation.unit_id] += 1
        for competence_id in competences if asked is None else asked:
            lines[competence_id][row.invitation.unit_id] += 1
            gone_lines[competence_id][row.invitation.unit_id] += 1
    _add_anonymous_of(analysis, answered, lines)
    shown_of = {
        int(key): frozenset(
            group["key"] for group in analysis.content["groups"] if group["lines"] and key in group["lines"]
        )
        for key in {key for group in analysis.content["groups"] for key in group["lines"] or ()}
    }
    return Version(
        answered,
        shown,
        gone,
        {pk: Version(counts, shown_of.get(pk, frozenset()), gone_lines[pk]) for pk, counts in lines.items()},
    )


def _add_anonymous_of(analysis: Analysis, answered: Counter[int], lines: dict[int, Counter[int]]) -> None:
    """Anonymous answers that the version counted: those of the campaigns it names."""
    rows = AnonymousAnswers.objects.filter(campaign_id__in=analysis.content.get("anonymous", ()))
    kinds: dict[int, str] = {}
    for unit_id, kind, answers in rows.values_list("unit_id", "kind", "answers").iterator():
        place = place_of(unit_id, kind, kinds)
        answered[place] += 1
        for name in answers:
            key, _dash, competence = name.partition("-")
            if key == OWN_LEVEL:
                lines[int(competence)][place] += 1


def anonymous_campaigns(year: int, as_of: date) -> list[int]:
    """Ids of closed anonymous campaigns whose answers count. One query."""
    rows = AnonymousAnswers.objects.filter(
        campaign__year=year,
        campaign__privacy=Privacy.ANONYMOUS,
        campaign__status=CampaignStatus.CLOSED,
        campaign__closes_on__lte=as_of,
    )
    return sorted(rows.order_by().values_list("campaign_id", flat=True).distinct())
