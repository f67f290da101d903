"""What the analysis tells of job families, beside units and kinds."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.needs import operations, queries
from kazipot.needs.exports.analysis import rows
from kazipot.needs.models import Campaign
from tests.factories import needs, organisation

AT = needs.moment(date(2026, 4, 10))
WANTS, CONTENT = Answered(1, 3, True), Answered(3, 2, False)

pytestmark = pytest.mark.django_db


def answered(campaign: Campaign, family: str, *units: tuple[Any, int, int]) -> None:
    """People of a family: (unit, how many answered, how many of them want the first competence)."""
    profile = organisation.make_profile(family=family)
    first = needs.competences_of(campaign.framework)[0].pk
    for unit, people, wanting in units:
        for number in range(people):
            invitation = needs.make_invitation(campaign, unit=unit, profile=profile)
            needs.make_response(invitation, {first: WANTS if number < wanting else CONTENT}, default=CONTENT)


@pytest.fixture
def campaign() -> Campaign:
    """Two units: 20 drivers (12 want) and 10 clerks (5) in one, 15 drivers (6) and 12 clerks (6) in the other."""
    found = needs.make_campaign()
    one, other = organisation.make_unit(), organisation.make_unit()
    answered(found, "drivers", (one, 20, 12), (other, 15, 6))
    answered(found, "clerks", (one, 10, 5), (other, 12, 6))
    return found


def made() -> dict[str, Any]:
    found = queries.make(2026, AT.date())
    assert found is not None
    return dict(found.content)


def test_families_are_told_like_groups(campaign: Campaign) -> None:
    first = str(needs.competences_of(campaign.framework)[0].pk)
    families = made()["families"]
    assert [(row["name"], row["people"]) for row in families["groups"]] == [("clerks", 22), ("drivers", 35)]
    assert families["tables"]["need"]["drivers"][first] == [18, 17]
    assert families["tables"]["levels"]["clerks"][first] == [0, 11, 0, 11, 0]
    assert families["tables"]["people"]["clerks"]["any"] == [0, 11, 0, 11]
    line = families["groups"][1]["lines"][first]
    assert line == [round((18 * 1 + 17 * 3) / 35, 2), round((18 * 3 + 17 * 2) / 35, 2), round(18 / 35, 3), 18]
    assert families["estimates"]["drivers"]["lines"][first]["needs"] == [18.0, 18.0, 18.0]


def test_a_family_of_few_is_not_told_nor_the_one_that_would_tell_it(campaign: Campaign) -> None:
    unit = organisation.make_unit()
    answered(campaign, "cooks", (unit, 3, 1))
    answered(campaign, "drivers", (unit, 17, 8))
    told = {row["name"] for row in made()["families"]["groups"]}
    assert told == {"drivers"}


def test_people_of_an_anonymous_survey_have_no_family() -> None:
    found = needs.make_campaign()
    unit = organisation.make_unit()
    answered(found, "", (unit, 30, 12))
    assert made()["families"]["groups"] == []


def test_a_later_version_tells_the_same_of_families_or_nothing(campaign: Campaign) -> None:
    operations.publish_analysis(year=2026, at=AT, actor=None)
    assert len(made()["families"]["groups"]) == 2
    answered(campaign, "drivers", (organisation.make_unit(), 8, 4))
    assert made()["families"] == {}
    later = operations.publish_analysis(year=2026, at=AT, actor=None, changes="More answers")
    assert [group.key for group in queries.groups(later.content) if group.key.startswith("family:")] == []


def test_the_page_and_files_tell_families(campaign: Campaign, client: Client) -> None:
    operations.publish_analysis(year=2026, at=AT, actor=None)
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    client.cookies["language"] = "sl"
    page = client.get("/needs/analyses/2026/?group=family:drivers").content.decode()
    assert "Skupina poklicev: drivers" in page
    assert client.get("/needs/analyses/2026/chart/?group=family:drivers").status_code == 200
    with override("en"):
        told = {row[0]: row[3] for row in rows(made())}
    assert told["Job family: drivers"] == 35
