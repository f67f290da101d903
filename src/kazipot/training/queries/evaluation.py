"""What people say of training, by course and provider: only where at least five say it, and so that nothing about fewer
can be worked out from totals or from yesterday's page (docs/methods/training-evaluation.md)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

import numpy as np
from django.db.models import Max

from kazipot.core.survey.disclosure import protect
from kazipot.core.survey.intervals import mean_interval
from kazipot.core.survey.release import released
from kazipot.training.choices import STATEMENTS, EvaluationKind, KnowledgeMoment, Statement, UseInUnit
from kazipot.training.models import Course, EvaluationAsk, EvaluationReply, KnowledgeScore, Session, UnitAsk
from kazipot.training.queries.asks import evaluation_rules

WHOLE = "all"
HEADS, KNOWLEDGE = "heads", "knowledge"
AGREES = 4
"""From this answer on somebody agrees."""

type Answers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """What so many people said: the mean of each statement, and the share that agrees."""

    people: int
    means: Mapping[str, float]
    agree: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gain:
    """Share of questions known before and after, of so many people who tried both times, and the gain with interval."""

    people: int
    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown of a course, a provider, or all; None where fewer than five say it."""

    name: str
    level: str
    course: Course | None = None
    reaction: Said | None = None
    behaviour: Said | None = None
    heads: Said | None = None
    knowledge: Gain | None = None


@dataclass(slots=True)
class _Counted:
    """Answers that may be counted: {measure: {group: answers}}."""

    rows: dict[str, dict[str, list[Answers]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    shown: dict[str, frozenset[str]] = field(default_factory=dict)


def evaluation_years() -> list[int]:
    """Years with a question about their sessions, latest first."""
    days = EvaluationAsk.objects.order_by().values_list("session__starts_on__year", flat=True).distinct()
    return sorted(days, reverse=True)


def evaluation_results(year: int, on: date) -> list[Result]:
    """The year's results: the whole, then each provider with its courses. Six queries."""
    courses = list(Course.objects.select_related("provider").order_by("provider__name", "provider_id", "code"))
    counted = _counted(year, on, courses)
    found = [_result(counted, WHOLE, "", "whole", None)]
    provider = None
    for course in courses:
        if course.provider_id != provider:
            provider = course.provider_id
            found.append(_result(counted, f"p{provider}", course.provider.name, "provider", None))
        found.append(_result(counted, f"c{course.pk}", course.title, "course", course))
    return [row for row in found if row.level == "whole" or _says_something(row)]


def course_result(course: Course, year: int, on: date) -> Result:
    """One course's results of a year. Six queries."""
    courses = list(Course.objects.select_related("provider"))
    return _result(_counted(year, on, courses), f"c{course.pk}", course.title, "course", course)


def comments_on(course: Course, year: int, on: date) -> list[str]:
    """What people added in words about a course, in no order, where its reactions are shown. Seven queries."""
    if course_result(course, year, on).reaction is None:
        return []
    sessions = _released_sessions(EvaluationKind.REACTION, year, on)
    rows = EvaluationReply.objects.filter(session__course=course, session__in=sessions).exclude(comment="")
    return list(rows.order_by("pk").values_list("comment", flat=True))


def ratings(year: int, on: date) -> dict[int, float]:
    """How good each course with results was, from 1 to 5, by the year's and the years' before: {course id: rating}.

    The weighted mean of what people said right after and months later, drawn towards the mean of all courses where few
    said it: (n·m + k·M) / (n + k). What is not shown is not used.
    """
    rules = evaluation_rules()
    sums: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for each in range(year - rules.quality_years, year + 1):
        for row in evaluation_results(each, on):
            if row.course is None:
                continue
            for name, said in (("reaction", row.reaction), ("behaviour", row.behaviour)):
                if said is not None:
                    weight = said.people * rules.quality_weights[name]
                    sums[row.course.pk].append((weight, fmean(said.means.values())))
    weights = {course: sum(weight for weight, _mean in rows) for course, rows in sums.items()}
    total = sum(weights.values())
    if not total:
        return {}
    every = sum(weight * mean for rows in sums.values() for weight, mean in rows) / total
    return {
        course: (sum(weight * mean for weight, mean in rows) + rules.quality_prior * every)
        / (weights[course] + rules.quality_prior)
        for course, rows in sums.items()
    }


def sessions_rated_below(least: float, year: int, on: date) -> frozenset[int]:
    """Sessions of the year of courses whose rating lies below; a course without a rating is not among them."""
    poor = [course for course, rating in ratings(year, on).items() if rating < least]
    return frozenset(Session.objects.filter(course__in=poor, starts_on__year=year).values_list("pk", flat=True))


def _says_something(row: Result) -> bool:
    return any((row.reaction, row.behaviour, row.heads, row.knowledge))


def _result(counted: _Counted, group: str, name: str, level: str, course: Course | None) -> Result:
    def rows(measure: str) -> list[Answers]:
        return counted.rows[measure][group] if group in counted.shown[measure] else []

    return Result(
        name=name,
        level=level,
        course=course,
        reaction=_said(rows(EvaluationKind.REACTION), STATEMENTS[EvaluationKind.REACTION], AGREES),
        behaviour=_said(rows(EvaluationKind.BEHAVIOUR), STATEMENTS[EvaluationKind.BEHAVIOUR], AGREES),
        heads=_said(rows(HEADS), (Statement.USED,), UseInUnit.MOST),
        knowledge=_gain(rows(KNOWLEDGE)),
    )


def _said(rows: Collection[Answers], statements: Iterable[str], agrees: int) -> Said | None:
    if not rows:
        return None
    names = [str(each) for each in statements]
    return Said(
        len(rows),
        {name: fmean(row[name] for row in rows) for name in names},
        {name: fmean(row[name] >= agrees for row in rows) for name in names},
    )


def _gain(rows: Collection[Answers]) -> Gain | None:
    if not rows:
        return None
    gains = np.array([row["after"] - row["before"] for row in rows])
    error = np.array([gains.std(ddof=1) / np.sqrt(len(gains))])
    interval = mean_interval(np.array([gains.mean()]), error, np.array([len(gains) - 1.0]))
    return Gain(
        len(rows), fmean(row["before"] for row in rows), fmean(row["after"] for row in rows),
        float(interval.lower[0]), float(interval.upper[0]),
    )  # fmt: skip


def _counted(year: int, on: date, courses: Collection[Course]) -> _Counted:
    """Every measure's answers that may be counted, by course, provider and whole, and which groups are shown."""
    provider = {course.pk: course.provider_id for course in courses}
    parents: dict[str, str | None] = {WHOLE: None, **{f"p{pk}": WHOLE for pk in set(provider.values())}}
    parents |= {f"c{course}": f"p{pk}" for course, pk in provider.items()}
    found = _Counted()
    for measure, batches in _batches(year, on).items():
        counts: dict[str, int] = dict.fromkeys(parents, 0)
        for course, sessions in batches.items():
            rows = [row for answers in sessions[: released([len(one) for one in sessions])] for row in answers]
            for group in (f"c{course}", f"p{provider[course]}", WHOLE):
                found.rows[measure][group] += rows
                counts[group] += len(rows)
        found.shown[measure] = protect(parents, counts)
    return found


def _batches(year: int, on: date) -> dict[str, dict[int, list[list[Answers]]]]:
    """{measure: {course id: answers of each closed session, in the order of closing}}."""
    course_of = dict(Session.objects.filter(starts_on__year=year).values_list("pk", "course_id"))
    return {
        **{str(kind): _in_order(_replies(kind, year), _closed(kind, year, on), course_of) for kind in EvaluationKind},
        HEADS: _in_order(*_head_answers(year, on), course_of),
        KNOWLEDGE: _in_order(*_knowledge(year, on), course_of),
    }


def _in_order(
    rows: Mapping[int, list[Answers]], closed: Mapping[int, date], course_of: Mapping[int, int]
) -> dict[int, list[list[Answers]]]:
    found: dict[int, list[list[Answers]]] = defaultdict(list)
    for session_id in sorted(closed, key=lambda pk: (closed[pk], pk)):
        found[course_of[session_id]].append(rows.get(session_id, []))
    return found


def _closed(kind: str, year: int, on: date) -> dict[int, date]:
    """Sessions about which nobody can answer any more: {session id: the last day}."""
    rows = EvaluationAsk.objects.filter(kind=kind, session__starts_on__year=year).order_by()
    days = rows.values_list("session_id").annotate(last=Max("closes_on"))
    return {session_id: last for session_id, last in days if last < on}


def _replies(kind: str, year: int) -> dict[int, list[Answers]]:
    found: dict[int, list[Answers]] = defaultdict(list)
    rows = EvaluationReply.objects.filter(kind=kind, session__starts_on__year=year).order_by("pk")
    for session_id, answers in rows.values_list("session_id", "answers"):
        found[session_id].append(answers)
    return found


def _head_answers(year: int, on: date) -> tuple[dict[int, list[Answers]], dict[int, date]]:
    rows: dict[int, list[Answers]] = defaultdict(list)
    closed: dict[int, date] = {}
    asks = UnitAsk.objects.filter(session__starts_on__year=year, closes_on__lt=on).order_by("pk")
    for session_id, answer, last in asks.values_list("session_id", "answer", "closes_on"):
        closed[session_id] = last
        if answer is not None:
            rows[session_id].append({str(Statement.USED): float(answer)})
    return rows, closed


def _knowledge(year: int, on: date) -> tuple[dict[int, list[Answers]], dict[int, date]]:
    """People who tried before and after, of sessions that ended long enough ago."""
    last = on - timedelta(days=evaluation_rules().reaction_open_days)
    scores: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    closed: dict[int, date] = {}
    rows = KnowledgeScore.objects.filter(session__starts_on__year=year, session__ends_on__lt=last).order_by("pk")
    for session_id, person_id, moment, right, asked, ends_on in rows.values_list(
        "session_id", "person_id", "moment", "right", "asked", "session__ends_on"
    ):
        scores[session_id, person_id][moment] = right / asked
        closed[session_id] = ends_on
    pairs: dict[int, list[Answers]] = defaultdict(list)
    for (session_id, _person), told in scores.items():
        if len(told) == len(KnowledgeMoment):
            pairs[session_id].append(told)
    return pairs, closed


def _released_sessions(kind: str, year: int, on: date) -> list[int]:
    """Sessions whose replies are counted."""
    closed, replies = _closed(kind, year, on), _replies(kind, year)
    course_of = dict(Session.objects.filter(pk__in=list(closed)).values_list("pk", "course_id"))
    by_course: dict[int, list[int]] = defaultdict(list)
    for session_id in sorted(closed, key=lambda pk: (closed[pk], pk)):
        by_course[course_of[session_id]].append(session_id)
    return [
        session_id
        for sessions in by_course.values()
        for session_id in sessions[: released([len(replies[pk]) for pk in sessions])]
    ]
