"""The analysis as a document: estimates, protected tables, narrative, digest, versions, files."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kazipot.core.survey.need_counts import DerivableError
from kazipot.core.survey.questionnaire import Item, Kind, Page, Text
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.framework.models import ProfileTarget
from kazipot.needs import errors, operations, queries
from kazipot.needs.models import Analysis, Campaign, Interview, ItemAnswer
from kazipot.needs.queries import analysis_tables
from tests.factories import needs, organisation

AT = needs.moment(date(2026, 4, 10))
WANTS, CONTENT = Answered(1, 3, True), Answered(3, 2, False)

pytestmark = pytest.mark.django_db


def answered(campaign: Campaign, *units: tuple[int, int, int]) -> None:
    """Units of (people asked, of them answered, of them in need of the first competence)."""
    first = needs.competences_of(campaign.framework)[0].pk
    for asked, people, wanting in units:
        unit = organisation.make_unit()
        for number in range(asked):
            invitation = needs.make_invitation(campaign, unit=unit)
            if number < people:
                needs.make_response(invitation, {first: WANTS if number < wanting else CONTENT}, default=CONTENT)


@pytest.fixture
def content() -> dict[str, Any]:
    """Three units: 20 asked, 10 answered, 6 in need; 10, 10, 5; 12, 10, 2."""
    campaign = needs.make_campaign()
    answered(campaign, (20, 10, 6), (10, 10, 5), (12, 10, 2))
    made = queries.make(2026, AT.date())
    assert made is not None
    return dict(made.content)


def test_groups_tell_who_was_asked_and_the_response_rate(content: dict[str, Any]) -> None:
    whole = content["groups"][0]
    assert (whole["people"], whole["asked"], whole["rate"]) == (30, 42, 0.7143)
    assert content["method"]["version"] == 5
    assert content["method"]["response_rate"] == "AAPOR RR1"


def test_small_counts_are_hidden_and_what_would_tell_them(content: dict[str, Any]) -> None:
    first = str(content["competences"][0]["id"])
    counts = {key: line[first] for key, line in content["tables"]["need"].items()}
    assert counts["whole"] == [13, 17]
    units = [told for key, told in counts.items() if key.startswith("unit:")]
    assert units[2] == [None, None]
    assert sum(told == [None, None] for told in units) == 2
    lines = {group["key"]: group["lines"][first] for group in content["groups"]}
    assert [lines[key][3] for key in counts] == [told[0] for told in counts.values()]
    hidden = [key for key, told in counts.items() if told[0] is None]
    assert all(content["estimates"][key]["lines"][first]["needs"] is None for key in hidden)


def test_estimates_of_a_small_group_have_the_weight_of_the_group(content: dict[str, Any]) -> None:
    first = str(content["competences"][0]["id"])
    unit = next(key for key in content["tables"]["need"] if key.startswith("unit:"))
    found = content["estimates"][unit]
    assert (found["weights"], found["population"]) == ("group", 20)
    if found["lines"][first]["needs"] is not None:
        assert found["lines"][first]["needs"][0] == 12
    own = found["lines"][first]["own"]
    assert own[0] == 1.8
    assert own[1] < 1.8 < own[2]


def test_everybody_answered_leaves_no_uncertainty(content: dict[str, Any]) -> None:
    second_unit = [key for key in content["estimates"] if key.startswith("unit:")][1]
    first = str(content["competences"][0]["id"])
    assert content["estimates"][second_unit]["lines"][first]["own"] == [2.0, 2.0, 2.0]


def test_required_needs_follow_from_the_target_of_the_post() -> None:
    framework = needs.make_framework()
    campaign = needs.make_campaign(framework=framework)
    second = needs.competences_of(framework)[1]
    ProfileTarget.objects.create(
        competence=second, from_level=4, to_level=4, valid_from=campaign.opens_on.replace(month=1, day=1)
    )
    answered(campaign, (12, 12, 6), (12, 12, 5))
    made = queries.make(2026, AT.date())
    assert made is not None
    tables: Any = made.content["tables"]
    assert tables["required"]["whole"][str(second.pk)] == [24, 0]
    assert tables["people"]["whole"]["any"] == [11, 0, 13, 0]
    assert next((row.stated, row.required, row.both, row.neither) for row in queries.people(made.content)) == (
        11, 24, 11, 0,
    )  # fmt: skip


def test_a_document_is_published_with_its_digest_and_shows_every_change() -> None:
    answered(needs.make_campaign(), (10, 8, 6))
    made = operations.publish_analysis(year=2026, at=AT, actor=None, narrative={"sl": "Povzetek.", "en": ""})
    made.refresh_from_db()
    assert made.narrative["sl"] == "Povzetek."
    assert made.narrative["en"].startswith("10 people were asked. 8 people answered (80%).")
    assert made.digest == hashlib.sha256(queries.canonical_of(made)).hexdigest()
    assert queries.is_untouched(made) is True
    made.content["groups"][0]["people"] = 9
    assert queries.is_untouched(made) is False


def test_versions_from_before_digests_are_neither_right_nor_wrong() -> None:
    assert queries.is_untouched(needs.make_analysis()) is None


def test_nothing_is_published_that_could_be_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaks(*_args: Any, **_kwargs: Any) -> None:
        raise DerivableError([("unit:1", "1", "0")])

    answered(needs.make_campaign(), (10, 8, 6))
    monkeypatch.setattr(analysis_tables, "shown_counts", leaks)
    with pytest.raises(errors.CouldBeWorkedOut):
        operations.publish_analysis(year=2026, at=AT, actor=None)
    assert Analysis.objects.count() == 0


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (5, "Povabljenih je bilo 5 ljudi. Odgovorilo je 5 ljudi (100 %)."),
        (101, "Povabljen je bil 101 človek. Odgovoril je 101 človek (100 %)."),
        (102, "Povabljena sta bila 102 človeka. Odgovorila sta 102 človeka (100 %)."),
        (103, "Povabljeni so bili 103 ljudje. Odgovorili so 103 ljudje (100 %)."),
    ],
)
def test_slovenian_numbers_agree(people: int, sentence: str) -> None:
    told = {
        "response": {"invited": people, "answered": people, "rate": 1.0},
        "units": {"covered": 1, "all": 3},
        "competences": [],
    }
    draft = queries.drafted(told)
    assert draft["sl"].replace("\xa0", " ").startswith(sentence)
    assert "iz 1 enote" in draft["sl"].replace("\xa0", " ")


@pytest.fixture
def service(client: Client) -> Iterator[Client]:
    """The Service, which reads English here."""
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    client.cookies["language"] = "en"
    with override("en"):
        yield client


def test_an_editor_completes_the_draft_and_publishes(service: Client) -> None:
    answered(needs.make_campaign(status="closed"), (10, 8, 6), (9, 9, 6))
    page = service.get("/needs/analyses/2026/publish/").text
    assert "19 people were asked. 17 people answered" in page
    assert "What this version changes" not in page
    sent = {"narrative_sl": "Slovensko.", "narrative_en": "We asked.\r\n\r\nThey answered."}
    page = service.post("/needs/analyses/2026/publish/", sent, follow=True).text
    assert "<p>We asked.</p>" in page
    assert "<p>They answered.</p>" in page
    assert "The document is as it was published." in page
    refused = service.post("/needs/analyses/2026/publish/", {**sent, "changes": ""})
    assert refused.status_code == 422
    page = service.post("/needs/analyses/2026/publish/", {**sent, "changes": "A typing error."}, follow=True).text
    assert "A typing error." in page


def test_the_document_downloaded_has_the_digest_on_the_page(service: Client) -> None:
    answered(needs.make_campaign(status="closed"), (10, 8, 6))
    service.post("/needs/analyses/2026/publish/")
    document = service.get("/needs/analyses/2026/document/").content
    assert hashlib.sha256(document).hexdigest() in service.get("/needs/analyses/2026/").text
    assert json.loads(document)["content"]["version"] == 1


def test_files_carry_the_same_figures(service: Client) -> None:
    answered(needs.make_campaign(status="closed"), (10, 8, 6))
    service.post("/needs/analyses/2026/publish/")
    workbook = service.get("/needs/analyses/2026/export/?format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 3 * 4
    assert rows[1][3] == 8
    pdf = service.get("/needs/analyses/2026/export/?format=pdf").content
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert str(reader.root_object["/Lang"]).startswith("en")
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    text = "".join(page.extract_text() for page in reader.pages)
    assert Analysis.objects.get().digest[:24] in text
    assert "1.1 Competence 1.1" in text
    drawing = service.get("/needs/analyses/2026/chart/").content.decode()
    assert drawing.startswith('<svg role="img" aria-label="')
    assert service.get("/needs/analyses/2026/export/?format=doc").status_code == 404
    assert service.get("/needs/analyses/2026/chart/?group=unit:0").status_code == 404


def test_estimates_agree_with_a_plain_calculation(content: dict[str, Any]) -> None:
    first = str(content["competences"][0]["id"])
    unit = next(key for key in content["estimates"] if key.startswith("unit:"))
    values = np.array([1.0] * 6 + [3.0] * 4)
    error = np.sqrt((1 - 10 / 20) * values.var(ddof=1) / 10)
    low, high = content["estimates"][unit]["lines"][first]["own"][1:]
    assert low == pytest.approx(1.8 - 2.262 * error, abs=0.006)
    assert high == pytest.approx(1.8 + 2.262 * error, abs=0.006)


def test_answers_to_other_questions_are_counted_and_small_counts_hidden() -> None:
    definition = needs.small_questionnaire()
    levels = definition.choice_lists["levels"]
    barriers = Item("barriers", Kind.MANY, Text("Ovire", "Barriers"), choices="levels")
    language = Item("language", Kind.ONE, Text("Jezik", "Language"), choices="levels")
    wish = Item("wish", Kind.LONG_TEXT, Text("Želja", "Wish"))
    page = Page("other", Text("Drugo", "Other"), (barriers, language, wish))
    asked = replace(definition, key="other", pages=(*definition.pages, page))
    campaign, unit = needs.make_campaign(questionnaire=needs.make_version(asked)), organisation.make_unit()
    for number in range(12):
        response = needs.make_response(needs.make_invitation(campaign, unit=unit))
        for key, value in (("barriers", ["1"] if number < 7 else ["1", "2"]), ("language", str(number % 2))):
            ItemAnswer.objects.create(response=response, key=key, item_version=1, value=value)
        if number < 5:
            ItemAnswer.objects.create(response=response, key="wish", item_version=1, value=f"wish {number}")
    made = queries.make(2026, AT.date())
    assert made is not None
    with override("en"):
        told = {item.label: item for item in queries.items(made.content, "whole")}
    assert told["Barriers"].people == 12
    assert [count for _label, count in told["Barriers"].choices] == [0, 12, 5, 0, 0]
    assert [count for _label, count in told["Language"].choices] == [6, 6, 0, 0, 0]
    assert len(levels) == 5
    [(item, said)] = queries.open_texts(2026, AT.date())
    assert (item["label_en"], sorted(said)) == ("Wish", [f"wish {number}" for number in range(5)])
    assert said == queries.open_texts(2026, AT.date())[0][1]


def test_units_with_neither_answers_nor_interviews_are_named() -> None:
    silent, heard, small, answering = (organisation.make_unit() for _ in range(4))
    for unit, people in ((silent, 5), (heard, 5), (small, 4), (answering, 5)):
        for _ in range(people):
            organisation.make_employment(person=organisation.make_person(), unit=unit)
    campaign = needs.make_campaign()
    for _ in range(5):
        needs.make_response(needs.make_invitation(campaign, unit=answering))
    Interview.objects.create(
        unit=heard, framework=campaign.framework, held_on=date(2026, 3, 3), people=1, consent="quote", text="…",
        recorded_at=AT,
    )  # fmt: skip
    made = queries.make(2026, AT.date())
    assert made is not None
    uncovered: Any = made.content["uncovered"]
    assert [unit["code"] for unit in uncovered] == [silent.code]


def test_demand_counts_people_by_competence_and_levels() -> None:
    campaign = needs.make_campaign()
    answered(campaign, (3, 3, 2))
    first = needs.competences_of(campaign.framework)[0].pk
    assert queries.demand(2026, AT.date()) == [queries.Demand(first, 1, 3, 2)]
