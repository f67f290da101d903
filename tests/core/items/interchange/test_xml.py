"""Moodle XML and QTI as other systems write them, and files that mean harm."""

import zipfile
from io import BytesIO

import pytest

from kazipot.core.items.definition import Item, Kind, Option, Text
from kazipot.core.items.interchange import FORMATS, Fault, Reason, moodle, qti

BOMB = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
MOODLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Varnost</text></category></question>
  <question type="multichoice">
    <name><text>Kava</text></name>
    <questiontext format="html"><text><![CDATA[<p>Kaj <b>naredite</b>&nbsp;najprej?</p>]]></text></questiontext>
    <generalfeedback format="html"><text></text></generalfeedback>
    <single>true</single>
    <answer fraction="100" format="html"><text><![CDATA[<p>Zaklenem zaslon.</p>]]></text>
      <feedback format="html"><text>Tako je.</text></feedback></answer>
    <answer fraction="0" format="plain_text"><text>Grem < kavo</text></answer>
  </question>
  <question type="shortanswer"><name><text>Geslo</text></name>
    <questiontext format="html"><text>Kako?</text></questiontext></question>
  <question type="truefalse"><name><text>Drugi</text></name>
    <questiontext format="html"><text>Geslo povem.</text></questiontext>
    <answer fraction="0"><text>true</text><feedback><text>Nikoli.</text></feedback></answer>
    <answer fraction="100"><text>false</text></answer></question>
  <question type="ddwtos"><name><text>Tretji</text></name></question>
  <question type="multichoice"><name><text>Polovica</text></name>
    <questiontext><text>Kaj?</text></questiontext><single>1</single>
    <answer fraction="100"><text>a</text></answer><answer fraction="50"><text>b</text></answer></question>
</quiz>
""".replace(b"Grem < kavo", b"Grem &lt; kavo")
CHOICE_2_1 = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="choice" title="Unattended Luggage"
  adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
<correctResponse><value>ChoiceA</value></correctResponse>{mapping}</responseDeclaration>
<itemBody><p>Look at the text in the picture.</p>{picture}
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>What does it say?</prompt>
<simpleChoice identifier="ChoiceA">You must stay with your luggage at all times.
<feedbackInline outcomeIdentifier="FEEDBACK" identifier="ChoiceA" showHide="show">Yes.</feedbackInline></simpleChoice>
<simpleChoice identifier="ChoiceB">Do not let someone else look after your luggage.</simpleChoice>
</choiceInteraction></itemBody></assessmentItem>"""
MATCH_2_1 = """<assessmentItem identifier="m" title="Characters"><responseDeclaration identifier="R"
cardinality="multiple" baseType="directedPair">
<correctResponse><value>C R</value><value>D M</value></correctResponse></responseDeclaration>
<itemBody><matchInteraction responseIdentifier="R"><prompt>Match.</prompt>
<simpleMatchSet><simpleAssociableChoice identifier="C">Capulet</simpleAssociableChoice>
<simpleAssociableChoice identifier="D">Demetrius</simpleAssociableChoice></simpleMatchSet>
<simpleMatchSet><simpleAssociableChoice identifier="M">Midsummer</simpleAssociableChoice>
<simpleAssociableChoice identifier="R">Romeo</simpleAssociableChoice>
<simpleAssociableChoice identifier="T">Tempest</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody>
</assessmentItem>"""


def test_moodles_own_export_comes_in_and_the_rest_is_named() -> None:
    taken = moodle.read(MOODLE)
    assert taken.items == (
        Item("kava", Kind.SINGLE, Text(sl="Kaj naredite najprej?"), options=(
            Option("a", Text(sl="Zaklenem zaslon."), True, Text(sl="Tako je.")), Option("b", Text(sl="Grem < kavo")),
        )),
        Item("drugi", Kind.SINGLE, Text(sl="Geslo povem."), options=(
            Option("a", Text("Drži.", "True."), False, Text(sl="Nikoli.")),
            Option("b", Text("Ne drži.", "False."), True),
        )),
    )  # fmt: skip
    assert taken.lines == (4, 15)
    assert taken.faults == (
        Fault(13, "Geslo", Reason.TYPED, "shortanswer"),
        Fault(19, "Tretji", Reason.UNKNOWN_KIND, "ddwtos"),
        Fault(20, "Polovica", Reason.PART_OF_POINTS, "b"),
    )


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
@pytest.mark.parametrize("name", ["moodle", "qti"])
def test_document_types_and_entities_are_refused(name: str, content: bytes) -> None:
    taken = FORMATS[name].read(content, "sl")
    assert (taken.items, [fault.reason for fault in taken.faults]) == ((), [Reason.UNSAFE_XML])


def test_deep_and_broken_xml_is_refused_with_its_line() -> None:
    assert [fault.reason for fault in moodle.read(b"<quiz>" + b"<a>" * 5000).faults] == [Reason.UNSAFE_XML]
    assert moodle.read(b"<quiz>\n<question></quiz>").faults == (Fault(2, "", Reason.NOT_XML, "mismatched tag"),)
    assert moodle.read(b"<html/>").faults == (Fault(1, "", Reason.NOT_THE_FORMAT, "<html>"),)


def test_items_of_qti_2_1_come_in() -> None:
    (choice,) = qti.read(CHOICE_2_1.format(mapping="", picture="").encode(), "en").items
    assert choice == Item(
        "choice", Kind.SINGLE, Text(en="Look at the text in the picture.\nWhat does it say?"), options=(
            Option("ChoiceA", Text(en="You must stay with your luggage at all times."), True, Text(en="Yes.")),
            Option("ChoiceB", Text(en="Do not let someone else look after your luggage.")),
        ))  # fmt: skip
    (match,) = qti.read(MATCH_2_1.encode(), "en").items
    assert [(option.text.en, option.match.en) for option in match.options] == [
        ("Demetrius", "Midsummer"), ("Capulet", "Romeo"), ("", "Tempest"),
    ]  # fmt: skip


MAPPING = '<mapping><mapEntry mapKey="ChoiceA" mappedValue="2"/><mapEntry mapKey="ChoiceB" mappedValue="1"/></mapping>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CHOICE_2_1.format(mapping="", picture='<img src="sign.png" alt=""/>'), Reason.PICTURE),
        (CHOICE_2_1.format(mapping=MAPPING, picture=""), Reason.PART_OF_POINTS),
        (CHOICE_2_1.replace("choiceInteraction", "textEntryInteraction"), Reason.TYPED),
        (CHOICE_2_1.replace("choiceInteraction", "sliderInteraction"), Reason.UNKNOWN_KIND),
        (MATCH_2_1.replace("D M", "D R"), Reason.MANY_KEYS),
        ("<assessmentTest/>", Reason.NOT_THE_FORMAT),
    ],
)
def test_item_of_qti_that_cannot_be_taken_is_named(content: str, reason: Reason) -> None:
    content = content.replace("{mapping}", "").replace("{picture}", "")
    assert [fault.reason for fault in qti.read(content.encode(), "en").faults] == [reason]


def test_package_that_unpacks_to_too_much_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("items/big.xml", b" " * (101 * 1024 * 1024))
    assert [fault.reason for fault in qti.read(made.getvalue()).faults] == [Reason.TOO_LARGE]


def test_file_in_one_language_holds_only_that_language() -> None:
    item = Item("a", Kind.SINGLE, Text("Kaj?", "What?"), options=(
        Option("a", Text("To < ono & <b>", "This"), True), Option("b", Text("Ono", "That"))))  # fmt: skip
    for name in FORMATS:
        written = FORMATS[name].write([item], ["sl"]).content
        (back,) = FORMATS[name].read(written, "sl").items
        assert back.stem == Text(sl="Kaj?")
        assert [option.text for option in back.options] == [Text(sl="To < ono & <b>"), Text(sl="Ono")]
