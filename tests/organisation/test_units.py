"""Units come, change, move, merge, split and close on a day; what was before that day stays as it was."""

from datetime import date, datetime
from typing import Any

import pytest

from kazipot.foundation import audit
from kazipot.foundation.errors import DomainError
from kazipot.organisation import operations, queries
from kazipot.organisation.errors import (
    AnotherEmployer,
    CodeTaken,
    CyclicTree,
    LaterChange,
    NotAllShared,
    ParentNotThere,
    StillEmployed,
    UnitNotThere,
    UnitsBelow,
)
from kazipot.organisation.models import Unit
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def staff(unit: Unit, count: int) -> list[int]:
    return [make_employment(person=make_person(), unit=unit).pk for _ in range(count)]


def people(on: date) -> dict[str, int]:
    counts = queries.headcount_by_unit(on)
    return {unit.code: counts.get(unit.id, 0) for unit in queries.units_on(on)}


def below(unit: Unit, on: date) -> set[str]:
    codes = {row.id: row.code for row in queries.units_on(on)}
    return {codes[pk] for pk in queries.unit_ids_below(unit.pk, on=on)}


def new(at: datetime, **changes: Any) -> Unit:
    told: dict[str, Any] = {
        "employer_id": make_employer().pk, "code": "NEW", "name_sl": "Nova", "name_en": "New", "kind": "section",
        "must_have_advisor": False, "parent_id": None, "valid_from": MAY,
    }  # fmt: skip
    return operations.add_unit(**{**told, **changes}, at=at, actor=None)


def test_unit_moved_in_june_is_right_in_may_and_in_july(at: datetime) -> None:
    first, second = make_unit(code="A"), make_unit(code="B")
    section = make_unit(code="S", parent=first)
    staff(section, 2)
    operations.move_unit(unit_id=section.pk, parent_id=second.pk, on=JUNE, at=at, actor=None)
    assert (below(first, MAY), below(second, MAY)) == ({"A", "S"}, {"B"})
    assert (below(first, JUNE), below(second, JUNE)) == ({"A"}, {"B", "S"})
    assert (below(first, JULY), below(second, JULY)) == ({"A"}, {"B", "S"})
    assert people(MAY) == people(JULY) == {"A": 0, "B": 0, "S": 2}


def test_unit_is_called_by_the_name_of_the_day(at: datetime) -> None:
    unit = make_unit(code="A", name_en="Old name")
    operations.change_unit(unit_id=unit.pk, on=JUNE, name_en="New name", must_have_advisor=False, at=at, actor=None)
    before, after = queries.unit_by_id(unit.pk, on=MAY), queries.unit_by_id(unit.pk, on=JUNE)
    assert before
    assert after
    assert (before.name_en, before.must_have_advisor) == ("Old name", True)
    assert (after.name_en, after.must_have_advisor) == ("New name", False)


def test_what_stays_the_same_writes_nothing(at: datetime) -> None:
    unit = make_unit(code="A", name_en="Old name")
    operations.change_unit(unit_id=unit.pk, on=JUNE, name_en="Old name", at=at, actor=None)
    operations.move_unit(unit_id=unit.pk, parent_id=None, on=JUNE, at=at, actor=None)
    assert queries.versions_of(unit.pk).count() == 1
    assert not audit.events().exists()


def test_second_change_of_a_day_corrects_the_first(at: datetime) -> None:
    unit = make_unit(code="A")
    for name in ("Wrong", "Right"):
        operations.change_unit(unit_id=unit.pk, on=JUNE, name_en=name, at=at, actor=None)
    assert [row.name_en for row in queries.versions_of(unit.pk)] == ["Right", "Department A"]


def test_merged_units_people_go_over_and_their_past_stays(at: datetime) -> None:
    old, into = make_unit(code="OLD"), make_unit(code="INTO")
    section = make_unit(code="S", parent=old)
    staff(old, 3), staff(into, 1)
    operations.merge_units(unit_ids=[old.pk], into_id=into.pk, on=JUNE, at=at, actor=None)
    assert people(MAY) == {"INTO": 1, "OLD": 3, "S": 0}
    assert people(JUNE) == {"INTO": 4, "S": 0}
    assert below(into, JUNE) == {"INTO", "S"}
    assert below(old, MAY) == {"OLD", "S"}
    assert [(row.predecessor.code, row.kind) for row in queries.successions_of(into.pk)] == [("OLD", "merge")]
    assert queries.unit_by_id(section.pk, on=JUNE)


def test_split_shares_every_job_once(at: datetime) -> None:
    old, one, two = (make_unit(code=code) for code in ("OLD", "ONE", "TWO"))
    jobs = staff(old, 3)
    with pytest.raises(NotAllShared, match="1 zaposlitev ni dodeljena"):
        operations.split_unit(
            unit_id=old.pk, into={one.pk: jobs[:1], two.pk: jobs[2:]}, on=JUNE, at=at, actor=None
        )  # fmt: skip
    operations.split_unit(unit_id=old.pk, into={one.pk: jobs[:1], two.pk: jobs[1:]}, on=JUNE, at=at, actor=None)
    assert people(MAY) == {"OLD": 3, "ONE": 0, "TWO": 0}
    assert people(JUNE) == {"ONE": 1, "TWO": 2}
    assert {row.hired_on for row in queries.employments_on(JULY)} == {date(2020, 1, 1)}


def test_closed_unit_is_gone_from_its_day(at: datetime) -> None:
    unit = make_unit(code="A")
    operations.close_unit(unit_id=unit.pk, on=JUNE, at=at, actor=None)
    assert [row.code for row in queries.units_on(MAY)] == ["A"]
    assert queries.units_on(JUNE) == []


def test_every_change_stands_in_the_trail(at: datetime) -> None:
    unit = new(at)
    other = new(at, code="OTHER")
    operations.move_unit(unit_id=unit.pk, parent_id=other.pk, on=JUNE, at=at, actor=None)
    assert [event.verb for event in audit.events().order_by("pk")] == [
        "organisation.add_unit", "organisation.add_unit", "organisation.move_unit",
    ]  # fmt: skip


def test_unit_cannot_come_under_itself(at: datetime) -> None:
    top = make_unit(code="TOP")
    middle = make_unit(code="MIDDLE", parent=top)
    low = make_unit(code="LOW", parent=middle)
    for parent in (top, middle, low):
        with pytest.raises(CyclicTree, match="podrejena sami sebi"):
            operations.move_unit(unit_id=top.pk, parent_id=parent.pk, on=JUNE, at=at, actor=None)


def test_cycle_by_a_later_move_is_refused_too(at: datetime) -> None:
    first, second = make_unit(code="A"), make_unit(code="B")
    operations.move_unit(unit_id=second.pk, parent_id=first.pk, on=JULY, at=at, actor=None)
    with pytest.raises(CyclicTree):
        operations.move_unit(unit_id=first.pk, parent_id=second.pk, on=JUNE, at=at, actor=None)
    with pytest.raises(CyclicTree):
        operations.merge_units(unit_ids=[first.pk], into_id=second.pk, on=date(2026, 8, 1), at=at, actor=None)


def test_change_before_a_later_one_names_its_day(at: datetime) -> None:
    unit = make_unit(code="A")
    operations.change_unit(unit_id=unit.pk, on=JULY, name_en="Later", at=at, actor=None)
    with pytest.raises(LaterChange, match=r"01\. 07\. 2026"):
        operations.change_unit(unit_id=unit.pk, on=JUNE, name_en="Earlier", at=at, actor=None)


def test_new_unit_needs_a_free_code_and_a_superior_unit_of_its_own_employer(at: datetime) -> None:
    make_unit(code="NEW")
    with pytest.raises(CodeTaken):
        new(at)
    strange = make_unit(make_employer("JHL", kind="public_company"), code="J")
    late = make_unit(code="LATE", valid_from=JULY)
    for parent in (strange, late):
        with pytest.raises(ParentNotThere):
            new(at, code="OTHER", parent_id=parent.pk)
    assert not Unit.objects.filter(code="OTHER").exists()


def test_units_of_two_employers_do_not_merge(at: datetime) -> None:
    own, strange = make_unit(code="A"), make_unit(make_employer("JHL", kind="public_company"), code="J")
    with pytest.raises(AnotherEmployer):
        operations.merge_units(unit_ids=[own.pk], into_id=strange.pk, on=JUNE, at=at, actor=None)
    with pytest.raises(AnotherEmployer):
        operations.split_unit(unit_id=own.pk, into={strange.pk: []}, on=JUNE, at=at, actor=None)


@pytest.mark.parametrize(
    ("count", "words"), [(1, "dela 1 oseba"), (2, "delata 2 osebi"), (4, "delajo 4 osebe"), (5, "dela 5 oseb")]
)
def test_unit_with_people_does_not_close(at: datetime, count: int, words: str) -> None:
    unit = make_unit(code="A")
    staff(unit, count)
    with pytest.raises(StillEmployed, match=words):
        operations.close_unit(unit_id=unit.pk, on=JUNE, at=at, actor=None)


def test_unit_with_units_below_neither_closes_nor_splits(at: datetime) -> None:
    top, other = make_unit(code="TOP"), make_unit(code="OTHER")
    make_unit(code="LOW", parent=top)
    with pytest.raises(UnitsBelow):
        operations.close_unit(unit_id=top.pk, on=JUNE, at=at, actor=None)
    with pytest.raises(UnitsBelow):
        operations.split_unit(unit_id=top.pk, into={other.pk: []}, on=JUNE, at=at, actor=None)


def test_faulty_half_of_a_merge_leaves_the_sound_half_undone(at: datetime) -> None:
    good, gone, into = make_unit(code="A"), make_unit(code="B", valid_to=MAY), make_unit(code="C")
    staff(good, 1)
    with pytest.raises(DomainError) as refused:
        operations.merge_units(unit_ids=[good.pk, gone.pk], into_id=into.pk, on=JUNE, at=at, actor=None)
    assert isinstance(refused.value, UnitNotThere)
    assert people(JUNE) == {"A": 1, "C": 0}


def test_unit_tree_takes_one_query_whatever_its_size(django_assert_num_queries: Any) -> None:
    for size in (1, 3):
        for number in range(size):
            make_unit(code=f"U-{size}-{number}")
        with django_assert_num_queries(1):
            queries.units_on(MAY)
