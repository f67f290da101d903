"""M4 in the demo city: each year more postings demand digital competences, and one in a while forgets."""

import calendar
from datetime import date, datetime, timedelta

from kazipot.hiring import operations
from kazipot.hiring.operations import Demand
from kazipot.organisation import queries as units
from kazipot.project.demo.city import Act, City
from kazipot.project.demo.population import ADMINISTRATION

DEMANDING = {2023: 0.25, 2024: 0.55, 2025: 0.85, 2026: 0.95}
"""The share of postings that demand something, by year."""
USUAL = (("1.1", 2), ("2.2", 2), ("2.4", 2), ("4.1", 2), ("3.1", 2))
POSTS = ("Višji svetovalec", "Svetovalka", "Strokovni sodelavec", "Višja referentka", "Podsekretar", "Inšpektor")


def schedule(city: City) -> None:
    """One to three postings a month."""
    number = 0
    for year in DEMANDING:
        for month in range(1, 13):
            for _ in range(city.rng.choice((1, 2, 2, 3))):
                number += 1
                day = city.rng.randrange(1, calendar.monthrange(year, month)[1] + 1)
                city.schedule(date(year, month, day), "posting", _publish(number))


def _publish(number: int) -> Act:
    def act(city: City, at: datetime) -> None:
        on = at.date()
        version = "3.0" if on.year >= 2026 else "2.2"
        unit = city.rng.choice(
            [u for u in units.units_on(on, employer_id=city.employer_ids[ADMINISTRATION]) if u.parent_id]
        )
        chosen = city.rng.sample(USUAL, city.rng.choice((1, 2, 3)))
        demanded = city.rng.random() < DEMANDING[on.year]
        operations.publish_posting(
            unit_id=unit.id,
            reference=f"110-{number}/{on.year}",
            title=city.rng.choice(POSTS),
            kind=city.rng.choice(("competition", "competition", "posting")),
            published_on=on,
            closes_on=on + timedelta(days=14),
            demands=[
                Demand(competence_id=city.competence_ids[version][code], level=level, required=demanded)
                for code, level in chosen
            ]
            if demanded or city.rng.random() < 0.3
            else [],
            at=at,
            actor=city.users["kadri"],
        )

    return act
