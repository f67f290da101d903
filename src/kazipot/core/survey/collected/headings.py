"""Which tool wrote a file, by its headings, and what each column probably means.

LimeSurvey: `id`, `submitdate`, `lastpage`, `startlanguage`, `seed`, `token`, then question codes such as `G01Q01` and
`G01Q02[SQ001]`, or the texts as "Question [Subquestion]" (LimeSurvey, application/helpers/admin/export/Writer.php).
1KA: variables such as `Q1`, `Q2a` with the texts in a second row (1KA, admin/survey/classes/class.SurveyExport.php).
Microsoft Forms: `ID`, `Start time`, `Completion time`, `Email`, `Name`, then the texts of the questions.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from kazipot.core.survey.collected.cells import plain
from kazipot.core.survey.collected.mapping import (
    CODE,
    EMAIL,
    EMPLOYER,
    LIMESURVEY,
    MOMENT,
    MS_FORMS,
    NUMBER,
    ONE_KA,
    OTHER,
    Named,
    Target,
    code_for,
)
from kazipot.core.survey.questionnaire import Questionnaire, Text

VARIABLE = re.compile(r"Q\d+[a-z]{0,2}(_\w+)?")
SIGNS = {
    LIMESURVEY: ({"submitdate", "startlanguage"}, {"datesubmitted", "startlanguage"}, {"submitdate", "lastpage"}),
    MS_FORMS: ({"starttime", "completiontime"}, {"začetničas", "časdokončanja"}),
    ONE_KA: ({"recnum"}, {"lurker"}),
}
ABOUT_THE_PERSON = {
    EMAIL: ("email", "emailaddress", "epošta", "elektronskinaslov", "epoštninaslov", "naslovepošte"),
    NUMBER: ("kadrovskaštevilka", "personnelnumber", "employeenumber"),
    EMPLOYER: ("delodajalec", "employer", "šifradelodajalca", "employercode"),
    CODE: ("token", "accesscode", "koda", "kodavabila", "kodazdopisa", "invitationcode", "code"),
    MOMENT: ("submitdate", "datesubmitted", "completiontime", "časdokončanja", "datum", "datumizpolnjevanja"),
}  # fmt: skip
NUMERIC = re.compile(r"-?\d+([.,]\d+)?")
REPEATED = re.compile(r" \(\d+\)$")


def recognised(headings: Iterable[str]) -> str:
    """The tool that wrote such headings."""
    names = list(headings)
    there = {plain(name) for name in names}
    for kind, signs in SIGNS.items():
        if any(there >= sign for sign in signs):
            return kind
    variables = sum(VARIABLE.fullmatch(name) is not None for name in names)
    return ONE_KA if variables and variables * 3 >= len(names) else OTHER


def has_label_row(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row under the headings holds texts of questions, as 1KA writes them, rather than answers.

    It does when a column has a text there and only numbers below.
    """
    if len(rows) < 2:
        return False
    for place, first in enumerate(rows[0]):
        below = [row[place] for row in rows[1:] if place < len(row) and row[place]]
        if first and not NUMERIC.fullmatch(first) and below and all(NUMERIC.fullmatch(text) for text in below):
            return True
    return False


def proposed_columns(
    questionnaire: Questionnaire, targets: Sequence[Target], columns: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """What columns (name, text in the second row) probably mean: {column: target's name}, each target once.

    By item keys in the heading, by the question's text with the competence's code or name, by a choice's text. What
    could mean two things is left to a person.
    """
    meaning = _meanings(questionnaire, targets)
    found: dict[str, str] = {}
    for name, second in columns:
        for text in _readings(name, second):
            meant = meaning.get(plain(text), set())
            if len(meant) == 1 and (target := next(iter(meant))) not in found.values():
                found[name] = target
                break
    return found


def _readings(name: str, second: str) -> Iterator[str]:
    """The heading, what follows a code in it, and the second row."""
    bare = REPEATED.sub("", name)
    yield bare
    for separator in (". ", ": ", " - ", " – "):
        if separator in bare:
            yield bare.split(separator, 1)[1]
    if second:
        yield second


def _meanings(questionnaire: Questionnaire, targets: Sequence[Target]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, texts in ABOUT_THE_PERSON.items():
        for text in texts:
            found[text].add(name)
    for target in targets:
        for text in (target.name, *_by_text(questionnaire, target)):
            found[plain(text)].add(target.name)
    return found


def _by_text(questionnaire: Questionnaire, target: Target) -> Iterator[str]:
    """The texts under which tools show the question, or the choice."""
    tails = [""]
    if target.choice:
        offered = questionnaire.choices_for(target.item, code_for(questionnaire, target.competence))
        tails = _both(next(choice.label for choice in offered if choice.value == target.choice))
        if target.competence is None:
            yield from tails
    for question, tail in product(_both(target.item.label), tails):
        if target.competence is None:
            yield question + tail
        else:
            yield from (text + tail for text in _with_competence(question, target.competence))


def _with_competence(question: str, competence: Named) -> Iterator[str]:
    for about in (competence.code, *competence.names, *(competence.code + name for name in competence.names)):
        yield question + about
        yield about + question


def _both(text: Text) -> list[str]:
    return [one for one in (text.sl, text.en) if one]
