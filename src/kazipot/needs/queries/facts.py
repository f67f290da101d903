"""What the indicators and the planning of training count with."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kazipot.core.indicators.needs import AnalysisFact, InvitationFact
from kazipot.core.indicators.training import NeedFact, Span
from kazipot.framework import queries as framework
from kazipot.needs.models import Analysis, Invitation, Response, StatedNeed
from kazipot.organisation import queries as organisation


def end_of(day: date) -> datetime:
    """The first moment after the day, in the city's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def analysis_facts(as_of: date) -> list[AnalysisFact]:
    """Every version of an analysis published by the end of the day. One query."""
    rows = Analysis.objects.filter(published_on__lte=as_of).order_by("published_on", "id")
    return [AnalysisFact(pk, published_on) for pk, published_on in rows.values_list("pk", "published_on")]


def invitation_facts(year: int, as_of: date) -> list[InvitationFact]:
    """Everyone invited by the end of the day in the campaigns of the year, and whether they had answered by then.

    The unit is the one under which the person was invited. When somebody answered an anonymous survey is not known:
    they count from its last day on. One query.
    """
    rows = Invitation.objects.filter(campaign__year=year, invited_at__lt=end_of(as_of)).order_by("id")
    return [
        InvitationFact(pk, unit_id, closes_on <= as_of if took_part else answered is not None and answered <= as_of)
        for pk, unit_id, took_part, closes_on, answered in rows.values_list(
            "pk", "unit_id", "took_part", "campaign__closes_on", "response__submitted_on"
        )
    ]


def latest_responses(year: int, as_of: date) -> dict[int, int]:
    """The latest response of each person in the campaigns of the year and the year before, submitted by the end
    of the day: {person id: response id}. One query."""
    rows = Response.objects.filter(invitation__campaign__year__in=(year - 1, year), submitted_on__lte=as_of)
    in_order = rows.order_by("submitted_at", "id").values_list("invitation__person_id", "pk")
    return dict(in_order)


def need_facts(year: int, as_of: date, *, expressed_in: int | None = None) -> list[NeedFact]:
    """People with a stated need on a day, by person id.

    A person counts when employed on `as_of` and when their latest response in the campaigns of `year` or of the
    year before, submitted by the end of that day, states a need: who needs nothing any more is not counted for
    what they needed earlier. They count under the unit of their main employment on `as_of`, wherever they worked
    when they answered.

    With `expressed_in` (a framework's id) each need is told in that framework's competences through the
    crosswalk. A need without a counterpart there stays under its own competence: it remains a need, which no
    course of that framework fits. Three queries, four when re-expressed.
    """
    responses = latest_responses(year, as_of)
    expressions = framework.expressions(expressed_in) if expressed_in is not None else {}
    needs: dict[int, set[Span]] = defaultdict(set)
    latest = set(responses.values())
    rows = StatedNeed.objects.filter(
        response__invitation__campaign__year__in=(year - 1, year), response__submitted_on__lte=as_of
    ).values_list("response_id", "competence_id", "from_level", "to_level")
    for response_id, competence_id, from_level, to_level in rows.iterator(chunk_size=10_000):
        if response_id in latest:
            targets = expressions.get(competence_id) or (competence_id,)
            needs[response_id].update(Span(target, from_level, to_level) for target in targets)
    employed = organisation.main_employments(as_of)
    return [
        NeedFact(person_id, employed[person_id].unit_id, frozenset(needs[response_id]))
        for person_id, response_id in sorted(responses.items())
        if response_id in needs and person_id in employed
    ]
