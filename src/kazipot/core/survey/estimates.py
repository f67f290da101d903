"""Counts, shares and means with their uncertainty, of every group × question (× level) at once.

G groups, C questions, L levels. Answers come as arrays of one row per person and one column per question; a question
that a person wasn't asked or didn't answer is NaN in values and −1 in levels, and the person then doesn't belong to
the group for that question. Nothing here hides small groups: that is the disclosure control's work, afterwards.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.intervals import (
    CONFIDENCE,
    SHARE_INTERVALS,
    ShareInterval,
    clopper_pearson,
    mean_interval,
    student,
)
from kazipot.core.survey.linearisation import Grouping, Lineariser, Respondents
from kazipot.core.survey.weighting import Codes, Floats

METHOD_VERSION = 1
"""The method of docs/methods/sampling-and-estimates.md; what is published keeps its own."""

type Scale = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates with standard errors and bounds, of shape (G, C) or (G, C, L); NaN where nobody answered.

    `people` (shape (G, C)) is how many answered; `size` (that of the estimates) the effective sample size n*, and
    `freedom` (shape (G, C)) the degrees of freedom. Everybody of the strata answered: error 0, bounds at the estimate.
    A single answer of several people has a NaN error, and no bounds but those that shares have.
    """

    value: Floats
    error: Floats
    lower: Floats
    upper: Floats
    people: NDArray[np.intp]
    size: Floats
    freedom: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """What one question's groups are made of, shape (G,): answers, Σw, Kish's size, the cap n/(1 − f), freedom."""

    people: NDArray[np.intp]
    weight: Floats
    kish: Floats
    most: Floats
    freedom: Floats

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Whether fewer than two answered, and not everyone of the strata."""
        found: NDArray[np.bool_] = (self.people == 0) | ((self.people == 1) & (self.most < np.inf))
        return found

    def few(self, confidence: float) -> Floats:
        """t of n − 1 over t of the degrees of freedom: at most 1, less where few of its strata's people answered."""
        return student(np.maximum(self.people - 1, 1), confidence) / student(self.freedom, confidence)


def means(
    respondents: Respondents, grouping: Grouping, values: Floats, scale: Scale = (0, 4), confidence: float = CONFIDENCE
) -> Estimates:
    """Σwy / Σw of every group and question (values: shape (n, C)), with t-intervals cut to the scale.

    Where all answers are the same, a t-interval would have no width; instead the share of others among the people is
    bounded as for a share of 0 (Clopper and Pearson), and they are put at the scale's ends.
    """
    line = Lineariser(respondents, grouping)
    found = [_mean(line, column, scale, confidence) for column in values[line.inside].T]
    return _side_by_side(found)


def shares(
    respondents: Respondents,
    grouping: Grouping,
    levels: Codes,
    count: int,
    interval: ShareInterval = "korn-graubard",
    confidence: float = CONFIDENCE,
) -> Estimates:
    """The share of every level 0 … count − 1 in every group and question (levels: shape (n, C)); shape (G, C, L).

    n* = p(1 − p)/V · (t of n − 1 / t of the design's freedom)², at most n/(1 − f) (Korn and Graubard 1998;
    the cap of n put for finite populations); at 0 and 1, where V is 0, Kish's (Σw)²/Σ(1 − f)w² in place of p(1 − p)/V.
    """
    line = Lineariser(respondents, grouping)
    found = [_shares(line, column, count, interval, confidence) for column in levels[line.inside].T]
    return _side_by_side(found)


def counts(
    respondents: Respondents, grouping: Grouping, levels: Codes, count: int, confidence: float = CONFIDENCE
) -> Estimates:
    """How many people are at every level 0 … count − 1, in every group and question; shape (G, C, L).

    Σw of the level: counts of parts add up to that of the whole. The interval is that of the count's share of everyone
    (Korn and Graubard, as in `shares`), and never below the answers counted (or their Σw); where none or all answers
    of a group are of the level, it reaches as far as the interval of that share of the group.
    """
    line = Lineariser(respondents, grouping)
    found = [_counts(line, column, count, confidence) for column in levels[line.inside].T]
    return _side_by_side(found)


def _mean(line: Lineariser, column: Floats, scale: Scale, confidence: float) -> Estimates:
    here = ~np.isnan(column)
    if here.any() and not (np.nanmin(column) >= scale[0] and np.nanmax(column) <= scale[1]):
        raise ValueError("a value is outside the scale")
    group, values = _group(line, here), np.where(here, column, 0.0)
    mean, error = _ratio(line, group, here, values)
    interval = mean_interval(mean, error, group.freedom, confidence)
    lowest, highest = np.full(line.size, np.inf), np.full(line.size, -np.inf)
    np.minimum.at(lowest, line.group[here], values[here])
    np.maximum.at(highest, line.group[here], values[here])
    alike = (lowest == highest) & (group.people > 1)
    others = clopper_pearson(np.zeros(line.size), _design_size(group.kish, group, confidence), confidence).upper
    lower = np.where(alike, mean - (mean - scale[0]) * others, np.maximum(interval.lower, scale[0]))
    upper = np.where(alike, mean + (scale[1] - mean) * others, np.minimum(interval.upper, scale[1]))
    return Estimates(mean, error, lower, upper, group.people, group.kish, group.freedom)


def _shares(line: Lineariser, column: Codes, count: int, interval: ShareInterval, confidence: float) -> Estimates:
    here = _answered(column, count)
    group = _group(line, here)
    found = []
    for level in range(count):
        share, error = _ratio(line, group, here, (column == level).astype(float))
        found.append((share, error, _share_size(share, error, group, confidence)))
    share, error, size = (np.column_stack(part) for part in zip(*found, strict=True))
    bounds = SHARE_INTERVALS[interval](share, size, confidence)
    return Estimates(share, error, bounds.lower, bounds.upper, group.people, size, group.freedom)


def _counts(line: Lineariser, column: Codes, count: int, confidence: float) -> Estimates:
    group = _group(line, _answered(column, count))
    found = [_count(line, group, (column == level).astype(float), confidence) for level in range(count)]
    total, error, lower, upper, size = (np.column_stack(part) for part in zip(*found, strict=True))
    return Estimates(total, error, lower, upper, group.people, size, group.freedom)


def _count(
    line: Lineariser, group: _Group, at_level: Floats, confidence: float
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Value, error, lower, upper and n* of one level's count; `at_level` is 1 for those who are at it, else 0."""
    seen, total = line.sums(at_level), line.sums(at_level * line.weights)
    variance, everyone = line.variances(at_level), float(line.respondents.weights.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(variance > 0, total * (everyone - total) / variance, np.inf) * group.few(confidence) ** 2
        of_everyone = clopper_pearson(total / everyone, size, confidence)
    lower, upper = of_everyone.lower * everyone, of_everyone.upper * everyone
    none, every = seen == 0, seen == group.people
    of_group = clopper_pearson(np.where(none, 0.0, 1.0), _design_size(group.kish, group, confidence), confidence)
    lower = np.where(every, np.fmin(lower, group.weight * of_group.lower), lower)
    upper = np.where(none, np.fmax(upper, group.weight * of_group.upper), upper)
    silent = np.where(group.people == 0, np.nan, 0.0)
    error = np.where(group.alone, np.nan, np.sqrt(variance))
    return total + silent, error, np.maximum(lower, np.minimum(seen, total)) + silent, upper + silent, size


def _answered(column: Codes, count: int) -> NDArray[np.bool_]:
    if len(column) and not (column.min() >= -1 and column.max() < count):
        raise ValueError("a level is −1 (no answer) or from 0 to the number of levels less one")
    here: NDArray[np.bool_] = column >= 0
    return here


def _group(line: Lineariser, here: NDArray[np.bool_]) -> _Group:
    """People, weight, Kish's size, the cap n/(1 − f) and the degrees of freedom of every group for one question.

    Freedom: n − 1 of the group, or the sum of n_h − 1 of the strata with people of it if that is less, at least 1.
    """
    asked = here.astype(float)
    people = line.sums(asked)
    weight, squares = line.sums(asked * line.weights), line.sums(asked * line.weights**2)
    unknown = line.respondents.unknown_part[line.strata]
    unseen = line.sums(asked * line.weights**2 * unknown)
    with np.errstate(divide="ignore", invalid="ignore"):
        kish, most = weight**2 / unseen, people * squares / unseen
    known = np.maximum(line.respondents.answered - 1, 0)
    freedom = np.minimum(people - 1, line.strata_of(asked, known))
    return _Group(people.astype(np.intp), weight, kish, most, np.maximum(freedom, 1))


def _ratio(line: Lineariser, group: _Group, here: NDArray[np.bool_], values: Floats) -> tuple[Floats, Floats]:
    """Σwy / Σw over those who answered, and its standard error; NaN where nobody did."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = line.sums(here * line.weights * values) / group.weight
        scores = np.where(here, (values - ratio[line.group]) / group.weight[line.group], 0.0)
    return ratio, np.where(group.alone, np.nan, np.sqrt(line.variances(scores)))


def _share_size(share: Floats, error: Floats, group: _Group, confidence: float) -> Floats:
    """n* of a share: from its variance, at 0 and 1 (and where there is no variance) from the weights."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(error > 0, share * (1 - share) / error**2, np.where(np.isnan(error), group.kish, np.inf))
    edge = (share <= 0) | (share >= 1)
    return _design_size(np.where(edge, group.kish, size), group, confidence)


def _design_size(size: Floats, group: _Group, confidence: float) -> Floats:
    """The size lessened for a variance that is known from few degrees of freedom only, at most n/(1 − f)."""
    return np.minimum(size * group.few(confidence) ** 2, group.most)


def _side_by_side(columns: list[Estimates]) -> Estimates:
    """One question's estimates after the other along axis 1."""

    def joined(name: str) -> Floats:
        return np.stack([getattr(column, name) for column in columns], axis=1)

    names = ("value", "error", "lower", "upper", "size", "freedom")
    people = np.stack([column.people for column in columns], axis=1)
    return Estimates(people=people, **{name: joined(name) for name in names})
