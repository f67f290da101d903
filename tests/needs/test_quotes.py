"""What may go into the report: paraphrases always, original words only with consent, small units unnamed."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework.queries import competences
from kazipot.needs import operations, queries
from kazipot.needs.errors import NoConsentToQuote, NotAgreedYet
from kazipot.needs.models import Interview, Passage, Quote
from kazipot.needs.operations import Heard
from kazipot.organisation.models import Unit
from tests.factories.needs import make_framework
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
TEXT = "Gesla si pišem na listek. Rada bi znala več."
TICKS = {"no_name": "on", "no_place": "on", "no_unit": "on"}


def unit_of(people: int, **kwargs: Any) -> Unit:
    """A unit with so many people."""
    unit = make_unit(**kwargs)
    for _ in range(people):
        make_employment(unit=unit)
    return unit


def agreed(at: datetime, *, consent: str = "quote", unit: Unit | None = None, text: str = TEXT) -> Interview:
    """An interview whose first passage was agreed on: two competences, a gap."""
    make_framework()
    interview = operations.record_interview(
        unit_id=(unit or make_unit()).pk, held_on=date(2026, 5, 4), people=1, consent=consent, text=text, at=at,
        actor=None,
    )  # fmt: skip
    ids = frozenset(item.id for item in competences(interview.framework_id)[:2])
    heard = {first(interview).pk: Heard(ids, "gap"), list(queries.passages_of(interview.pk))[-1].pk: Heard(frozenset())}
    operations.agree_on_passages(
        interview_id=interview.pk, heard=dict(reversed(heard.items())), at=at, actor=make_user()
    )
    return interview


def first(interview: Interview) -> Passage:
    return queries.passages_of(interview.pk)[0]


def put(interview: Interview, at: datetime, paraphrase: str = "", *, quotable: bool = False) -> Quote | None:
    return operations.put_into_report(
        passage_id=first(interview).pk, paraphrase=paraphrase, quotable=quotable, at=at, actor=None
    )


def test_paraphrase_is_always_told_and_the_original_only_with_consent(at: datetime) -> None:
    kind, closed = agreed(at), agreed(at, consent="paraphrase")
    put(kind, at, "Gesla hrani na papirju.", quotable=True)
    put(closed, at, "Manjka varna hramba gesel.")
    with pytest.raises(NoConsentToQuote):
        put(closed, at, "Manjka varna hramba gesel.", quotable=True)
    found = [(row.text, row.is_original, row.kind) for row in queries.quotes_for_report(2026)]
    assert found == [
        ("Gesla hrani na papirju.", False, "gap"),
        ("Gesla si pišem na listek.", True, "gap"),
        ("Manjka varna hramba gesel.", False, "gap"),
    ]
    assert queries.quotes_for_report(2025) == []


def test_consent_is_looked_at_again_when_the_report_is_made(at: datetime) -> None:
    interview = agreed(at)
    put(interview, at, quotable=True)
    Interview.objects.update(consent="paraphrase")
    assert queries.quotes_for_report(2026) == []


def test_only_what_was_agreed_on_is_told(at: datetime) -> None:
    interview = agreed(at)
    last = list(queries.passages_of(interview.pk))[-1]
    with pytest.raises(NotAgreedYet):
        operations.put_into_report(passage_id=last.pk, paraphrase="Nekaj.", quotable=False, at=at, actor=None)
    put(interview, at, "Nekaj.")
    operations.agree_on_passages(
        interview_id=interview.pk, heard={first(interview).pk: Heard(frozenset())}, at=at, actor=make_user()
    )
    assert queries.quotes_for_report(2026) == []


def test_quote_is_taken_out_again_and_goes_with_the_interview(at: datetime) -> None:
    interview = agreed(at)
    put(interview, at, "  Nekaj.  ")
    assert Quote.objects.get().paraphrase == "Nekaj."
    assert put(interview, at, "  ") is None
    assert not Quote.objects.exists()
    put(interview, at, quotable=True)
    operations.withdraw_interview(interview_id=interview.pk, at=at, actor=None)
    assert not Quote.objects.exists()


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, "MU OGDP")])
def test_unit_is_shown_from_five_people_on(at: datetime, people: int, shown: str | None) -> None:
    unit = unit_of(people, code="OGDP")
    make_employment(unit=unit, valid_from=date(2026, 5, 5))  # after the interview
    make_employment(unit=unit, valid_to=date(2026, 5, 4))  # before it
    put(agreed(at, unit=unit), at, "Nekaj.")
    assert [row.unit for row in queries.quotes_for_report(2026)] == [shown]


def test_two_jobs_of_one_person_count_once(at: datetime) -> None:
    unit = unit_of(4)
    person = make_person()
    make_employment(person, unit)
    make_employment(person, unit)
    put(agreed(at, unit=unit), at, "Nekaj.")
    assert [row.unit is not None for row in queries.quotes_for_report(2026)] == [True]


def test_words_that_may_give_somebody_away_are_pointed_out(at: datetime) -> None:
    unit = make_unit(make_employer("JHL"), code="DEPO", name_sl="Garaža Šiška", name_en="Garage Šiška")
    make_employment(make_person(first_name="Ana", last_name="Novak"), unit)
    text = "Novaku sem v Garaži povedala, da Ana ne zna. Noč je bila ana."
    interview = agreed(at, unit=unit, text=text)
    assert queries.giveaways(interview, text) == ["Novaku", "Garaži", "Ana"]
    assert queries.giveaways(interview, "Gesla so na listku.") == []


def test_quotes_take_as_many_queries_for_one_as_for_three(
    client: Client, at: datetime, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = agreed(at, text="Gesla si pišem. Rada bi znala. Kaj pa to. In še.")
    put(interview, at, "Nekaj.")
    with django_assert_num_queries(4):
        queries.quotes_for_report(2026)
    addresses = [reverse("needs:quotes", args=[2026]), reverse("needs:interview-quotes", args=[interview.pk])]
    client.get(addresses[0])
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(16) as few:
            client.get(address)
        counts.append(len(few.captured_queries))
    ids = frozenset(item.id for item in competences(interview.framework_id)[:1])
    passages = list(queries.passages_of(interview.pk))
    for passage in passages[1:3]:
        heard = {passage.pk: Heard(ids, "idea")}
        operations.agree_on_passages(interview_id=interview.pk, heard=heard, at=at, actor=make_user())
        operations.put_into_report(passage_id=passage.pk, paraphrase="Še.", quotable=False, at=at, actor=None)
    for _ in range(2):
        put(agreed(at, unit=unit_of(5)), at, "Tudi.")
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)
    with django_assert_num_queries(4):
        assert len(queries.quotes_for_report(2026)) == 5


def test_service_checks_before_something_goes_into_the_report(client: Client, at: datetime) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = agreed(at, unit=unit_of(5, code="OGDP"))
    address = reverse("needs:quote", args=[interview.pk, first(interview).pk])
    unchecked = client.post(address, {"paraphrase": "Drugače.", "no_name": "on"})
    assert unchecked.status_code == 422
    assert unchecked.context["form"].errors.keys() == {"no_place", "no_unit"}
    assert client.post(address, {"quotable": "on"}).status_code == 422
    assert not Quote.objects.exists()
    assert client.post(address, {"paraphrase": "Drugače.", "quotable": "on", **TICKS}).status_code == 302
    report = client.get(reverse("needs:quotes", args=[2026])).text
    assert report.count("Drugače.") == 2  # under both competences
    assert report.count("<q>Gesla si pišem na listek.</q>") == 2
    assert report.count("MU OGDP") == 4
    assert client.post(address, {}).status_code == 302
    assert not Quote.objects.exists()


def test_original_cannot_be_chosen_without_consent(client: Client, at: datetime) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    interview = agreed(at, consent="paraphrase")
    address = reverse("needs:quote", args=[interview.pk, first(interview).pk])
    assert "quotable" not in client.get(address).context["form"].fields
    assert client.post(address, {"quotable": "on", "paraphrase": "Drugače.", **TICKS}).status_code == 302
    assert Quote.objects.get().quotable is False
    last = list(queries.passages_of(interview.pk))[-1].pk
    assert client.get(reverse("needs:quote", args=[interview.pk, last])).status_code == 404
