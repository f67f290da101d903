"""Answers collected with 1KA, LimeSurvey and Microsoft Forms, in files as these tools write them."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from kazipot.core.survey.questionnaire import (
    Item,
    Kind,
    Page,
    Questionnaire,
    Text,
)
from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.needs import errors, operations
from kazipot.needs.imports import read_sheet
from kazipot.needs.models import AnswerMapping, AnswerUpload, Campaign, Invitation, ItemAnswer, Response, StatedNeed
from tests.factories import needs, organisation
from tests.needs.answer_files import (
    ask,
    chosen,
    column,
    confirm,
    explain,
    faults,
    forms,
    forms_row,
    lime,
    lime_row,
    one_ka,
    preview,
    questionnaire,
    settle,
    told,
    upload,
)

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Ljubljana")


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    """The calendar stands in the middle of the campaign."""
    settings.KAZIPOT_TODAY = "2026-03-20"


@pytest.fixture
def campaign() -> Campaign:
    return needs.make_campaign(
        framework=needs.make_framework(areas=1, competences=2), questionnaire=needs.make_version(questionnaire())
    )


@pytest.fixture
def service(client: Client) -> Client:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    return client


def test_limesurvey_by_code_with_answer_codes(service: Client, campaign: Campaign) -> None:
    invitation = ask(campaign, token="abcd-efgh-jkmn")
    shown = preview(service, campaign, lime(lime_row("abcd-efgh-jkmn", wish='Več "vaje"\nin miru')))
    assert (faults(shown), len(shown.context["collected"].submissions)) == ([], 1)
    assert Response.objects.count() == 0
    done = confirm(service, shown)
    assert "The answers of 1 person have been taken" in done.text
    assert told(invitation) == {
        "own_level.1.1": "1", "own_level.1.2": "0", "needed_level.1.1": "3", "needed_level.1.2": "2",
        "wants_training.1.1": True, "preferred_mode": ("course",), "other_wish": 'Več "vaje" in miru',
    }  # fmt: skip
    assert Response.objects.get().submitted_at == datetime(2026, 3, 5, 10, 11, 12, tzinfo=ZONE)
    assert [(row.from_level, row.to_level) for row in StatedNeed.objects.all()] == [(1, 3)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_limesurvey_with_any_separator_and_without_dates(service: Client, campaign: Campaign, separator: str) -> None:
    ask(campaign, token="first")
    content = lime(lime_row("first", submitted="1980-01-01 00:00:00"), separator=separator)
    confirm(service, preview(service, campaign, content))
    assert Response.objects.get().submitted_on == date(2026, 3, 20)  # the upload, as the last day is still to come


def test_1ka_by_number_with_two_headings_and_missing_codes(service: Client, campaign: Campaign) -> None:
    invitation = ask(campaign, number="0012")
    row = ["1", "0012", "2", "1", "4", "3", "1", "0", "-2", "1", 'Reči "dober dan"; in še kaj']
    page = upload(service, campaign, one_ka(row))
    assert page.context["form"]["kind"].value() == "1ka"
    values = settle(service, page, employer="MU")
    assert values.context["form"].meant["value-0-0"] == ("levels", "1")
    assert values.context["form"]["value-0-0"].initial == "0"  # 1KA counts from 1
    assert "Answers to: What can you do? What is needed?" in values.text
    assert "1.1 Competence 1.1: What can you do?" in page.text
    confirm(service, explain(service, values))
    assert told(invitation) == {
        "own_level.1.1": "1", "own_level.1.2": "0", "needed_level.1.1": "3", "needed_level.1.2": "2",
        "wants_training.1.1": True, "preferred_mode": ("self",), "other_wish": 'Reči "dober dan"; in še kaj',
    }  # fmt: skip


def test_microsoft_forms_by_address_in_words(service: Client, campaign: Campaign) -> None:
    invitation = ask(campaign, email="Ana@mesto.si")
    row = forms_row("ana@mesto.si", "With help", "I cannot do this yet", "Harder tasks too", "On my own", "Yes", "No",
                    "On a course;S spletnim gradivom;", "Več časa")  # fmt: skip
    page = upload(service, campaign, forms(row), "Anketa.xlsx")
    assert page.context["form"]["kind"].value() == "ms_forms"
    values = settle(service, page)
    assert "There is nothing to explain" in values.text
    confirm(service, explain(service, values))
    assert told(invitation) == {
        "own_level.1.1": "1", "own_level.1.2": "0", "needed_level.1.1": "3", "needed_level.1.2": "2",
        "wants_training.1.1": True, "preferred_mode": ("course", "self"), "other_wish": "Več časa",
    }  # fmt: skip
    assert Response.objects.get().submitted_at == datetime(2026, 3, 4, 8, 30, tzinfo=ZONE)


def test_every_row_that_cannot_be_taken_is_named(service: Client, campaign: Campaign) -> None:
    for number in range(1, 9):
        ask(campaign, token=f"code{number}")
    needs.make_response(Invitation.objects.get(campaign=campaign, token_digest=digest("code8")))
    other = needs.make_campaign(questionnaire=campaign.questionnaire, framework=campaign.framework)
    needs.make_invitation(other, token="elsewhere")
    content = lime(
        lime_row("code1"),
        lime_row("nobody"),
        lime_row("code1"),
        lime_row("code8"),
        lime_row("elsewhere"),
        lime_row("code2", levels="A2 A9 A4 A3"),
        lime_row("code3", levels="A2 N/A A4 A3"),
        lime_row("code4", submitted="2026-02-28 23:59:59"),
        lime_row("code5", submitted=""),
        lime_row("code6", submitted="včeraj"),
        lime_row("code7", submitted="2026-03-25 10:00:00"),
        lime_row(""),
        lime_row("code2", wish="x" * 5_001),
    )
    shown = preview(service, campaign, content)
    missing, outside = (
        "The moment of the answer is missing.",
        "The answer was given outside the days of this survey, or in the future.",
    )
    assert faults(shown) == [
        (3, "token", "nobody", "Nobody is known by this."),
        (4, "token", "code1", "This person stands in row 2 already."),
        (5, "token", "code8", "This person has answered already."),
        (6, "token", "elsewhere", "Nobody is known by this."),
        (7, "ownlevel[12]", "A9", "This is not one of the answers offered."),
        (8, "ownlevel[12]", "", "A required answer is missing."),
        (9, "submitdate", "2026-02-28 23:59:59", outside),
        (10, "submitdate", "", missing),
        (11, "submitdate", "včeraj", "This is no moment that can be read."),
        (12, "submitdate", "2026-03-25 10:00:00", outside),
        (13, "token", "", "The person is missing."),
        (14, "token", "code2", "This person stands in row 7 already."),
    ]
    assert all(row.remedy for row in shown.context["problems"])
    assert (shown.context["collected"].rows, shown.context["collected"].refused) == (13, 12)


def test_a_bad_row_stops_all_unless_it_may_be_left_out(service: Client, campaign: Campaign) -> None:
    ask(campaign, token="good")
    shown = preview(service, campaign, lime(lime_row("good"), lime_row("nobody")))
    refused = confirm(service, shown)
    assert (refused.status_code, Response.objects.count()) == (422, 0)
    assert "leave_out" in refused.context["form"].errors
    confirm(service, refused, leave_out="on")
    stored = AnswerUpload.objects.get()
    assert (Response.objects.count(), stored.taken, stored.left_out) == (1, 1, 1)


def test_confirmed_file_leaves_nothing_and_counts_once(service: Client, campaign: Campaign) -> None:
    ask(campaign, token="good")
    content = lime(lime_row("good", wish="Skrivnost"))
    shown = preview(service, campaign, content)
    confirm(service, shown)
    stored = AnswerUpload.objects.get()
    assert (stored.content, stored.mapping) == (None, {})
    again = confirm(service, shown)
    assert "have been taken, and the file has been deleted" in again.text
    twice = preview(service, campaign, content)
    assert [fault[3] for fault in faults(twice)] == ["This person has answered already."]
    assert "No row of this file can be taken." in twice.text
    assert (Response.objects.count(), ItemAnswer.objects.filter(key="other_wish").count()) == (1, 1)
    event = AuditEvent.objects.get(verb="needs.take_answers")
    assert event.detail == {"people": 1, "left_out": 0}


def test_what_was_not_shown_is_not_taken(service: Client, campaign: Campaign) -> None:
    ask(campaign, token="one")
    later = ask(campaign, token="two")
    shown = preview(service, campaign, lime(lime_row("one"), lime_row("two")))
    needs.make_response(later)
    refused = confirm(service, shown)
    assert (refused.status_code, Response.objects.count()) == (422, 1)
    assert "have changed since the preview" in refused.text
    assert confirm(service, refused, leave_out="on").status_code == 200
    assert Response.objects.count() == 2


def test_mapping_is_saved_and_serves_the_next_campaign(service: Client, campaign: Campaign) -> None:
    ask(campaign, number="0012")
    row = ["1", "0012", "5", "1", "4", "3", "1", "0", "-2", "1", "-1"]
    values = settle(service, upload(service, campaign, one_ka(row)), employer="MU")
    explain(service, values, "1KA vsako leto", **{"value-0-0": "4"})
    kept = AnswerMapping.objects.get()
    assert (kept.name, kept.kind, kept.questionnaire_id) == (
        "1KA vsako leto",
        "1ka",
        campaign.questionnaire.questionnaire_id,
    )
    assert kept.content["columns"]["Q2a"] == "own_level.1.1"
    assert kept.content["values"]["levels"] == {"1": "4", "3": "2", "4": "3", "5": "4"}
    changed = Questionnaire(**{**fields_of(questionnaire()), "title": Text("Drugič", "Again")})
    next_one = needs.make_campaign(
        framework=needs.make_framework(areas=1, competences=2), questionnaire=needs.make_version(changed)
    )
    invitation = ask(next_one, number="0013")
    page = upload(service, next_one, one_ka([row[0], "0013", *row[2:]]))
    assert page.context["form"]["start"].value() == str(kept.pk)
    assert page.context["form"]["employer"].value() == "MU"
    proposed = service.get(page.request["PATH_INFO"], {"start": ""})
    assert proposed.context["form"]["employer"].value() == ""
    confirm(service, explain(service, settle(service, page)))
    assert told(invitation)["own_level.1.2"] == "4"


def fields_of(definition: Questionnaire) -> dict[str, Any]:
    return {name: getattr(definition, name) for name in ("key", "title", "pages", "choice_lists")}


def test_mapping_of_another_questionnaire_keeps_its_name(service: Client, campaign: Campaign) -> None:
    other = needs.make_version()
    AnswerMapping.objects.create(
        name="Moja", questionnaire=other.questionnaire, kind="1ka", content={}, made_at=needs.moment(date(2026, 1, 1))
    )
    ask(campaign, token="good")
    refused = explain(service, settle(service, upload(service, campaign, lime(lime_row("good")))), "Moja")
    assert refused.status_code == 422
    assert "A mapping of another questionnaire has this name" in refused.text
    assert AnswerMapping.objects.get().content == {}


def test_columns_must_tell_the_person_once_and_some_answer(service: Client, campaign: Campaign) -> None:
    page = upload(service, campaign, lime(lime_row("good")))
    nobody = settle(service, page, **{column(page, "token"): ""})
    assert nobody.status_code == 422
    assert "Choose one column that tells the person" in nobody.text
    twice = settle(service, page, **{column(page, "ownlevel[12]"): "own_level.1.1"})
    assert "Two columns mean the same: ownlevel[11], ownlevel[12]" in twice.text
    numbers = settle(service, page, **{column(page, "token"): "@number"})
    assert "Say whose personnel numbers they are" in numbers.text
    empty = {field: "" for field in chosen(page) if field.startswith("column-")}
    none = settle(service, page, **{**empty, column(page, "token"): "@code"})
    assert "Choose at least one column with answers" in none.text


def test_three_examples_stand_beside_each_column(service: Client, campaign: Campaign) -> None:
    rows = [lime_row(f"code{number}", wish="ž" * 70) for number in range(5)]
    form = upload(service, campaign, lime(*rows)).context["form"]
    examples = {one.name: one.examples for one in form.columns}
    assert examples["token"] == ("code0", "code1", "code2")
    assert examples["otherwish"] == ("ž" * 59 + "…",)


def test_employer_in_a_column_and_numbers_of_two_people(service: Client, campaign: Campaign) -> None:
    left, now = organisation.make_person(), organisation.make_person()
    unit = organisation.make_unit()
    organisation.make_employment(left, unit, number="9", valid_to=date(2024, 1, 1))
    organisation.make_employment(now, unit, number="9", valid_from=date(2025, 1, 1))
    asked = needs.make_invitation(campaign, now, unit)
    needs.make_invitation(campaign, left, unit)
    head = "Delodajalec;Kadrovska številka;own_level.1.1;own_level.1.2;needed_level.1.1;needed_level.1.2"
    shown = preview(service, campaign, f"{head}\nMU;9;1;1;2;2\nXX;9;1;1;2;2\nMU;10;1;1;2;2\n".encode("cp1250"))
    assert faults(shown) == [
        (3, "Delodajalec", "XX", "There is no employer with this code or name."),
        (4, "Kadrovska številka", "10", "Nobody is known by this."),
    ]
    assert [one.invitation_id for one in shown.context["collected"].submissions] == [asked.pk]


def test_number_that_lost_its_zeros_in_a_spreadsheet_is_found(service: Client, campaign: Campaign) -> None:
    asked = ask(campaign, number="000120")
    ask(campaign, number="0007"), ask(campaign, number="007")
    head = "employer,personnel_number,own_level.1.1,own_level.1.2,needed_level.1.1,needed_level.1.2"
    shown = preview(service, campaign, f"{head}\nMU,120,1,1,2,2\nMU,7,1,1,2,2\nMU,,1,1,2,2\n".encode())
    assert [one.invitation_id for one in shown.context["collected"].submissions] == [asked.pk]
    assert [fault[3] for fault in faults(shown)] == ["Several people are known by this.", "The person is missing."]


def test_shared_address_and_person_not_asked_are_named(service: Client, campaign: Campaign) -> None:
    ask(campaign, email="skupni@mesto.si")
    ask(campaign, email="skupni@mesto.si")
    organisation.make_person(email="drug@mesto.si")
    words = ["With help"] * 4
    rows = [forms_row("skupni@mesto.si", *words), forms_row("drug@mesto.si", *words)]
    shown = preview(service, campaign, forms(*rows), "a.xlsx")
    assert [fault[3] for fault in faults(shown)] == [
        "Several people are known by this.", "This person was not asked in this survey.",
    ]  # fmt: skip


def test_anonymous_forms_offer_no_person(service: Client, campaign: Campaign) -> None:
    page = upload(service, campaign, forms(forms_row("anonymous", "With help")), "a.xlsx")
    assert "@email" not in page.context["form"].initial_columns.values()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "empty"),
        ("a.xls", b"\xef\xbb\xbf<table border=\"1\">\r\n<td>Q1</td>", "web page that calls itself a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"0" * 100, "old XLS format"),
        ("a.csv", b"Q1;Q2\n", "no rows under its heading"),
        ("a.csv", b'"id","token"\n"1","open\n', "quotation mark is not closed"),
        ("a.csv", ";".join(f"Q{one}" for one in range(601)).encode() + b"\n" + b"1;" * 600 + b"1\n", "601 columns"),
        ("a.bin", b"\x00\x01\x02" * 50, "neither a CSV nor an XLSX"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_are_refused(
    service: Client, campaign: Campaign, name: str, content: bytes, says: str
) -> None:
    response = upload(service, campaign, content, name)
    assert response.status_code in {200, 422}
    assert response.context["form"].errors
    assert says in response.text
    assert not AnswerUpload.objects.exists()


def test_formula_in_a_workbook_is_refused_and_a_masked_one_is_text(service: Client, campaign: Campaign) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["token", "own_level.1.1"])
        sheet.write_formula(1, 1, "=1+1")
    assert "cells with formulas" in upload(service, campaign, out.getvalue(), "a.xlsx").text
    sheet_read = read_sheet("a.csv", lime(lime_row("good", wish="'=1+1")))
    assert sheet_read.rows[0][1][-1] == "=1+1"


def test_anonymous_draft_and_closed_campaigns_take_no_file(service: Client, campaign: Campaign) -> None:
    for changed in ({"privacy": "anonymous"}, {"status": "draft"}, {"status": "closed"}):
        Campaign.objects.filter(pk=campaign.pk).update(**{"privacy": "confidential", "status": "open", **changed})
        refused = upload(service, campaign, lime(lime_row("good")))
        assert refused.status_code == 422
    assert not AnswerUpload.objects.exists()


def test_campaign_closed_after_the_preview_takes_nothing(service: Client, campaign: Campaign) -> None:
    ask(campaign, token="good")
    shown = preview(service, campaign, lime(lime_row("good")))
    Campaign.objects.update(status="closed")
    assert confirm(service, shown).status_code == 422
    assert not Response.objects.exists()


def test_other_can_mean_no_answer_and_a_day_may_have_a_time(service: Client) -> None:
    title = Text("Vprašanja", "Questions")
    day, colour = Item("day", Kind.DATE, Text("Kdaj?", "When?")), Item("mode", Kind.ONE, title, choices="modes")
    pages = (*questionnaire().pages, Page("more", title, (day, colour, Item("count", Kind.INTEGER, title))))
    definition = Questionnaire("other", title, pages, questionnaire().choice_lists)
    campaign = needs.make_campaign(
        framework=needs.make_framework(areas=1, competences=1), questionnaire=needs.make_version(definition)
    )
    invitation, second = ask(campaign, token="good"), ask(campaign, token="bad")
    head = "token;own_level.1.1;needed_level.1.1;day;mode;count\n"
    rows = "good;1;2;2026-05-01 00:00:00;-oth-;12\nbad;1;2;31. 6. 2026;course;1,5\n"
    values = settle(service, upload(service, campaign, (head + rows).encode()))
    field = next(field for field, meant in values.context["form"].meant.items() if meant == ("modes", "-oth-"))
    shown = explain(service, values, **{field: "@none"})
    assert faults(shown) == [
        (3, "day", "31. 6. 2026", "There is no such day."),
        (3, "count", "1,5", "This is no whole number."),
    ]
    confirm(service, shown, leave_out="on")
    assert told(invitation) == {"own_level.1.1": "1", "needed_level.1.1": "2", "day": "2026-05-01", "count": 12}
    assert not Response.objects.filter(invitation=second).exists()


def test_control_signs_that_databases_refuse_are_dropped() -> None:
    sheet = read_sheet("a.csv", ("token;wish\n" + "x" * 5_000 + ";\x00več\x01\n").encode())
    assert sheet.rows[0][1][1] == "več"


def test_upload_is_seen_by_nobody_else(service: Client, campaign: Campaign) -> None:
    page = upload(service, campaign, lime(lime_row("good")))
    colleague = Client()
    organisation.sign_in(colleague, Role.SERVICE, organisation.make_employer())
    assert colleague.get(page.request["PATH_INFO"]).status_code == 404


def test_file_that_nobody_confirmed_is_forgotten_after_a_day(service: Client, campaign: Campaign) -> None:
    ask(campaign, token="good")
    shown = preview(service, campaign, lime(lime_row("good")))
    kept = AnswerUpload.objects.get()
    assert operations.forget_answer_files(at=kept.uploaded_at + timedelta(hours=23)) == 0
    assert operations.forget_answer_files(at=kept.uploaded_at + timedelta(hours=25)) == 1
    assert "waited too long" in service.get(shown.request["PATH_INFO"]).text
    with pytest.raises(errors.AnswersSettled):
        operations.map_answer_file(upload_id=kept.pk, mapping={}, at=kept.uploaded_at, actor=kept.user)


def test_only_what_a_person_is_asked_is_read(service: Client, campaign: Campaign) -> None:
    first, second = needs.competences_of(campaign.framework)
    profile = organisation.make_profile()
    invitation = ask(campaign, token="good")
    Invitation.objects.update(profile=profile)
    Campaign.objects.update(asked={"": [first.pk, second.pk], str(profile.pk): [first.pk]})
    confirm(service, preview(service, campaign, lime(lime_row("good", levels="A2 A9 A4 A9"))))
    assert told(invitation) == {
        "own_level.1.1": "1", "needed_level.1.1": "3", "wants_training.1.1": True, "preferred_mode": ("course",),
    }  # fmt: skip


@pytest.mark.parametrize("page", ["needs:answer-columns", "needs:answer-values", "needs:answer-preview"])
def test_pages_take_the_same_queries_for_1_and_3_rows(
    service: Client, campaign: Campaign, page: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        ask(campaign, token=f"code{number}")
    addresses = []
    for rows in (1, 3):
        preview(service, campaign, lime(*(lime_row(f"code{number}") for number in range(rows))))
        addresses.append(reverse(page, args=[campaign.pk, AnswerUpload.objects.latest("pk").pk]))
    service.get(addresses[0])
    with django_assert_max_num_queries(20) as few:
        service.get(addresses[0])
    with django_assert_num_queries(len(few.captured_queries)):
        service.get(addresses[1])


def test_confirming_takes_the_same_queries_for_1_and_3_rows(
    service: Client, campaign: Campaign, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        ask(campaign, token=f"code{number}")
    one = preview(service, campaign, lime(lime_row("code0"), lime_row("code1")))
    three = preview(service, campaign, lime(*(lime_row(f"code{number}") for number in (2, 3, 4))))
    with django_assert_max_num_queries(45) as few:
        confirm(service, one)
    with django_assert_num_queries(len(few.captured_queries)):
        confirm(service, three)
    assert Response.objects.count() == 5
