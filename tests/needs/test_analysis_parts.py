"""What an analysis tells besides its tables: trend, priorities, demand, interviews and quotes."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.framework.models import Competence, Framework, ProfileTarget
from kazipot.needs import operations, queries
from kazipot.needs.models import Analysis, Campaign
from kazipot.needs.operations import Heard
from kazipot.organisation.models import Unit
from tests.factories import needs, organisation

AT = needs.moment(date(2026, 4, 10))
WANTS, CONTENT = Answered(1, 3, True), Answered(3, 2, False)
PLAIN: dict[str, Any] = {
    "response": {"invited": 5, "answered": 5, "rate": 1.0}, "units": {"covered": 1, "all": 3}, "competences": [],
    "groups": [],
}  # fmt: skip

pytestmark = pytest.mark.django_db


def ask(campaign: Campaign, unit: Unit, people: int, wanting: int, asked: int = 0) -> None:
    """People who answer about every competence; `wanting` of them want training in the first."""
    first = needs.competences_of(campaign.framework)[0].pk
    for number in range(max(people, asked)):
        invitation = needs.make_invitation(campaign, unit=unit)
        if number < people:
            needs.make_response(invitation, {first: WANTS if number < wanting else CONTENT}, default=CONTENT)


def two_years(then: Campaign, now: Campaign) -> dict[str, Any]:
    """The analysis of 2026 after that of 2025: 10 of 40 wanted training in the first competence then, 30 of 40 now."""
    unit = organisation.make_unit()
    ask(then, unit, 40, 10, asked=60)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    ask(now, unit, 40, 30, asked=60)
    made = queries.make(2026, AT.date())
    assert made is not None
    return dict(made.content)


def first_share(content: dict[str, Any]) -> dict[str, Any]:
    """The change of the first competence's share."""
    found: dict[str, Any] = content["trend"][0]["groups"]["whole"][str(content["competences"][0]["id"])]["share"]
    return found


def test_trend_tells_the_change_since_the_year_before_with_its_interval() -> None:
    framework = needs.make_framework()
    content = two_years(needs.make_campaign(2025, framework), needs.make_campaign(2026, framework))
    told = first_share(content)
    assert (told["told"], told["then"], told["now"], told["value"]) == ("rise", 0.25, 0.75, 0.5)
    assert 0 < told["lower"] < 0.5 < told["upper"]
    with override("en"):
        [since] = queries.trend(content, "whole")
        assert since.lines[0].share is not None
        assert since.lines[0].share.as_points.startswith("+50 (+")
        assert "Since 2025 the share of people with a stated need has risen in: 1.1" in queries.drafted(content)["en"]


def test_trend_is_broken_where_the_question_was_worded_otherwise() -> None:
    framework = needs.make_framework()
    asked = needs.small_questionnaire()
    [page] = asked.pages
    items = tuple(replace(item, version=2) if item.key == "wants_training" else item for item in page.items)
    other = needs.make_version(replace(asked, pages=(replace(page, items=items),)))
    content = two_years(needs.make_campaign(2025, framework), needs.make_campaign(2026, framework, questionnaire=other))
    line = content["trend"][0]["groups"]["whole"][str(content["competences"][0]["id"])]
    assert (line["share"]["told"], line["share"]["value"]) == ("broken", None)
    assert line["own"]["told"] == "fall"


def test_trend_is_broken_where_the_competence_is_called_otherwise() -> None:
    framework = needs.make_framework(code="small", version="1", status="archived")
    later = needs.make_framework(code="small", version="2")
    Competence.objects.filter(framework=later, code="1.1").update(name_en="Another name")
    content = two_years(needs.make_campaign(2025, framework), needs.make_campaign(2026, later))
    assert first_share(content)["told"] == "broken"
    second = content["trend"][0]["groups"]["whole"][str(content["competences"][1]["id"])]
    assert second["share"]["told"] == "no change told"


def test_trend_tells_nothing_of_what_either_year_hides() -> None:
    framework = needs.make_framework()
    unit = organisation.make_unit()
    then = needs.make_campaign(2025, framework)
    ask(then, unit, 40, 3)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    ask(needs.make_campaign(2026, framework), unit, 40, 30)
    made = queries.make(2026, AT.date())
    assert made is not None
    content: Any = made.content
    assert "share" not in content["trend"][0]["groups"]["whole"][str(content["competences"][0]["id"])]


def test_analyses_from_before_estimates_are_not_compared_with() -> None:
    needs.make_analysis(2025, method={"version": 2})
    ask(needs.make_campaign(2026), organisation.make_unit(), 10, 6)
    made = queries.make(2026, AT.date())
    assert made is not None
    assert made.content["trend"] == []


@pytest.fixture
def asked() -> tuple[Framework, dict[str, Any]]:
    """40 answered, 20 of them two levels below what their work needs in the first competence."""
    framework = needs.make_framework()
    ask(needs.make_campaign(framework=framework), organisation.make_unit(), 40, 20)
    made = queries.make(2026, AT.date())
    assert made is not None
    return framework, dict(made.content)


def test_priorities_are_gap_times_importance_times_people(asked: tuple[Framework, dict[str, Any]]) -> None:
    _framework, content = asked
    first = content["priorities"]["groups"]["whole"][0]
    assert first == {
        "competence": str(content["competences"][0]["id"]), "rank": 1, "levels": 2.0, "importance": 1.0,
        "people": 20, "reach": 0.5, "score": 0.25, "bounds": [0.25, 0.25],
    }  # fmt: skip
    assert [row["score"] for row in content["priorities"]["groups"]["whole"][1:]] == [0, 0, 0]
    assert {told["source"] for told in content["priorities"]["importance"].values()} == {"equal"}


def test_importance_follows_from_what_posts_ask_for_until_somebody_sets_it(
    asked: tuple[Framework, dict[str, Any]],
) -> None:
    framework, _content = asked
    first, second = needs.competences_of(framework)[:2]
    ProfileTarget.objects.create(competence=first, from_level=2, to_level=3, valid_from=date(2026, 1, 1))
    operations.set_importance(competence_id=second.pk, percent=80, reason="Ukrep M5", at=AT, actor=None)
    found = {one.competence_id: one for one in queries.weights([first.pk, second.pk], framework.pk, 2026, AT.date())}
    assert (found[first.pk].value, found[first.pk].source) == (0.5, "targets")
    assert (found[second.pk].value, found[second.pk].source, found[second.pk].reason) == (0.8, "set", "Ukrep M5")
    operations.set_importance(
        competence_id=second.pk, percent=None, reason="Spet po delovnih mestih", at=AT, actor=None
    )
    [again] = queries.weights([second.pk], framework.pk, 2026, AT.date())
    assert (again.value, again.source) == (0, "targets")


def test_demand_tells_levels_and_agrees_with_the_needs(asked: tuple[Framework, dict[str, Any]]) -> None:
    _framework, content = asked
    first = str(content["competences"][0]["id"])
    assert content["demand"][first] == {
        "people": 20,
        "to": [0, 0, 20, 0],
        "cells": [[0, 0, 0, 0], [0, 0, 20, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        "kinds": {"kind:department": {"people": 20, "to": [0, 0, 20, 0]}},
    }
    assert content["tables"]["need"]["whole"][first][0] == 20
    with override("en"):
        assert "Most stated needs lead to level 3: at least 20 needs." in queries.drafted(content)["en"]


def talk(unit: Unit, people: int, consent: str, text: str, quotable: bool) -> None:
    """An interview of one sentence that may go into the report."""
    interview = operations.record_interview(
        unit_id=unit.pk, held_on=date(2026, 3, 10), people=people, consent=consent, text=text, at=AT, actor=None
    )
    [passage] = queries.passages_of(interview.pk)
    competence = needs.competences_of(interview.framework)[0].pk
    operations.agree_on_passages(
        interview_id=interview.pk, heard={passage.pk: Heard(frozenset({competence}), "gap")}, at=AT, actor=None  # type: ignore[arg-type]
    )  # fmt: skip
    operations.put_into_report(
        passage_id=passage.pk, paraphrase=f"Drugače: {text}", quotable=quotable, at=AT, actor=None
    )


@pytest.fixture
def talks() -> dict[str, Any]:
    """Six people of a service were interviewed together, one of a school alone; ten answered in a third unit."""
    framework = needs.make_framework(code="DigComp", version="3.0")
    campaign = needs.make_campaign(framework=framework)
    employer = organisation.make_employer()
    service, school, answering, silent = (
        organisation.make_unit(employer=employer, kind=kind)
        for kind in ("service", "primary_school", "service", "body")
    )
    for unit in (service, school, silent):
        for _ in range(6):
            organisation.make_employment(person=organisation.make_person(), unit=unit)
    ask(campaign, answering, 10, 6)
    talk(service, 6, "quote", "Gesla pišemo na listke.", True)
    talk(school, 1, "paraphrase", "Tabla ne dela.", False)
    made = queries.make(2026, AT.date())
    assert made is not None
    return dict(made.content)


def test_interviews_of_few_people_are_not_counted_by_kind(talks: dict[str, Any]) -> None:
    told = talks["interviews"]
    assert told["groups"] == {"whole": {"interviews": 2, "people": 7}}
    assert told["units"]["whole"] == {"survey": 1, "interviews": 2, "both": 0, "neither": 1}
    assert [kinds["gap"] for kinds in told["heard"].values()] == [2]


def test_quotes_tell_their_unit_only_where_at_least_five_were_interviewed(talks: dict[str, Any]) -> None:
    told = [(quote["text"], quote["is_original"], bool(quote["unit"])) for quote in talks["interviews"]["quotes"]]
    assert told == [
        ("Drugače: Gesla pišemo na listke.", False, True),
        ("Drugače: Tabla ne dela.", False, False),
        ("Gesla pišemo na listke.", True, True),
    ]
    assert {quote["group"] for quote in talks["interviews"]["quotes"]} == {"", "kind:service"}


def test_units_of_any_size_are_listed_for_the_analysis_team(talks: dict[str, Any]) -> None:
    del talks
    found = queries.unit_reach(2026, AT.date())
    states = [(row.state, row.people) for row in found]
    assert states == [("neither", 6), ("interviews", 6), ("interviews", 6), ("survey", 10)]


def test_fewer_than_five_interviewed_are_not_told_at_all() -> None:
    framework = needs.make_framework(code="DigComp", version="3.0")
    ask(needs.make_campaign(framework=framework), organisation.make_unit(), 10, 6)
    unit = organisation.make_unit()
    organisation.make_employment(person=organisation.make_person(), unit=unit)
    talk(unit, 2, "quote", "Nič ne vemo.", True)
    made = queries.make(2026, AT.date())
    assert made is not None
    told: Any = made.content["interviews"]
    assert (told["groups"], told["heard"], told["quotes"]) == ({}, {}, [])


@pytest.fixture
def service(client: Client) -> Iterator[Client]:
    """The Service, which reads English here."""
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    client.cookies["language"] = "en"
    with override("en"):
        yield client


def test_every_file_and_page_holds_the_parts(service: Client) -> None:
    framework = needs.make_framework()
    then, now = needs.make_campaign(2025, framework), needs.make_campaign(2026, framework, status="closed")
    unit = organisation.make_unit()
    ask(then, unit, 40, 10)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    ask(now, unit, 40, 30)
    service.post("/needs/analyses/2026/publish/")
    page = service.get("/needs/analyses/2026/").text
    for heading in ("Change since 2025", "What comes first", "Demand for training", "Units reached by survey"):
        assert heading in page
    for what in ("trend&since=2025", "priorities", "demand"):
        drawing = service.get(f"/needs/analyses/2026/chart/?what={what}")
        assert drawing.content.decode().startswith('<svg role="img" aria-label="')
    assert service.get("/needs/analyses/2026/chart/?what=trend&since=2024").status_code == 404
    book = CalamineWorkbook.from_filelike(io.BytesIO(service.get("/needs/analyses/2026/export/?format=xlsx").content))
    assert book.sheet_names == [
        "Needs", "Needs by definition", "Change since earlier years", "Priorities", "Demand for training",
        "Demand by kind of unit", "Units reached",
    ]  # fmt: skip
    csv = service.get("/needs/analyses/2026/export/?part=demand").content.decode("utf-8-sig").splitlines()
    assert csv[0] == "Competence code;Competence;Own level;Level wanted;People"
    assert csv[1] == "1.1;Competence 1.1;;;30"
    assert "1.1;Competence 1.1;1;3;30" in csv
    assert service.get("/needs/analyses/2026/export/?part=nothing").status_code == 404
    for part in ("definitions", "trend", "priorities", "demand", "units"):
        assert f"part={part}" in page
        assert service.get(f"/needs/analyses/2026/export/?part={part}").status_code == 200
    pdf = PdfReader(io.BytesIO(service.get("/needs/analyses/2026/export/?format=pdf").content))
    text = "".join(sheet.extract_text() for sheet in pdf.pages)
    for heading in ("Change since 2025", "What comes first", "Demand for training"):
        assert heading in text
    page = service.get("/needs/analyses/2026/demand/?competence=1.1").text
    assert "from the own level (rows) to the level wanted (columns)" in page
    assert "by kind of unit and level wanted" in page
    csv = service.get("/needs/analyses/2026/export/?part=demand-kinds").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("Competence code;Competence;Kind of unit;People;To level 1;")
    assert csv[1] == "1.1;Competence 1.1;Department;30;0;0;30;0"


def test_a_version_of_method_3_still_opens(service: Client) -> None:
    ask(needs.make_campaign(status="closed"), organisation.make_unit(), 10, 6)
    made = operations.publish_analysis(year=2026, at=AT, actor=None)
    content = json.loads(json.dumps(made.content))
    for part in ("questions", "trend", "interviews", "priorities", "demand"):
        del content[part]
    digest = queries.digest_of(queries.canonical(content, made.narrative, "", made.code_version))
    Analysis.objects.filter(pk=made.pk).update(content=content, digest=digest)
    page = service.get("/needs/analyses/2026/").text
    assert "The document is as it was published." in page
    assert "What comes first" not in page
    for form in ("csv", "xlsx", "pdf"):
        assert service.get(f"/needs/analyses/2026/export/?format={form}").status_code == 200
    assert "This version tells no demand" in service.get("/needs/analyses/2026/demand/").text


def test_importance_is_set_on_a_page_with_a_reason(service: Client) -> None:
    framework = needs.make_framework()
    needs.make_campaign(2026, framework)
    first = needs.competences_of(framework)[0]
    refused = service.post(f"/needs/analyses/importance/{first.pk}/", {"percent": "120", "reason": ""})
    assert refused.status_code == 422
    service.post(f"/needs/analyses/importance/{first.pk}/", {"percent": "90", "reason": "The strategy's M5"})
    [found] = queries.weights([first.pk], framework.pk, 2026, date(2099, 1, 1))
    assert (found.value, found.reason) == (0.9, "The strategy's M5")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Opravljen je bil 1 intervju."),
        (2, "Opravljena sta bila 2 intervjuja."),
        (4, "Opravljeni so bili 4 intervjuji."),
        (5, "Opravljenih je bilo 5 intervjujev."),
        (101, "Opravljen je bil 101 intervju."),
    ],
)
def test_slovenian_of_interviews_agrees_in_number(count: int, said: str) -> None:
    groups = {"whole": {"interviews": count, "people": 102}}
    units = {"whole": {"survey": 1, "interviews": 0, "both": 0, "neither": 2}}
    told = {**PLAIN, "interviews": {"groups": groups, "units": units}}
    draft = queries.drafted(told)["sl"]
    assert f"{said} Sodelovala sta 102 človeka. Iz 2 enot ni ne odgovorov ne intervjujev." in draft


@pytest.mark.parametrize(
    ("stated", "required", "said"),
    [
        (1, 2, "1 človek, ki izraža potrebo, ne bi več štel. Na novo bi štela 2 človeka, ki potrebe ne izražata."),
        (2, 3, "2 človeka, ki izražata potrebo, ne bi več štela. Na novo bi šteli 3 ljudje, ki potrebe ne izražajo."),
        (4, 5, "4 ljudje, ki izražajo potrebo, ne bi več šteli. Na novo bi štelo 5 ljudi, ki potrebe ne izražajo."),
        (7, 1, "7 ljudi, ki izražajo potrebo, ne bi več štelo. Na novo bi štel 1 človek, ki potrebe ne izraža."),
    ],
)
def test_slovenian_of_what_another_definition_would_change(stated: int, required: int, said: str) -> None:
    told = {**PLAIN, "tables": {"people": {"whole": {"any": [0, stated, required, 0]}}}}
    assert f"namesto želja odločale zahteve delovnih mest, {said}" in queries.drafted(told)["sl"]


def test_a_few_people_interviewed_since_the_last_version_are_not_counted_by_subtraction(talks: dict[str, Any]) -> None:
    del talks
    operations.publish_analysis(year=2026, at=AT, actor=None)
    talk(Unit.objects.order_by("pk")[1], 2, "paraphrase", "Ni časa.", False)
    for interview in queries.interviews()[:1]:
        interview.recorded_at = AT + timedelta(days=1)
        interview.save()
    made = queries.make(2026, AT.date())
    assert made is not None
    told: Any = made.content["interviews"]
    assert told["groups"] == {}
    assert len(told["quotes"]) == 4


@pytest.mark.parametrize("units", [1, 3])
def test_the_list_of_units_reached_needs_as_many_queries_for_many_units(
    units: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(units):
        organisation.make_employment(person=organisation.make_person(), unit=organisation.make_unit())
    with django_assert_max_num_queries(7):
        assert len(queries.unit_reach(2026, AT.date())) == units


@pytest.mark.parametrize("years", [1, 3])
def test_a_trend_over_several_years_needs_as_many_queries(years: int, django_assert_max_num_queries: Any) -> None:
    framework, unit = needs.make_framework(), organisation.make_unit()
    for year in range(2026 - years, 2026):
        ask(needs.make_campaign(year, framework), unit, 10, 6)
        operations.publish_analysis(year=year, at=needs.moment(date(year, 6, 1)), actor=None)
    ask(needs.make_campaign(2026, framework), unit, 10, 6)
    with django_assert_max_num_queries(70):
        made = queries.make(2026, AT.date())
    assert made is not None
    trend: Any = made.content["trend"]
    assert [since["year"] for since in trend] == list(range(2025, 2025 - years, -1))


def test_demand_by_kind_hides_a_small_level_wanted_and_what_would_tell_it() -> None:
    campaign = needs.make_campaign(status="closed")
    first = needs.competences_of(campaign.framework)[0].pk
    far = Answered(1, 4, True)
    for kind, wanting in (("department", (18, 2)), ("service", (12, 9)), ("secretariat", (10, 11))):
        unit = organisation.make_unit(kind=kind)
        for answer, people in zip((WANTS, far, CONTENT), (*wanting, 40 - sum(wanting)), strict=True):
            for _ in range(people):
                needs.make_response(needs.make_invitation(campaign, unit=unit), {first: answer}, default=CONTENT)
    made = queries.make(2026, AT.date())
    assert made is not None
    content: Any = made.content
    told = content["demand"][str(first)]
    assert (told["people"], told["to"]) == (62, [0, 0, 40, 22])
    assert told["kinds"]["kind:department"] == {"people": 20, "to": [0, 0, None, None]}
    others = [told["kinds"][f"kind:{name}"]["to"] for name in ("service", "secretariat")]
    assert sorted(row.count(None) for row in others) == [0, 2]


def test_demand_after_a_version_that_told_no_kinds_tells_no_levels_of_kinds() -> None:
    campaign = needs.make_campaign(status="closed")
    for kind in ("department", "service"):
        ask(campaign, organisation.make_unit(kind=kind), 40, 20)
    before = operations.publish_analysis(year=2026, at=AT, actor=None)
    content = json.loads(json.dumps(before.content))
    for line in content["demand"].values():
        del line["kinds"]
    Analysis.objects.filter(pk=before.pk).update(content=content)
    made = queries.make(2026, AT.date() + timedelta(days=1))
    assert made is not None
    now: Any = made.content
    first = now["demand"][str(now["competences"][0]["id"])]
    assert first["to"] == [0, 0, 40, 0]
    assert [kind["to"] for kind in first["kinds"].values()] == [None, None]
