"""Questionnaires: the one that ships, versions that never change, XLSForm in and out, a trial, and paper."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from kazipot.core.survey.questionnaire import Item, Kind, Page, Questionnaire, Text, to_data
from kazipot.foundation.roles import Role
from kazipot.needs import errors, exports, operations, queries
from kazipot.needs.models import QuestionnaireVersion
from tests.factories import needs, organisation

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"


@pytest.fixture
def service(client: Client) -> Client:
    """The Digitalisation Service, reading English."""
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    return client


def draft(definition: Questionnaire, **kwargs: Any) -> QuestionnaireVersion:
    """A draft of it."""
    return operations.draft_questionnaire(**{"definition": definition, "note": "n", "at": AT, "actor": None, **kwargs})


def with_wish(label: str) -> Questionnaire:
    """The small questionnaire with an open question."""
    small = needs.small_questionnaire()
    item = Item("wish", Kind.LONG_TEXT, Text(label, label))
    return replace(small, pages=(*small.pages, Page("last", Text("Na koncu", "At the end"), (item,))))


def test_shipped_questionnaire_is_installed_once() -> None:
    first = operations.install_shipped_questionnaire(at=AT)
    assert operations.install_shipped_questionnaire(at=AT) == first
    assert (first.number, first.approved_at, QuestionnaireVersion.objects.count()) == (1, AT, 1)
    assert queries.definition_of(first) == queries.shipped_definition()


def test_shipped_questionnaire_in_other_words_becomes_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    operations.install_shipped_questionnaire(at=AT)
    shipped = queries.shipped_definition()
    page = shipped.pages[-1]
    changed = replace(page.items[0], label=Text("Drugače", "Otherwise"))
    later = replace(shipped, pages=(*shipped.pages[:-1], replace(page, items=(changed, *page.items[1:]))))
    monkeypatch.setattr(queries, "shipped_definition", lambda: later)
    second = operations.install_shipped_questionnaire(at=AT)
    assert (second.number, second.reworded) == (2, [changed.key])


def test_draft_is_replaced_and_an_approved_version_is_not() -> None:
    first = draft(with_wish("One"))
    second = draft(with_wish("Two"))
    assert list(QuestionnaireVersion.objects.values_list("pk", "number")) == [(second.pk, 1)]
    assert first.pk != second.pk
    operations.approve_questionnaire(version_id=second.pk, at=AT, actor=None)
    third = draft(with_wish("Three"))
    assert (third.number, third.reworded) == (2, ["wish"])
    assert queries.definition_of(third).item("wish") == Item("wish", Kind.LONG_TEXT, Text("Three", "Three"), version=2)
    with pytest.raises(errors.NotADraftVersion):
        operations.approve_questionnaire(version_id=second.pk, at=AT, actor=None)


def test_corrected_spelling_keeps_the_trend() -> None:
    version = draft(with_wish("Wihs"))
    operations.approve_questionnaire(version_id=version.pk, at=AT, actor=None)
    corrected = draft(with_wish("Wish"), same_meaning=["wish"])
    assert corrected.reworded == []
    item = queries.definition_of(corrected).item("wish")
    assert item is not None
    assert item.version == 1


def test_faulty_or_unchanged_questionnaires_are_refused() -> None:
    with pytest.raises(errors.QuestionnaireFaulty):
        draft(replace(needs.small_questionnaire(), pages=()))
    version = draft(with_wish("One"))
    operations.approve_questionnaire(version_id=version.pk, at=AT, actor=None)
    with pytest.raises(errors.NothingChanged):
        draft(with_wish("One"))


def test_campaign_asks_approved_versions_only() -> None:
    version = draft(with_wish("One"))
    with pytest.raises(errors.QuestionnaireNotUsable):
        operations.draft_campaign(
            year=2026, title_sl="P", title_en="N", framework_id=needs.make_framework().pk, opens_on=AT.date(),
            closes_on=AT.date(), questionnaire_id=version.pk, at=AT, actor=None,
        )  # fmt: skip


def test_upload_becomes_a_draft_that_is_looked_at_and_approved(service: Client) -> None:
    file = io.BytesIO(exports.xlsform(with_wish("What would help you most?")))
    file.name = "form.xlsx"
    page = service.post("/needs/questionnaires/new/", {"file": file, "note": "A wish is asked."}, follow=True).text
    assert "The questionnaire has been read." in page
    assert "What would help you most?" in page
    version = QuestionnaireVersion.objects.get()
    assert to_data(queries.definition_of(version)) == to_data(with_wish("What would help you most?"))
    approved = service.post(f"/needs/questionnaires/{version.pk}/approve/", follow=True).text
    assert "The questionnaire has been approved." in approved
    listed = service.get("/needs/questionnaires/").text
    assert "approved" in listed


def test_upload_with_faults_names_row_and_column_and_keeps_nothing(service: Client) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label::sl", "label::en"])
        sheet.write_row(1, 0, ["colour", "hue", "Barva", "Colour"])
    file = io.BytesIO(out.getvalue())
    file.name = "form.xlsx"
    response = service.post("/needs/questionnaires/new/", {"file": file, "note": "n"})
    assert (response.status_code, QuestionnaireVersion.objects.count()) == (422, 0)
    assert "survey!A" in response.text
    assert "colour" in response.text


def test_download_is_the_workbook_that_comes_back_unchanged(service: Client) -> None:
    version = needs.make_version(with_wish("One"))
    response = service.get(f"/needs/questionnaires/{version.pk}/file/")
    assert response["Content-Disposition"] == 'attachment; filename="small-1.xlsx"'
    file = io.BytesIO(response.content)
    file.name = "form.xlsx"
    again = service.post("/needs/questionnaires/new/", {"file": file, "note": "n"})
    assert "nothing has changed" in again.text


def test_trial_goes_through_all_pages_and_keeps_nothing(service: Client) -> None:
    framework = needs.make_framework(areas=1, competences=1, code="DigComp")
    version = needs.make_version(with_wish("One"))
    address = f"/needs/questionnaires/{version.pk}/try/"
    competence = needs.competences_of(framework)[0]
    first = service.get(address).text
    assert "This is a trial: nothing is kept." in first
    missing = service.post(address, {"number": "1"})
    assert missing.status_code == 422
    levels = {f"own_level-{competence.pk}": "1", f"needed_level-{competence.pk}": "3"}
    second = service.post(address, {"number": "1", **levels}).text
    assert "At the end" in second
    assert f'name="carried-own_level-{competence.pk}" value="1"' in second
    carried = {f"carried-{name}": value for name, value in levels.items()}
    last = service.post(address, {"number": "2", **carried, "wish": "čaj"}, follow=True).text
    assert "This was the last page. Nothing was kept." in last


def test_paper_shows_every_item_with_its_choices(service: Client) -> None:
    needs.make_framework(code="DigComp")
    version = needs.make_version(with_wish("What would help you most?"))
    page = service.get(f"/needs/questionnaires/{version.pk}/paper/").text
    assert page.count("What can you do today?") == 4
    assert "What would help you most?" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_many_rows(service: Client, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        needs.make_version(with_wish(f"Version {number}"))
    with django_assert_num_queries(7):
        assert service.get("/needs/questionnaires/").status_code == 200
