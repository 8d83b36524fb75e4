"""A linear regression of weeks that resemble their neighbours, where few of them say how much.

The errors follow a first-order autoregression. Its coefficient, the carry-over, is not known, and a range that takes an
estimate for it is too narrow. So the answers for all carry-overs are put together, each weighed by how well it fits
(Zellner and Tiao 1964), with the reference prior of Berger and Yang (1994).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from analysis.evidence import CARRY_OVER_LEAST
from analysis.prewhitening import ROUNDING, Values, Weeks, scale, whiten

# Even steps of the arc sine are the reference prior. At 0.99 more than half of a wave is left a year later; beyond it,
# nothing tells a wave from a level.
_CARRIED: Final = np.sin(np.linspace(np.arcsin(CARRY_OVER_LEAST), np.arcsin(0.99), 30))
_HALVINGS: Final = 40


def first_effect(
    weeks: Weeks, design: Values, outcome: Values, confidence: float, *, given_first: bool = False
) -> tuple[float, float, float]:
    """(estimate, low, high) of the first column of `design`, shape (n, k), beside the others.

    With `given_first`, the first row is only what the second one carries over from: whatever made a diary begin in such
    a week is then no part of the answer.
    """
    tried = _tried(weeks, design, outcome, given_first)
    low, high = (_quantile(tried, share) for share in ((1 - confidence) / 2, (1 + confidence) / 2))
    return float(tried.weight @ tried.estimate), low, high


@dataclass(frozen=True)
class _Tried:
    """The answer for each carry-over, shape (m,): Student's t around `estimate`; the weights add up to 1."""

    weight: Values
    estimate: Values
    error: Values
    dof: int


def _tried(weeks: Weeks, design: Values, outcome: Values, given_first: bool) -> _Tried:
    """Generalised least squares for each carry-over, and its restricted likelihood."""
    skipped = int(given_first)
    whitened = whiten(weeks, _CARRIED, np.column_stack([design, outcome]))[:, skipped:]
    x, y = whitened[..., :-1], whitened[..., -1:]
    squares = np.swapaxes(x, 1, 2) @ x
    inverse = np.linalg.inv(squares)
    fitted = inverse @ np.swapaxes(x, 1, 2) @ y
    left = np.maximum(np.sum((y - x @ fitted) ** 2, axis=(1, 2)), ROUNDING * np.sum(y**2, axis=(1, 2)))
    dof = len(weeks) - skipped - design.shape[1]
    width = np.log(scale(weeks, _CARRIED))[:, skipped:].sum(axis=(1, 2))
    fit = width - (np.linalg.slogdet(squares).logabsdet + dof * np.log(left)) / 2
    weight = np.exp(fit - fit.max())
    return _Tried(weight / weight.sum(), fitted[:, 0, 0], np.sqrt(left / dof * inverse[:, 0, 0]), dof)


def _quantile(tried: _Tried, share: float) -> float:
    """Where so much of the weighted answers lies below: between the lowest and the highest of theirs, by halving."""
    each = tried.estimate + tried.error * float(special.stdtrit(tried.dof, share))
    low, high = float(each.min()), float(each.max())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = float(tried.weight @ special.stdtr(tried.dof, (middle - tried.estimate) / tried.error))
        low, high = (middle, high) if below < share else (low, middle)
    return (low + high) / 2
