"""What the choices of a tool's file probably mean, for a person to look at."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kazipot.core.survey.collected.cells import STROKES, is_missing, parts_of, understood_by_label
from kazipot.core.survey.collected.mapping import ONE_KA, Target, code_for
from kazipot.core.survey.questionnaire import Kind, Questionnaire

type Written = dict[str, dict[str, int]]
"""{choice list: {as written: how often}}."""
ORDINAL = re.compile(r"[A-Za-z]+0*(\d+)")
"""LimeSurvey numbers the answers that it offers: A1, A2 … or AO01, AO02 …"""


def written_values(questionnaire: Questionnaire, kind: str, columns: Iterable[tuple[Target, Sequence[str]]]) -> Written:
    """What is written in columns of choices and isn't a choice's own wording; the values of a list are counted."""
    found: Written = defaultdict(lambda: defaultdict(int))
    for target, cells in columns:
        if target.item.kind not in {Kind.ONE, Kind.MANY} or target.choice:
            continue
        offered = questionnaire.choices_for(target.item, code_for(questionnaire, target.competence))
        for cell, times in Counter(cells).items():
            if is_missing(kind, cell):
                continue
            for text in parts_of(cell) if target.item.kind is Kind.MANY else [cell]:
                if understood_by_label(text, offered) is None:
                    found[target.item.choices][text] += times
    return {name: dict(sorted(told.items())) for name, told in found.items()}


def proposed_values(
    questionnaire: Questionnaire, kind: str, written: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, str]]:
    """The choice that each text probably means: {choice list: {as written: value}}.

    1KA counts the choices from 1, unless there is a 0; elsewhere values stand for themselves, and LimeSurvey calls the
    choices A1, A2 … What fits none of this is left to a person.
    """
    found = {}
    for name, texts in written.items():
        values = list(dict.fromkeys(choice.value for choice in questionnaire.choice_lists.get(name, ())))
        found[name] = _proposed(list(texts), values, counts=kind == ONE_KA)
    return found


def _proposed(texts: list[str], values: list[str], *, counts: bool) -> dict[str, str]:
    by_number = {str(number): value for number, value in enumerate(values, start=1)}
    if counts and "0" not in texts:
        return {text: by_number[text] for text in texts if text in by_number}
    if any(text in values for text in texts):
        return {text: text for text in texts if text in values}
    ordinal = {text: match[1] for text in texts if (match := ORDINAL.fullmatch(text))}
    return {text: by_number[number] for text, number in ordinal.items() if number in by_number}


def month_comes_first(texts: Iterable[str]) -> bool:
    """Whether days with strokes are written with the month first; so does the tool unless a day shows otherwise."""
    return all(int(match[1]) <= 12 for text in texts if (match := STROKES.fullmatch(" ".join(text.split()))))
