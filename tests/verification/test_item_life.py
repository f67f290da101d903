"""The life of an item, step by step; who may take which step when."""

from datetime import date, timedelta

import pytest

from kazipot.core.items.definition import Text
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.models import AuditEvent
from kazipot.verification import operations, queries
from kazipot.verification.errors import (
    AlreadyInWork,
    CommentMissing,
    ItemFaulty,
    KeyChanged,
    KeyTaken,
    NoParameters,
    NothingNew,
    OwnItem,
    ReasonMissing,
    ReviewedAlready,
    WrongStep,
)
from kazipot.verification.models import ItemEvent, ItemParameters, ItemReview, ItemVersion
from kazipot.verification.operations import ParametersGiven
from tests.factories import items
from tests.factories.items import AT, make_version
from tests.factories.organisation import make_user

pytestmark = pytest.mark.django_db
WHY = "it is needed"


def go(version: ItemVersion, step: str, hours: int = 1) -> ItemVersion:
    """One step by the Service."""
    at = AT + timedelta(hours=hours)
    return operations.take_step(version_id=version.pk, step=step, reason=WHY, at=at, actor=make_user())


def calibrated(
    key: str, number: int = 1, b: tuple[float, ...] = (0.4,), model: str = "2pl", a: float = 1.2
) -> ParametersGiven:
    """What a calibration found."""
    return ParametersGiven(key, number, model, a, b, 0.0, 312, {"a": 0.1, "b": [0.05]})


def take(*given: ParametersGiven, hours: int = 1) -> int:
    """Take parameters over."""
    at = AT + timedelta(hours=hours)
    return operations.take_parameters(given=given, calibrated_on=date(2026, 4, 30), reason=WHY, at=at, actor=None)


def reviewed(key: str = "one") -> tuple[ItemVersion, int]:
    """A version that two others found fit, and its author's id."""
    author = make_user()
    version = operations.write_item(definition=items.single(key), reason=WHY, at=AT, actor=author)
    operations.submit_for_review(version_id=version.pk, reason=WHY, at=AT, actor=author)
    for _reviewer in range(2):
        operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=make_user())
    version.refresh_from_db()
    return version, author.pk


def test_item_goes_from_draft_to_use_and_every_step_is_kept() -> None:
    version, _author = reviewed()
    go(version, "try_out")
    assert [row.key for row in queries.pilot_items(AT + timedelta(hours=1))] == ["one"]
    take(calibrated("one"), hours=2)
    go(version, "use", 3)
    live = queries.live_items(AT + timedelta(hours=3))
    assert [(row.key, row.model, row.a, row.b) for row in live] == [("one", "2pl", 1.2, (0.4,))]
    go(version, "suspend", 4)
    assert queries.live_items(AT + timedelta(hours=4)) == []
    go(version, "use_again", 5)
    go(version, "retire", 6)
    history = ItemEvent.objects.filter(version=version).order_by("at", "pk").values_list("before", "after")
    assert list(history) == [
        ("", "draft"), ("draft", "in_review"), ("in_review", "in_review"), ("in_review", "reviewed"),
        ("reviewed", "pilot"), ("pilot", "calibrated"), ("calibrated", "live"), ("live", "suspended"),
        ("suspended", "live"), ("live", "retired"),
    ]  # fmt: skip
    assert not ItemEvent.objects.filter(version=version, before="", reason="").exists()
    assert AuditEvent.objects.filter(target_type="verification.itemversion").count() == len(history)


@pytest.mark.parametrize("step", sorted(operations.STEPS))
def test_step_is_taken_only_from_where_it_begins(step: str) -> None:
    allowed, after = operations.STEPS[step]
    for number, state in enumerate(
        ["draft", "in_review", "reviewed", "pilot", "calibrated", "live", "suspended", "retired"]
    ):
        version = make_version(items.single(f"i{number}"), state=state)
        if state in allowed:
            assert go(version, step).state == after
        else:
            with pytest.raises(WrongStep):
                go(version, step)


def test_step_needs_a_reason() -> None:
    version = make_version()
    with pytest.raises(ReasonMissing):
        operations.take_step(version_id=version.pk, step="suspend", reason=" ", at=AT, actor=make_user())
    with pytest.raises(ReasonMissing):
        operations.write_item(definition=items.single(), reason="", at=AT, actor=make_user())


def test_author_does_not_review_nor_does_who_wrote_an_earlier_draft() -> None:
    first, second = make_user(), make_user()
    version = operations.write_item(definition=items.single("one"), reason=WHY, at=AT, actor=first)
    changed = items.single("one", difficulty=1.0)
    operations.write_draft(version_id=version.pk, definition=changed, reason=WHY, at=AT, actor=second)
    operations.submit_for_review(version_id=version.pk, reason=WHY, at=AT, actor=make_user())
    for writer in (first, second):
        with pytest.raises(OwnItem):
            operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=writer)


def test_one_person_is_not_two_reviewers() -> None:
    version = make_version(state="in_review")
    reviewer = make_user()
    operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=reviewer)
    with pytest.raises(ReviewedAlready):
        operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=reviewer)
    assert ItemVersion.objects.get(pk=version.pk).state == "in_review"


def test_review_of_an_earlier_text_does_not_count_for_a_later_one() -> None:
    author, reviewers = make_user(), [make_user(), make_user()]
    version = operations.write_item(definition=items.single("one"), reason=WHY, at=AT, actor=author)
    operations.submit_for_review(version_id=version.pk, reason=WHY, at=AT, actor=author)
    operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=reviewers[0])
    with pytest.raises(CommentMissing):
        operations.review_item(version_id=version.pk, verdict="change", comment=" ", at=AT, actor=reviewers[1])
    operations.review_item(version_id=version.pk, verdict="change", comment="too long", at=AT, actor=reviewers[1])
    assert ItemVersion.objects.get(pk=version.pk).state == "draft"
    changed = items.single("one", difficulty=1.0)
    operations.write_draft(version_id=version.pk, definition=changed, reason=WHY, at=AT, actor=author)
    operations.submit_for_review(version_id=version.pk, reason=WHY, at=AT, actor=author)
    operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=reviewers[1])
    assert ItemVersion.objects.get(pk=version.pk).state == "in_review"
    operations.review_item(version_id=version.pk, verdict="fit", comment="", at=AT, actor=reviewers[0])
    assert ItemVersion.objects.get(pk=version.pk).state == "reviewed"
    assert ItemReview.objects.count() == 4


def test_draft_may_lack_a_language_but_is_not_submitted_without_it() -> None:
    definition = items.single("one", stem=Text("Kaj storite?", ""))
    version = operations.write_item(definition=definition, reason=WHY, at=AT, actor=make_user())
    assert (version.complete_sl, version.complete_en) == (True, False)
    with pytest.raises(ItemFaulty) as refused:
        operations.submit_for_review(version_id=version.pk, reason=WHY, at=AT, actor=make_user())
    assert [problem.field for problem in refused.value.problems] == ["one: stem.en"]
    assert go(version, "retire").state == "retired"


def test_item_with_faults_is_not_written() -> None:
    with pytest.raises(ItemFaulty) as refused:
        operations.write_item(
            definition=items.single(sources=(), area="magic"), reason=WHY, at=AT, actor=make_user()
        )  # fmt: skip
    assert len(refused.value.problems) == 2
    assert ItemVersion.objects.count() == 0


def test_key_is_of_one_item_for_ever() -> None:
    version = operations.write_item(definition=items.single("one"), reason=WHY, at=AT, actor=make_user())
    with pytest.raises(KeyTaken):
        operations.write_item(definition=items.single("one"), reason=WHY, at=AT, actor=make_user())
    with pytest.raises(KeyChanged):
        operations.write_draft(
            version_id=version.pk, definition=items.single("two"), reason=WHY, at=AT, actor=make_user()
        )  # fmt: skip
    with pytest.raises(NothingNew):
        operations.write_draft(
            version_id=version.pk, definition=items.single("one"), reason=WHY, at=AT, actor=make_user()
        )  # fmt: skip


def test_what_is_no_draft_is_not_rewritten() -> None:
    version = make_version(items.single("one"), state="in_review")
    with pytest.raises(WrongStep):
        operations.write_draft(
            version_id=version.pk, definition=items.single("one", difficulty=2.0), reason=WHY, at=AT, actor=make_user()
        )  # fmt: skip


def test_new_version_takes_the_place_of_the_old_one_when_it_comes_into_use() -> None:
    old = make_version(items.single("one"))
    new = operations.new_version(version_id=old.pk, reason=WHY, at=AT, actor=make_user())
    assert (new.number, new.state, queries.definition_of(new.pk)) == (2, "draft", items.single("one"))
    with pytest.raises(AlreadyInWork):
        operations.new_version(version_id=old.pk, reason=WHY, at=AT, actor=make_user())
    operations.submit_for_review(version_id=new.pk, reason=WHY, at=AT, actor=None)
    for _reviewer in range(2):
        operations.review_item(version_id=new.pk, verdict="fit", comment="", at=AT, actor=make_user())
    go(new, "try_out")
    assert [row.version_id for row in queries.live_items(AT + timedelta(hours=1))] == [old.pk]
    take(calibrated("one", 2), hours=2)
    go(new, "use", 3)
    assert [row.version_id for row in queries.live_items(AT + timedelta(hours=3))] == [new.pk]
    assert ItemVersion.objects.get(pk=old.pk).state == "retired"


def test_item_without_parameters_does_not_come_into_use() -> None:
    version = make_version(state="calibrated", b=())
    with pytest.raises(NoParameters):
        go(version, "use")


def test_new_calibration_changes_nothing_that_was_scored_before() -> None:
    version = make_version(items.single("one"), b=(0.0,))
    take(calibrated("one"), hours=2)
    assert [row.b for row in queries.live_items(AT + timedelta(hours=1))] == [(0.0,)]
    assert [row.b for row in queries.live_items(AT + timedelta(hours=2))] == [(0.4,)]
    assert ItemParameters.objects.filter(version=version).count() == 2
    assert ItemVersion.objects.get(pk=version.pk).state == "live"


def test_parameters_are_taken_all_or_none() -> None:
    make_version(items.single("one"), state="pilot", b=())
    make_version(items.scenario("story"), state="pilot", b=())
    make_version(items.single("draft"), state="draft", b=())
    given = (
        calibrated("one"), calibrated("story"), calibrated("draft"), calibrated("nobody"),
        calibrated("one", model="grm"), calibrated("one", a=-0.2),
    )  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        take(*given)
    assert [problem.field for problem in refused.value.problems] == [
        "story@1", "draft@1", "nobody@1", "one@1", "one@1",
    ]  # fmt: skip
    assert ItemParameters.objects.count() == 0
    assert take(calibrated("one"), calibrated("story", b=(0.1, 0.9), model="gpcm")) == 2
    assert set(ItemVersion.objects.values_list("state", flat=True)) == {"calibrated", "draft"}
