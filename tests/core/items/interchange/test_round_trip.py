"""What is given out in a format comes back the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazipot.core.items.definition import Item
from kazipot.core.items.interchange import FORMATS, Reason, format_of
from tests.core.items.interchange.items import items


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawn=st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True).flatmap(
    lambda numbers: st.tuples(*(items(f"item-{number}") for number in numbers))))  # fmt: skip
def test_items_come_back_the_same(name: str, drawn: tuple[Item, ...]) -> None:
    written = FORMATS[name].write(drawn, ("sl", "en"))
    back = FORMATS[name].read(written.content, "sl")
    assert back.faults == ()
    assert back.items == drawn
    assert {fault.reason for fault in written.faults} <= {Reason.PICTURE_STAYS}
    assert format_of(written.content) == name
