"""Suggested competences for Slovenian texts, measured on texts that the lexicon was not made from."""

import json
from pathlib import Path

import pytest

from kazipot.needs.queries.suggestions import key_of, lexicon, suggest_codes, words_of

DATA = Path(__file__).parent / "data"
COMPETENCES = {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}
CODES = {f"{area}.{one}" for area, number in COMPETENCES.items() for one in range(1, number + 1)}


def micro_f1(name: str) -> float:
    """The harmonic mean of precision and recall over all texts of a set together (van Rijsbergen, 1979, ch. 7)."""
    texts = json.loads((DATA / f"coding-{name}.json").read_text(encoding="utf-8"))
    pairs = [({found.code for found in suggest_codes(row["text"])}, set(row["codes"])) for row in texts]
    right = sum(len(suggested & given) for suggested, given in pairs)
    return 2 * right / sum(len(suggested) + len(given) for suggested, given in pairs)


@pytest.mark.parametrize(("name", "least"), [("tuning", 0.95), ("held-out", 0.85), ("fresh", 0.55)])
def test_suggestions_agree_with_people_as_the_docs_say(name: str, least: float) -> None:
    assert micro_f1(name) >= least


@pytest.mark.parametrize(
    "forms",
    [
        ["geslo", "gesla", "geslom", "gesel", "Gesla"],
        ["preglednica", "preglednicah", "preglednicami"],
        ["formula", "formulah", "formulami"],
        ["dokument", "dokumente", "dokumentov"],
    ],
)
def test_forms_of_a_word_meet_in_one_key(forms: list[str]) -> None:
    assert len({key_of(form) for form in forms}) == 1


def test_lexicon_knows_the_21_competences_and_each_has_strong_terms() -> None:
    terms, threshold, _beside, _most = lexicon()
    strong = {code for term in terms for code, weight in term.weights.items() if weight > threshold}
    assert strong == CODES


def test_suggestion_quotes_the_text_as_it_is_written() -> None:
    (found,) = suggest_codes("Na službenem telefonu nimam nastavljenega GESLA.")
    assert (found.code, found.because) == ("4.1", ("GESLA",))


@pytest.mark.parametrize("text", ["", "  ", "🙂🙂", "شكرا جزيلا", "1234 …", "Malica je bila dobra."])
def test_text_without_a_hint_gets_no_code(text: str) -> None:
    assert suggest_codes(text) == []


def test_words_that_carry_meaning_are_kept_as_written() -> None:
    assert [word.text for word in words_of("Ne vem, kje je e-uprava.")] == ["Ne", "kje", "e-uprava"]
