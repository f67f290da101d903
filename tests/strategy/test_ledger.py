"""The opportunity ledger: every offer of the year, whether it counts, and which condition fails if not."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.indicators.training import CONDITIONS, OfferFact, Span, failing, is_opportunity
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.strategy import queries
from kazipot.training import queries as training
from kazipot.training.models import Attendance, Course, SeatOffer, Session
from tests.factories import needs
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import AT, make_course, make_offer, make_session

ON = date(2026, 7, 1)
DAY = date(2026, 6, 15)
NEED = Span(1, 1, 3)
GOOD = OfferFact(1, 1, date(2026, 6, 1), DAY, True, frozenset({Span(1, 0, 2)}))


@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        ({}, ()),
        ({"spans": frozenset({Span(2, 0, 2)})}, ("fits",)),
        ({"spans": frozenset({Span(1, 0, 1)})}, ("fits",)),
        ({"in_working_time": False}, ("working_time",)),
        ({"reachable": False}, ("reachable",)),
        ({"accessible": False}, ("accessible",)),
        ({"offered_on": date(2026, 6, 9)}, ("notice",)),
        ({"took_place": False}, ("held",)),
        ({"starts_on": date(2026, 7, 2)}, ("held",)),
        ({"starts_on": date(2027, 6, 15)}, ("held",)),
        ({"accessible": False, "took_place": False}, ("accessible", "held")),
    ],
)
def test_each_condition_fails_by_its_name(changes: dict[str, Any], fails: tuple[str, ...]) -> None:
    values = {name: getattr(GOOD, name) for name in GOOD.__slots__}
    offer = OfferFact(**{**values, **changes})
    told: Any = {"year": 2026, "notice_days": 7, "as_of": ON}
    assert failing(offer, [NEED], **told) == fails
    assert is_opportunity(offer, [NEED], **told) == (not fails)
    rest = [name for name in CONDITIONS if name not in fails]
    assert failing(offer, [NEED], **told, conditions=rest) == ()


class World:
    """People who need what a course teaches, and one session of it that was held."""

    def __init__(self) -> None:
        self.course: Course = make_course()
        self.campaign = needs.make_campaign(2026, self.course.framework)
        self.session = make_session(self.course, starts_on=DAY, capacity=20)
        Session.objects.update(status="held")

    def offer(self, *, in_need: bool = True, session: Session | None = None, **changes: Any) -> SeatOffer:
        """An offer to somebody new."""
        job: Employment = make_employment(person=make_person(), unit=make_unit(make_employer()))
        competence = training.taught(self.course.pk)[0].competence_id
        answer = Answered(1, 3, True) if in_need else Answered(4, 0, False)
        needs.make_response(
            needs.make_invitation(self.campaign, job.person, job.unit),
            {competence: answer},
            default=Answered(4, 0, False),
        )
        return make_offer(session or self.session, job.person, job.unit, **changes)


def ledger(on: date = ON) -> queries.Ledger:
    spec = queries.spec_of(queries.strategy(), "M3")
    assert isinstance(spec, queries.TrainingIndicator)
    return queries.ledger(on, spec)


@pytest.mark.django_db
def test_ledger_tells_state_and_what_fails_of_every_offer() -> None:
    world = World()
    attended, absent = world.offer(state="accepted"), world.offer(state="accepted")
    for offer, there in ((attended, True), (absent, False)):
        Attendance.objects.create(session=world.session, person=offer.person, attended=there, recorded_at=AT)
    far, busy = (world.offer(state="declined", declined_because=why) for why in ("place", "work"))
    late = world.offer(state="expired", offered_on=date(2026, 6, 12))
    needless = world.offer(in_need=False, state="given_up")
    withdrawn = world.offer(state="withdrawn")
    ahead = world.offer(state="offered", session=make_session(world.course, starts_on=date(2026, 9, 1)))
    found = {line.offer_id: (line.state, line.fails) for line in ledger().lines}
    assert found == {
        attended.pk: ("attended", ()),
        absent.pk: ("absent", ()),
        far.pk: ("declined", ("reachable",)),
        busy.pk: ("declined", ()),
        late.pk: ("expired", ("notice",)),
        needless.pk: ("given_up", ("fits",)),
        withdrawn.pk: ("withdrawn", ("withdrawn",)),
        ahead.pk: ("offered", ("held",)),
    }
    met = queries.indicator(ON, "M3", scope=queries.WHOLE).numerator
    assert met == len({attended.person_id, absent.person_id, busy.person_id})


@pytest.mark.django_db
def test_person_with_two_opportunities_is_counted_once() -> None:
    world = World()
    first = world.offer(state="accepted")
    other = make_session(world.course, starts_on=date(2026, 6, 20))
    Session.objects.update(status="held")
    make_offer(other, first.person, first.unit, state="accepted")
    found = ledger()
    assert (sum(line.counts for line in found.lines), len(found.met)) == (2, 1)


@pytest.mark.django_db
def test_page_filters_and_takes_the_rows_away(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = ON.isoformat()
    world = World()
    good, late = world.offer(state="accepted"), world.offer(state="expired", offered_on=date(2026, 6, 12))
    sign_in(client, Role.AUDITOR, make_employer())
    page = reverse("strategy:ledger", args=("M3",))
    reference = {offer.pk: ledger().reference_of(line) for offer in (good, late) for line in ledger().lines
                 if line.offer_id == offer.pk}  # fmt: skip
    for asked, shown in (
        ("", {good.pk, late.pk}), ("?counts=yes", {good.pk}), ("?counts=no", {late.pk}), ("?state=expired", {late.pk}),
        ("?fails=notice", {late.pk}), ("?fails=held", set()), (f"?employer={good.employer_id}", {good.pk, late.pk}),
        ("?employer=0", set()), (f"?reference={reference[late.pk]}", {late.pk}),
        (f"?scope=unit:MU/{good.unit.code}", {good.pk}), ("?scope=kind:department", {good.pk, late.pk}),
    ):  # fmt: skip
        text = client.get(page + asked).text
        assert {pk for pk, words in reference.items() if words in text} == shown, asked
        assert good.person.name not in text
        assert good.person.key not in text
    file = client.get(reverse("strategy:ledger-file", args=("M3",)) + "?counts=no").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file), delimiter=";"))
    assert [(row["Oznaka"], row["Šteje"], row["Česa ne izpolnjuje"]) for row in rows] == [
        (reference[late.pk], "ne", "prišla je prepozno")
    ]


@pytest.mark.django_db
def test_reference_of_the_ledger_is_that_of_the_evidence(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = ON.isoformat()
    world = World()
    world.offer(state="accepted")
    (line,) = ledger().lines
    sign_in(client, Role.SERVICE, make_employer())
    evidence = client.get(reverse("strategy:evidence", args=("M3",))).text
    assert ledger().reference_of(line) in evidence
    assert reverse("strategy:ledger", args=("M3",)) in evidence


@pytest.mark.django_db
def test_ledger_takes_as_many_queries_for_few_as_for_many(
    client: Client, settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.KAZIPOT_TODAY = ON.isoformat()
    world = World()
    world.offer()
    sign_in(client, Role.SERVICE, make_employer())
    page = reverse("strategy:ledger", args=("M3",))
    client.get(page)
    with django_assert_max_num_queries(40) as few:
        client.get(page)
    for _ in range(3):
        world.offer()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(page)
