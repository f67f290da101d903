"""The line: seats that fall free go to whoever is first, and no further seat takes anybody's place away."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.allocation import Candidate, line

CANDIDATES = st.lists(
    st.builds(Candidate, st.integers(1, 400), st.integers(1, 5), st.integers(0, 3)),
    unique_by=lambda candidate: candidate.person_id,
    max_size=60,
)


@given(CANDIDATES, st.dictionaries(st.integers(1, 5), st.integers(0, 9)), st.integers(0, 99))
def test_everybody_is_in_line_once_whatever_the_order_of_the_candidates(
    candidates: list[Candidate], held: dict[int, int], seed: int
) -> None:
    order = line(candidates, held=held, seed=seed)
    assert sorted(order) == sorted(candidate.person_id for candidate in candidates)
    assert line(reversed(candidates), held=held, seed=seed) == order


@given(CANDIDATES, st.integers(0, 99))
def test_within_an_employer_who_was_offered_fewer_seats_stands_in_front(candidates: list[Candidate], seed: int) -> None:
    of = {candidate.person_id: candidate for candidate in candidates}
    order = [of[person_id] for person_id in line(candidates, held={}, seed=seed)]
    for employer in {candidate.employer_id for candidate in candidates}:
        before = [candidate.offers_before for candidate in order if candidate.employer_id == employer]
        assert before == sorted(before)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 99), st.data())
def test_each_employer_has_about_its_share_of_any_number_of_seats(
    small: int, large: int, seed: int, data: st.DataObject
) -> None:
    people = [Candidate(number, 1 if number < small else 2, 0) for number in range(small + large)]
    seats = data.draw(st.integers(1, small + large))
    given_to = Counter(1 if person_id < small else 2 for person_id in line(people, held={}, seed=seed)[:seats])
    assert abs(given_to[1] - seats * small / (small + large)) < 1


def test_employer_with_seats_already_waits_for_the_others() -> None:
    people = [Candidate(number, 1 if number <= 2 else 2, 0) for number in (1, 2, 3, 4)]
    order = line(people, held={1: 2}, seed=7)
    assert {1, 2} & set(order[:1]) == set()
