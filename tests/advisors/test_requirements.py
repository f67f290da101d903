"""Which units must have an advisor: the exception, else the rule for the kind, else the unit's own mark."""

from datetime import UTC, date, datetime

import pytest

from kazipot.advisors import errors, operations, queries
from tests.factories import organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
BEFORE, FROM, LATER = date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 1)


def required(on: date) -> list[bool]:
    return [row.requirement.required for row in sorted(queries.coverage(on), key=lambda row: row.unit.code)]


def test_rule_for_a_kind_goes_before_the_units_own_mark_from_its_day_on() -> None:
    organisation.make_unit(code="A", kind="section", must_have_advisor=False)
    organisation.make_unit(code="B", kind="department", must_have_advisor=True)
    operations.set_rule(kind="section", required=True, valid_from=FROM, at=AT, actor=None)
    assert required(BEFORE) == [False, True]
    assert required(FROM) == [True, True]


def test_exception_goes_before_the_rule_while_it_lasts() -> None:
    unit = organisation.make_unit(code="A", kind="section")
    operations.set_rule(kind="section", required=True, valid_from=FROM, at=AT, actor=None)
    made = operations.except_unit(
        unit_id=unit.pk, required=False, reason="en sam zaposleni", valid_from=FROM, at=AT, actor=None
    )
    operations.end_exception(exception_id=made.pk, on=LATER, at=AT, actor=None)
    assert (required(FROM), required(LATER)) == ([False], [True])
    (row,) = queries.coverage(FROM)
    assert row.requirement.reason == "en sam zaposleni"


def test_later_rule_ends_the_earlier_one() -> None:
    organisation.make_unit(code="A", kind="section", must_have_advisor=False)
    operations.set_rule(kind="section", required=True, valid_from=FROM, at=AT, actor=None)
    operations.set_rule(kind="section", required=False, valid_from=LATER, at=AT, actor=None)
    assert (required(FROM), required(LATER)) == ([True], [False])


def test_impossible_rules_are_refused() -> None:
    unit = organisation.make_unit(code="A", kind="section")
    operations.set_rule(kind="section", required=True, valid_from=FROM, at=AT, actor=None)
    with pytest.raises(errors.RuleUnchanged):
        operations.set_rule(kind="section", required=True, valid_from=LATER, at=AT, actor=None)
    with pytest.raises(errors.NotThisDay):
        operations.set_rule(kind="section", required=False, valid_from=FROM, at=AT, actor=None)
    operations.except_unit(unit_id=unit.pk, required=False, reason="x", valid_from=FROM, at=AT, actor=None)
    with pytest.raises(errors.ExceptionInForce):
        operations.except_unit(unit_id=unit.pk, required=True, reason="y", valid_from=LATER, at=AT, actor=None)
