"""Sittings: where they stand, what was shown, and what they came to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from kazipot.core.items.answering import from_kept
from kazipot.core.items.scoring import NoSuchAnswer, score
from kazipot.core.psychometrics.areas import Word, words_by_area
from kazipot.core.psychometrics.course import Answered, Place, broken_off, pilot_places, place_after
from kazipot.core.psychometrics.stopping import OPEN, PASS
from kazipot.verification.choices import Purpose, SittingState
from kazipot.verification.models import Sitting, Step, Verification
from kazipot.verification.queries.bank import blueprint, pilot_items
from kazipot.verification.queries.courses import course_of, item_of, log_of
from kazipot.verification.queries.standards import Standard

SEEN_FOR = timedelta(days=730)
"""Questions of earlier sittings are not asked again for so long, while there are others."""


def sittings() -> QuerySet[Sitting]:
    """All sittings. The pool's content stays where it is until a process needs it."""
    return Sitting.objects.select_related("pool").defer("pool__content", "pool__chances")


def sitting_of(person_id: int, sitting_id: int) -> Sitting | None:
    """A person's own sitting, or None."""
    return sittings().filter(person_id=person_id, pk=sitting_id).first()


def open_sitting(person_id: int, purpose: str, *, at: datetime) -> Sitting | None:
    """The sitting that a person can go on with, or None."""
    found = sittings().filter(person_id=person_id, purpose=purpose, state=SittingState.OPEN).first()
    return None if found is None or is_out_of_time(found, at) else found


def sittings_of(person_id: int) -> QuerySet[Sitting]:
    """A person's own sittings, the latest first."""
    return Sitting.objects.filter(person_id=person_id).defer("rules", "held_back")


def is_out_of_time(sitting: Sitting, at: datetime) -> bool:
    """Whether nobody came back to it for so long that it is over."""
    days = timedelta(days=sitting.rules["open_days"]) * sitting.more_time / 100
    return at - sitting.started_at > days


def time_given(sitting: Sitting) -> timedelta:
    """How long the person may think in all."""
    return timedelta(minutes=sitting.rules["minutes"]) * sitting.more_time / 100


def time_spent(sitting: Sitting, steps: Sequence[Step]) -> timedelta:
    """How long they have thought: each question for so many minutes at most, so that a lost connection, a break or
    another device cost little."""
    most = timedelta(minutes=sitting.rules["question_minutes"]) * sitting.more_time / 100
    spent = (min(step.answered_at - step.shown_at, most) for step in steps if step.answered_at is not None)
    return sum(spent, timedelta())


def items_seen(person_id: int, *, purpose: str) -> frozenset[int]:
    """Items that a person was shown in sittings of this purpose. One query."""
    rows = Step.objects.filter(sitting__person_id=person_id, sitting__purpose=purpose)
    return frozenset(rows.values_list("version__item_id", flat=True))


def filed_under(person_id: int, reference: str) -> int | None:
    """The result that was recorded under a reference."""
    rows = Verification.objects.filter(person_id=person_id, reference=reference, annulled_at=None)
    return rows.values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What going through a sitting's log again came to; `differences` in words, empty when it is what was recorded."""

    ability: float
    uncertainty: float
    passed: bool | None
    differences: tuple[str, ...]


def replay(sitting_id: int) -> Replayed | None:
    """Go through the log of a sitting again, from what was frozen at its start: the same questions must come, earn the
    same points and lead to the same ability and decision. None when there is no such sitting."""
    sitting = sittings().filter(pk=sitting_id).first()
    if sitting is None:
        return None
    steps = steps_of(sitting)
    course = course_of(sitting)
    found: list[str] = []
    log: list[Answered] = []
    for step in steps:
        place = place_after(course, log)
        if place.name != str(step.version_id) or place.counts != step.scored:
            found.append(f"step {step.number}: shown {step.version_id}, by the rules {place.name}")
        if step.answer is None:
            continue
        points = _earned(sitting, step)
        if points != step.points:
            found.append(f"step {step.number}: {step.points} points kept, {points} earned")
        log.append(Answered(str(step.version_id), points))
    place = _last_place(sitting, steps, log)
    if sitting.state == SittingState.FINISHED:
        found += _compared(sitting, place)
    decision = place.standing.decision
    return Replayed(
        place.standing.mean, place.standing.sd, None if decision == OPEN else decision == PASS, tuple(found)
    )


def _earned(sitting: Sitting, step: Step) -> int:
    """What the kept answer earns; nothing for one that the question does not offer."""
    try:
        return score(item_of(sitting, step), from_kept(step.answer))
    except NoSuchAnswer:
        return 0


def _last_place(sitting: Sitting, steps: Sequence[Step], log: Sequence[Answered]) -> Place:
    course = course_of(sitting)
    over = time_spent(sitting, steps) >= time_given(sitting)
    return broken_off(course, log) if over else place_after(course, log)


def _compared(sitting: Sitting, place: Place) -> list[str]:
    kept = (sitting.ability, sitting.uncertainty, sitting.passed)
    decision = place.standing.decision
    again = (place.standing.mean, place.standing.sd, None if decision == OPEN else decision == PASS)
    found = [] if kept == again else [f"recorded {kept}, again {again}"]
    if place.name is not None:
        found.append(f"finished, though {place.name} would follow")
    return found


def steps_of(sitting: Sitting) -> list[Step]:
    """A sitting's steps in order. One query."""
    return list(Step.objects.filter(sitting=sitting).order_by("number"))


def words_of(sitting: Sitting) -> Mapping[str, Word]:
    """What a finished sitting can say of each area that it asked about."""
    course = course_of(sitting)
    numbers = {item.name: number for number, item in enumerate(course.test.pool.items)}
    scored = [(numbers[one.name], one.points) for one in log_of(steps_of(sitting)) if one.name in numbers]
    return words_by_area(course.test.pool, scored, cut=course.test.rules.cut)


def areas_to_learn(sitting: Sitting) -> list[str]:
    """Areas in which a finished sitting lost points, where most of them were lost first. Of which question is not told:
    an area's questions are summed up."""
    course = course_of(sitting)
    pool = course.test.pool
    numbers = {item.name: number for number, item in enumerate(pool.items)}
    lost: dict[str, int] = defaultdict(int)
    for one in log_of(steps_of(sitting)):
        if one.name in numbers:
            item = pool.items[numbers[one.name]]
            lost[item.area] += len(item.b) - one.points
    return sorted((area for area, points in lost.items() if points > 0), key=lambda area: (-lost[area], area))


def length_of(sitting: Sitting) -> tuple[int, int]:
    """The fewest and the most questions that the sitting may have, those that are tried out included."""
    tried = len(pilot_places(course_of(sitting)))
    return sitting.rules["min_items"] + tried, sitting.rules["max_items"] + tried


def length_on(standard: Standard, at: datetime) -> tuple[int, int]:
    """The same of a sitting that begins now. Two queries."""
    tried = min(standard.pilots, len(pilot_items(at)))
    return standard.min_items + tried, standard.max_items + tried


def area_names(at: datetime) -> Mapping[str, str]:
    """What the areas are called in the reader's language. Two queries."""
    return {area.key: area.title for area in blueprint(at)}


def was_practice(sitting: Sitting) -> bool:
    """Whether it counts for nothing but learning."""
    return sitting.purpose == Purpose.PRACTICE
