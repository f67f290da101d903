"""How an item does in tests: from finished tests alone, and never from a few people."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.verification import queries
from kazipot.verification.models import ItemVersion, Pool, Sitting, Step
from tests.factories import items, organisation
from tests.factories.items import AT, make_version

pytestmark = pytest.mark.django_db
ENOUGH = queries.FEWEST


def answered(version: ItemVersion | None, answers: list[tuple[str, float]], **changes: Any) -> None:
    """Finished tests of as many people; each answered the version with an option, and has an ability."""
    pool, _made = Pool.objects.get_or_create(digest="x", defaults={"content": {}, "made_at": AT})
    employer = organisation.make_employer()
    for key, ability in answers:
        fields = {
            "person": organisation.make_person(), "employer": employer, "purpose": "verification", "state": "finished",
            "language": "sl", "standard": 1, "rules": {}, "pool": pool, "seed": 1, "started_at": AT,
            "ended_at": AT + timedelta(minutes=9), "passed": True, "ability": ability, "uncertainty": 0.3,
        }  # fmt: skip
        sitting = Sitting.objects.create(**fields | changes)
        if version is not None:
            Step.objects.create(
                sitting=sitting, number=1, version=version, seed=1, token=str(sitting.pk), shown_at=AT,
                answered_at=AT + timedelta(seconds=40), answer=key, points=int(key == "a"),
            )  # fmt: skip


def test_figures_of_an_item_are_those_of_its_answers() -> None:
    item = items.single("one")
    version = make_version(item)
    half = ENOUGH // 2
    answered(version, [("a", 1.0)] * half + [("b", -1.0)] * half)
    answered(None, [("", 0.0)] * ENOUGH)
    health = queries.health_of(version.pk, item, "en")
    assert health is not None
    assert (health.answers, health.exposure, health.solved, health.seconds) == (ENOUGH, 0.5, 0.5, 40.0)
    assert health.correlation == pytest.approx(1.0)
    assert (health.is_overexposed, health.misleads) == (True, False)
    assert [(row.text, row.right, row.share, row.fault) for row in health.options] == [
        ("en call the bank", True, 0.5, ""), ("en click it at once", False, 0.5, ""),
        ("en send it on", False, 0.0, "rare"),
    ]  # fmt: skip


def test_key_that_those_avoid_who_know_more_is_noticed() -> None:
    item = items.single("one")
    version = make_version(item)
    answered(version, [("a", -1.0), ("b", 1.0)] * (ENOUGH // 2))
    health = queries.health_of(version.pk, item, "en")
    assert health is not None
    assert health.misleads
    assert [row.fault for row in health.options] == ["repels the able", "attracts the able", "rare"]


def test_few_answers_practice_and_unfinished_tests_tell_nothing() -> None:
    item = items.single("one")
    version = make_version(item)
    answered(version, [("a", 1.0)] * (ENOUGH - 1))
    answered(version, [("a", 1.0)], purpose="practice")
    answered(version, [("a", 1.0)], state="open", ended_at=None)
    assert queries.health_of(version.pk, item, "en") is None


def test_page_of_an_item_shows_its_figures(client: Client) -> None:
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    version = make_version(items.single("one"))
    address = reverse("verification:item", args=[version.pk])
    assert client.get(address).context["health"] is None
    answered(version, [("a", 1.0), ("b", -1.0)] * (ENOUGH // 2))
    assert client.get(address).context["health"].answers == ENOUGH
