"""A person's way: pages by area, routing, what is missing, and what counts in the end."""

from dataclasses import replace

from kazipot.core.survey.questionnaire import Asked, Page, Value, counted, fault_of, is_complete, places, steps
from tests.core.survey.questionnaire.samples import BLOCK, HOURS, LANGUAGE, LAST, WISH, questionnaire, text

FIRST = Asked(11, "1.1", "Searching", "Information")
SECOND = Asked(12, "1.2", "Judging", "Information")
SAFETY = Asked(41, "4.1", "Devices", "Safety")
ASKED = (FIRST, SECOND, SAFETY)
SAFE: dict[str, Value] = {"own_level-41": "1", "needed_level-41": "2", "wants_training-41": True}


def test_steps_put_the_competences_of_an_area_on_one_page() -> None:
    walked = steps(questionnaire(), ASKED, {})
    assert [(step.number, step.page.key, step.competences) for step in walked] == [
        (1, "competences", (FIRST, SECOND)),
        (2, "competences", (SAFETY,)),
        (3, "last", ()),
    ]


def test_places_have_names_of_their_own() -> None:
    _first, second, last = steps(questionnaire(), ASKED, {})
    assert [place.name for place in places(second)] == ["own_level-41", "needed_level-41", "wants_training-41"]
    assert [place.name for place in places(last)] == ["language", "hours"]


def test_step_is_complete_when_all_that_is_asked_of_it_is_answered() -> None:
    _first, second, last = steps(questionnaire(), ASKED, {})
    assert (is_complete(second, SAFE), is_complete(second, {"own_level-41": "1"})) == (True, False)
    assert is_complete(last, {}), "nothing there is required"
    assert not is_complete(last, {"language": "sl", "hours": 41}), "out of range"
    assert is_complete(last, {"language": "en", "hours": 41}), "not asked any more"


def test_routing_looks_at_the_same_competence() -> None:
    wish = replace(WISH, relevant="${own_level} < ${needed_level}")
    block = replace(BLOCK, items=(*BLOCK.items[:2], wish))
    answers: dict[str, Value] = {
        "own_level-11": "1", "needed_level-11": "2", "wants_training-11": True,
        "own_level-12": "2", "needed_level-12": "2", "wants_training-12": True,
    }  # fmt: skip
    assert counted(questionnaire(block, LAST), (FIRST, SECOND), answers) == {
        name: value for name, value in answers.items() if name != "wants_training-12"
    }


def test_steps_leave_out_pages_that_are_not_asked() -> None:
    more = Page("more", text("More"), (HOURS,), relevant="${language} = 'en'")
    sample = questionnaire(BLOCK, replace(LAST, items=(LANGUAGE,)), more)
    assert [step.page.key for step in steps(sample, (SAFETY,), {"language": "sl"})] == ["competences", "last"]
    assert [step.page.key for step in steps(sample, (SAFETY,), {"language": "en"})] == ["competences", "last", "more"]


def test_fault_of_tells_what_is_missing() -> None:
    step = steps(questionnaire(), (SAFETY,), {})[0]
    found = {place.name: fault.code for place in places(step) if (fault := fault_of(place, {})) is not None}
    assert found == {"own_level-41": "required", "needed_level-41": "required"}


def test_counted_leaves_out_what_is_empty() -> None:
    assert counted(questionnaire(), (SAFETY,), {**SAFE, "language": None, "unknown": "x"}) == SAFE
