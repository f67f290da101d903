"""The indicators of the demo city, noted at every quarter's end."""

from datetime import date, datetime

from kazipot.project.demo.city import City
from kazipot.strategy import operations


def schedule(city: City) -> None:
    """A snapshot at the end of every quarter."""
    for year in range(2023, 2027):
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)):
            city.schedule(date(year, month, day), "snapshot of the indicators", _take)


def _take(city: City, at: datetime) -> None:
    operations.take_snapshots(as_of=at.date(), at=at, actor=city.service)
