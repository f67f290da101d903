"""A head proposes, the nominee agrees, the Service confirms: the decision is issued and the unit covered."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from kazipot.advisors import errors, operations, queries
from kazipot.advisors.choices import AppointmentRole, NominationState
from kazipot.advisors.models import Appointment, Decision, DecisionTemplate, Nomination
from kazipot.foundation.models import AuditEvent, OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import RoleGrant
from tests.factories import organisation
from tests.factories.advisors import holder, make_appointment

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
FIRST = date(2026, 4, 1)


def nominee(unit: Any, **kwargs: Any) -> Any:
    person = organisation.make_person(**{"email": "ana@example.org", **kwargs})
    organisation.make_employment(person=person, unit=unit)
    return person


def nominate(unit: Any, person: Any, **kwargs: Any) -> Nomination:
    asked = {"unit_id": unit.pk, "person_id": person.pk, "first_day": FIRST, "at": AT, "actor": None, **kwargs}
    return operations.nominate(**asked)


def test_nomination_becomes_an_appointment_with_a_decision() -> None:
    unit = organisation.make_unit(name_sl="Oddelek za šport")
    person = nominee(unit, first_name="Ana", last_name="Kos")
    nomination = nominate(unit, person)
    assert nomination.state == NominationState.PROPOSED
    operations.agree(nomination_id=nomination.pk, how="v programu", at=AT, actor=None)
    appointment = operations.confirm(nomination_id=nomination.pk, decision_reference="100-1/2026-2", at=AT, actor=None)
    assert [row.appointment_id for row in queries.advisors_of(unit.pk, on=FIRST)] == [appointment.pk]
    assert queries.advisors_of(unit.pk, on=date(2026, 3, 31)) == []
    decision = Decision.objects.get(appointment=appointment)
    assert decision.content["reference"] == "100-1/2026-2"
    assert "Oddelek za šport" in decision.content["paragraphs"][1]
    assert person.name in decision.content["paragraphs"][1]
    assert decision.content["paragraphs"][2] == "2. Imenovanje velja od 1.\u00a04.\u00a02026."
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["advisors.nominate", "advisors.agree", "advisors.appoint", "advisors.confirm"]


def test_nominee_is_asked_by_mail_and_the_service_told_of_the_yes() -> None:
    unit = organisation.make_unit()
    user = holder(Role.SERVICE, unit, "sluzba@example.org")
    nomination = nominate(unit, nominee(unit))
    operations.agree(nomination_id=nomination.pk, how="v programu", at=AT, actor=None)
    sent = {message.recipient: message.body for message in OutgoingMessage.objects.all()}
    assert sorted(sent) == ["ana@example.org", user.email]
    assert f"/advisors/nominations/{nomination.pk}/" in sent["ana@example.org"]


def test_confirmation_waits_for_the_nominee() -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit))
    with pytest.raises(errors.NotYetAgreed):
        operations.confirm(nomination_id=nomination.pk, decision_reference="1", at=AT, actor=None)
    assert Appointment.objects.count() == 0


def test_agreement_in_a_talk_is_written_down_at_once() -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit, email=""), agreed_how="v pogovoru")
    assert (nomination.state, nomination.agreed_how) == (NominationState.AGREED, "v pogovoru")


def test_successor_takes_over_on_the_first_day_without_a_gap() -> None:
    former = make_appointment(valid_from=date(2024, 1, 1))
    nomination = nominate(former.unit, nominee(former.unit), agreed_how="x", replaces_id=former.pk)
    operations.confirm(nomination_id=nomination.pk, decision_reference="1", at=AT, actor=None)
    former.refresh_from_db()
    assert former.valid_to == FIRST
    assert queries.vacancies(FIRST) == queries.vacancies(date(2026, 3, 31)) == 0


def test_deputy_does_not_cover_a_unit() -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit), role=AppointmentRole.DEPUTY, agreed_how="x")
    operations.confirm(nomination_id=nomination.pk, decision_reference="1", at=AT, actor=None)
    (row,) = queries.coverage(FIRST)
    assert (row.vacant, len(row.advisors), len(row.deputies)) == (True, 0, 1)
    (fact,) = queries.unit_facts(FIRST)
    assert fact.appointment_ids == ()


def test_nobody_advises_more_units_than_one_person_may() -> None:
    unit = organisation.make_unit()
    person = nominee(unit)
    for _ in range(queries.MOST_UNITS):
        make_appointment(organisation.make_unit(employer=unit.employer), person)
    with pytest.raises(errors.AdvisorOfTooMany) as caught:
        nominate(unit, person)
    assert caught.value.field == "person"
    assert nominate(unit, person, role=AppointmentRole.DEPUTY).state == NominationState.PROPOSED


def test_same_person_is_not_nominated_twice_for_a_unit() -> None:
    unit = organisation.make_unit()
    person = nominee(unit)
    nominate(unit, person)
    with pytest.raises(errors.AlreadyNominated):
        nominate(unit, person)


@pytest.mark.parametrize("state", [NominationState.DECLINED, NominationState.REFUSED, NominationState.WITHDRAWN])
def test_closed_nomination_stays_closed(state: NominationState) -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit), agreed_how="x")
    operations.close(nomination_id=nomination.pk, state=state, because="ne utegne", at=AT, actor=None)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.decided_because) == (state, "ne utegne")
    with pytest.raises(errors.NominationIsOver):
        operations.confirm(nomination_id=nomination.pk, decision_reference="1", at=AT, actor=None)


def test_checks_say_what_is_not_in_order() -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit))
    assert [check.good for check in queries.checks(nomination)] == [False, True, False, True]
    operations.agree(nomination_id=nomination.pk, how="x", at=AT, actor=None)
    Nomination.objects.update(trained="tečaj za svetovalce, marec 2026")
    fresh = queries.nomination(nomination.pk)
    assert fresh is not None
    assert [check.good for check in queries.checks(fresh)] == [True, True, True, True]


def test_template_with_an_unknown_brace_is_refused() -> None:
    with pytest.raises(errors.UnknownPlaceholder, match="priimek"):
        operations.change_template(heading="Sklep", body="{priimek}", signatory="x", at=AT, actor=None)
    with pytest.raises(errors.UnknownPlaceholder):
        operations.change_template(heading="Sklep", body="odprt {oklepaj", signatory="x", at=AT, actor=None)


@pytest.mark.parametrize(
    ("written", "line"),
    [("{oseba!r}", 2), ("{oseba:>999999999}", 2), ("{oseba.person}", 2), ("{}", 2), ("prva\r\n}", 3)],
)
def test_fault_in_a_template_is_named_with_its_line(written: str, line: int) -> None:
    with pytest.raises(errors.UnknownPlaceholder, match=f"{line}") as refused:
        operations.change_template(heading="Sklep", body=f"Prva.\n{written}", signatory="x", at=AT, actor=None)
    assert refused.value.field == "body"
    assert DecisionTemplate.objects.count() == 0


def test_fault_in_the_heading_stands_at_the_heading() -> None:
    with pytest.raises(errors.UnknownPlaceholder) as refused:
        operations.change_template(heading="{naslov}", body="x", signatory="x", at=AT, actor=None)
    assert refused.value.field == "heading"


def test_braces_written_twice_are_braces() -> None:
    content = queries.decision_content("Sklep", "{{oseba}} je {oseba}.", "x", queries.sample_values(FIRST))
    assert content["paragraphs"] == ["{oseba} je Ana Primer."]


def test_wording_is_looked_at_before_it_is_saved(client: Client) -> None:
    client.force_login(holder(Role.SERVICE, organisation.make_unit(), "sluzba@example.org"))
    sent = {"heading": "Odločba", "body": "Imenuje se {oseba}\n\nv enoti {enota}.", "signatory": "župan"}
    seen = client.post("/advisors/rules/decision/", {**sent, "wish": "look"}).content.decode()
    assert "<p>Imenuje se Ana Primer</p><p>v enoti Oddelek za primere.</p>" in seen
    paper = client.post("/advisors/rules/decision/", {**sent, "wish": "pdf"})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert ("Ana Primer" in text, "Vzorec, ne sklep" in text) == (True, True)
    assert DecisionTemplate.objects.count() == 0
    faulty = client.post("/advisors/rules/decision/", {**sent, "body": "Dober\ndan {ime}", "wish": "pdf"})
    assert (faulty.status_code, "Vrstica 2: »{ime}«" in faulty.content.decode()) == (422, True)
    assert client.post("/advisors/rules/decision/", sent).status_code == 302
    assert DecisionTemplate.objects.get().heading == "Odločba"


def test_deputy_becomes_the_advisor_and_is_deputy_no_longer() -> None:
    unit = organisation.make_unit()
    person = nominee(unit)
    user = organisation.make_user(person=person)
    deputy = operations.appoint(
        unit_id=unit.pk, person_id=person.pk, valid_from=date(2026, 1, 1), decision_reference="1", role="deputy",
        at=AT, actor=None,
    )  # fmt: skip
    nomination = nominate(unit, person, role="advisor")
    operations.agree(nomination_id=nomination.pk, how="x", at=AT, actor=None)
    appointment = operations.confirm(nomination_id=nomination.pk, decision_reference="2", at=AT, actor=None)
    deputy.refresh_from_db()
    assert (deputy.valid_to, deputy.ended_because) == (FIRST, "imenovanje za digitalno svetovanje")
    assert [row.appointment_id for row in queries.advisors_of(unit.pk, on=FIRST)] == [appointment.pk]
    assert queries.advisors_of(unit.pk, on=FIRST, role=AppointmentRole.DEPUTY) == []
    grants = RoleGrant.objects.filter(user=user, role=Role.ADVISOR).values_list("valid_from", "valid_to")
    assert sorted(grants) == [(date(2026, 1, 1), FIRST), (FIRST, None)]


def test_confirmation_after_the_first_day_appoints_from_today() -> None:
    unit = organisation.make_unit()
    nomination = nominate(unit, nominee(unit), agreed_how="v pogovoru")
    late = datetime(2026, 4, 20, 8, tzinfo=UTC)
    appointment = operations.confirm(nomination_id=nomination.pk, decision_reference="1", at=late, actor=None)
    nomination.refresh_from_db()
    assert (appointment.valid_from, nomination.first_day) == (late.date(), late.date())
    assert queries.advisors_of(unit.pk, on=FIRST) == []


def test_advisor_is_not_nominated_as_their_own_deputy() -> None:
    held = make_appointment()
    with pytest.raises(errors.AlreadyAppointed):
        nominate(held.unit, held.person, role="deputy")


def test_introduction_that_is_done_counts_as_training() -> None:
    unit = organisation.make_unit()
    person = nominee(unit)
    nomination = nominate(unit, person)
    for step in queries.step_codes():
        operations.tick_step(person_id=person.pk, step=step, done=True, at=AT, actor=None)
    assert queries.checks(nomination)[2].good


def test_issued_decision_keeps_its_wording_when_the_template_changes() -> None:
    first = make_appointment()
    before = operations.appoint(
        unit_id=first.unit_id, person_id=nominee(first.unit).pk, valid_from=FIRST, decision_reference="1", at=AT,
        actor=None,
    )  # fmt: skip
    operations.change_template(heading="Odločba", body="Imenuje se {oseba}.", signatory="župan", at=AT, actor=None)
    after = operations.appoint(
        unit_id=first.unit_id, person_id=nominee(first.unit, email="b@example.org").pk, valid_from=FIRST,
        decision_reference="2", at=AT, actor=None,
    )  # fmt: skip
    headings = [Decision.objects.get(appointment=row).content["heading"] for row in (before, after)]
    assert headings == ["Sklep o imenovanju", "Odločba"]
