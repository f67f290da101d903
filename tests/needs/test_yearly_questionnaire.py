"""The built-in yearly questionnaire: whole, plainly worded in both languages, and short enough."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
import yaml

from kazipot.core.survey.questionnaire import (
    Choice,
    Kind,
    Questionnaire,
    Text,
    faults_of,
    from_data,
    most_competences,
    parse,
    seconds,
)

EIGHT_MINUTES = 8 * 60
LONGEST_ANCHOR = 140
MUST_BE_ASKED = {"1.1", "1.2", "2.1", "2.2", "4.1", "4.2", "5.1"}
FOR_FEW = {"accessibility_need"}


@pytest.fixture(scope="module")
def yearly() -> Questionnaire:
    """The questionnaire as the package carries it."""
    text = files("kazipot.needs").joinpath("data/yearly-questionnaire.yaml").read_text(encoding="utf-8")
    return from_data(yaml.safe_load(text))


@pytest.fixture(scope="module")
def codes() -> set[str]:
    """Codes of DigComp's competences, from the framework's own data; the same in both versions."""
    text = files("kazipot.framework").joinpath("data/digcomp.yaml").read_text(encoding="utf-8")
    versions = [{row["code"] for row in framework["competences"]} for framework in yaml.safe_load(text)["frameworks"]]
    assert all(version == versions[0] for version in versions)
    return versions[0]


def anchors(questionnaire: Questionnaire) -> list[Choice]:
    """The levels told for one competence."""
    return [choice for choice in questionnaire.choice_lists["own_levels"] if choice.competence]


def texts(questionnaire: Questionnaire) -> Iterator[Text]:
    """Everything that people read."""
    yield questionnaire.title
    for page in questionnaire.pages:
        yield page.label
    for _page, item in questionnaire.items():
        yield from (item.label, item.hint, item.constraint_message)
    for choices in questionnaire.choice_lists.values():
        yield from (choice.label for choice in choices)


def test_yearly_questionnaire_has_no_faults(yearly: Questionnaire) -> None:
    assert faults_of(yearly) == []


def test_yearly_questionnaire_may_ask_about_every_competence(yearly: Questionnaire, codes: set[str]) -> None:
    assert len(codes) == 21
    assert sorted(yearly.competences) == sorted(codes)
    assert set(yearly.base) <= codes
    assert set(yearly.base) >= MUST_BE_ASKED
    assert len(yearly.base) in {7, 8}


def test_every_competence_has_the_four_levels_once(yearly: Questionnaire, codes: set[str]) -> None:
    told = [(choice.competence, choice.value) for choice in anchors(yearly)]
    assert sorted(told) == sorted((code, level) for code in codes for level in "1234")
    own = yearly.item("own_level")
    assert own is not None
    for code in codes:
        assert [choice.value for choice in yearly.choices_for(own, code)] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("language", ["sl", "en"])
def test_anchors_are_short_different_sentences(yearly: Questionnaire, language: str) -> None:
    said = [str(getattr(choice.label, language)) for choice in anchors(yearly)]
    assert [text for text in said if len(text) > LONGEST_ANCHOR] == []
    assert len({text.casefold() for text in said}) == len(said) == 84
    assert [text for text in said if not re.fullmatch(r"[^\W\d_a-zčšž].*[^.]\.", text)] == []


def test_texts_are_typeset_well(yearly: Questionnaire) -> None:
    for text in texts(yearly):
        for said in (text.sl, text.en):
            assert said == said.strip()
            assert not re.search(r"""["'`]|\s\s|\s[,.?!]|\.\.""", said), said
        assert not re.search(r"[“”„]", text.sl), text.sl
        assert text.sl.count("»") == text.sl.count("«")
        assert text.en.count("“") == text.en.count("”")


@pytest.mark.parametrize(
    ("key", "alone"), [("preferred_mode", "none"), ("preferred_time", "none"), ("barriers", "nothing")]
)
def test_the_answer_none_of_these_stands_alone(yearly: Questionnaire, key: str, alone: str) -> None:
    item = yearly.item(key)
    assert item is not None
    assert item.kind is Kind.MANY
    other = next(choice.value for choice in yearly.choices_for(item) if choice.value != alone)
    allowed = parse(item.constraint)
    assert allowed.holds({}, (alone,))
    assert allowed.holds({}, (other,))
    assert not allowed.holds({}, (other, alone))


def test_an_adjustment_is_asked_about_only_of_those_who_need_one(yearly: Questionnaire) -> None:
    item = yearly.item("accessibility_need")
    assert item is not None
    assert parse(item.relevant).holds({"barriers": ("shifts", "accessibility")})
    assert not parse(item.relevant).holds({"barriers": ("shifts",)})
    assert [item.key for _page, item in yearly.items() if item.relevant] == ["accessibility_need"]


def test_answering_takes_eight_minutes_at_most(yearly: Questionnaire) -> None:
    assert seconds(yearly, len(yearly.base), unasked=FOR_FEW) <= EIGHT_MINUTES
    assert most_competences(yearly, EIGHT_MINUTES, unasked=FOR_FEW) == 7
