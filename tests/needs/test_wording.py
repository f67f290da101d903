"""Every fault that a questionnaire can have is said in words, in both languages, with what to do."""

import re

import pytest
from django.utils import translation

from kazipot.core.survey.questionnaire import DefinitionFault, parse
from kazipot.needs.imports import fault_in_words

DETAIL = {
    "language": "en", "longest": 2_000, "list": "colours", "value": "a b", "key": "years",
    "reason": "end", "place": 3, "found": "xyz",
}  # fmt: skip


def listed(told: str | None, start: str) -> list[str]:
    """The codes that a docstring lists after a word, without what stands in brackets."""
    text = re.sub(r"\([^()]*\)", "", str(told).split(start)[1])
    return re.findall(r"[a-z_]+", text.split(".")[0])


CODES = listed(DefinitionFault.__doc__, "Codes:")
REASONS = re.findall(r"[a-z]+", str(parse.__doc__).split("reasons:")[1])


def test_codes_are_those_that_the_docstrings_list() -> None:
    assert len(CODES) == 21
    assert REASONS == ["sign", "word", "end", "rest", "arguments", "pattern", "deep", "long"]


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("code", CODES)
def test_fault_is_said_in_words(code: str, language: str) -> None:
    with translation.override(language):
        message, remedy = fault_in_words(DefinitionFault("hours", "label", code, DETAIL))
    assert message[-1] == remedy[-1] == "."
    assert "%(" not in message + remedy


@pytest.mark.parametrize("reason", REASONS)
def test_reason_of_an_expression_is_said_in_words(reason: str) -> None:
    with translation.override("en"):
        message, remedy = fault_in_words(
            DefinitionFault("hours", "relevant", "expression", {**DETAIL, "reason": reason})
        )
    assert remedy.endswith(".")
    assert reason in {"deep", "long"} or "haracter 4" in message


def test_words_are_slovenian_for_slovenian_readers() -> None:
    fault = DefinitionFault("hours", "relevant", "later_key", {"key": "language"})
    assert fault_in_words(fault) == (
        "Vprašanje »language« pride na vrsto šele pozneje.",
        "Sklicujte se le na prejšnja vprašanja ali spremenite vrstni red.",
    )
