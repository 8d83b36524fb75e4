"""The benchmarks run on data of their own: a page that asks for one more column would break them unseen."""

from analysis.association import SQUAD_LINKS
from benchmarks import statistics


def test_what_the_benchmarks_make_up_is_enough_for_trends_and_a_squad():
    weeks = statistics.ten_years()
    assert all(one is not None for one in statistics.trends(weeks.tail(60).reset_index(drop=True)))
    assert len(statistics.squad_page(statistics.runners(6, 30))) == len(SQUAD_LINKS) + 6
