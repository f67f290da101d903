"""Pages for those who ask: campaigns, analyses."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.needs.models import Analysis, Campaign, Invitation
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    """The calendar stands in the middle of the campaign."""
    settings.KAZIPOT_TODAY = "2026-03-10"


@pytest.fixture
def service(client: Client) -> Client:
    """The Digitalisation Service, reading English."""
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    return client


def asked(campaign: Campaign, unit: Any, people: int, answered: int = 0, said: Answered | None = None) -> None:
    """People of a unit asked, of whom some have answered."""
    for number in range(people):
        invitation = needs.make_invitation(campaign, unit=unit)
        if number < answered:
            needs.make_response(invitation, default=said or Answered(1, 2, True))


@pytest.mark.parametrize("rows", [1, 3])
def test_campaigns_takes_the_same_queries_for_many_rows(
    service: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for year in range(2026 - rows, 2026):
        needs.make_invitation(needs.make_campaign(year))
    with django_assert_num_queries(8):
        page = service.get("/needs/")
    assert page.text.count("Needs 20") == rows


def test_campaigns_tells_what_to_do_when_there_are_none(service: Client) -> None:
    assert "Nobody has been asked yet. Draft a campaign" in service.get("/needs/").text


def test_new_campaign_drafts_opens_and_closes(service: Client) -> None:
    framework = needs.make_framework()
    organisation.make_employment()
    made = service.post(
        "/needs/campaigns/new/",
        {
            "title_sl": "Potrebe",
            "title_en": "Needs",
            "year": "2026",
            "framework": str(framework.pk),
            "opens_on": "2026-03-10",
            "closes_on": "2026-04-10",
            "privacy": "confidential",
            "reminders": "7, 2",
        },
        follow=True,
    )
    assert "This is a draft." in made.text
    campaign = Campaign.objects.get()
    opened = service.post(f"/needs/campaigns/{campaign.pk}/open/", follow=True)
    assert "1 person has been invited." in opened.text
    again = service.post(f"/needs/campaigns/{campaign.pk}/open/", follow=True)
    assert "This campaign has been opened already." in again.text
    closed = service.post(f"/needs/campaigns/{campaign.pk}/close/", follow=True)
    assert "The campaign has been closed." in closed.text


def test_new_campaign_ties_a_broken_rule_to_its_field(service: Client) -> None:
    framework = needs.make_framework()
    data = {
        "title_sl": "P", "title_en": "N", "year": "2026", "framework": str(framework.pk), "privacy": "confidential",
    }  # fmt: skip
    response = service.post("/needs/campaigns/new/", {**data, "opens_on": "2026-03-10", "closes_on": "2026-03-09"})
    assert response.status_code == 422
    assert 'id="id_closes_on_error"' in response.text
    assert "The last day for answers lies before the opening day." in response.text


def test_campaign_hides_small_units_and_one_more(service: Client) -> None:
    campaign = needs.make_campaign()
    small, middle, large = (organisation.make_unit(name_en=name) for name in ("Small", "Middle", "Large"))
    asked(campaign, small, 3, 1)
    asked(campaign, middle, 6, 2)
    asked(campaign, large, 9, 3)
    page = service.get(f"/needs/campaigns/{campaign.pk}/").text
    assert "6 of 18 invited people have answered." in page
    assert page.count("not shown: too few people") == 2
    assert "33.3%" in page


def test_campaign_shows_a_head_their_own_units_only(client: Client) -> None:
    client.cookies["language"] = "en"
    campaign = needs.make_campaign()
    own, other = organisation.make_unit(name_en="Own"), organisation.make_unit(name_en="Other")
    asked(campaign, own, 5)
    asked(campaign, other, 5)
    organisation.sign_in(client, Role.HEAD, own.employer, own)
    page = client.get(f"/needs/campaigns/{campaign.pk}/").text
    assert (">Own<" in page, ">Other<" in page) == (True, False)


def test_campaign_is_not_there_for_who_was_not_asked(client: Client) -> None:
    campaign = needs.make_campaign()
    asked(campaign, organisation.make_unit(employer=organisation.make_employer("JHL", "public_company")), 5)
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    assert client.get(f"/needs/campaigns/{campaign.pk}/").status_code == 404


@pytest.mark.parametrize("units", [1, 3])
def test_campaign_takes_the_same_queries_for_many_units(
    service: Client, units: int, django_assert_num_queries: Any
) -> None:
    campaign = needs.make_campaign()
    for _ in range(units):
        asked(campaign, organisation.make_unit(), 5)
    with django_assert_num_queries(13):  # three of them say whom it is for: employers, profiles, units
        assert service.get(f"/needs/campaigns/{campaign.pk}/").status_code == 200


def publish(service: Client, campaign: Campaign, **units: tuple[int, int]) -> None:
    """Units asked and answered, then published."""
    for name, (people, answered) in units.items():
        asked(campaign, organisation.make_unit(name_en=name), people, answered)
    service.post(f"/needs/analyses/{campaign.year}/publish/")


def test_publish_freezes_a_version_that_stays_as_it_was(service: Client) -> None:
    campaign = needs.make_campaign()
    publish(service, campaign, Parks=(8, 6))
    first = service.get("/needs/analyses/2026/").text
    assert "Version 1, published on 10 March 2026." in first
    assert "75%" in first
    for invitation in Invitation.objects.filter(response=None):
        needs.make_response(invitation)
    for _ in range(5):
        needs.make_response(
            needs.make_invitation(campaign, unit=Invitation.objects.first().unit),  # type: ignore[union-attr]
            default=Answered(4, 4, False),
            submitted_at=needs.moment(date(2026, 3, 10), 23),
        )
    old = service.get("/needs/analyses/2026/?version=1").text
    tables = [page.split("<tbody>")[1].split("</tbody>")[0] for page in (first, old)]
    assert tables[0] == tables[1]


def test_publish_without_answers_says_why(service: Client) -> None:
    page = service.post("/needs/analyses/2026/publish/", follow=True).text
    assert "Nobody has answered in that year yet" in page


def test_analysis_shows_figures_of_the_group_chosen(service: Client) -> None:
    campaign = needs.make_campaign()
    publish(service, campaign, Parks=(6, 5), Roads=(6, 5))
    page = service.get("/needs/analyses/2026/").text
    assert "All who answered: 10 people answered" in page
    unit = Invitation.objects.order_by("pk")[0].unit
    page = service.get(f"/needs/analyses/2026/?group=unit:{unit.pk}").text
    assert "MU: Parks: 5 people answered" in page


def test_analysis_hides_small_groups(service: Client) -> None:
    publish(service, needs.make_campaign(), Parks=(9, 9), Roads=(6, 4), Schools=(6, 6))
    page = service.get("/needs/analyses/2026/").text
    assert "2 groups are not shown" in page
    content = Analysis.objects.get().content
    assert [group["lines"] is None for group in content["groups"]] == [False, False, False, True, True]


def test_analysis_preview_waits_until_answering_is_over(service: Client) -> None:
    campaign = needs.make_campaign()
    asked(campaign, organisation.make_unit(), 6, 6)
    page = service.get("/needs/analyses/2026/?draft=1", follow=True).text
    assert "A preview is shown when answering is over" in page
    service.post(f"/needs/campaigns/{campaign.pk}/close/")
    assert "This is a preview" in service.get("/needs/analyses/2026/?draft=1").text


def test_analysis_preview_is_not_for_others(client: Client) -> None:
    asked(needs.make_campaign(status="closed"), organisation.make_unit(), 6, 6)
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    assert client.get("/needs/analyses/2026/?draft=1").status_code == 404


def test_analysis_of_an_unknown_version_is_not_there(service: Client) -> None:
    needs.make_analysis()
    assert service.get("/needs/analyses/2026/?version=7").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_analyses_takes_the_same_queries_for_many_rows(
    service: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for year in range(2026 - rows, 2026):
        needs.make_analysis(year)
    with django_assert_num_queries(7):
        assert service.get("/needs/analyses/").text.count("Version 1") == rows


def test_export_gives_a_line_for_each_group_and_competence(service: Client) -> None:
    campaign = needs.make_campaign()
    publish(service, campaign, **{"=cmd|' /C calc'!A0": (6, 5)})
    response = service.get("/needs/analyses/2026/export/")
    rows = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0].startswith("Group;Employer;Unit code;People answering;Competence code")
    plain, estimated = "1.0;2.0;1.0;5;6;0.8333", "1.0;0.88;1.35;2.0;1.77;2.23;1.0;0.884;1.0;6.0;5.0;6.0"
    assert rows[1] == f"All who answered;;;5;1.1;Competence 1.1;{plain};{estimated}"
    assert len(rows) == 1 + 3 * 4
    assert not any(row.startswith(("=", "+", "-", "@")) for row in rows)


def test_draft_that_would_ask_nobody_says_so(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    first = needs.make_campaign()
    needs.make_invitation(first)
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    page = client.get(f"/needs/campaigns/{needs.make_campaign(framework=first.framework, status='draft').pk}/").text
    assert "Vprašali ne bi nikogar" in page
