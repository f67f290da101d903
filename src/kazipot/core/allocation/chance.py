"""Lots from a recorded seed: the only chance there is in the allocation, so that anybody can draw them again."""

from numpy.random import PCG64, Generator


def lots(seed: int, *purpose: int) -> Generator:
    """A generator for one purpose; the same seed and purpose give the same lots."""
    return Generator(PCG64([seed, *purpose]))
