"""Builds the demo city: sets the scene, then lets the story happen day by day."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from kazipot.project.demo import (
    advisor_network,
    advisors,
    hiring,
    interviews,
    needs,
    recruiting,
    scene,
    snapshots,
    supply,
    training,
    verification,
)
from kazipot.project.demo.accounts import PASSWORD, ROLES
from kazipot.project.demo.city import LAST_DAY, City, morning
from kazipot.project.demo.population import places, populate


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    username: str
    password: str
    role: str
    name: str


def build_city(*, people: int, seed: int, report: Callable[[str], None]) -> date:
    """Build a city of about `people` invented people in the empty database; returns the day it ends on.

    The same `people` and `seed` give the same records. Writes `demo-accounts.json` into the data folder.
    """
    city = City(people=people, seed=seed, rng=random.Random(seed))
    spread = places(people)
    city.workers = populate(spread, city.rng)
    scene.prepare(city, spread)
    for room in (
        scene,
        advisors,
        needs,
        interviews,
        training,
        supply,
        verification,
        hiring,
        advisor_network,
        recruiting,
        snapshots,
    ):
        room.schedule(city)
    while (due := city.next_act()) is not None:
        on, what, act = due
        report(f"{on.isoformat()}  {what}")
        with transaction.atomic():
            act(city, morning(on))
    _write_accounts(city)
    return LAST_DAY


def _write_accounts(city: City) -> None:
    accounts = [
        DemoAccount(username, PASSWORD, ROLES[username], city.users[username].get_full_name() or username)
        for username in ROLES
        if username in city.users
    ]
    content = {
        "accounts": [asdict(account) for account in accounts],
        "links": city.links,
        "today": LAST_DAY.isoformat(),
    }
    path = settings.DATA / "demo-accounts.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
