"""Every write of the count."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.strategy import queries
from kazipot.strategy.errors import NotYetOver
from kazipot.strategy.models import IndicatorSnapshot


@transaction.atomic
def take_snapshots(*, as_of: date, at: datetime, actor: User | None) -> int:
    """Keep what every indicator is as of a day, for the whole, each kind and each unit; returns how many rows.

    Rows are only added: a later snapshot of the same day stands beside the earlier. Raises NotYetOver,
    StrategyRefused.
    """
    if as_of > timezone.localtime(at).date():
        raise NotYetOver
    rows = IndicatorSnapshot.objects.bulk_create(
        (
            IndicatorSnapshot(
                indicator=figure.id,
                as_of=as_of,
                computed_at=at,
                scope=str(figure.scope),
                numerator=figure.numerator,
                denominator=figure.denominator,
                status=figure.status,
                digest=figure.digest,
            )
            for figure in queries.every_figure(queries.strategy(), as_of)
        ),
        batch_size=500,
    )
    audit.record("strategy.take_snapshots", rows[0], actor=actor, at=at, as_of=as_of.isoformat(), rows=len(rows))
    return len(rows)


def take_missing_snapshots(*, today: date, at: datetime, actor: User | None, most: int = 4) -> list[date]:
    """Keep the ends of quarters that have no snapshot yet, the latest first, at most `most`; returns their days.

    Each day is a transaction of its own, so that a long history can be made up in steps. Raises StrategyRefused.
    """
    days = queries.missing_quarters(today)[:most]
    for day in days:
        take_snapshots(as_of=day, at=at, actor=actor)
    return days
