"""Records of the item bank: what is kept, what never changes, and which items may be asked at a moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kazipot.core.psychometrics.irt import Item as Calibrated
from kazipot.verification import queries
from kazipot.verification.models import Blueprint, BlueprintArea, ItemEvent, ItemParameters, ItemVersion
from tests.factories import items
from tests.factories.items import AT, give_parameters, make_version

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
FROZEN: dict[str, Any] = {
    "content": {}, "digest": "another", "area": "cloud", "kind": "order", "difficulty": 1.0, "enemies": "x",
    "number": 7, "reason": "another", "made_at": LATER,
}  # fmt: skip


@pytest.mark.parametrize("state", ["in_review", "pilot", "live", "suspended", "retired"])
@pytest.mark.parametrize("field", FROZEN)
def test_version_out_of_draft_never_changes(field: str, state: str) -> None:
    version = make_version(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(**{field: FROZEN[field]})


def test_draft_changes() -> None:
    version = make_version(state="draft")
    assert ItemVersion.objects.filter(pk=version.pk).update(**FROZEN) == 1


@pytest.mark.parametrize(
    ("state", "allowed"), [("in_review", True), ("reviewed", True), ("pilot", False), ("live", False)]
)
def test_version_goes_back_to_draft_only_before_somebody_answered(state: str, allowed: bool) -> None:
    version = make_version(state=state)
    rows = ItemVersion.objects.filter(pk=version.pk)
    if allowed:
        assert rows.update(state="draft") == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="draft")


def test_parameters_and_events_never_change() -> None:
    make_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemParameters.objects.update(a=2.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemEvent.objects.update(reason="another")


def test_item_has_one_live_and_one_unfinished_version() -> None:
    item = items.single("twice")
    make_version(item, state="live")
    make_version(item, state="pilot")
    for state in ("live", "draft"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_version(item, state=state)


def test_version_leaves_draft_only_in_both_languages() -> None:
    make_version(state="draft", complete_en=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_version(state="in_review", complete_en=False)


def test_live_items_are_those_in_use_with_the_parameters_of_the_moment() -> None:
    version = make_version(items.single("b-item", enemies=("parcel", "post")), b=(0.5,))
    give_parameters(version, b=(1.5,), at=LATER)
    make_version(items.scenario("a-item"), b=(-1.0, 0.0))
    make_version(items.single("on-trial"), state="pilot", b=())
    make_version(items.single("without"), b=())
    now, later = queries.live_items(AT), queries.live_items(LATER)
    assert [(row.key, row.model, row.b) for row in now] == [
        ("a-item", "gpcm", (-1.0, 0.0)),
        ("b-item", "rasch", (0.5,)),
    ]
    assert [row.b for row in later] == [(-1.0, 0.0), (1.5,)]
    assert queries.pool_of(now)[1] == Calibrated(str(version.pk), "rasch", 1.0, (0.5,), 0.0, "phishing", "parcel post")
    assert [row.key for row in queries.pilot_items(AT)] == ["on-trial"]


def test_live_items_of_a_past_moment_stay_what_they_were() -> None:
    version = make_version()
    ItemVersion.objects.filter(pk=version.pk).update(state="retired")
    ItemEvent.objects.create(version=version, before="live", after="retired", reason="out of date", at=LATER)
    assert [row.version_id for row in queries.live_items(AT)] == [version.pk]
    assert queries.live_items(LATER) == []
    assert queries.live_items(AT - timedelta(seconds=1)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_live_items_take_two_queries(rows: int) -> None:
    for _number in range(rows):
        make_version()
    with CaptureQueriesContext(connection) as seen:
        queries.live_items(AT)
    assert len(seen) == 2


def test_definition_is_what_was_written() -> None:
    for item in (items.single(), items.multiple(), items.order(), items.match(), items.hotspot(), items.scenario()):
        assert queries.definition_of(make_version(item).pk) == item


def test_shares_are_those_of_the_newest_blueprint() -> None:
    assert queries.shares(AT) == {}
    for number, percents in ((1, (50, 50)), (2, (25, 75))):
        row = Blueprint.objects.create(number=number, made_at=AT + timedelta(days=number), reason="for a test")
        for position, (key, percent) in enumerate(zip(("phishing", "cloud"), percents, strict=True), 1):
            BlueprintArea.objects.create(
                blueprint=row, position=position, key=key, title_sl=key, title_en=key, percent=percent
            )
    assert queries.shares(AT + timedelta(days=1)) == {"phishing": 0.5, "cloud": 0.5}
    assert queries.shares(AT + timedelta(days=3)) == {"phishing": 0.25, "cloud": 0.75}
