"""Demands of a family of posts: proposed from what is known, approved by somebody else, in versions that stay."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazipot.foundation.models import AuditEvent, User
from kazipot.foundation.roles import Role
from kazipot.framework import operations as framework
from kazipot.framework import queries as frameworks
from kazipot.hiring import errors, operations, queries
from kazipot.hiring.models import FamilyProfile
from kazipot.hiring.operations import Demand
from kazipot.hiring.queries import Told
from kazipot.organisation.models import Employer, JobProfile
from kazipot.project.views.family_profiles import told_of
from tests.factories.hiring import VAGUE, make_draft
from tests.factories.organisation import make_employer, make_post, make_profile, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def ids(at: datetime) -> dict[str, int]:
    framework.install_shipped_frameworks(at=at)
    active = frameworks.active_framework(MAY)
    assert active
    return {row.code: row.id for row in frameworks.competences(active.pk)}


@pytest.fixture
def clerk(ids: dict[str, int], at: datetime) -> JobProfile:
    """A kind of work that needs tables and passwords, of which the city administration has posts."""
    profile = make_profile("CLERK", family="uprava")
    need(profile, {ids["1.3"]: (2, 3), ids["4.1"]: (1, 2)}, at)
    make_post(profile=profile)
    return profile


def need(profile: JobProfile, targets: dict[int, tuple[int, int]], at: datetime) -> None:
    active = frameworks.active_framework(MAY)
    assert active
    framework.set_profile_targets(
        profile_id=profile.pk, framework_id=active.pk, targets=targets, on=date(2026, 1, 1), at=at, actor=None
    )


def propose(employer: Employer, at: datetime, *told: Told, author: User | None = None, **changes: Any) -> FamilyProfile:
    wanted: dict[str, Any] = {"family": "uprava", "analysis": None, "on": MAY, **changes}
    return operations.propose_family(employer_id=employer.pk, told=told, at=at, actor=author, **wanted)


def approve(version: FamilyProfile, at: datetime, valid_from: date = MAY, by: User | None = None) -> FamilyProfile:
    return operations.approve_family(version_id=version.pk, valid_from=valid_from, at=at, actor=by)


def demanded(version: FamilyProfile) -> dict[str, tuple[int, bool]]:
    rows = queries.demands_of_family(version.pk)
    return {row.competence.code: (row.level, row.required) for row in rows}


def test_draft_is_proposed_from_the_work_and_the_analysis(clerk: JobProfile, ids: dict[str, int], at: datetime) -> None:
    told = (Told(ids["1.3"], 3.1, 0.4), Told(ids["2.4"], 2.2, 0.5))
    draft = propose(make_employer(), at, *told, analysis={"year": 2026, "version": 1})
    assert demanded(draft) == {"1.3": (2, True), "2.4": (2, False), "4.1": (1, True)}
    assert draft.basis == {"rule": 1, "analysis": {"year": 2026, "version": 1}, "similar": []}
    (tables, *_rest) = queries.demands_of_family(draft.pk)
    assert tables.because == [["work", 2], ["analysis", 3]]


def test_similar_posts_of_another_employer_speak_too(clerk: JobProfile, ids: dict[str, int], at: datetime) -> None:
    other = make_employer("JHL", kind="public_company")
    first = propose(other, at)
    demands = [Demand(ids["1.3"], 4, True), Demand(ids["5.2"], 2, True)]
    operations.change_family(version_id=first.pk, demands=demands, at=at, actor=None)
    approve(first, at)
    draft = propose(make_employer(), at)
    assert demanded(draft) == {"1.3": (2, True), "4.1": (1, True), "5.2": (2, False)}
    assert draft.basis["similar"] == [{"employer": "JHL", "family": "uprava", "version": 1}]


def test_families_whose_work_is_alike_speak_where_the_family_is_approved_nowhere(
    clerk: JobProfile, ids: dict[str, int], at: datetime
) -> None:
    for code, family, targets in (
        ("HEAD", "vodenje", {ids["1.3"]: (2, 2), ids["4.1"]: (2, 2), ids["5.4"]: (2, 2)}),
        ("DRIVER", "vozniki", {ids["2.1"]: (1, 1)}),
    ):
        profile = make_profile(code, family=family)
        need(profile, targets, at)
        make_post(code=code, profile=profile)
        approve(propose(make_employer(), at, family=family), at)
    assert propose(make_employer(), at).basis["similar"] == [{"employer": "MU", "family": "vodenje", "version": 1}]


def test_nothing_known_is_said_so(ids: dict[str, int], at: datetime) -> None:
    with pytest.raises(errors.NothingToPropose):
        propose(make_employer(), at, family="neznana")
    assert FamilyProfile.objects.count() == 0


def test_somebody_else_than_the_author_approves(clerk: JobProfile, at: datetime) -> None:
    author, other = make_user("ana"), make_user("bor")
    draft = propose(make_employer(), at, author=author)
    with pytest.raises(errors.ProfileApprovedByTheAuthor):
        approve(draft, at, by=author)
    assert approve(draft, at, by=other).approved_by == other
    with pytest.raises(errors.NoDraftOfTheFamily):
        operations.change_family(version_id=draft.pk, demands=[], at=at, actor=author)


def test_version_without_required_competences_is_not_approved(
    clerk: JobProfile, ids: dict[str, int], at: datetime
) -> None:
    draft = propose(make_employer(), at)
    demands = [Demand(ids["1.1"], 1, False)]
    operations.change_family(version_id=draft.pk, demands=demands, at=at, actor=None)
    with pytest.raises(errors.NothingDemanded):
        approve(draft, at)


def test_versions_follow_each_other_and_the_older_stay(clerk: JobProfile, ids: dict[str, int], at: datetime) -> None:
    employer = make_employer()
    first = approve(propose(employer, at), at, MAY)
    second = operations.start_family(employer_id=employer.pk, family="uprava", on=MAY, at=at, actor=None)
    assert demanded(second) == demanded(first)
    demands = [Demand(ids["1.3"], 3, True), Demand(ids["2.2"], 2, True)]
    operations.change_family(version_id=second.pk, demands=demands, at=at, actor=None)
    with pytest.raises(errors.LaterVersion):
        approve(second, at, date(2026, 4, 30))
    approve(second, at, JULY)
    holds = [queries.holding(employer.pk, "uprava", on=day) for day in (date(2026, 4, 30), JUNE, JULY)]
    assert holds == [None, first, second]
    changed = queries.differences(queries.demands_of_family(first.pk), queries.demands_of_family(second.pk))
    assert [(row.code, row.before, row.after) for row in changed] == [("1.3", 2, 3), ("2.2", None, 2), ("4.1", 1, None)]


def test_draft_that_waits_is_written_anew_not_twice(clerk: JobProfile, at: datetime) -> None:
    employer = make_employer()
    assert propose(employer, at) == propose(employer, at)
    assert operations.start_family(employer_id=employer.pk, family="uprava", on=MAY, at=at, actor=None).number == 1


def test_posting_is_compared_with_the_approved_version_and_before_it_with_the_work(
    clerk: JobProfile, ids: dict[str, int], at: datetime
) -> None:
    unit = make_unit()
    posting = make_draft(unit, VAGUE, profile_id=clerk.pk)
    assert [row.code for row in queries.missing(posting, on=MAY)] == ["1.3", "4.1"]
    draft = propose(unit.employer, at)
    demands = [Demand(ids["2.2"], 2, True), Demand(ids["1.1"], 2, False)]
    operations.change_family(version_id=draft.pk, demands=demands, at=at, actor=None)
    approve(draft, at)
    assert [row.code for row in queries.missing(posting, on=MAY)] == ["2.2"]


def test_every_step_stands_in_the_audit_trail(clerk: JobProfile, at: datetime) -> None:
    approve(propose(make_employer(), at), at)
    verbs = AuditEvent.objects.filter(verb__startswith="hiring.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["hiring.propose_family", "hiring.approve_family"]


def content(ids: dict[str, int], lines: dict[str, list[Any]]) -> dict[str, Any]:
    competences = [
        {"id": pk, "code": code, "name_sl": code, "name_en": code, "area_sl": "", "area_en": ""}
        for code, pk in ids.items()
    ]
    families = {
        "groups": [{"name": "uprava", "people": 9, "lines": {str(ids[code]): line for code, line in lines.items()}}]
    }
    return {"groups": [], "competences": competences, "families": families}


def test_analysis_tells_of_the_family_what_is_not_hidden(ids: dict[str, int]) -> None:
    active = frameworks.active_framework(MAY)
    assert active
    told = content(ids, {"1.3": [1.9, 2.8, 0.4, 5], "2.2": [1.0, 2.0, None, None]})
    assert told_of(told, "uprava", frameworks.expressions(active.pk)) == [Told(ids["1.3"], 2.8, 0.4)]
    assert told_of(told, "vozniki", frameworks.expressions(active.pk)) == []


def test_pages_lead_from_the_proposal_to_the_approval(clerk: JobProfile, at: datetime, settings: Any) -> None:
    settings.KAZIPOT_TODAY = MAY.isoformat()
    employer = make_employer()
    author, approver = Client(), Client()
    sign_in(author, Role.HR, employer)
    sign_in(approver, Role.SERVICE, employer)
    answer = author.post(reverse("hiring:propose-version", args=["MU", "uprava"]))
    version = FamilyProfile.objects.get()
    assert answer.headers["Location"] == reverse("hiring:version", args=[version.pk])
    assert author.get(answer.headers["Location"]).context["is_author"]
    page = reverse("hiring:approve-version", args=[version.pk])
    assert author.post(page, {"valid_from": "2026-05-01"}).status_code == 422
    assert approver.post(page, {"valid_from": "2026-05-01"}).status_code == 302
    family = author.get(reverse("hiring:family", args=["MU", "uprava"]))
    assert (family.context["held"], len(family.context["demands"])) == (version, 2)


def test_family_with_a_stroke_in_its_name_has_its_pages(client: Client, ids: dict[str, int]) -> None:
    employer = make_employer()
    make_post(profile=make_profile(family="nega / oskrba"))
    sign_in(client, Role.HR, employer)
    page = client.get(reverse("hiring:profiles"))
    assert [row.name for row in page.context["page"]] == ["nega / oskrba"]
    assert client.get(reverse("hiring:family", args=["MU", "nega / oskrba"])).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_families_needs_the_same_queries_however_long(client: Client, number: int, ids: dict[str, int]) -> None:
    employer = make_employer()
    sign_in(client, Role.HR, employer)
    for code in range(number):
        make_post(employer, f"A{code}", make_profile(family=f"družina {code}"))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("hiring:profiles"))
    assert len(answer.context["page"]) == number
    assert len(captured) == 8
