"""The watch on digital development: what is written is found, owed, decided on, gathered and fixed."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from kazipot.advisors import errors, exports, operations, queries
from kazipot.advisors.choices import Fate
from kazipot.advisors.models import WatchDigest, WatchNote
from kazipot.advisors.operations import Written
from kazipot.foundation.models import AuditEvent, OutgoingMessage
from tests.factories import needs, organisation
from tests.factories.advisors import make_appointment, make_digest, make_note

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 8, tzinfo=UTC)
TODAY = date(2026, 5, 4)
SECOND = queries.Quarter(2026, 2)


def write(appointment: Any = None, *, at: datetime = AT, **kwargs: Any) -> WatchNote:
    appointment = appointment or make_appointment()
    told = {"field": "documents", "title": "Novo", "news": "novost", "meaning": "pomen", **kwargs}
    return operations.write_note(
        unit_id=appointment.unit_id, author_id=appointment.person_id, written=Written(**told), at=at, actor=None
    )


def found(**search: str) -> list[str]:
    return [note.title for note in queries.notes(queries.Search(**search))]


@pytest.mark.parametrize("words", ["čebele", "CEBELE", "čebel senzor", "senzor žica", "zica", "krpan", "1.1"])
def test_note_is_found_by_any_of_its_words_whatever_the_letters(words: str) -> None:
    competence = needs.competences_of(needs.make_framework())[0]
    write(title="Čebele v mestu", news="Senzorji", meaning="ŽICA ni potrebna", tags=["Krpan"],
          competence_ids=[competence.pk])  # fmt: skip
    write(title="Nekaj drugega")
    assert found(words=words if words != "1.1" else competence.code) == ["Čebele v mestu"]


def test_every_word_must_occur() -> None:
    write(title="Čebele v mestu")
    assert found(words="čebele vasi") == []
    assert found(words="100%_") == []


def test_notes_are_narrowed_by_field_solution_competence_and_fate() -> None:
    competence = needs.competences_of(needs.make_framework())[0]
    write(title="A", field="security", tags=["SI-PASS"], competence_ids=[competence.pk])
    write(title="B", proposal="Preizkusimo.", tags=["si-pass", "SPOT"])
    assert found(field="security") == ["A"]
    assert found(tag="Si-Pass") == ["B", "A"]
    assert found(competence=competence.code) == ["A"]
    assert found(fate="open") == ["B"]


def test_tags_are_suggested_the_most_used_first_and_once_however_they_are_spelled() -> None:
    write(tags=["spot", "Čisto novo"])
    write(tags=["SPOT", "spot "])
    names = queries.tag_names()
    assert names[:2] == ["SPOT", "Čisto novo"]
    assert [name.lower() for name in names].count("spot") == 1
    assert "Krpan" in names


def test_advisor_owes_a_note_a_quarter_and_the_new_one_not_yet() -> None:
    old, new = make_appointment(valid_from=date(2024, 1, 1)), make_appointment(valid_from=date(2026, 5, 20))
    on = date(2026, 5, 25)
    owed = {row.unit.id: (row.owed, row.missing) for row in queries.owed_by_unit(on).values()}
    assert owed == {old.unit_id: (1, 1), new.unit_id: (0, 0)}
    write(old)
    assert [row.missing for row in queries.owed_by(old.person_id, on=on)] == [0]
    assert [row.missing for row in queries.owed_by(old.person_id, on=date(2026, 7, 1))] == [1]
    assert queries.owed_by(organisation.make_person().pk, on=on) == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 1, 1), (2026, 1)), (date(2026, 3, 31), (2026, 1)), (date(2026, 4, 1), (2026, 2)),
     (date(2026, 12, 31), (2026, 4))],
)  # fmt: skip
def test_quarter_of_a_day(on: date, expected: tuple[int, int]) -> None:
    quarter = queries.quarter_of(on)
    assert tuple(quarter) == expected
    assert quarter.first <= on <= quarter.last
    assert quarter.next.before == quarter


def test_proposal_has_a_fate_and_its_author_is_told_why() -> None:
    appointment = make_appointment()
    appointment.person.email = "ana@example.org"
    appointment.person.save()
    note = write(appointment, proposal="Kupimo tablice.")
    with pytest.raises(errors.ReasonNeeded):
        operations.decide_proposal(note_id=note.pk, fate=Fate.DECLINED, reason=" ", at=AT, actor=None)
    operations.decide_proposal(note_id=note.pk, fate=Fate.DECLINED, reason="Ni denarja.", at=AT, actor=None)
    assert queries.fates()["declined"] == 1
    assert queries.fates(SECOND) == {"open": 0, "taken_up": 0, "declined": 1, "done": 0}
    (mail,) = OutgoingMessage.objects.all()
    assert (mail.recipient, "Ni denarja." in mail.body) == ("ana@example.org", True)


def test_decided_proposal_is_not_changed_with_its_note() -> None:
    note = write(proposal="Kupimo tablice.")
    operations.decide_proposal(note_id=note.pk, fate=Fate.TAKEN_UP, reason="", at=AT, actor=None)
    changed = Written(field="devices", title="Drugače", news="n", meaning="m", proposal="Kupimo letala.", tags=["A"])
    operations.change_note(note_id=note.pk, written=changed, at=AT, actor=None)
    proposal = queries.proposal(note.pk)
    assert proposal is not None
    assert (proposal.text, proposal.fate, found(words="drugace")) == ("Kupimo tablice.", "taken_up", ["Drugače"])


def test_digest_gathers_a_quarter_fixes_it_and_goes_to_every_advisor() -> None:
    appointment = make_appointment()
    appointment.person.email = "ana@example.org"
    appointment.person.save()
    note = write(appointment, proposal="Preizkusimo.")
    intro = {"sl": "Živahno četrtletje.", "en": "A lively quarter."}
    digest = operations.publish_digest(year=2026, quarter=2, introduction=intro, at=AT, actor=None)
    assert [row["title"] for field in digest.content["fields"] for row in field["notes"]] == ["Novo"]
    assert digest.content["units"] == {"owing": 1, "wrote": 1}
    assert OutgoingMessage.objects.get().recipient == "ana@example.org"
    assert AuditEvent.objects.filter(verb="advisors.publish_digest").count() == 1
    with pytest.raises(errors.NoteIsGathered):
        operations.change_note(
            note_id=note.pk, written=Written(field="law", title="x", news="x", meaning="x"), at=AT, actor=None
        )
    with pytest.raises(errors.NoteIsGathered):
        write(appointment)
    with pytest.raises(errors.DigestIsOut):
        operations.publish_digest(year=2026, quarter=2, introduction=intro, at=AT, actor=None)


def test_digest_needs_notes_and_a_quarter_that_has_begun() -> None:
    for quarter, error in ((2, errors.NothingToGather), (3, errors.QuarterGoesOn)):
        with pytest.raises(error):
            operations.publish_digest(year=2026, quarter=quarter, introduction={}, at=AT, actor=None)
    assert WatchDigest.objects.count() == 0


@pytest.mark.parametrize(("language", "word"), [("sl", "četrtletje"), ("en", "quarter")])
def test_digest_is_a_pdf_in_both_languages_and_always_the_same(language: str, word: str) -> None:
    digest = make_digest()
    content = exports.digest_pdf(digest, language)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert word in text
    assert "Preizkusimo ga." in text
    assert content == exports.digest_pdf(digest, language)


@pytest.mark.parametrize("rows", [1, 3])
def test_search_page_costs_the_same_for_one_and_three_notes(
    client: Any, rows: int, django_assert_num_queries: Any
) -> None:
    organisation.sign_in(client, organisation.Role.SERVICE, organisation.make_employer())
    for _ in range(rows):
        note = make_note(proposal="p")
        note.tags.create(name="SPOT", folded="spot")
    with django_assert_num_queries(12):
        client.get("/advisors/watch/")
