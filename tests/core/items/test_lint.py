"""What gives an answer away is found, and what doesn't is left alone."""

from dataclasses import replace

import pytest

from kazipot.core.items.definition import Artefact, Form, Item, Kind, Line, Option, Text
from kazipot.core.items.lint import findings_in, findings_of
from tests.factories import items


def asked(stem: str, *options: str, right: int = 1, kind: Kind = Kind.SINGLE, key: str = "") -> Item:
    """An item in Slovenian and English with the same words; the first `right` options are right."""
    given = tuple(
        Option(f"o{number}", Text(text, text), number <= right, Text("x", "x"))
        for number, text in enumerate(options, start=1)
    )
    return items.single(key, stem=Text(stem, stem), options=given, kind=kind)


def codes(item: Item) -> set[str]:
    return {finding.code for finding in findings_of(item)}


@pytest.mark.parametrize(
    "make", [items.single, items.multiple, items.order, items.match, items.hotspot, items.scenario]
)
def test_fair_item_has_no_findings(make) -> None:
    assert findings_of(make()) == []


UNFAIR = {
    "longest_is_right": asked("Kaj?", "Pokličem banko po številki s svoje kartice in vprašam", "Kliknem", "Izbrišem"),
    "all_of_them": asked("Kaj?", "Pokličem", "Kliknem", "Vse našteto"),
    "looks_different": asked("Kaj?", "Pokličem.", "Kliknem", "Izbrišem"),
    "absolute": asked("Kaj?", "Pokličem banko", "Vedno kliknem", "Nikoli ne kliknem"),
    "negative": asked("Kaj od tega ni varno?", "Geslo na listku", "Ključ za dostop", "Upravitelj gesel"),
    "echo": asked(
        "Kako preverite bančno sporočilo?", "Sporočilo preverim pri banki", "Kliknem na gumb", "Pošljem naprej"
    ),
    "wordy": asked("Kaj? " + "x" * 330, "Pokličem", "Kliknem"),
}


@pytest.mark.parametrize("code", UNFAIR)
def test_clue_is_found(code: str) -> None:
    assert code in codes(UNFAIR[code])


@pytest.mark.parametrize(
    "text",
    ["Vse našteto", "Nič od tega", "Nič od naštetega", "Vse od navedenega", "Noben od zgornjih odgovorov", "A in B"],
)
def test_all_of_the_above_is_known_in_slovenian(text: str) -> None:
    assert "all_of_them" in codes(asked("Kaj?", "Pokličem", "Kliknem", text))


@pytest.mark.parametrize("text", ["All of the above", "None of these", "Both of them", "Both A and B"])
def test_all_of_the_above_is_known_in_english(text: str) -> None:
    assert "all_of_them" in codes(asked("What?", "Call", "Click", text))


@pytest.mark.parametrize(
    "stem",
    [
        "Kaj od tega NI varno?", "Kaj storite, če ni nikogar?", "Označite, česa ni.", "Which of these is NOT safe?",
        "What do you do if the page is not there, and why?",
    ],
)  # fmt: skip
def test_stem_that_is_not_negative_or_says_so_loudly_is_left_alone(stem: str) -> None:
    assert "negative" not in codes(asked(stem, "Pokličem", "Kliknem"))


def test_finding_names_part_and_language() -> None:
    part = replace(UNFAIR["all_of_them"], key="call")
    story = items.scenario("story", parts=(part, items.hotspot("mail")))
    assert [(finding.item, finding.path) for finding in findings_of(story)] == [
        ("story", "parts.call.options.o3.text.sl")
    ]


@pytest.mark.parametrize(
    ("sl", "en", "fault"),
    [
        ("posta.si/placilo", "posta.si/payment", False),
        ("Pošta <a@posta.si>", "Post <a@posta.si>", False),
        ("posta.si", "post.com", True),
        ("+44 7911", "+386 40", False),
    ],
)
def test_address_is_the_same_in_both_languages(sl: str, en: str, fault: bool) -> None:
    artefact = Artefact(Form.SMS, (Line("link", Text(sl, en)),))
    assert ("addresses_differ" in codes(items.single(artefact=artefact))) is fault


def test_right_option_that_is_too_often_the_longest_is_found_in_the_bank() -> None:
    unfair = [asked(f"Kaj {n}?", "pokličem banko", "kliknem", "brišem", key=f"i{n}") for n in range(20)]
    assert {"right_often_longest", "right_often_here"} <= {finding.code for finding in findings_in(unfair)}


def test_fair_bank_has_no_findings() -> None:
    fair = []
    for number in range(21):
        words = [f"pokličem {number}", f"kliknem {number} x", f"brišem {number}"]
        options = [Option(f"o{n}", Text(text, text), n == number % 3) for n, text in enumerate(words)]
        fair.append(items.single(f"i{number}", stem=Text(f"Kaj {number}?", ""), options=tuple(options)))
    assert findings_in(fair) == []


def test_items_that_say_the_same_are_found_unless_they_never_meet() -> None:
    words = ("Prejeli ste sporočilo banke o vaši kartici. Kaj storite?", "Pokličem banko", "Odprem povezavo")
    one, two = asked(*words, key="one"), asked(*words, key="two")
    assert [(finding.item, finding.needed) for finding in findings_in([one, two]) if finding.code == "alike"] == [
        ("two", "one")
    ]
    apart = [replace(item, enemies=("bank-card",)) for item in (one, two)]
    assert [finding for finding in findings_in(apart) if finding.code == "alike"] == []
