"""The check of postings agrees with people, says why, and tells what is demanded from what is not."""

from typing import Any

import pytest
import yaml

from kazipot.core.language.lexicon import Level
from kazipot.hiring.queries import check_text, propose, wordings
from tests.hiring.corpora import FOLDER, corpus, macro_f1, micro_f1

FLOORS = [("tuning", 0.97, 0.97), ("tuning_more", 0.97, 0.97), ("held_out", 0.85, 0.85)]
"""What it reached when it was measured, rounded down; nobody tunes on the held-out postings."""


@pytest.mark.parametrize(("name", "least_verdict", "least_codes"), FLOORS)
def test_check_agrees_with_people(name: str, least_verdict: float, least_codes: float) -> None:
    rows = corpus(name)
    readings = [check_text(row.text) for row in rows]
    assert macro_f1([r.verdict for r in readings], [row.verdict for row in rows]) >= least_verdict
    pairs = [([d.code for d in r.demands], row.demands) for r, row in zip(readings, rows, strict=True)]
    assert micro_f1(pairs) >= least_codes


def test_no_posting_is_in_two_sets() -> None:
    texts = [row.text for name, *_ in FLOORS for row in corpus(name)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", ["tuning", "tuning_more"])
def test_evidence_stands_in_the_text_as_it_is_quoted(name: str) -> None:
    for row in corpus(name):
        reading = check_text(row.text)
        quoted = [*reading.vague, *(each for demand in reading.demands for each in demand.evidence)]
        assert [" ".join(row.text[each.start : each.end].split()) for each in quoted] == [each.text for each in quoted]


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(d.code, d.level.value if d.level else None, d.strength.value) for d in check_text(text).demands]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Zahtevamo dobro znanje Worda in urejanja besedil.", [("3.1", "intermediate", "required")]),
        ("Pogoji:\n- angleščina je prednost\n- znanje Excela", [("1.3", None, "required")]),
        ("Kaj pričakujemo?\n- preglednice", [("1.3", None, "required")]),
        ("Pogoji: Word – osnovno, Excel – napredno.", [("1.3", "advanced", "required"), ("3.1", "basic", "required")]),
        ("Pogoj je odličen Excel, prednost Canva.", [("1.3", "advanced", "required"), ("3.1", None, "desired")]),
        ("Pogoji: Word, Excel (zaželeno), vozniški izpit.", [("1.3", None, "desired"), ("3.1", None, "required")]),
        ("Poznavanje Excela je zaželeno, ni pa pogoj.", [("1.3", None, "desired")]),
        ("Znanje Excela ni pogoj.", []),
        ("Vozniški izpit B je prednost, znanje Excela je pogoj.", [("1.3", None, "required")]),
        ("Naloge: vodenje evidenc v Excelu.", []),
        ("Naloge: vodenje evidenc v Excelu. To znanje preverimo z nalogo.", [("1.3", None, "required")]),
        ("Prijave pošljite po elektronski pošti.", []),
        ("Nudimo tečaj Excela in prenosni računalnik.", []),
        ("ZAŽELENO:\n- Excel\n\nPOGOJI:\n- e-pošta", [("1.3", None, "desired"), ("2.1", None, "required")]),
        ("Pričakovane kompetence po okviru DigComp: 3.1 (napredna raven).", [("3.1", "advanced", "required")]),
        ("Kandidatka naj bo vešča dela s preglednicami.", [("1.3", None, "required")]),
        ("Znate uporabljati Excel? Vabljeni!", [("1.3", None, "required")]),
    ],
)  # fmt: skip
def test_strength_and_level_reach_as_far_as_the_sentence_says(
    text: str, demands: list[tuple[str, str | None, str]]
) -> None:
    assert found(text) == demands


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Pogoj je računalniška pismenost.", "vague"),
        ("Zahtevamo poznavanje dela z računalnikom (preglednice, e-pošta).", "selected"),
        ("Obvladovanje IKT.", "vague"),
        ("Delate zunaj, ne za računalnikom.", "none"),
        ("", "none"),
    ],
)
def test_verdict_tells_selected_knowledge_from_vague_words(text: str, verdict: str) -> None:
    assert check_text(text).verdict == verdict


@pytest.mark.parametrize("what", yaml.safe_load((FOLDER / "phrases.yaml").read_text(encoding="utf-8")).items())
def test_names_of_digital_knowledge_are_known(what: tuple[str, list[str]]) -> None:
    name, phrases = what
    codes = [] if name in ("vague", "none") else [name]
    verdict = "selected" if codes else name
    readings = {phrase: check_text(f"Zahtevamo {phrase}.") for phrase in phrases}
    told = {phrase: ([d.code for d in each.demands], str(each.verdict)) for phrase, each in readings.items()}
    assert told == dict.fromkeys(phrases, (codes, verdict))


@pytest.mark.parametrize("row", yaml.safe_load((FOLDER / "sentences.yaml").read_text(encoding="utf-8")))
def test_sentences_are_read_as_people_read_them(row: dict[str, Any]) -> None:
    told = [f"{code} {level or '-'} {strength}" for code, level, strength in found(row["text"])]
    assert told == row["demands"]


SENTENCES = [
    ("Zahtevamo: – {item}.", "required"),
    ("POGOJI:\n- {demand}\n", "required"),
    ("Zaželeno je {demand}.", "desired"),
    ("Pogoj je {demand}.", "required"),
]


@pytest.mark.parametrize(("sentence", "strength"), SENTENCES)
def test_check_reads_out_of_every_ready_wording_what_it_says(sentence: str, strength: str) -> None:
    wrong = {
        (wording.code, wording.level)
        for wording in wordings().values()
        if found(sentence.format(item=wording.item_sl, demand=wording.demand_sl))
        != [(wording.code, wording.level.value, strength)]
    }
    assert wrong == set()


def test_ready_wording_begins_with_the_neuter_singular_so_that_one_form_fits_every_sentence() -> None:
    """Nominative and accusative of a verbal noun in -nje are the same; its adjectives end in -o."""
    for wording in wordings().values():
        words = wording.demand_sl.split()
        noun = next(place for place, word in enumerate(words) if word.endswith("nje"))
        assert [word for word in words[:noun] if not word.endswith("o") and word != "in"] == []


def test_every_competence_has_wording_and_a_test_at_every_level_in_both_languages() -> None:
    codes = {f"{area}.{one}" for area, number in {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}.items() for one in range(1, number + 1)}
    assert set(wordings()) == {(code, level) for code in codes for level in Level}
    for wording in wordings().values():
        assert wording.method in {"question", "task", "test"}
        assert all((wording.demand_sl, wording.demand_en, wording.trial_sl, wording.trial_en))


def test_proposals_name_what_the_profile_demands_and_the_posting_does_not() -> None:
    reading = check_text(
        "Zahtevamo osnovno znanje Excela in e-pošto. Zaželeno je dobro znanje Worda. Varna raba gesel ni nujna."
    )
    profile = {
        "1.3": Level.INTERMEDIATE, "2.1": Level.BASIC, "3.1": Level.BASIC, "4.1": Level.ADVANCED
    }  # fmt: skip
    proposed = [(p.gap.code, p.gap.shortfall, p.wording.level) for p in propose(profile, reading.demands)]
    assert proposed == [
        ("1.3", "too_low", "intermediate"),
        ("3.1", "only_desired", "basic"),
        ("4.1", "missing", "advanced"),
    ]


def test_citizenship_is_no_posture_at_a_computer() -> None:
    reading = check_text("Pogoji: visokošolska izobrazba, državljanstvo RS, računalniška pismenost.")
    assert (reading.verdict.value, reading.demands) == ("vague", ())
