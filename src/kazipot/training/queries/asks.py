"""Who is to be asked about a training and on which day, and who has been."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Exists, OuterRef, Q, QuerySet

from kazipot.core.indicators.verification import add_months
from kazipot.foundation.tokens import spaced
from kazipot.organisation import queries as organisation
from kazipot.training.choices import EvaluationKind, OfferState, SessionStatus
from kazipot.training.models import Attendance, EvaluationAsk, SeatOffer, Session, UnitAsk

FILE = Path(__file__).parents[1] / "data" / "evaluation.yaml"


@dataclass(frozen=True, slots=True)
class EvaluationRules:
    """Days, months and weights; see the file."""

    reaction_open_days: int
    behaviour_after_months: int
    behaviour_open_days: int
    late_days: int
    least_people_of_unit: int
    quality_years: int
    quality_weights: dict[str, float]
    quality_prior: float

    def due_on(self, kind: str, ends_on: date) -> date:
        """The right day to ask."""
        return ends_on if kind == EvaluationKind.REACTION else add_months(ends_on, self.behaviour_after_months)

    def open_days(self, kind: str) -> int:
        """How long the form can be answered."""
        return self.reaction_open_days if kind == EvaluationKind.REACTION else self.behaviour_open_days


@cache
def evaluation_rules() -> EvaluationRules:
    """The rules in force."""
    return EvaluationRules(**yaml.safe_load(FILE.read_text("utf-8")))


def sessions_to_ask_about(kind: str, on: date) -> list[Session]:
    """Sessions held whose right day has come, and not too long ago; by date."""
    rules = evaluation_rules()
    earliest = on - timedelta(days=rules.late_days)
    since = earliest if kind == EvaluationKind.REACTION else add_months(earliest, -rules.behaviour_after_months)
    rows = Session.objects.filter(status=SessionStatus.HELD, ends_on__gte=since - timedelta(days=3), ends_on__lte=on)
    found = rows.select_related("course").order_by("ends_on", "pk")
    return [session for session in found if earliest <= rules.due_on(kind, session.ends_on) <= on]


def people_to_ask(session: Session, kind: str) -> list[int]:
    """Who was there and has not been asked."""
    asked = EvaluationAsk.objects.filter(session=session, person_id=OuterRef("person_id"), kind=kind)
    rows = Attendance.objects.filter(Q(attended=True), ~Exists(asked), session=session)
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def closing_day(session: Session, kind: str) -> date | None:
    """The day on which the forms about a session close; None before anybody is asked."""
    rows = EvaluationAsk.objects.filter(session=session, kind=kind).order_by("closes_on")
    return rows.values_list("closes_on", flat=True).first()


def units_to_ask(session: Session, on: date) -> dict[int, int]:
    """Units whose heads are asked: {unit id: people of it who were there}, enough of them, not asked yet."""
    there = Attendance.objects.filter(session=session, attended=True).values_list("person_id", flat=True)
    jobs = organisation.main_employments(on)
    counts = Counter(jobs[person_id].unit_id for person_id in there if person_id in jobs)
    asked = set(UnitAsk.objects.filter(session=session).values_list("unit_id", flat=True))
    least = evaluation_rules().least_people_of_unit
    return {unit_id: n for unit_id, n in sorted(counts.items()) if n >= least and unit_id not in asked}


def ask_by_digest(token_digest: str) -> EvaluationAsk | None:
    """The question behind a link or code, or None."""
    return _asks().filter(token_digest=token_digest).first()


def asks_of(person_id: int, on: date) -> QuerySet[EvaluationAsk]:
    """Questions that wait for a person's answer, the one that closes first first."""
    rows = _asks().filter(person_id=person_id, is_answered=False, closes_on__gte=on)
    return rows.order_by("closes_on", "pk")


def _asks() -> QuerySet[EvaluationAsk]:
    return EvaluationAsk.objects.select_related("session__course", "person")


def unit_asks(unit_ids: Collection[int], on: date) -> QuerySet[UnitAsk]:
    """Questions to the heads of some units that can still be answered, open ones first."""
    rows = UnitAsk.objects.filter(unit_id__in=unit_ids, closes_on__gte=on).select_related("session__course", "unit")
    return rows.order_by("answer", "closes_on", "pk")


def people_for_slips(session: Session) -> list[int]:
    """Who gets a slip: people with an accepted seat, without an e-mail address, who were not recorded as absent and
    have not answered."""
    rows = SeatOffer.objects.filter(session=session, state=OfferState.ACCEPTED, person__email="")
    done = EvaluationAsk.objects.filter(
        session=session, kind=EvaluationKind.REACTION, is_answered=True, person_id=OuterRef("person_id")
    )
    absent = Attendance.objects.filter(session=session, attended=False, person_id=OuterRef("person_id"))
    found = rows.filter(~Exists(done), ~Exists(absent)).order_by("person_id")
    return list(found.values_list("person_id", flat=True))


def answered_of(session_ids: Collection[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Of how many asked how many answered: {session id: {kind: (answered, asked)}}. One query."""
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = EvaluationAsk.objects.filter(session_id__in=session_ids).values_list("session_id", "kind", "is_answered")
    for session_id, kind, done in rows:
        answered, asked = found[session_id].get(kind, (0, 0))
        found[session_id][kind] = (answered + done, asked + 1)
    return dict(found)


def unit_asks_about(session_id: int) -> list[int]:
    """Ids of the questions to heads about a session."""
    return list(UnitAsk.objects.filter(session_id=session_id).order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class EvaluationLetter:
    """A slip for a person (see `organisation.exports.Slip`). The code is told here once."""

    name: str
    language: str
    workplace: organisation.Workplace
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four."""
        return spaced(self.code)


def evaluation_letters(codes: Mapping[int, str], session_id: int, *, on: date) -> list[EvaluationLetter]:
    """Slips by employer, unit and name, for {person id: code}; who works there no more is left out. Four queries."""
    rows = SeatOffer.objects.filter(session_id=session_id, person_id__in=codes, state=OfferState.ACCEPTED)
    offers = list(rows.select_related("person"))
    places = organisation.workplaces(list(codes), {row.employer_id for row in offers}, on=on)
    found = [
        EvaluationLetter(row.person.name, row.person.language, places[job], codes[row.person_id])
        for row in offers
        if (job := (row.person_id, row.employer_id)) in places
    ]
    return sorted(found, key=lambda row: (row.workplace.employer_code, row.workplace.unit_code, row.name))
