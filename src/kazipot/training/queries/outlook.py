"""From records to the question that the forecast of M3 answers: what is reached, what lies ahead, how it went."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_high

from django.db.models import Count, Q

from kazipot.core.indicators.training import NeedFact, Span, reached
from kazipot.core.outlook.facts import Ahead, Group, Past, Question
from kazipot.framework import queries as framework
from kazipot.needs import queries as needs
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import Attendance, SeatOffer, Session
from kazipot.training.queries.outlooks import OutlookRules, outlook_rules
from kazipot.training.queries.records import course_spans, offer_facts, seats_of
from kazipot.training.queries.rules import seat_rules

SAID_YES = (OfferState.ACCEPTED, OfferState.GIVEN_UP)
SETTLED = (*SAID_YES, OfferState.DECLINED, OfferState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, the days of the sessions ahead, who was reached at each month's end, and which seats may still be
    offered for the first time until when."""

    question: Question
    days: tuple[date, ...]
    until_now: tuple[tuple[date, int], ...]
    free: tuple[tuple[int, date], ...]
    """(seats that nobody holds, the last day on which an offer of them is in time) of sessions ahead."""


def outlook_question(year: int, on: date, *, notice_days: int, target: float) -> Asked:
    """What the forecast as of a day is made from. Sessions outside working time or with barriers give no opportunity
    and are left out. A dozen queries."""
    rules = outlook_rules()
    active = framework.active_framework(on)
    told_in = active.pk if active else None
    stated = [fact for fact in needs.need_facts(year, on, expressed_in=told_in) if fact.needs]
    spans = course_spans(expressed_in=told_in)
    facts = offer_facts(year, on, expressed_in=told_in)
    rows = Session.objects.filter(
        starts_on__year=year, status=SessionStatus.PLANNED, in_working_time=True, is_accessible=True
    )
    ahead = list(rows.order_by("starts_on", "pk"))
    met = reached(stated, facts, year=year, notice_days=notice_days, as_of=on).met
    question = Question(
        needing=len(stated),
        reached=len(met),
        groups=_groups([fact for fact in stated if fact.person_id not in met], ahead, spans, notice_days),
        ahead=tuple(_ahead(ahead, on, notice_days, rules)),
        past=_past(year, on, rules),
        target=target,
        size=_sizes(year),
    )
    until_now = tuple(
        (day, len(reached(stated, facts, year=year, notice_days=notice_days, as_of=day).met))
        for day in _month_ends(year, on)
    )
    free = tuple(
        (told.free, session.starts_on - timedelta(days=notice_days))
        for session, told in zip(ahead, question.ahead, strict=True)
        if told.free and told.rounds
    )
    return Asked(question, tuple(max(session.starts_on, on) for session in ahead), until_now, free)


def _month_ends(year: int, on: date) -> list[date]:
    """The last day before the year, the ends of its months until the day, and the day itself."""
    ends = [date(year, month, 1) - timedelta(days=1) for month in range(1, 13)]
    return [*(end for end in ends if end < on), on]


def rounds_until(starts_on: date, on: date, *, notice_days: int, most: int) -> int:
    """How often, one after the other, a seat can be offered from the day on so that each offer is in time."""
    days = (starts_on - on).days - notice_days
    return 0 if days < 0 else min(most, 1 + days // (seat_rules().reoffer_answer_days + 1))


def _ahead(ahead: list[Session], on: date, notice_days: int, rules: OutlookRules) -> list[Ahead]:
    taken = seats_of([session.pk for session in ahead])
    found = []
    for session in ahead:
        waiting = taken[session.pk].get(OfferState.OFFERED, 0)
        accepted = taken[session.pk].get(OfferState.ACCEPTED, 0)
        found.append(
            Ahead(
                id=session.pk,
                course=session.course_id,
                free=max(0, session.capacity - waiting - accepted),
                waiting=waiting,
                accepted=accepted,
                min_people=session.min_people,
                rounds=rounds_until(session.starts_on, on, notice_days=notice_days, most=rules.most_rounds),
            )
        )
    return found


def _groups(
    left: list[NeedFact], ahead: list[Session], spans: dict[int, frozenset[Span]], notice_days: int
) -> tuple[Group, ...]:
    """People without an opportunity, alike ones together."""
    offered = _offered(left, ahead, spans, notice_days)
    sizes: Counter[tuple[frozenset[int], frozenset[int]]] = Counter()
    fitting: dict[frozenset[Span], frozenset[int]] = {}
    for fact in left:
        if fact.needs not in fitting:
            fitting[fact.needs] = frozenset(
                course
                for course, taught in spans.items()
                if any(span.fits(need) for span in taught for need in fact.needs)
            )
        sizes[fitting[fact.needs], frozenset(offered.get(fact.person_id, ()))] += 1
    order = sorted(sizes, key=lambda key: (sorted(key[0]), sorted(key[1])))
    return tuple(Group(sizes[key], *key) for key in order)


def _offered(
    left: list[NeedFact], ahead: list[Session], spans: dict[int, frozenset[Span]], notice_days: int
) -> dict[int, set[int]]:
    """In which sessions ahead a seat that fits was offered in time: {person id: session ids}."""
    by_id, wanted = {session.pk: session for session in ahead}, {fact.person_id: fact.needs for fact in left}
    rows = SeatOffer.objects.filter(session__in=list(by_id)).exclude(state=OfferState.WITHDRAWN)
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, session_id, offered_on in rows.order_by("pk").values_list("person_id", "session_id", "offered_on"):
        session = by_id[session_id]
        fits = any(span.fits(need) for span in spans.get(session.course_id, ()) for need in wanted.get(person_id, ()))
        if fits and offered_on + timedelta(days=notice_days) <= session.starts_on:
            found[person_id].add(session_id)
    return found


def _past(year: int, on: date, rules: OutlookRules) -> Past:
    """How offers were answered and sessions went, in the year until the day and in the years before. Three queries."""
    first = date(year - rules.history_years, 1, 1)
    over = Session.objects.filter(starts_on__gte=first, starts_on__lte=on)
    answers: dict[int, Counter[str]] = defaultdict(Counter)
    offers = SeatOffer.objects.filter(session__in=over.exclude(status=SessionStatus.CANCELLED), state__in=SETTLED)
    for session_id, state, number in offers.values_list("session_id", "state").annotate(n=Count("pk")).order_by():
        answers[session_id][state] += number
    there = Attendance.objects.filter(session__in=over).values("session_id")
    presence = there.annotate(came=Count("pk", filter=Q(attended=True)), seats=Count("pk")).order_by("session_id")
    status = Counter(over.exclude(status=SessionStatus.PLANNED).values_list("status", flat=True))
    return Past(
        answers=tuple(
            (sum(found[state] for state in SAID_YES), sum(found.values())) for _pk, found in sorted(answers.items())
        ),
        presence=tuple((row["came"], row["seats"]) for row in presence),
        held=status[SessionStatus.HELD],
        cancelled=status[SessionStatus.CANCELLED],
        given_up=sum(found[OfferState.GIVEN_UP] for found in answers.values()),
        accepted=sum(found[state] for found in answers.values() for state in SAID_YES),
    )


def _sizes(year: int) -> dict[int, int]:
    """Seats of a usual session of each course: the median of the year's."""
    seats: dict[int, list[int]] = defaultdict(list)
    rows = Session.objects.filter(starts_on__year=year).order_by("pk")
    for course_id, capacity in rows.values_list("course_id", "capacity"):
        seats[course_id].append(capacity)
    return {course_id: median_high(found) for course_id, found in seats.items()}
