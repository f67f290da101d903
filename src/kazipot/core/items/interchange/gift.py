"""GIFT, Moodle's text format: questions apart by empty lines, answers in braces.

Source: Moodle's documentation of the GIFT format and its examples; `ordering` as its question type writes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kazipot.core.items.definition import Item
from kazipot.core.items.interchange.body import LANGUAGES
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
    text_of,
)
from kazipot.core.items.interchange.markup import escaped
from kazipot.core.items.interchange.questions import WHOLE, Choice, Question, Shape, questions_of, story_of, taken

SPECIAL = "\\~=#{}:"
IN_COMMENTS = "\\[]"
HELD = {sign: chr(number) for number, sign in enumerate("\\~=#{}:[]\n", 0x0E)}
"""Escaped signs while a question is taken apart; control signs, which no file may hold."""
BACK = str.maketrans({held: sign for sign, held in HELD.items()})
GAP = " _____ "
ENTRY = re.compile(r"([=~])")
WEIGHT = re.compile(r"\s*%(-?[\d.]+)%")
ORDERING = re.compile(r"\s*>\s*(\d*)[^\n]*\n(.*)", re.DOTALL)
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
TRUTH_TEXT, FALSITY_TEXT = (
    f'<span lang="sl" class="multilang">{sl}</span><span lang="en" class="multilang">{en}</span>'
    for sl, en in (("Drži.", "True."), ("Ne drži.", "False."))
)


@dataclass(slots=True)
class _Paragraph:
    line: int = 0
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read(content: bytes, language: str = "sl") -> Taken:
    """The items of a GIFT file; every question that can't be taken is named. `language`: of texts that don't tell."""
    text = text_of(content)
    if text is None:
        return refused_file(Reason.NOT_TEXT)
    questions, faults, spoilt = [], [], []
    for paragraph in _paragraphs(text):
        name = paragraph.lines[0]
        try:
            questions.append(_question(paragraph))
        except Refused as error:
            faults.append(Fault(paragraph.line, _name_of(name), error.reason, named(error.found)))
            spoilt.append(story_of(_tags(paragraph)))
    return taken(questions, faults, language, spoilt)


def _name_of(line: str) -> str:
    name = re.match(r"::(.+?)::", line)
    return named(name.group(1) if name else re.sub(r"^\[\w+\]", "", line).partition("{")[0])


def _tags(paragraph: _Paragraph) -> list[str]:
    comments = _held(" ".join(paragraph.comments), IN_COMMENTS)
    return [_freed(tag) for tag in re.findall(r"\[tag:([^\]]*)\]", comments)]


def _paragraphs(text: str) -> list[_Paragraph]:
    """Questions with their first line; comments don't part them, empty lines outside of braces do."""
    found: list[_Paragraph] = []
    now = _Paragraph()
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("//"):
            now.comments.append(line)
        elif line.startswith("$CATEGORY:"):
            now.comments.clear()
        elif line.strip() or inside:
            now.line = now.line or number
            now.lines.append(line)
            for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", line):
                inside = brace == "{"
        elif now.lines:
            found.append(now)
            now = _Paragraph()
    return [*found, now] if now.lines else found


def _question(paragraph: _Paragraph) -> Question:
    text = _held("\n".join(paragraph.lines)).strip()
    name = ""
    if match := re.match(r"::(.*?)::", text, re.DOTALL):
        name, text = _freed(match.group(1)).strip(), text[match.end() :].strip()
    texts, text = _format(text)
    before, opening, rest = text.partition("{")
    inner, closing, after = rest.rpartition("}")
    if (opening and not closing) or "{" in inner or "}" in inner or "}" in before:
        raise Refused(Reason.SYNTAX)
    comments = _held(" ".join(paragraph.comments), IN_COMMENTS)
    key = re.search(r"\[id:([^\]]*)\]", comments)
    question = Question(
        paragraph.line, name, Shape.STORY, "", tags=_tags(paragraph),
        key=_freed(key.group(1)).strip() if key else "",
    )  # fmt: skip
    gap = GAP if opening and after.strip(" .?!\n") else " "
    question.stem = texts.html(f"{before.rstrip()}{gap}{after.strip()}".strip() if after.strip() else before.strip())
    question.name = name or " ".join(_freed(before + gap + after).split())
    if opening:
        _answers(question, inner, texts)
    return question


def _held(text: str, special: str = SPECIAL) -> str:
    return re.sub(
        rf"\\([{re.escape(special)}n])", lambda found: HELD["\n" if found.group(1) == "n" else found.group(1)], text
    )


def _freed(text: str) -> str:
    return text.translate(BACK)


@dataclass(frozen=True, slots=True)
class _Texts:
    """How texts of a question are meant: as HTML, or as they stand."""

    are_html: bool

    def html(self, text: str) -> str:
        """A text as HTML."""
        own, text = _format(text, self)
        if own.are_html:
            return _freed(text.strip())
        return escaped(_freed(" ".join(text.split()))).replace("\n", "<br/>")


def _format(text: str, usual: _Texts | None = None) -> tuple[_Texts, str]:
    found = re.match(r"\s*\[(html|moodle|plain|markdown)\]", text)
    if found is None:
        return usual or _Texts(are_html=False), text
    return _Texts(are_html=found.group(1) == "html"), text[found.end() :]


def _answers(question: Question, inner: str, texts: _Texts) -> None:
    inner, _sign, remarks = inner.partition("####")
    question.remarks = texts.html(remarks)
    stripped = inner.strip()
    if not stripped:
        raise Refused(Reason.TYPED)
    if stripped.startswith("#"):
        raise Refused(Reason.TYPED)
    if ordering := ORDERING.match(inner):
        question.shape = Shape.ORDER
        question.choices = [Choice(texts.html(line)) for line in ordering.group(2).split("\n") if line.strip()]
        return
    if stripped.partition("#")[0].strip().upper() in TRUTH:
        question.shape = Shape.CHOICE
        question.choices = _true_or_false(stripped, texts)
        return
    entries = _entries(inner)
    if all(sign == "=" and "->" in entry for sign, entry in entries):
        question.shape = Shape.MATCH
        question.choices = [_pair(entry, texts) for _sign, entry in entries]
    elif all(sign == "=" for sign, _entry in entries):
        raise Refused(Reason.TYPED)
    else:
        question.choices = [_choice(sign, entry, texts) for sign, entry in entries]
        question.shape = Shape.CHOICE if any(sign == "=" for sign, _entry in entries) else Shape.CHOICES


def _entries(inner: str) -> list[tuple[str, str]]:
    pieces = ENTRY.split(inner)
    if pieces[0].strip() or len(pieces) < 3:
        raise Refused(Reason.SYNTAX, pieces[0].strip())
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def _choice(sign: str, entry: str, texts: _Texts) -> Choice:
    share = WHOLE if sign == "=" else 0.0
    if weight := WEIGHT.match(entry):
        try:
            share = float(weight.group(1))
        except ValueError as error:
            raise Refused(Reason.SYNTAX, weight.group(1)) from error
        entry = entry[weight.end() :]
    text, _sign, feedback = entry.partition("#")
    return Choice(texts.html(text), share, texts.html(feedback))


def _pair(entry: str, texts: _Texts) -> Choice:
    left, _arrow, right = entry.partition("->")
    return Choice(texts.html(left), match=texts.html(right))


def _true_or_false(inner: str, texts: _Texts) -> list[Choice]:
    word, _sign, feedback = inner.partition("#")
    wrong, _sign, right = feedback.partition("#")
    is_true = TRUTH[word.strip().upper()]
    found = []
    for this, words in ((True, TRUTH_TEXT), (False, FALSITY_TEXT)):
        is_right = this is is_true
        found.append(Choice(words, WHOLE if is_right else 0.0, texts.html(right if is_right else wrong)))
    return found


def write(items: Sequence[Item], languages: Sequence[str] = LANGUAGES) -> Given:
    """Items as a GIFT file."""
    faults = faults_of_giving(items)
    whole = [item for item in items if item.key not in faults]
    texts = [_written(question) for item in whole for question in questions_of(item, languages)]
    return Given("\n".join(texts).encode(), (*faults.values(), *pictures_that_stay(whole)))


def _safe(text: str, special: str = SPECIAL) -> str:
    return "".join(f"\\{sign}" if sign in special else "\\n" if sign == "\n" else sign for sign in text)


def _begun(html: str) -> str:
    """HTML whose first sign is not taken for a comment, a format or a weight."""
    return _safe(f"&#{ord(html[0])};{html[1:]}" if html[:1] in {"/", "[", "%", ">"} else html)


def _written(question: Question) -> str:
    marks = " ".join(
        [f"[id:{_safe(question.key, IN_COMMENTS)}]", *(f"[tag:{_safe(tag, IN_COMMENTS)}]" for tag in question.tags)]
    )
    head = f"// {marks}\n::{_safe(question.name)}::[html]{_begun(question.stem)}"
    if question.shape is Shape.STORY:
        return f"{head}\n"
    remarks = f"\n####{_safe(question.remarks)}" if question.remarks else ""
    entries = "\n".join(_entry(question, choice) for choice in question.choices)
    return f"{head}{{{_head(question)}\n{entries}{remarks}\n}}\n"


def _head(question: Question) -> str:
    if question.shape is not Shape.ORDER:
        return ""
    return f">{len(question.choices)} ALL VERTICAL ALL_OR_NOTHING SHOW none"


def _entry(question: Question, choice: Choice) -> str:
    if question.shape is Shape.ORDER:
        return _begun(choice.text)
    if question.shape is Shape.MATCH:
        return f"={_begun(choice.text)} -> {_begun(choice.match)}"
    feedback = f"#{_begun(choice.feedback)}" if choice.feedback else ""
    if question.shape is Shape.CHOICE:
        return f"{'=' if choice.share > 0 else '~'}{_begun(choice.text)}{feedback}"
    return f"~%{choice.share:.5f}%{_begun(choice.text)}{feedback}"
