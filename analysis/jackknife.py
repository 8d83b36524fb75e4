"""How sure an estimate over runners is, from leaving out one runner after another.

Runners are independent of each other, their weeks are not: so it is whole runners that are left out (the jackknife over
clusters, CV3). Its variance is on average not too small, and Student's t with the degrees of freedom of Bell and
McCaffrey (2002) holds with few and unequal runners (Hansen 2025, Jackknife standard errors for clustered regression).
"""

import math
from typing import Final

import numpy as np
from scipy import special

from analysis.prewhitening import Values

# A runner who holds nearly everything leaves nothing to compare with.
_SHARE_MOST: Final = 1 - 1e-6


def jackknife_error(estimate: float, without: Values) -> float:
    """The standard error of `estimate`, in its own unit; `without` are those without each runner, shape (runners,)."""
    runners = len(without)
    return math.sqrt((runners - 1) / runners * float(np.sum((without - estimate) ** 2)))


def degrees_of_freedom(share: Values) -> float:
    """How many independent numbers the jackknife's variance is worth, where runner g holds `share`[g] of what the
    estimate comes from, shape (runners,), sum 1. Runners - 1 for equal shares, less for unequal ones, at least 1.

    Under independent contributions with variances in these shares, the deviations of the runners have the covariances
    s(1 - s) and -st, and the variance is matched to a chi-squared (Satterthwaite).
    """
    held = np.minimum(share, _SHARE_MOST)
    odds = held / (1 - held)
    squares = float(np.sum(odds**2))
    return max(1.0, float(np.sum(odds)) ** 2 / (squares + squares**2 - float(np.sum(odds**4))))


def t_quantile(dof: float, confidence: float) -> float:
    """How many standard errors an interval reaches to either side."""
    return float(special.stdtrit(dof, (1 + confidence) / 2))
