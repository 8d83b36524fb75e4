"""A small calibration with fixed seeds; `make calibration` runs the whole of it (docs/calibration.md).

The bounds are those of the whole, with three standard errors for the smaller number of diaries.
"""

from dataclasses import replace

import pytest

from benchmarks.calibration import (
    COVERAGE_LEAST,
    FALSE_POSITIVES_MOST,
    HARDER,
    LINKED,
    NOISE,
    PAGE_MOST,
    PLANTED_LEAST,
    POWER_LEAST,
    Share,
    Table,
    any_finding,
    coverage,
    false_positives,
    large_sample_value,
    main,
    power,
    right_finding,
)

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


@pytest.mark.parametrize("carried", [0.5, 0.8])
def test_a_link_is_found_and_its_interval_holds_it(carried):
    kind = replace(NOISE[f"AR {carried:g} in both"], linked=LINKED)
    found, covered = power(kind, DIARIES), coverage(kind, DIARIES, large_sample_value(kind))
    assert found.measured >= POWER_LEAST[carried] - slack(POWER_LEAST[carried], found)
    assert covered.measured >= COVERAGE_LEAST - slack(COVERAGE_LEAST, covered)


def test_a_page_of_chance_seldom_shows_a_finding():
    found = any_finding(52, 250)
    assert found.measured <= PAGE_MOST + slack(PAGE_MOST, found)


def test_a_planted_link_is_found_at_its_place():
    found = right_finding(104, 150)
    assert found.measured >= PLANTED_LEAST - slack(PLANTED_LEAST, found)


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
