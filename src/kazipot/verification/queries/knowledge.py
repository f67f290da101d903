"""Which questions try what people know before and after a training (docs/methods/training-evaluation.md).

Questions for practice only: those of the test stay unseen. They are split into two halves; by lot half of the people
get one half before and the other half after, the others the other way round, so that a harder half changes nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing

from kazipot.training import queries as training
from kazipot.training.choices import KnowledgeMoment
from kazipot.training.models import Session
from kazipot.verification.queries.bank import definition_of, live_items
from kazipot.verification.queries.pools import is_for_practice

FEWEST, MOST = 3, 5
"""Questions of a half; with fewer nothing is tried."""
SALT = "verification.knowledge"


@dataclass(frozen=True, slots=True)
class Trial:
    """A person's trial of knowledge before or after a session."""

    session_id: int
    person_id: int
    moment: str

    def token(self) -> str:
        """What stands in the personal link: signed, so that nobody can make one for somebody else."""
        return signing.dumps([self.session_id, self.person_id, self.moment], salt=SALT)


def trial_of(token: str) -> Trial | None:
    """The trial behind a link, or None for a wrong one."""
    try:
        session_id, person_id, moment = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Trial(session_id, person_id, moment)


def with_state(trial: Trial, done: int, right: int) -> str:
    """How far a trial has come, signed."""
    return signing.dumps([trial.token(), done, right], salt=f"{SALT}.state")


def state_of(trial: Trial, text: str) -> tuple[int, int]:
    """(questions answered, questions known) from what was signed for this trial; (0, 0) for anything else."""
    try:
        token, done, right = signing.loads(text, salt=f"{SALT}.state")
    except (signing.BadSignature, ValueError):
        return 0, 0
    return (done, right) if trial_of(token) == trial else (0, 0)


def questions_about(session: Session, *, at: datetime) -> list[int]:
    """Versions of the questions that fit a session's course, in an order drawn from the session; empty when too few.

    Of training in digital security every question fits; of another course those that name one of its competences.
    """
    keys = {item.version_id: item.key for item in live_items(at) if is_for_practice(item.key)}
    if not session.course.is_digital_security:
        taught = {row.competence.code for row in training.taught(session.course_id)}
        keys = {pk: key for pk, key in keys.items() if taught & set(definition_of(pk).competences)}
    order = sorted(keys, key=lambda pk: _lot(session.pk, keys[pk]))[: 2 * MOST]
    return order[: len(order) // 2 * 2] if len(order) >= 2 * FEWEST else []


def questions_of(trial: Trial, every: Sequence[int]) -> list[int]:
    """The half that a person gets at a moment."""
    first = _lot(trial.session_id, str(trial.person_id)) % 2 == 0
    here = every[::2] if first == (trial.moment == KnowledgeMoment.BEFORE) else every[1::2]
    return list(here)


def _lot(session_id: int, what: Any) -> int:
    return int.from_bytes(hashlib.sha256(f"{session_id} {what}".encode()).digest()[:8])
