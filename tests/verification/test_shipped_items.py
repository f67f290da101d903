"""The items that ship come into the bank, and follow the product without undoing what the city did."""

from datetime import timedelta

import pytest

from kazipot.verification import operations, queries
from kazipot.verification.errors import ItemFaulty, SharesWrong
from kazipot.verification.models import Blueprint, ItemParameters, ItemVersion
from kazipot.verification.operations import AreaGiven, Loaded, load_builtin_items
from tests.factories import items
from tests.factories.items import AT, make_version
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def load(*definitions: object, at=AT) -> Loaded:
    return load_builtin_items(at=at, actor=None, definitions=definitions)


def test_shipped_items_come_into_use_with_the_difficulty_of_their_authors() -> None:
    given = (items.single("one", difficulty=-0.5), items.scenario("story"))
    assert load(*given) == Loaded(added=2)
    assert [(row.key, row.model, row.b) for row in queries.live_items(AT)] == [
        ("one", "rasch", (-0.5,)), ("story", "gpcm", (-0.4, 0.4)),
    ]  # fmt: skip
    assert set(ItemParameters.objects.values_list("origin", "sample_size")) == {("expert", 0)}
    assert sum(queries.shares(AT).values()) == pytest.approx(1)
    assert len(queries.shares(AT)) == 10


def test_loading_again_changes_nothing() -> None:
    load(items.single("one"))
    assert load(items.single("one"), at=LATER) == Loaded(unchanged=1)
    assert Blueprint.objects.count() == 1


def test_changed_item_becomes_a_new_version_and_the_old_one_is_kept() -> None:
    load(items.single("one"))
    assert load(items.single("one", difficulty=1.0), at=LATER) == Loaded(renewed=1)
    assert list(ItemVersion.objects.order_by("number").values_list("number", "state")) == [(1, "retired"), (2, "live")]
    assert [row.b for row in queries.live_items(AT)] == [(0.0,)]
    assert [row.b for row in queries.live_items(LATER)] == [(1.0,)]


def test_item_that_ships_no_more_is_retired() -> None:
    load(items.single("one"), items.single("two"))
    assert load(items.single("two"), at=LATER) == Loaded(retired=1, unchanged=1)
    assert [row.key for row in queries.live_items(LATER)] == ["two"]


@pytest.mark.parametrize("step", ["suspend", "retire"])
def test_item_that_the_city_took_out_stays_out(step: str) -> None:
    load(items.single("one"))
    version = ItemVersion.objects.get()
    operations.take_step(version_id=version.pk, step=step, reason="out of date", at=AT, actor=make_user())
    assert load(items.single("one", difficulty=1.0), at=LATER) == Loaded(kept=1)
    assert queries.live_items(LATER) == []


def test_item_that_the_city_has_a_version_of_is_left_alone() -> None:
    load(items.single("one"))
    version = ItemVersion.objects.get()
    operations.new_version(version_id=version.pk, reason="our words", at=AT, actor=make_user())
    assert load(items.single("one", difficulty=1.0), at=LATER) == Loaded(kept=1)
    make_version(items.single("ours"))
    assert load(items.single("one"), items.single("ours"), at=LATER) == Loaded(kept=2)


def test_faulty_items_do_not_come_in() -> None:
    with pytest.raises(ItemFaulty):
        load(items.single("one"), items.single("two", sources=()))
    assert ItemVersion.objects.count() == 0


def test_shares_of_a_blueprint_add_up() -> None:
    areas = [AreaGiven("cloud", "Oblak", "Cloud", 40), AreaGiven("ai", "UI", "AI", 50)]
    with pytest.raises(SharesWrong):
        operations.write_blueprint(areas=areas, reason="x", at=AT, actor=None)
