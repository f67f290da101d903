"""When answers that come in over time may be counted in published totals.

Whoever compares today's total with yesterday's learns what came between. So answers are counted in whole batches (all
of one event, once nobody can answer any more), and so many batches at once that at least `threshold` people come
together; the rest waits. Then any two versions of a total differ by nobody or by at least `threshold` people.
"""

from collections.abc import Sequence

from kazipot.core.survey.disclosure import THRESHOLD


def released(batches: Sequence[int], *, threshold: int = THRESHOLD) -> int:
    """How many of the batches, from the first on, are counted. `batches`: people of each, in the order of closing."""
    counted = waiting = 0
    for number, people in enumerate(batches, 1):
        waiting += people
        if waiting >= threshold:
            counted, waiting = number, 0
    return counted
