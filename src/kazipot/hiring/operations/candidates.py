"""Candidates under numbers: added, what they showed recorded, one chosen, names deleted when the term is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.sealing import key_from, seal
from kazipot.hiring.choices import PostingStage, Showing
from kazipot.hiring.errors import AlreadyDecided, NotAtThisStage, NotEmployed, StillOpen
from kazipot.hiring.models import Candidate, CandidateShowing, Posting
from kazipot.organisation import queries as organisation

KEPT = timedelta(days=180)
"""So long after the last day to apply are names of candidates kept (complaints are possible), then deleted."""
PURPOSE = "candidates"


def sealing_key() -> bytes:
    """The key that seals candidates' names."""
    return key_from(settings.SECRET_KEY, PURPOSE)


def sealing_keys() -> list[bytes]:
    """Every key with which a name may be sealed: of today's secret first, then of secrets before it."""
    return [key_from(secret, PURPOSE) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@transaction.atomic
def add_candidate(*, posting_id: int, name: str, at: datetime, actor: User | None) -> Candidate:
    """A candidate gets the next number; the name is sealed. Raises NotAtThisStage."""
    posting = _published(posting_id)
    last = Candidate.objects.filter(posting=posting).aggregate(last=Max("number"))["last"] or 0
    made = Candidate.objects.create(
        posting=posting, number=last + 1, sealed_name=seal(name, sealing_key()), added_at=at
    )
    audit.record(
        "hiring.add_candidate", posting, actor=actor, at=at, employer_code=posting.employer.code, number=made.number
    )
    return made


@transaction.atomic
def record_showing(
    *, candidate_id: int, shown: Mapping[int, tuple[Showing, str]], at: datetime, actor: User | None
) -> Candidate:
    """What a candidate showed: {demand id: (showing, how)}. Raises NotAtThisStage."""
    candidate = Candidate.objects.select_related("posting").get(pk=candidate_id)
    posting = _published(candidate.posting_id)
    demands = set(posting.demands.values_list("pk", flat=True))
    CandidateShowing.objects.filter(candidate=candidate).delete()
    CandidateShowing.objects.bulk_create(
        CandidateShowing(candidate=candidate, demand_id=pk, showing=showing, how=how, recorded_at=at)
        for pk, (showing, how) in shown.items()
        if pk in demands
    )
    audit.record(
        "hiring.record_showing", posting, actor=actor, at=at, employer_code=posting.employer.code,
        number=candidate.number,
    )  # fmt: skip
    return candidate


@transaction.atomic
def record_test(*, candidate_id: int, passed: bool, at: datetime) -> None:
    """What a candidate's test came to, while the commission has not decided. Afterwards nothing changes any more."""
    rows = Candidate.objects.filter(pk=candidate_id, posting__stage=PostingStage.PUBLISHED)
    rows.update(test_passed=passed, tested_on=timezone.localtime(at).date())


def candidate_to_test(*, candidate_id: int) -> Candidate:
    """A candidate, locked with the posting, who may take the test. Raises NotAtThisStage, AlreadyDecided."""
    candidate = lock(Candidate.objects.filter(pk=candidate_id)).get()
    candidate.posting = _published(candidate.posting_id)
    return candidate


@transaction.atomic
def choose(*, posting_id: int, candidate_id: int | None, at: datetime, actor: User | None) -> Posting:
    """The commission decides: one candidate or nobody. From now on names are seen. Raises NotAtThisStage, StillOpen."""
    posting = _published(posting_id)
    if posting.closes_on is None or timezone.localtime(at).date() <= posting.closes_on:
        raise StillOpen(posting.closes_on)
    if candidate_id is not None:
        Candidate.objects.filter(posting=posting, pk=candidate_id).update(chosen=True)
    posting.stage = PostingStage.FILLED if candidate_id is not None else PostingStage.UNFILLED
    posting.save(update_fields=["stage"])
    audit.record("hiring.choose", posting, actor=actor, at=at, employer_code=posting.employer.code, stage=posting.stage)
    return posting


@transaction.atomic
def hire(*, candidate_id: int, person_id: int, at: datetime, actor: User | None) -> Candidate:
    """The chosen candidate is found on the roster; needs of the first year follow.

    Raises NotEmployed, AlreadyDecided.
    """
    candidate = lock(Candidate.objects.filter(pk=candidate_id)).select_related("posting__employer").get()
    if not candidate.chosen or candidate.person_id is not None:
        raise AlreadyDecided
    posting = candidate.posting
    on = timezone.localtime(at).date()
    if not organisation.employments_on(on).filter(person_id=person_id, employer_id=posting.employer_id).exists():
        raise NotEmployed
    candidate.person_id = person_id
    candidate.save(update_fields=["person"])
    audit.record("hiring.hire", posting, actor=actor, at=at, employer_code=posting.employer.code)
    return candidate


@transaction.atomic
def forget_candidates(*, at: datetime) -> int:
    """What workers do when the term after the last day to apply is over; of how many candidates.

    Names go; of those who weren't chosen also what they showed and what their test came to. What the chosen one showed
    stays, because needs of the first year follow from it.
    """
    before = timezone.localtime(at).date() - KEPT
    rows = Candidate.objects.filter(posting__closes_on__lt=before, forgotten_at=None)
    CandidateShowing.objects.filter(candidate__in=rows.filter(chosen=False)).delete()
    rows.filter(chosen=False).update(test_passed=None, tested_on=None)
    return rows.update(sealed_name=None, forgotten_at=at)


def _published(posting_id: int) -> Posting:
    posting = lock(Posting.objects.filter(pk=posting_id)).select_related("employer").get()
    if posting.stage in {PostingStage.FILLED, PostingStage.UNFILLED}:
        raise AlreadyDecided
    if posting.stage != PostingStage.PUBLISHED:
        raise NotAtThisStage
    return posting
