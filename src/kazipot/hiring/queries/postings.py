"""Postings, what they demand, and what the indicator counts."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kazipot.core.indicators.hiring import PostingFact
from kazipot.hiring.models import Override, Posting, PostingDemand
from kazipot.organisation.choices import UnitKind


def posting_facts(start: date, as_of: date) -> list[PostingFact]:
    """The city administration's postings published from `start` to `as_of` and not withdrawn by then. One query.

    `demands` counts the competences that are required, not those that are only desired.
    """
    rows = (
        Posting.objects.filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
            employer__kind=UnitKind.CITY_ADMINISTRATION,
            published_on__gte=start,
            published_on__lte=as_of,
        )
        .annotate(
            required=Count("demands", filter=Q(demands__required=True)),
            passed=Exists(Override.objects.filter(posting=OuterRef("pk"))),
        )
        .order_by("pk")
    )
    return [
        PostingFact(pk, unit_id, published_on, required, passed)
        for pk, unit_id, published_on, required, passed in rows.values_list(
            "pk", "unit_id", "published_on", "required", "passed"
        )
        if published_on is not None
    ]


def postings() -> QuerySet[Posting]:
    """Every posting, those not yet published and the latest first, with how many competences are `required`, and
    whether it `passed` the gate by an exception."""
    rows = Posting.objects.select_related("employer", "unit", "profile")
    passed = Exists(Override.objects.filter(posting=OuterRef("pk")))
    rows = rows.annotate(required=Count("demands", filter=Q(demands__required=True)), passed=passed)
    return rows.order_by(F("published_on").desc(nulls_first=True), "-pk")


def failing_postings(on: date) -> QuerySet[Posting]:
    """Postings of the city administration of the day's year that require no competence and aren't withdrawn."""
    rows = Posting.objects.annotate(required=Count("demands", filter=Q(demands__required=True))).filter(required=0)
    return rows.filter(
        employer__kind=UnitKind.CITY_ADMINISTRATION,
        withdrawn_on=None,
        published_on__year=on.year,
        published_on__lte=on,
    )


def posting_by_id(posting_id: int) -> Posting | None:
    """The posting, or None."""
    return postings().filter(pk=posting_id).first()


def demands_of(posting_id: int) -> QuerySet[PostingDemand]:
    """What a posting demands, in the framework's order."""
    rows = PostingDemand.objects.filter(posting_id=posting_id).select_related("competence__framework")
    return rows.order_by("competence__position")


def within(rows: QuerySet[Posting], *, employer_ids: Collection[int], unit_ids: Collection[int]) -> QuerySet[Posting]:
    """Only postings of some employers or units."""
    return rows.filter(Q(employer_id__in=employer_ids) | Q(unit_id__in=unit_ids))


def postings_of_units(unit_ids: Collection[int], on: date) -> tuple[int, int]:
    """Postings of some units in the day's year, and how many of them require a digital competence. One query."""
    rows = Posting.objects.filter(
        unit_id__in=unit_ids, withdrawn_on=None, published_on__year=on.year, published_on__lte=on
    ).annotate(required=Count("demands", filter=Q(demands__required=True)))
    numbers = list(rows.values_list("required", flat=True))
    return len(numbers), sum(number > 0 for number in numbers)
