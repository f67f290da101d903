"""Whom a campaign asks, of what, and how a sample is drawn and kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from kazipot.core.survey.sampling import Design, draw
from kazipot.foundation.roles import Role
from kazipot.framework.operations import set_profile_targets
from kazipot.needs import errors, operations, queries
from kazipot.needs.models import Campaign, Invitation
from kazipot.needs.operations import Scope
from kazipot.organisation.models import Person, Unit
from tests.factories import needs, organisation

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"


def draft(scope: Scope | None = None, **kwargs: Any) -> Campaign:
    """A drafted campaign of March 2026 with the small questionnaire."""
    return operations.draft_campaign(
        **{
            "year": 2026, "title_sl": "P", "title_en": "N",
            "framework_id": (kwargs.pop("framework", None) or needs.make_framework()).pk,
            "opens_on": date(2026, 3, 2), "closes_on": date(2026, 3, 31), "questionnaire_id": needs.make_version().pk,
            "scope": scope, "at": AT, "actor": None, **kwargs,
        }
    )  # fmt: skip


def worker(unit: Unit, profile: str = "CLERK", family: str = "office", **kwargs: Any) -> Person:
    """Somebody who does a kind of work in a unit."""
    found = organisation.make_profile(profile, family=family) if not _known(profile) else _known(profile)
    post = organisation.make_post(unit.employer, code=profile, profile=found)
    return organisation.make_employment(unit=unit, post=post, **kwargs).person


def _known(code: str) -> Any:
    return organisation.JobProfile.objects.filter(code=code).first()


def asked(campaign: Campaign) -> set[int]:
    """Ids of people invited."""
    operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    return set(Invitation.objects.filter(campaign=campaign).values_list("person_id", flat=True))


def test_scope_limits_by_kind_profile_and_unit_with_those_below() -> None:
    top = organisation.make_unit(code="TOP")
    below = organisation.make_unit(code="LOW", parent=top, kind="section")
    other = organisation.make_unit(code="OTH")
    clerk, driver, elsewhere = worker(top), worker(below, "DRIVER", "field"), worker(other)
    assert asked(draft(Scope(kinds=["section"]))) == {driver.pk}
    assert asked(draft(Scope(unit_ids=[top.pk]), framework=Campaign.objects.get().framework)) == {clerk.pk}
    profile = _known("CLERK")
    framework = Campaign.objects.first().framework  # type: ignore[union-attr]
    assert asked(draft(Scope(profile_ids=[profile.pk]), framework=framework)) == {elsewhere.pk}


def test_population_is_that_of_the_day_chosen() -> None:
    unit = organisation.make_unit()
    gone = worker(unit, valid_to=date(2026, 2, 1))
    came = worker(unit, valid_from=date(2026, 2, 10))
    stays = worker(unit)
    campaign = draft(Scope(population_on=date(2026, 1, 31)))
    assert queries.preview(campaign, on=date(2026, 3, 2)).people == 2
    assert asked(campaign) == {gone.pk, stays.pk}
    assert came.pk not in asked(draft(Scope(), framework=campaign.framework)) - {came.pk}


def test_sample_is_drawn_by_strata_and_can_be_drawn_again() -> None:
    for code, people in (("A", 20), ("B", 10)):
        unit = organisation.make_unit(code=code)
        for _ in range(people):
            worker(unit)
    campaign = draft(Scope(sample_size=9, sample_by="unit", sample_seed=7))
    members = queries.members(queries.target_of(campaign, on=AT.date()), on=AT.date())
    strata = queries.strata("unit", members, on=AT.date())
    chosen = asked(campaign)
    campaign.refresh_from_db()
    assert campaign.design == [
        {"stratum": "MU/A", "population": 20, "sample": 6},
        {"stratum": "MU/B", "population": 10, "sample": 3},
    ]
    assert chosen == set(draw(strata, Design(9, 7)).chosen)
    assert set(Invitation.objects.values_list("stratum", flat=True)) == {"MU/A", "MU/B"}


def test_sample_without_a_seed_gets_one_that_is_kept() -> None:
    assert draft(Scope(sample_size=9, sample_by="kind")).sample_seed is not None


@pytest.mark.parametrize("scope", [Scope(sample_size=5), Scope(sample_by="kind")])
def test_sample_needs_size_and_strata(scope: Scope) -> None:
    with pytest.raises(errors.SampleIncomplete):
        draft(scope)


def test_sample_that_is_too_large_is_refused_and_nothing_is_opened() -> None:
    worker(organisation.make_unit())
    campaign = draft(Scope(sample_size=50, sample_by="kind"))
    with translation.override("en"), pytest.raises(errors.SampleImpossible, match="groups: 1"):
        operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    assert (Campaign.objects.get().status, Invitation.objects.count()) == ("draft", 0)


def test_people_are_asked_what_their_work_needs() -> None:
    framework = needs.make_framework()
    first, second, third, _fourth = needs.competences_of(framework)
    unit = organisation.make_unit()
    clerk, driver = worker(unit), worker(unit, "DRIVER", "field")
    for profile, targets in ((_known("CLERK").pk, {first.pk: (1, 2), third.pk: (2, 3)}), (None, {second.pk: (1, 1)})):
        set_profile_targets(
            profile_id=profile, framework_id=framework.pk, targets=targets, on=date(2026, 1, 1), at=AT, actor=None
        )
    campaign = draft(framework=framework)
    asked(campaign)
    codes = {
        invitation.person_id: [row.code for row in queries.way_of(invitation).asked]
        for invitation in Invitation.objects.select_related("campaign__questionnaire")
    }
    assert codes == {clerk.pk: ["1.1", "2.1"], driver.pk: ["1.2"]}
    set_profile_targets(profile_id=None, framework_id=framework.pk, targets={}, on=date(2026, 3, 5), at=AT, actor=None)
    late = Invitation.objects.select_related("campaign__questionnaire").get(person=driver)
    assert [row.code for row in queries.way_of(late).asked] == ["1.2"], "what is asked was settled at the opening"


def test_base_of_the_questionnaire_is_asked_where_nothing_is_said_of_the_work() -> None:
    definition = queries.shipped_definition()
    framework = needs.make_framework(areas=5, competences=3, code="DigComp")
    asked_ids = queries.asked_by_profile(definition, framework, privacy="confidential", on=AT.date())[""]
    codes = [row.code for row in needs.competences_of(framework) if row.pk in asked_ids]
    assert codes == [code for code in definition.base if code in codes]
    assert len(codes) == len(definition.base)


def test_form_drafts_a_sample_of_chosen_units(client: Client) -> None:
    client.cookies["language"] = "en"
    unit = organisation.make_unit(code="OGDP")
    for _ in range(6):
        worker(unit)
    framework = needs.make_framework()
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    data = {
        "title_sl": "P", "title_en": "N", "year": "2026", "framework": str(framework.pk), "opens_on": "2026-03-10",
        "closes_on": "2026-04-10", "privacy": "anonymous", "reminders": "10, 3", "units": "MU/OGDP",
        "sample_size": "4", "sample_by": "unit",
    }  # fmt: skip
    page = client.post("/needs/campaigns/new/", data, follow=True).text
    assert "4 would be drawn from 6 people." in page
    assert "MU/OGDP" in page
    campaign = Campaign.objects.get()
    assert (campaign.privacy, campaign.reminder_days, campaign.sample_size) == ("anonymous", [10, 3], 4)
    assert campaign.questionnaire.questionnaire.key == "yearly_needs"
    opened = client.post(f"/needs/campaigns/{campaign.pk}/open/", follow=True).text
    assert "4 people have been invited." in opened
    assert "How the sample was drawn" in opened


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"units": "MU/NOWHERE"}, "There is no unit MU/NOWHERE."),
        ({"reminders": "soon"}, "Write numbers of days up to 60"),
        ({"reminders": "99"}, "Write numbers of days up to 60"),
        ({"sample_size": "4"}, "For a sample, say both how many people are drawn and by what."),
    ],
)
def test_form_says_what_to_correct(client: Client, changes: dict[str, str], message: str) -> None:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    data = {
        "title_sl": "P", "title_en": "N", "year": "2026", "framework": str(needs.make_framework().pk),
        "opens_on": "2026-03-10", "closes_on": "2026-04-10", "privacy": "confidential", "reminders": "", **changes,
    }  # fmt: skip
    response = client.post("/needs/campaigns/new/", data)
    assert (response.status_code, Campaign.objects.count()) == (422, 0)
    assert message in response.text


def test_draft_is_discarded_and_an_open_campaign_is_not() -> None:
    campaign = draft(Scope(kinds=["department"]))
    operations.discard_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    assert not Campaign.objects.exists()
    worker(organisation.make_unit())
    opened = draft()
    asked(opened)
    with pytest.raises(errors.NotADraft):
        operations.discard_campaign(campaign_id=opened.pk, at=AT, actor=None)


def test_reminders_follow_the_schedule_of_the_campaign(settings: Any) -> None:
    unit = organisation.make_unit()
    organisation.make_employment(person=organisation.make_person(email="a@example.org"), unit=unit)
    campaign = draft(reminder_days=[12])
    operations.open_campaign(campaign_id=campaign.pk, at=AT, actor=None)
    assert operations.remind_due(at=datetime(2026, 3, 24, 9, tzinfo=UTC)) == 0, "seven days before is not in it"
    assert operations.remind_due(at=datetime(2026, 3, 19, 9, tzinfo=UTC)) == 1
