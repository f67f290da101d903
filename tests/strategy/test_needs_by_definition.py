"""M3 beside itself: the three definitions of a need, the official one marked."""

from datetime import date

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.framework.models import ProfileTarget
from kazipot.strategy import queries
from kazipot.strategy.queries import ByDefinition
from tests.factories import needs, organisation, strategy

AS_OF = date(2026, 6, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> None:
    """Twelve people: six state a need and eleven have a required one, of the same competence; six got an offer.

    Seven took a verification and failed.
    """
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    ProfileTarget.objects.create(competence=competence, from_level=3, to_level=4, valid_from=date(2020, 1, 1))
    unit, campaign = organisation.make_unit(), needs.make_campaign(framework=framework)
    session = strategy.make_session(date(2026, 5, 10), [(competence, 0, 3)], framework=framework)
    for number in range(12):
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit)
        answer = needs.Answered(3 if number == 11 else 1, 3, number < 6)
        needs.make_response(needs.make_invitation(campaign, person, unit), {competence.pk: answer})
        if number < 6:
            strategy.make_offer(session, person, unit, date(2026, 4, 1))
        if number < 7:
            strategy.make_verification(person, unit, date(2026, 6, 1), passed=False)


def m3() -> queries.Spec:
    return next(spec for spec in queries.strategy().indicators if spec.kind == "training")


def test_three_definitions_stand_side_by_side(city: None) -> None:
    assert queries.definitions_beside(AS_OF, m3()) == [
        ByDefinition("stated", is_official=True, counted=6, met=6, target=50, more=0),
        ByDefinition("required", is_official=False, counted=11, met=6, target=50, more=5),
        ByDefinition("measured", is_official=False, counted=7, met=None, target=50, more=1),
    ]


def test_the_official_one_is_the_indicator(city: None) -> None:
    official = queries.definitions_beside(AS_OF, m3())[0]
    figure = queries.indicator(AS_OF, m3().id)
    assert (official.counted, official.met) == (figure.denominator, figure.numerator)


def test_other_indicators_have_no_definitions_of_a_need() -> None:
    others = [spec for spec in queries.strategy().indicators if spec.kind != "training"]
    assert [queries.definitions_beside(AS_OF, spec) for spec in others] == [[]] * len(others)


def test_the_page_marks_the_official_definition(city: None, client: Client) -> None:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    page = client.get(f"/indicators/{m3().id}/?on=2026-06-30").text
    assert "stated by the person, rule 1 <strong>(official)</strong>" in page
    assert "Against 50%" in page
    assert [row.reaches for row in queries.definitions_beside(AS_OF, m3())] == [True, True, None]
    assert "required by the post, above the own level" in page
