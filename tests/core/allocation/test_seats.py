"""The fair draw keeps its promises, whoever asks and however many seats there are."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.allocation import Candidate, draw

CANDIDATES = st.lists(
    st.tuples(st.integers(1, 200), st.integers(1, 6), st.integers(0, 3)), max_size=80, unique_by=lambda row: row[0]
).map(lambda rows: [Candidate(*row) for row in rows])
SEATS = st.integers(0, 100)
SEEDS = st.integers(0, 2**32)


@given(CANDIDATES, SEATS, SEEDS)
def test_every_seat_that_somebody_wants_is_given_once(candidates: list[Candidate], seats: int, seed: int) -> None:
    chosen = draw(candidates, seats=seats, seed=seed)
    assert len(chosen) == min(seats, len(candidates)) == len(set(chosen))
    assert set(chosen) <= {candidate.person_id for candidate in candidates}


@given(CANDIDATES, SEATS, SEEDS)
def test_every_employer_gets_its_quota_to_less_than_a_seat(candidates: list[Candidate], seats: int, seed: int) -> None:
    employer_of = {candidate.person_id: candidate.employer_id for candidate in candidates}
    wanted = Counter(employer_of.values())
    got = Counter(employer_of[person_id] for person_id in draw(candidates, seats=seats, seed=seed))
    for employer, people in wanted.items():
        quota = Fraction(min(seats, len(candidates)) * people, len(candidates))
        assert abs(got[employer] - quota) < 1


@given(CANDIDATES, SEATS, SEEDS)
def test_nobody_is_passed_over_by_a_colleague_who_was_offered_more(
    candidates: list[Candidate], seats: int, seed: int
) -> None:
    chosen = set(draw(candidates, seats=seats, seed=seed))
    for left in (row for row in candidates if row.person_id not in chosen):
        served = [row for row in candidates if row.employer_id == left.employer_id and row.person_id in chosen]
        assert all(row.offers_before <= left.offers_before for row in served)


@given(CANDIDATES, SEATS, SEEDS, st.randoms())
def test_result_does_not_depend_on_the_order_of_the_list(
    candidates: list[Candidate], seats: int, seed: int, order: object
) -> None:
    turned = list(candidates)
    order.shuffle(turned)  # type: ignore[attr-defined]
    assert draw(turned, seats=seats, seed=seed) == draw(candidates, seats=seats, seed=seed)


def test_equals_are_served_equally_often() -> None:
    people = [Candidate(number, 1, 0) for number in range(10)]
    wins = Counter(person_id for seed in range(2_000) for person_id in draw(people, seats=5, seed=seed))
    assert all(900 < wins[person.person_id] < 1_100 for person in people)
