"""The time that a questionnaire takes follows from its words and its items."""

from dataclasses import replace

import pytest

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Questionnaire, Text, most_competences, seconds
from tests.core.survey.questionnaire.samples import BLOCK, LAST, LEVELS, questionnaire, text

ASK = Item("ask", Kind.ONE, Text("", "three plain words"), choices="levels")
TELL = Item("tell", Kind.LONG_TEXT, text("more"), relevant="${ask} = '1'")


def test_seconds_count_words_choosing_and_the_page_on_a_phone() -> None:
    one = questionnaire(Page("p", text("page"), (ASK,)))
    words = 1 + 3 + 5 * 2
    assert seconds(one, 0) == pytest.approx(1.4 * (words * 60 / 238 + 5 + 2))


def test_seconds_leave_out_what_a_person_is_not_asked() -> None:
    with_text = questionnaire(Page("p", text("page"), (ASK, TELL)))
    without = questionnaire(Page("p", text("page"), (ASK,)))
    assert seconds(with_text, 0) == pytest.approx(seconds(without, 0) + 30 + 1.4 * 60 / 238)
    assert seconds(with_text, 0, unasked={"tell"}) == pytest.approx(seconds(without, 0))


def own_wording() -> Questionnaire:
    """Level 0 in general words, the level 1 of two competences in two and in six words of their own."""
    own = (Choice("1", text("two words"), "1.1"), Choice("1", text("these are six words in all"), "1.2"))
    lists = {**questionnaire().choice_lists, "levels": (*LEVELS[:1], *own)}
    return replace(questionnaire(Page("p", text("page"), (ASK,), per_competence=True)), choice_lists=lists)


def test_seconds_count_a_repeated_list_once_and_own_wording_each_time() -> None:
    sample = own_wording()
    each = seconds(sample, 3) - seconds(sample, 2)
    assert each == pytest.approx(1.4 * ((6 + 4) * 60 / 238 + 5 + 2))
    assert seconds(sample, 1) - each == pytest.approx(1.4 * (1 + 3 + 2) * 60 / 238)


def test_most_competences_is_the_last_number_that_fits() -> None:
    sample = questionnaire(BLOCK, LAST)
    number = most_competences(sample, 480)
    assert seconds(sample, number) <= 480 < seconds(sample, number + 1)
    assert most_competences(sample, 1) == 0


def test_numbers_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        seconds(questionnaire(), -1)
    with pytest.raises(ValueError, match="per competence"):
        most_competences(questionnaire(LAST), 480)
