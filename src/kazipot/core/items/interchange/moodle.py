"""Moodle XML: `<quiz>` with questions of Moodle's own types and the type `ordering`.

Source: Moodle's documentation of Moodle XML; what its exporter writes.
"""

from collections.abc import Sequence

from kazipot.core.items.definition import Item
from kazipot.core.items.interchange.body import LANGUAGES, plain
from kazipot.core.items.interchange.faults import (
    Fault,
    Given,
    Reason,
    Refused,
    Taken,
    faults_of_giving,
    named,
    pictures_that_stay,
    refused_file,
)
from kazipot.core.items.interchange.gift import FALSITY_TEXT, TRUTH_TEXT
from kazipot.core.items.interchange.markup import BadXML, Node, document, escaped, read_html, read_xml
from kazipot.core.items.interchange.questions import Choice, Question, Shape, questions_of, story_of, taken

TYPED = {"shortanswer", "numerical", "essay", "calculated", "calculatedsimple", "calculatedmulti", "cloze",
         "multianswer", "regexp", "pmatch"}  # fmt: skip


def read(content: bytes, language: str = "sl") -> Taken:
    """The items of a Moodle XML file; every question that can't be taken is named."""
    try:
        root = read_xml(content)
    except BadXML as error:
        return refused_file(error.reason, error.line, error.found)
    if root.tag != "quiz":
        return refused_file(Reason.NOT_THE_FORMAT, root.line, f"<{root.tag}>")
    questions, faults, spoilt = [], [], []
    for node in root.elements("question"):
        if node.get("type") == "category":
            continue
        try:
            questions.append(_question(node))
        except Refused as error:
            faults.append(Fault(node.line, named(_name(node)), error.reason, named(error.found)))
            spoilt.append(story_of(_tags(node)))
    return taken(questions, faults, language, spoilt)


def _tags(node: Node) -> list[str]:
    tags = node.first("tags")
    return [tag.text().strip() for tag in tags.elements("tag")] if tags else []


def _name(node: Node) -> str:
    name = node.first("name")
    return " ".join((name.text() if name else "").split())


def _text(node: Node | None, usual: str = "html") -> str:
    """A text as HTML, as its format says."""
    if node is None:
        return ""
    inner = node.first("text")
    text = (inner or node).text()
    if next((file for file in node.elements("file")), None) and "@@PLUGINFILE@@" in text:
        raise Refused(Reason.PICTURE, next(node.elements("file")).get("name"))
    if (node.get("format") or usual) in {"html", "moodle_auto_format"}:
        return text
    return escaped(text).replace("\n", "<br/>")


def _question(node: Node) -> Question:
    kind = node.get("type")
    shapes = {"multichoice": Shape.CHOICE, "truefalse": Shape.CHOICE, "matching": Shape.MATCH,
              "ordering": Shape.ORDER, "description": Shape.STORY}  # fmt: skip
    if kind not in shapes:
        raise Refused(Reason.TYPED if kind in TYPED else Reason.UNKNOWN_KIND, kind)
    key = node.first("idnumber")
    stem = node.first("questiontext")
    usual = (stem.get("format") if stem else "") or "html"
    shape = shapes[kind]
    single = node.first("single")
    if kind == "multichoice" and single is not None and single.text().strip().lower() in {"false", "0"}:
        shape = Shape.CHOICES
    found = Question(
        node.line, _name(node), shape, _text(stem), remarks=_text(node.first("generalfeedback"), usual),
        tags=_tags(node),
        key=key.text().strip() if key else "",
    )  # fmt: skip
    if kind == "matching":
        found.choices = [_pair(each, usual) for each in node.elements("subquestion")]
    elif kind == "truefalse":
        found.choices = _true_or_false(node, usual)
    elif shape is not Shape.STORY:
        found.choices = [_choice(each, usual) for each in node.elements("answer")]
    if shape is Shape.ORDER:
        found.choices.sort(key=lambda choice: choice.share)
    return found


def _choice(node: Node, usual: str) -> Choice:
    try:
        share = float(node.get("fraction") or 0)
    except ValueError as error:
        raise Refused(Reason.SYNTAX, node.get("fraction")) from error
    return Choice(_text(node, usual), share, _text(node.first("feedback"), usual))


def _pair(node: Node, usual: str) -> Choice:
    answer = node.first("answer")
    inner = (answer.first("text") or answer) if answer else None
    text = inner.text() if inner else ""
    return Choice(_text(node, usual), match=text if "<" in text and "multilang" in text else escaped(text))


def _true_or_false(node: Node, usual: str) -> list[Choice]:
    words = {"true": TRUTH_TEXT, "false": FALSITY_TEXT}
    found = [(_choice(answer, usual), answer) for answer in node.elements("answer")]
    for choice, answer in found:
        word = (answer.first("text") or answer).text().strip().lower()
        if word not in words:
            raise Refused(Reason.SYNTAX, word)
        choice.text = words[word]
    return [choice for choice, _answer in found]


def write(items: Sequence[Item], languages: Sequence[str] = LANGUAGES) -> Given:
    """Items as a Moodle XML file."""
    faults = faults_of_giving(items)
    whole = [item for item in items if item.key not in faults]
    quiz = Node("quiz", children=[_written(question) for item in whole for question in questions_of(item, languages)])
    return Given(document(quiz), (*faults.values(), *pictures_that_stay(whole)))


def _leaf(tag: str, text: str) -> Node:
    return Node(tag, children=[text] if text else [])


def _html(tag: str, text: str, **attributes: str) -> Node:
    return Node(tag, {**attributes, "format": "html"}, [_leaf("text", text)])


TYPES = {
    Shape.CHOICE: "multichoice", Shape.CHOICES: "multichoice", Shape.MATCH: "matching", Shape.ORDER: "ordering",
    Shape.STORY: "description",
}  # fmt: skip


def _written(question: Question) -> Node:
    node = Node("question", {"type": TYPES[question.shape]})
    node.children += [
        Node("name", children=[_leaf("text", question.name)]),
        _html("questiontext", question.stem),
        _html("generalfeedback", question.remarks),
        _leaf("defaultgrade", "0.0000000" if question.shape is Shape.STORY else "1.0000000"),
        _leaf("penalty", "0.0000000"),
        _leaf("hidden", "0"),
        _leaf("idnumber", question.key),
    ]
    node.children += _answers(question)
    if question.tags:
        node.children.append(Node("tags", children=[Node("tag", children=[_leaf("text", t)]) for t in question.tags]))
    return node


def _answers(question: Question) -> list[Node]:
    if question.shape is Shape.MATCH:
        return [_leaf("shuffleanswers", "true"), *(_subquestion(choice) for choice in question.choices)]
    if question.shape is Shape.ORDER:
        settings = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(question.choices)),
                    "gradingtype": "ALL_OR_NOTHING", "showgrading": "SHOW", "numberingstyle": "none"}  # fmt: skip
        answers = [
            _html("answer", choice.text, fraction=f"{place}.0000000")
            for place, choice in enumerate(question.choices, 1)
        ]
        return [*(_leaf(name, value) for name, value in settings.items()), *answers]
    if question.shape is Shape.STORY:
        return []
    answers = []
    for choice in question.choices:
        answer = _html("answer", choice.text, fraction=f"{choice.share:.5f}".rstrip("0").rstrip("."))
        answers.append(answer)
        if choice.feedback:
            answer.children.append(_html("feedback", choice.feedback))
    single = "true" if question.shape is Shape.CHOICE else "false"
    return [_leaf("single", single), _leaf("shuffleanswers", "true"), _leaf("answernumbering", "none"), *answers]


def _subquestion(choice: Choice) -> Node:
    node = _html("subquestion", choice.text)
    words = choice.match if "multilang" in choice.match else plain(read_html(choice.match))
    node.children.append(Node("answer", children=[_leaf("text", words)]))
    return node
