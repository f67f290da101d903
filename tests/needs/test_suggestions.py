"""Suggested competences for Slovenian texts, measured on texts that the lexicon was not made from."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from kazipot.needs.queries.stems import clauses_of, key_of, words_of
from kazipot.needs.queries.suggestions import lexicon, suggest_codes

DATA = Path(__file__).parent / "data"
SHIPPED = files("kazipot.needs").joinpath("data")
LEARNED_FROM = ("development", "tuning", "fresh")
COMPETENCES = {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}
CODES = {f"{area}.{one}" for area, number in COMPETENCES.items() for one in range(1, number + 1)}


def micro_f1(name: str) -> float:
    """The harmonic mean of precision and recall over all texts of a set together (van Rijsbergen, 1979, ch. 7)."""
    texts = json.loads((DATA / f"coding-{name}.json").read_text(encoding="utf-8"))
    pairs = [({found.code for found in suggest_codes(row["text"])}, set(row["codes"])) for row in texts]
    right = sum(len(suggested & given) for suggested, given in pairs)
    return 2 * right / sum(len(suggested) + len(given) for suggested, given in pairs)


LEAST = [("blind", 0.66), ("held-out", 0.91), ("check", 0.82), ("development", 0.93)]


@pytest.mark.parametrize(("name", "least"), LEAST)
def test_suggestions_agree_with_people_as_the_docs_say(name: str, least: float) -> None:
    assert micro_f1(name) >= least


def test_weights_were_learned_from_the_lexicon_and_the_texts_as_they_are() -> None:
    """Whoever changes either runs benchmarks/coding_texts.py --write."""
    sources = [SHIPPED.joinpath("coding-sl.yaml"), *(DATA / f"coding-{name}.json" for name in LEARNED_FROM)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    with np.load(Path(str(SHIPPED.joinpath("coding-sl-model.npz")))) as data:
        assert str(data["learned_from"]) == digest


def test_no_text_is_in_two_sets_and_only_known_codes_are_given() -> None:
    sets = [
        json.loads((DATA / f"coding-{name}.json").read_text(encoding="utf-8"))
        for name in (*LEARNED_FROM, "held-out", "check", "blind")
    ]
    rows = [row for texts in sets for row in texts]
    assert len({row["text"] for row in rows}) == len(rows)
    assert {code for row in rows for code in row["codes"]} == CODES


@pytest.mark.parametrize(
    "forms",
    [
        ["mejl", "mail", "Mejle", "e-pošta", "epošto"],
        ["excel", "exel", "ekselu"],
        ["fotk", "slike", "fotografije"],
        ["računalnik", "racunalnik", "računalniku"],
        ["geslo", "gesla", "geslom", "gesel", "Gesla"],
        ["preglednica", "preglednicah", "preglednicami"],
        ["formula", "formulah", "formulami"],
        ["dokument", "dokumente", "dokumentov"],
    ],
)
def test_forms_of_a_word_meet_in_one_key(forms: list[str]) -> None:
    assert len({key_of(form) for form in forms}) == 1


def test_lexicon_knows_the_21_competences_and_each_has_strong_terms() -> None:
    strong = {code for term in lexicon().terms for code, weight in term.weights.items() if weight > 0.5}
    assert strong == CODES


def test_suggestion_quotes_the_text_as_it_is_written() -> None:
    (found,) = suggest_codes("Na službenem telefonu nimam nastavljenega GESLA.")
    assert (found.code, found.because) == ("4.1", ("GESLA",))


@pytest.mark.parametrize(
    "text", ["", "  ", "🙂🙂", "شكرا جزيلا", "1234 …", "Malica je bila dobra.", "Moja žena dela v banki."]
)
def test_text_without_a_hint_gets_no_code(text: str) -> None:
    assert suggest_codes(text) == []


def test_words_that_carry_meaning_are_kept_as_written() -> None:
    assert [word.text for word in words_of("Ne vem, kje je e-uprava.")] == ["Ne", "kje", "e-uprava"]


def test_every_reason_stands_in_the_text() -> None:
    for row in json.loads((DATA / "coding-check.json").read_text(encoding="utf-8")):
        written = {word.text for word in words_of(row["text"])}
        for found in suggest_codes(row["text"]):
            assert found.because
            assert {word for passage in found.because for word in passage.split()} <= written


def test_words_without_hooks_and_misspelt_words_are_understood() -> None:
    assert [found.code for found in suggest_codes("gesla si pisem na listek")] == ["4.1"]
    assert [found.code for found in suggest_codes("tiskalnnik spet trmaari")] == ["5.1"]


def test_clauses_are_read_only_where_a_text_has_several() -> None:
    clauses = clauses_of("Gesla pozabljam, slik pa ne znam poslati. Ja.")
    assert [[word.text for word in clause] for clause in clauses] == [
        ["Gesla", "pozabljam"],
        ["ne", "znam", "poslati"],
    ]
    assert clauses_of("Gesla pozabljam.") == []


def test_text_about_two_things_gets_both_codes() -> None:
    found = {found.code for found in suggest_codes("Gesla imam na listku, starega računalnika pa ne vem, kam vreči.")}
    assert found == {"4.1", "4.4"}
