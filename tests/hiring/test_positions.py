"""A job classification is looked at, then written as a whole; faulty rows are named with their remedy."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.roles import Role
from kazipot.foundation.tables import xlsx_bytes
from kazipot.organisation import operations, queries
from kazipot.organisation.imports import read_positions
from kazipot.organisation.models import JobProfile, Post
from tests.factories.organisation import make_employer, make_post, make_profile, sign_in

pytestmark = pytest.mark.django_db
HEADINGS = "Šifra delovnega mesta;Naziv delovnega mesta;Profil;Naziv profila;Družina"
PAGE = "hiring:import-positions"


def plan(text: str, *, may_add: bool = False, employer: Any = None) -> queries.PositionPlan:
    rows, _ignored = read_positions("posts.csv", text.encode())
    return queries.plan_positions(rows, employer_id=(employer or make_employer()).pk, may_add_profiles=may_add)


def posts() -> list[tuple[str, str, str]]:
    rows = Post.objects.order_by("code").select_related("profile")
    return [(post.code, post.title, post.profile.code if post.profile else "") for post in rows]


def test_posts_are_added_and_changed_and_the_others_stay(at: datetime) -> None:
    make_profile("CLERK", family="uprava")
    make_post(code="A1")
    make_post(code="Z9")
    found = plan(f"{HEADINGS}\nA1;Referentka;CLERK;;\nB2;Svetovalec;;;\n")
    assert found.summary() == {"added": 1, "changed": 1, "profiles": 0, "unchanged": 0}
    assert [(row.kind, row.code, row.before, row.after) for row in found.changes] == [
        ("changed", "A1", "Delovno mesto A1", "Referentka, CLERK"), ("new", "B2", "", "Svetovalec"),
    ]  # fmt: skip
    operations.apply_positions(found, at=at, actor=None)
    assert posts() == [("A1", "Referentka", "CLERK"), ("B2", "Svetovalec", ""), ("Z9", "Delovno mesto Z9", "")]


def test_same_file_twice_changes_nothing(at: datetime) -> None:
    text = f"{HEADINGS}\nA1;Referentka;CLERK;Referent;uprava\n"
    operations.apply_positions(plan(text, may_add=True), at=at, actor=None)
    again = plan(text, may_add=True)
    assert (again.is_empty, again.summary()["unchanged"]) == (True, 1)


def test_service_adds_profiles_with_their_family(at: datetime) -> None:
    text = f"{HEADINGS}\nA1;Referentka I;CLERK;Referent;uprava\nA2;Referentka II;CLERK;;\n"
    operations.apply_positions(plan(text, may_add=True), at=at, actor=None)
    assert list(JobProfile.objects.values_list("code", "name_sl", "family")) == [("CLERK", "Referent", "uprava")]
    assert [profile for _code, _title, profile in posts()] == ["CLERK", "CLERK"]


def test_file_without_a_profile_leaves_the_one_that_is_recorded() -> None:
    make_post(code="A1", profile=make_profile("CLERK"))
    assert plan("šifra;naziv\nA1;Delovno mesto A1\n").is_empty


def test_spreadsheet_is_read_like_a_csv() -> None:
    content = xlsx_bytes(["code", "title", "opomba"], [[101, "Vrtnar", "x"]], title="Posts")
    rows, ignored = read_positions("posts.xlsx", content)
    assert [(row.code, row.title, row.profile, row.line) for row in rows] == [("101", "Vrtnar", "", 2)]
    assert ignored == ("opomba",)


FAULTS = {
    "A1;;CLERK;;": ("title", "empty", "Fill it in."),
    ";Referent;CLERK;;": ("code", "empty", "Fill it in."),
    "A1;Referent;CLERC;;": ("profile", "no such profile", "Did you mean CLERK?"),
    "A1;Referent;GARDENER;Vrtnar;zelenice": ("profile", "no such profile", "Ask the Digitalisation Service"),
    "A1;Referent;CLERK;;zelenice": ("family", "uprava", "Write this family"),
    f"A1;{'a' * 201};CLERK;;": ("title", "too long", "Shorten it to 200"),
    "X;Prvi;CLERK;;\nX;Drugi;CLERK;;": ("code", "already in row 2", "once"),
}


@pytest.mark.parametrize("rows", FAULTS)
def test_faulty_row_is_named_with_field_and_remedy_and_nothing_is_written(rows: str) -> None:
    make_profile("CLERK", family="uprava")
    field, message, remedy = FAULTS[rows]
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        plan(f"{HEADINGS}\n{rows}\nB2;Svetovalec;CLERK;;\n")
    (problem,) = refused.value.problems
    assert (problem.field, message in str(problem.message), remedy in str(problem.remedy)) == (field, True, True)
    assert problem.row == (3 if "\n" in rows else 2)
    assert Post.objects.count() == 0


def test_new_profile_needs_a_name_and_a_family() -> None:
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        plan(f"{HEADINGS}\nA1;Referent;GARDENER;Vrtnar;\n", may_add=True)
    assert "a name and a family" in str(refused.value.problems[0].remedy)


def test_column_that_is_missing_is_named() -> None:
    with translation.override("en"), pytest.raises(InputRefused) as refused:
        plan("naziv;profil\nReferent;CLERK\n")
    assert [(problem.field, problem.remedy) for problem in refused.value.problems] == [
        ("code", "Add the column “šifra delovnega mesta”.")
    ]


def upload(client: Client, text: str, *, only_look: bool, employer_id: int) -> Any:
    told: dict[str, Any] = {"employer": employer_id, "file": SimpleUploadedFile("posts.csv", text.encode())}
    return client.post(reverse(PAGE), told | ({"only_look": "on"} if only_look else {}))


def test_human_resources_look_before_they_write(client: Client) -> None:
    employer = make_employer()
    make_profile("CLERK", family="uprava")
    sign_in(client, Role.HR, employer)
    text = f"{HEADINGS}\nA1;Referentka;CLERK;;\n"
    looked = upload(client, text, only_look=True, employer_id=employer.pk)
    assert (looked.status_code, looked.context["summary"]["added"], Post.objects.count()) == (200, 1, 0)
    written = upload(client, text, only_look=False, employer_id=employer.pk)
    assert (written.status_code, posts()) == (302, [("A1", "Referentka", "CLERK")])


def test_human_resources_import_for_their_own_employer_only(client: Client) -> None:
    sign_in(client, Role.HR, make_employer())
    answer = upload(client, f"{HEADINGS}\nA1;A;;;\n", only_look=False, employer_id=make_employer("JHL").pk)
    assert (answer.status_code, Post.objects.count()) == (422, 0)


def test_faults_of_a_file_stand_on_the_page(client: Client) -> None:
    employer = make_employer()
    sign_in(client, Role.HR, employer)
    answer = upload(client, f"{HEADINGS}\nA1;;;;\n", only_look=False, employer_id=employer.pk)
    assert (answer.status_code, [problem.row for problem in answer.context["problems"]]) == (422, [2])


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_posts_needs_the_same_queries_however_long(client: Client, number: int) -> None:
    employer = make_employer()
    sign_in(client, Role.HR, employer)
    for code in range(number):
        make_post(employer, f"A{code}", make_profile(family="uprava"))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(reverse("hiring:positions", args=[employer.code]))
    assert len(answer.context["page"]) == number
    assert len(captured) == 8
