"""A small calibration with fixed seeds; `make calibration` runs the whole of it (docs/calibration.md).

The bounds are those of the whole, with three standard errors for the smaller number of diaries.
"""

from dataclasses import replace

import numpy as np
import pytest

from analysis.correlation import correlate, z_error
from analysis.evidence import MAIN_LINK
from benchmarks.calibration import (
    CONTROLLED,
    COVERAGE_LEAST,
    FALSE_POSITIVES_MOST,
    HARDER,
    LINKED,
    NOISE,
    POWER_LEAST,
    RARE,
    answers,
    coverage,
    false_positives,
    large_sample_value,
    main,
    power,
)
from benchmarks.calibration_page import (
    ANY_MOST,
    CHANCE,
    LEADER_MOST,
    PLANTED,
    SELDOM,
    TARGET,
    alone,
    any_claim,
    any_finding,
    equal_shares,
    equally_strong,
    found_at,
    known_to_an_oracle,
    pages,
)
from benchmarks.calibration_sizes import (
    CHANGE_MOST,
    RANGE_LEAST,
    difference_coverage,
    false_changes,
    large_sample_slope,
    slope_coverage,
)
from benchmarks.calibration_sizes import LINKED as LINKED_LATER
from benchmarks.shares import Share, Table

DIARIES = 400


def slack(bound, share):
    return 3 * (bound * (1 - bound) / share.of) ** 0.5


@pytest.mark.parametrize("weeks", [12, 52])
@pytest.mark.parametrize("kind", {**NOISE, **HARDER}.values(), ids={**NOISE, **HARDER}.keys())
def test_chance_is_seldom_called_a_link(kind, weeks):
    long = round(weeks * kind.every / (1 - kind.missing) ** 2)
    found = false_positives(replace(kind, weeks=long), DIARIES)
    assert found.measured <= FALSE_POSITIVES_MOST + slack(FALSE_POSITIVES_MOST, found)
    assert found.of > DIARIES / 4


# What these seeds give: within a point or two of the bounds a wrong error of the coefficient would pass unseen.
MEASURED = {
    ("AR 0 in both", 12): 0.032,
    ("AR 0 in both", 52): 0.045,
    ("AR 0.5 in both", 12): 0.039,
    ("AR 0.5 in both", 52): 0.040,
    ("AR 0.8 in both", 12): 0.030,
    ("AR 0.8 in both", 52): 0.048,
}


@pytest.mark.parametrize(("name", "weeks"), MEASURED)
def test_the_share_of_false_positives_is_what_it_was(name, weeks):
    found = false_positives(replace(NOISE[name], weeks=weeks), DIARIES)
    assert found.measured == pytest.approx(MEASURED[name, weeks], abs=0.006)


def test_the_error_of_the_coefficient_is_what_it_varies_by():
    rng = np.random.default_rng(3)
    found = [correlate(np.arange(40), *rng.standard_normal((2, 40)), [], 0.95).r for _ in range(3_000)]
    assert np.std(np.arctanh(found)) == pytest.approx(z_error(40), rel=0.04)


@pytest.mark.parametrize("kind", RARE.values(), ids=RARE.keys())
def test_odd_weeks_that_fall_together_by_chance_are_seldom_called_a_link(kind):
    found = false_positives(replace(kind, weeks=104), DIARIES)
    assert found.measured <= FALSE_POSITIVES_MOST + slack(FALSE_POSITIVES_MOST, found)
    assert found.of > 30


@pytest.mark.parametrize("kind", CONTROLLED.values(), ids=CONTROLLED.keys())
def test_what_distance_explains_is_seldom_called_a_link(kind):
    found = false_positives(kind, DIARIES, ("distance_m",))
    assert found.measured <= found.most + slack(found.most, found)


def test_without_accounting_for_it_the_same_diaries_show_a_link():
    assert false_positives(CONTROLLED["AR 0.5, distance is behind both"], 100).measured > 0.2


@pytest.mark.parametrize("carried", [0.5, 0.8])
def test_a_link_is_found_and_its_interval_holds_it(carried):
    kind = replace(NOISE[f"AR {carried:g} in both"], linked=LINKED)
    found = answers(kind, DIARIES, 2)
    powerful, covered = power(found), coverage(found, large_sample_value(kind))
    assert powerful.measured >= POWER_LEAST[carried] - slack(POWER_LEAST[carried], powerful)
    assert covered.measured >= COVERAGE_LEAST - slack(COVERAGE_LEAST, covered)


def test_a_page_of_chance_seldom_shows_a_finding():
    found = any_finding(pages(CHANCE, 250, seed=5))
    assert found.measured <= ANY_MOST + slack(ANY_MOST, found)


@pytest.mark.parametrize("kind", [CHANCE, SELDOM], ids=["chance", "nearly always the same"])
def test_a_page_of_chance_seldom_claims_anything(kind):
    found = any_claim(kind, 120, seed=5)
    assert found.measured <= ANY_MOST + slack(ANY_MOST, found)


def test_of_two_that_drive_each_other_alike_neither_is_said_to_come_first():
    found = equally_strong(104, 120, seed=13)
    assert found.measured <= LEADER_MOST + slack(LEADER_MOST, found)


def test_a_planted_link_is_found_at_its_place():
    found = found_at(MAIN_LINK, pages(replace(PLANTED, weeks=78), 150, seed=6))
    assert found.measured >= TARGET - slack(TARGET, found)


def test_the_main_links_share_lies_between_an_equal_one_and_all():
    shown = pages(PLANTED, 150, seed=6)
    of_pages = [found_at(MAIN_LINK, one).measured for one in (equal_shares(shown), shown, alone(shown))]
    assert of_pages == sorted(of_pages) and of_pages[0] + 0.1 < of_pages[1]
    assert of_pages[2] < known_to_an_oracle(PLANTED, 150, seed=6).measured


@pytest.mark.parametrize("weeks", [26, 104])
def test_ranges_of_sizes_hold_the_truth(weeks):
    kind = LINKED_LATER["AR 0.8 in both"]
    slope = slope_coverage(replace(kind, weeks=weeks), DIARIES, large_sample_slope(kind))
    difference = difference_coverage(replace(kind, weeks=weeks), DIARIES, -1.29)
    for found in (slope, difference):
        assert found.measured >= RANGE_LEAST - slack(RANGE_LEAST, found)


@pytest.mark.parametrize("bad", [False, True])
@pytest.mark.parametrize("weeks", [12, 52])
def test_pain_that_stayed_the_same_is_seldom_said_to_have_changed(weeks, bad):
    kind = replace(NOISE["AR 0.8 in both"], weeks=weeks)
    found = false_changes(kind, DIARIES, bad=bad)
    assert found.measured <= CHANGE_MOST + slack(CHANGE_MOST, found)


@pytest.mark.parametrize(
    ("share", "shown", "holds"),
    [
        (Share(3, 50, most=0.06), "6.0 %", True),
        (Share(4, 50, most=0.06), "**8.0 %**", False),
        (Share(46, 50, least=0.93), "**92.0 %**", False),
    ],
)
def test_a_figure_out_of_bounds_is_bold(share, shown, holds):
    assert (str(share), share.holds) == (shown, holds)
    assert Table("t", "about", ["n"], {"row": [share]}).holds == holds


@pytest.mark.parametrize(("most", "status"), [(1.0, 0), (0.0, 1)])
def test_the_command_fails_when_a_figure_is_out_of_bounds(monkeypatch, most, status):
    measured = Table("Made up", "One figure.", ["52 weeks"], {"AR 0": [Share(1, 20, most=most)]})
    monkeypatch.setattr("benchmarks.calibration.tables", lambda times, pages: iter([measured]))
    shown = []
    assert main(shown.append) == status
    assert str(measured) in shown[-1]
