"""Does one coefficient do for all runners of a squad? Cochran's Q over every runner's own one.

Each runner's weeks lose their straight drift and what they carry over from the week before (analysis.prewhitening), and
what is new in the two measures is correlated; so the test holds where weeks resemble each other, which the F test of
own slopes against one does not. All runners at once: rows are sorted by runner and week, and a sum over a runner is one
over a stretch of rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.evidence import CARRY_OVER_LEAST, CARRY_OVER_MOST, GATE_TENTATIVE
from analysis.prewhitening import ROUNDING, Values, Weeks

# Of n weeks: 3 for Fisher's z itself, 1 for the drift, 1 for the carry-over.
_SPENT: Final = 5
_LONGEST_STEP: Final = 8  # weeks between two entries at a runner's usual distance
_FITTED: Final = 2  # coefficients of a straight line


@dataclass(frozen=True)
class _Rows:
    """Rows sorted by runner and week; `n`, `start`, `step`, `near` of shape (runners,), `gap` and `time` (rows,)."""

    n: Weeks
    start: Weeks
    gap: Weeks  # weeks since the runner's row before; 0 in the first one
    step: Weeks  # weeks between two rows, usually
    near: Weeks  # how many rows come so many weeks after the one before
    time: Values  # weeks from the middle of the runner's own

    def total(self, values: Values) -> Values:
        return np.add.reduceat(values, self.start)

    def spread(self, values: Values) -> Values:
        """A value for each runner, repeated for each of the runner's rows."""
        return np.repeat(values, self.n)


def differ_p(runner: Weeks, week: Weeks, x: Values, y: Values) -> float | None:
    """p of 'all runners have the same coefficient', for rows of shape (n,); runners and weeks are whole numbers.

    Only runners with enough weeks for a number of their own count (evidence 6.1.5), and in whom both measures are more
    than drift. None with fewer than two of them.
    """
    if len(runner) and not _sorted(runner, week):
        order = np.lexsort((week, runner))
        runner, week, x, y = runner[order], week[order], x[order], y[order]
    times = np.bincount(runner)
    if times[times > 0].min(initial=GATE_TENTATIVE) < GATE_TENTATIVE:
        enough = times[runner] >= GATE_TENTATIVE
        runner, week, x, y = runner[enough], week[enough], x[enough], y[enough]
    if not len(runner):
        return None
    rows = _rows(runner, week)
    (new_x, real_x), (new_y, real_y) = (_new(rows, values) for values in (x, y))
    real = real_x & real_y
    if real.sum() < 2:
        return None
    together = rows.total(new_x * new_y)[real]
    spread = np.sqrt(rows.total(new_x**2)[real] * rows.total(new_y**2)[real])
    return _cochran(np.clip(together / spread, ROUNDING - 1, 1 - ROUNDING), rows.n[real])


def _sorted(runner: Weeks, week: Weeks) -> bool:
    """As diaries come from the store; then nothing has to be moved."""
    same = runner[1:] == runner[:-1]
    return bool(np.all((runner[1:] > runner[:-1]) | (same & (week[1:] >= week[:-1]))))


def _cochran(r: Values, n: Weeks) -> float:
    """Cochran's Q (1954) of Fisher's z, each with the variance 1 / (n - 5)."""
    z, weight = np.arctanh(r), n - _SPENT
    common = weight @ z / weight.sum()
    return float(special.chdtrc(len(z) - 1, weight @ (z - common) ** 2))


def _rows(runner: Weeks, week: Weeks) -> _Rows:
    first = np.diff(runner, prepend=-1) != 0
    start = np.flatnonzero(first)
    n = np.diff(start, append=len(runner))
    place = np.repeat(np.arange(len(n)), n)
    # Two rows of one week count as neighbours.
    gap = np.where(first, 0, np.maximum(np.diff(week, prepend=0), 1))
    usual = np.bincount(
        place * (_LONGEST_STEP + 1) + np.minimum(gap, _LONGEST_STEP), minlength=len(n) * (_LONGEST_STEP + 1)
    )
    usual = usual.reshape(len(n), -1)[:, 1:]
    middle = np.asarray(np.add.reduceat(week, start) / n, dtype="float64")
    return _Rows(n, start, gap, usual.argmax(axis=1) + 1, usual.max(axis=1), week - np.repeat(middle, n))


def _new(rows: _Rows, values: Values) -> tuple[Values, npt.NDArray[np.bool_]]:
    """What is new in each row, and for each runner whether that is more than rounding."""
    centred = values - rows.spread(rows.total(values) / rows.n)
    scale = rows.total(values**2)
    left = _without(rows, rows.time, centred)
    straight = rows.total(left**2) <= ROUNDING * scale
    carried = np.where(straight, 0.0, _carry_over(rows, left))
    constant, time, new = _whiten(rows, carried, (np.ones(len(left)), rows.time, left))
    time, new = (_without(rows, constant, one) for one in (time, new))
    new = _without(rows, time, new)
    return new, ~straight & (rows.total(new**2) > ROUNDING * scale)


def _without(rows: _Rows, column: Values, values: Values) -> Values:
    """What a least-squares fit of `column`, for each runner by itself, leaves of `values`."""
    squares = rows.total(column**2)
    slope = rows.total(column * values) / np.where(squares > 0, squares, 1.0)
    left: Values = values - column * rows.spread(slope)
    return left


def _carry_over(rows: _Rows, left: Values) -> Values:
    """analysis.prewhitening.carry_over of each runner, (runners,): corrected for its bias, at the usual distance."""
    near = rows.gap == np.repeat(rows.step, rows.n)
    products = rows.total(left * _before(left) * near) / rows.near
    squares = rows.total(left**2) / rows.n
    sample = products / np.where(squares > 0, squares, 1.0)
    corrected = (sample + _FITTED / rows.n) / (1 - 2 * _FITTED / rows.n)
    weekly = np.where(rows.step == 1, corrected, np.maximum(corrected, 0.0) ** (1 / rows.step))
    return np.clip(weekly, CARRY_OVER_LEAST, CARRY_OVER_MOST)


def _whiten(rows: _Rows, carried: Values, columns: Sequence[Values]) -> list[Values]:
    """analysis.prewhitening.whiten of each runner; the first row carries nothing over."""
    kept, scale = rows.spread(carried), np.ones(len(rows.gap))
    # Where a row follows its neighbour, the rest is a x(t-1) and the scale 1: powers are slow.
    other = np.flatnonzero(rows.gap != 1)
    a, gap = kept[other], rows.gap[other]
    kept[other] = np.where(gap > 0, a**gap, 0.0)
    scale[other] = np.sqrt((1 - a**2) / (1 - kept[other] ** 2))
    return [(values - kept * _before(values)) * scale for values in columns]


def _before(values: Values) -> Values:
    return np.concatenate([values[:1], values[:-1]])
