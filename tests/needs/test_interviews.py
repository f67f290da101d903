"""Interviews: recorded in passages, coded by each coder alone, agreed on, withdrawn for good."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.framework.operations import activate, install_shipped_frameworks
from kazipot.framework.queries import competences, framework_by_version
from kazipot.needs import operations, queries
from kazipot.needs.errors import InterviewInTheFuture, KindMissing, NothingSaid, OtherFramework, UnitNotThere
from kazipot.needs.models import Coding, Interview, Passage
from kazipot.needs.operations import Heard
from tests.factories.organisation import make_employer, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
TEXT = "Gesla si pišem na listek. Malica je dobra. Rada bi znala narediti predstavitev. Tiskalnik se zatakne."
NOTHING = Heard(frozenset())


@pytest.fixture(autouse=True)
def codes(at: datetime) -> dict[str, int]:
    install_shipped_frameworks(at=at)
    framework = framework_by_version("DigComp", "3.0")
    assert framework
    activate(framework_id=framework.pk, on=date(2026, 1, 1), at=at, actor=None)
    return {item.code: item.id for item in competences(framework.pk)}


def record(at: datetime, **changes: Any) -> Interview:
    told: dict[str, Any] = {"held_on": date(2026, 5, 4), "people": 2, "consent": "paraphrase", "text": TEXT, **changes}
    if "unit_id" not in told:
        told["unit_id"] = make_unit().pk
    return operations.record_interview(**told, at=at, actor=None)


def passages(interview: Interview) -> list[Passage]:
    return list(queries.passages_of(interview.pk))


def code(interview: Interview, coder: User, heard: dict[int, Heard], at: datetime) -> None:
    operations.code_passages(interview_id=interview.pk, heard=heard, at=at, actor=coder)


def test_interview_is_cut_into_passages(at: datetime) -> None:
    interview = record(at)
    assert [TEXT[one.start : one.end] for one in passages(interview)] == [
        "Gesla si pišem na listek.",
        "Malica je dobra.",
        "Rada bi znala narediti predstavitev.",
        "Tiskalnik se zatakne.",
    ]
    assert "Gesla" not in str(audit.events()[0].detail)


def test_impossible_interviews_are_refused(at: datetime) -> None:
    with pytest.raises(InterviewInTheFuture):
        record(at, held_on=date(2026, 6, 2))
    with pytest.raises(NothingSaid):
        record(at, text=" \n ")
    with pytest.raises(UnitNotThere):
        record(at, unit_id=make_unit(valid_from=date(2026, 5, 5)).pk)
    assert not Interview.objects.exists()


def test_coders_agreement_is_counted_over_passages_and_competences(at: datetime, codes: dict[str, int]) -> None:
    interview = record(at)
    ids = [one.pk for one in passages(interview)]

    def gap(*names: str) -> Heard:
        return Heard(frozenset(codes[name] for name in names), "gap")

    code(interview, make_user(), dict(zip(ids, [gap("4.1"), NOTHING, gap("3.1"), gap("5.1")], strict=True)), at)
    assert queries.reliability(interview.pk).compared == 0
    code(interview, make_user(), dict(zip(ids, [gap("4.1"), NOTHING, gap("5.4"), gap("5.1")], strict=True)), at)
    found = queries.reliability(interview.pk)
    assert (found.coders, found.compared, found.differing) == (2, 4, (ids[2],))
    # 16 decisions (4 passages × 4.1, 3.1, 5.1, 5.4), 14 alike; each coder heard 3 of 16
    by_chance = (3 / 16) ** 2 + (13 / 16) ** 2
    assert found.kappa == pytest.approx((14 / 16 - by_chance) / (1 - by_chance))
    assert found.alpha is not None
    assert found.alpha < 1


def test_agreement_on_a_competence_needs_ten_decisions(at: datetime, codes: dict[str, int]) -> None:
    interview = record(at, text="Gesla si pišem na listek. " * 10)
    ids = [one.pk for one in passages(interview)]
    gap = Heard(frozenset({codes["4.1"]}), "gap")
    both = Heard(frozenset({codes["4.1"], codes["5.1"]}), "gap")
    # coders hear 4.1 in 5 and 4 of ten passages, always together in 4; both hear 5.1 in the first one only
    code(interview, make_user(), dict(zip(ids[:9], [both, gap, gap, gap, gap, *[NOTHING] * 4], strict=True)), at)
    code(interview, make_user(), dict(zip(ids[:9], [both, gap, gap, gap, *[NOTHING] * 5], strict=True)), at)
    assert queries.reliability(interview.pk).by_competence == ()
    for coder in Coding.objects.order_by("pk").values_list("coder", flat=True).distinct():
        code(interview, User.objects.get(pk=coder), {ids[9]: NOTHING}, at)
    found = {row.competence_id: row for row in queries.reliability(interview.pk).by_competence}
    by_chance = 0.5 * 0.4 + 0.5 * 0.6
    assert found[codes["4.1"]].decisions == 10
    assert found[codes["4.1"]].kappa == pytest.approx((0.9 - by_chance) / (1 - by_chance))
    # Krippendorff: 20 values, 9 heard; one pair differs
    assert found[codes["4.1"]].alpha == pytest.approx(1 - 19 * 2 / (20**2 - 9**2 - 11**2))
    assert (found[codes["5.1"]].kappa, found[codes["5.1"]].alpha) == (1, 1)


def test_coding_again_replaces_ones_own_and_nobody_elses(at: datetime, codes: dict[str, int]) -> None:
    interview = record(at)
    first = passages(interview)[0].pk
    one, other = make_user(), make_user()
    code(interview, one, {first: Heard(frozenset({codes["4.1"]}), "gap")}, at)
    code(interview, other, {first: NOTHING}, at)
    code(interview, one, {first: Heard(frozenset({codes["4.2"]}), "barrier")}, at)
    said = {row.coder_id: (row.competence_ids, row.kind) for row in queries.said_of([first])[first]}
    assert said == {one.pk: (frozenset({codes["4.2"]}), "barrier"), other.pk: (frozenset(), "")}


def test_faulty_codes_leave_what_was_there(at: datetime, codes: dict[str, int]) -> None:
    interview = record(at)
    first = passages(interview)[0].pk
    coder = make_user()
    code(interview, coder, {first: Heard(frozenset({codes["4.1"]}), "gap")}, at)
    older = framework_by_version("DigComp", "2.2")
    assert older
    with pytest.raises(OtherFramework):
        code(interview, coder, {first: Heard(frozenset({competences(older.pk)[0].id}), "gap")}, at)
    with pytest.raises(KindMissing):
        code(interview, coder, {first: Heard(frozenset({codes["4.1"]}))}, at)
    assert Coding.objects.get().kind == "gap"


def test_coding_a_page_takes_a_bounded_number_of_queries(
    at: datetime, codes: dict[str, int], django_assert_max_num_queries: Any
) -> None:
    interview = record(at, text="Gesla si pišem na listek. " * 10)
    heard = {one.pk: Heard(frozenset({codes["4.1"], codes["2.6"]}), "gap") for one in passages(interview)}
    assert len(heard) == 10
    coder = make_user()
    with django_assert_max_num_queries(12):
        code(interview, coder, heard, at)
    assert Coding.objects.count() == 10


def test_withdrawn_interview_leaves_nothing_that_was_said(at: datetime, codes: dict[str, int]) -> None:
    interview = record(at)
    code(interview, make_user(), {passages(interview)[0].pk: Heard(frozenset({codes["4.1"]}), "gap")}, at)
    operations.withdraw_interview(interview_id=interview.pk, at=at, actor=None)
    assert not Interview.objects.exists()
    assert not Coding.objects.exists()
    assert next(event.verb for event in audit.events()) == "needs.withdraw_interview"


def test_two_people_record_code_and_agree_on_pages(settings: Any, codes: dict[str, int]) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    unit = make_unit()
    one, other = Client(), Client()
    for client in (one, other):
        sign_in(client, Role.SERVICE, make_employer())
    told = {"unit": unit.pk, "held_on": "2026-05-04", "people": 1, "consent": "quote", "text": TEXT}
    refused = one.post(reverse("needs:new-interview"), told)
    assert refused.context["form"].errors.keys() == {"told"}
    assert one.post(reverse("needs:new-interview"), {**told, "told": "on"}).status_code == 302
    interview = Interview.objects.get()
    first = passages(interview)[0].pk
    address = {name: reverse(f"needs:{name}", args=[interview.pk]) for name in ("interview", "code", "agree")}
    shown = one.get(address["code"])
    assert "4.1: Gesla" in shown.text
    assert [row.because for row in shown.context["rows"]][1] == ()
    seen = shown.context["seen"]
    heard = {"seen": seen, f"passage-{first}-heard": [codes["4.1"]], f"passage-{first}-kind": ""}
    missing = one.post(address["code"], heard)
    assert missing.status_code == 422
    assert "Povejte, kaj je to." in missing.text
    assert not Coding.objects.exists()
    heard[f"passage-{first}-kind"] = "gap"
    assert one.post(address["code"], heard).status_code == 302
    blind = other.get(address["code"])
    assert all(row.heard == () for row in blind.context["rows"])
    more = {"seen": seen, f"passage-{first}-more": codes["2.6"], f"passage-{first}-kind": "gap"}
    assert other.post(address["code"], more).status_code == 302
    agreeing = one.get(address["agree"])
    assert [text.split(": ")[1] for text in agreeing.context["rows"][0].heard] == ["4.1", "2.6"]
    assert one.post(address["agree"], heard).status_code == 302
    assert queries.heard_by_competence(2026) == {codes["4.1"]: {"gap": 1, "barrier": 0, "idea": 0, "good_practice": 0}}
    assert "vrzel v znanju" in one.get(address["code"]).text
    page = one.get(reverse("needs:interviews")).text
    assert "Kaj je bilo slišati v letu 2026" in page


def test_interviews_take_as_many_queries_for_one_as_for_three(
    client: Client, at: datetime, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = record(at)
    for name, args in (
        ("interviews", []),
        ("code", [interview.pk]),
        ("interview", [interview.pk]),
        ("passages", [interview.pk]),
    ):
        client.get(reverse(f"needs:{name}", args=args))
        with django_assert_max_num_queries(20) as few:
            client.get(reverse(f"needs:{name}", args=args))
        record(at), record(at)
        with django_assert_num_queries(len(few.captured_queries)):
            client.get(reverse(f"needs:{name}", args=args))
