"""The figures as one document, as a text table, and in sentences."""

from datetime import date

import pytest
from django.utils import translation

from kazipot.strategy import exports, queries
from kazipot.strategy.exports import words
from kazipot.strategy.queries import Second
from tests.factories import organisation, strategy

DAY = date(2024, 12, 31)


@pytest.mark.django_db
def test_as_json_is_the_document_that_other_programs_read():
    unit = organisation.make_unit()
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    strategy.make_appointment(unit, person, date(2023, 5, 1))
    document = exports.as_json(DAY)
    assert document["as_of"] == "2024-12-31"
    keys = ("id", "numerator", "denominator", "value", "target", "due", "status")
    assert [tuple(row[key] for key in keys) for row in document["indicators"]] == [
        ("M1", 1, 1, 1.0, 1.0, "2024-01-01", "achieved"),
        ("M2", 0, 1, 0.0, 1.0, "2024-12-31", "not_started"),
        ("M3", 0, 0, None, 0.5, "2024-12-31", "not_started"),
        ("M4", 0, 0, None, 1.0, None, "not_started"),
        ("M5", 0, 1, 0.0, 1.0, None, "not_started"),
    ]


@pytest.mark.django_db
def test_as_text_is_a_table_in_the_readers_language():
    organisation.make_unit()
    with translation.override("en"):
        lines = exports.as_text(DAY).splitlines()
    assert lines[0] == "As of 2024-12-31"
    assert lines[2].split()[:3] == ["Indicator", "Met", "Counted"]
    assert lines[3].startswith("M1 Digital advisors")
    with translation.override("sl"):
        assert "Izvajanje se še ni začelo" in exports.as_text(DAY)


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [
        (0, "Od 23 povabljenih oseb jih je odgovorilo 0."),
        (1, "Od 23 povabljenih oseb je odgovorila 1."),
        (2, "Od 23 povabljenih oseb sta odgovorili 2."),
        (4, "Od 23 povabljenih oseb so odgovorile 4."),
        (5, "Od 23 povabljenih oseb jih je odgovorilo 5."),
    ],
)
def test_sentences_use_the_four_slovenian_plurals(numerator, expected):
    with translation.override("sl"):
        assert words.second_sentence(Second("response", numerator, 23)) == expected


@pytest.mark.django_db
def test_parameters_are_told_from_the_file():
    with translation.override("en"):
        assert words.parameters(queries.spec_of(queries.strategy(), "M3")) == [
            "An offer is timely when it comes at least 7 days before the session begins.",
            "An opportunity is an offer of which all of this is true: it fits a stated need (competence and level), "
            "the session is in working time, the person can get to the place, the place is accessible without "
            "barriers, it came early enough, the session took place.",
        ]
        assert words.parameters(queries.spec_of(queries.strategy(), "M5")) == [
            "Training and verification stay valid for 24 months.",
            "New employees have a grace period of 3 months.",
            "Only a verification that was passed counts.",
        ]
