"""Passages are joined and split before anybody codes them, and never afterwards."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kazipot.foundation.roles import Role
from kazipot.framework.queries import competences
from kazipot.needs import operations, queries
from kazipot.needs.errors import NothingToJoin, NothingToSplit, PassageIsCoded, PassagesChanged
from kazipot.needs.models import Coding, Interview, Passage
from kazipot.needs.operations import Heard
from tests.factories.needs import make_framework, moment
from tests.factories.organisation import make_employer, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
TEXT = "Gesla si pišem na listek. Malica je dobra.\nRada bi znala več. Tiskalnik se zatakne."
NOTHING = Heard(frozenset())


def record(at: datetime, text: str = TEXT) -> Interview:
    make_framework()
    return operations.record_interview(
        unit_id=make_unit().pk, held_on=date(2026, 5, 4), people=2, consent="quote", text=text, at=at, actor=None
    )


def passages(interview: Interview) -> list[Passage]:
    return list(queries.passages_of(interview.pk))


def texts(interview: Interview) -> list[str]:
    return [TEXT[one.start : one.end] for one in passages(interview)]


def join(interview: Interview, number: int, at: datetime) -> None:
    operations.join_passages(interview_id=interview.pk, passage_id=passages(interview)[number].pk, at=at, actor=None)


def split(interview: Interview, number: int, at: datetime) -> None:
    operations.split_passage(interview_id=interview.pk, passage_id=passages(interview)[number].pk, at=at, actor=None)


def test_passages_are_joined_and_split_again(at: datetime) -> None:
    interview = record(at)
    before = [(one.position, one.start, one.end) for one in passages(interview)]
    join(interview, 1, at)
    join(interview, 1, at)
    assert texts(interview) == ["Gesla si pišem na listek.", TEXT[26:]]
    split(interview, 1, at)
    assert [(one.position, one.start, one.end) for one in passages(interview)] == before
    with pytest.raises(NothingToSplit):
        split(interview, 0, at)
    with pytest.raises(NothingToJoin):
        join(interview, 3, at)


def test_coded_passages_stay_as_they_are(at: datetime) -> None:
    interview = record(at)
    join(interview, 0, at)
    first, second, _third = passages(interview)
    operations.code_passages(interview_id=interview.pk, heard={second.pk: NOTHING}, at=at, actor=make_user())
    for number in (0, 1):
        with pytest.raises(PassageIsCoded):
            join(interview, number, at)
    operations.code_passages(interview_id=interview.pk, heard={first.pk: NOTHING}, at=at, actor=make_user())
    with pytest.raises(PassageIsCoded):
        split(interview, 0, at)
    assert len(passages(interview)) == 3


def test_agreement_is_counted_over_passages_as_they_were_coded(at: datetime) -> None:
    interview = record(at)
    join(interview, 0, at)
    join(interview, 1, at)
    one, other = (item.id for item in competences(interview.framework_id)[:2])
    first, second = passages(interview)
    for heard in ([{one}, {other}], [{one}, set()]):
        said = [Heard(frozenset(ids), "gap" if ids else "") for ids in heard]
        operations.code_passages(
            interview_id=interview.pk, heard={first.pk: said[0], second.pk: said[1]}, at=at, actor=make_user()
        )
    found = queries.reliability(interview.pk)
    assert (found.compared, found.differing) == (2, (second.pk,))
    # 4 decisions (2 passages × 2 competences), 3 alike; coders heard 2 and 1 of 4
    by_chance = 2 / 4 * 1 / 4 + 2 / 4 * 3 / 4
    assert found.kappa == pytest.approx((3 / 4 - by_chance) / (1 - by_chance))


def test_what_was_coded_while_passages_changed_is_refused(at: datetime) -> None:
    interview = record(at)
    first, second, *_rest = passages(interview)
    join(interview, 0, at)
    for heard in ({first.pk: Heard(frozenset(), "", first.end)}, {second.pk: Heard(frozenset(), "", second.end)}):
        with pytest.raises(PassagesChanged):
            operations.code_passages(interview_id=interview.pk, heard=heard, at=at, actor=make_user())
    with pytest.raises(PassagesChanged):
        operations.join_passages(interview_id=interview.pk, passage_id=second.pk, at=at, actor=None)
    assert not Coding.objects.exists()


class AnyOrder(TestCase):
    """Whatever is joined and split, the passages are the sentences in order, some of them together."""

    @settings(max_examples=20, deadline=None)
    @given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=8))
    def test_joining_and_splitting_loses_nothing(self, steps: list[tuple[bool, int]]) -> None:
        at = moment(date(2026, 6, 1))
        interview = record(at, " ".join(f"Stavek {word} je tu." for word in ("ena", "dva", "tri", "štiri", "pet")))
        whole = [(one.position, one.start, one.end) for one in passages(interview)]
        for joining, number in steps:
            if number < len(passages(interview)):
                try:
                    (join if joining else split)(interview, number, at)
                except (NothingToJoin, NothingToSplit):
                    continue
        now = passages(interview)
        starts = {start: (position, index) for index, (position, start, _end) in enumerate(whole)}
        assert now[0].start == whole[0][1]
        assert now[-1].end == whole[-1][2]
        for one, following in zip(now, [*now[1:], None], strict=True):
            position, _index = starts[one.start]
            last = starts[following.start][1] - 1 if following else len(whole) - 1
            assert (one.position, one.end) == (position, whole[last][2])


def test_service_joins_and_splits_on_a_page(client: Client, at: datetime) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = record(at)
    address = reverse("needs:passages", args=[interview.pk])
    first = passages(interview)[0].pk
    assert client.post(address, {"join": first}).url.endswith(f"#passage-{first}")  # type: ignore[attr-defined]
    assert len(passages(interview)) == 3
    assert [joined for _row, _text, joined in client.get(address).context["rows"]] == [True, False, False]
    client.post(address, {"split": first})
    assert len(passages(interview)) == 4
    for nonsense in ({}, {"join": "x"}, {"join": "9" * 30}, {"split": "0"}):
        assert client.post(address, nonsense).status_code == 302
    operations.code_passages(interview_id=interview.pk, heard={first: NOTHING}, at=at, actor=make_user())
    refused = client.post(address, {"join": first}, follow=True)
    assert "je že kodiran, zato ga ni več mogoče združiti" in refused.text
    assert "Že kodirano" in refused.text


def test_page_of_codes_is_refused_when_passages_changed_since(client: Client, at: datetime) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = record(at)
    address = reverse("needs:code", args=[interview.pk])
    seen: Any = client.get(address).context["seen"]
    join(interview, 0, at)
    for told in ({"seen": seen}, {}):
        refused = client.post(address, told, follow=True)
        assert "Nič ni bilo shranjeno" in refused.text
    assert not Coding.objects.exists()
    assert client.post(address, {"seen": client.get(address).context["seen"]}).status_code == 302
    assert Coding.objects.count() == 3
