"""What the columns and weeks handed to the links of one runner must be like, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.association import matched, paired, within_runner
from analysis.simulation import Diary, simulate


def diary(weeks=60):
    return simulate(Diary(weeks), np.random.default_rng(8))


def disorders():
    weeks = diary(30)
    within_one = weeks.copy()
    within_one.loc[10, "week"] = within_one.loc[9, "week"] + pd.Timedelta(days=1)
    return {
        "shuffled": weeks.sample(frac=1, random_state=1),
        "reversed": weeks[::-1],
        "twice": pd.concat([weeks[:10], weeks[9:]]),
        "two days of one week": within_one,
    }


@pytest.mark.parametrize("order", list(disorders()))
@pytest.mark.parametrize(
    "ask",
    [
        lambda weeks: matched(weeks, ["adherence"], "pain", 1),
        lambda weeks: paired(weeks, "adherence", "pain"),
        lambda weeks: within_runner(weeks, "adherence", "pain"),
    ],
    ids=["matched", "paired", "within_runner"],
)
def test_weeks_not_in_order_each_once_are_refused_everywhere(order, ask):
    with pytest.raises(ValueError, match="not in order, each once"):
        ask(disorders()[order])


@pytest.mark.parametrize("control", ["adherence", "pain"])
def test_a_column_is_no_control_of_itself(control):
    found = within_runner(diary(), "adherence", "pain", controls=[control])
    assert (found.r, found.reason) == (None, "control says the same")


@pytest.mark.parametrize(("noise", "reason"), [(0.05, "control says the same"), (0.5, None)])
def test_a_control_may_say_nearly_all_but_not_all(noise, reason):
    """The ranks of the first leave about 0.2 % of x, those of the second a fifth."""
    rng = np.random.default_rng(5)
    x = rng.standard_normal(200)
    weeks = diary(200).assign(adherence=x, distance_m=x + noise * rng.standard_normal(200))
    found = within_runner(weeks, "adherence", "pain", controls=["distance_m"])
    assert (found.reason, found.r is None) == (reason, reason is not None)


@pytest.mark.parametrize("scale", [1.0, -3.0])
def test_a_control_that_repeats_another_control_is_refused(scale):
    """It used to take out one more direction, which was rounding, and so change the number."""
    weeks = diary()
    weeks = weeks.assign(again=weeks["distance_m"] * scale)
    found = within_runner(weeks, "adherence", "pain", controls=["distance_m", "again"])
    assert (found.r, found.reason) == (None, "control says the same")
