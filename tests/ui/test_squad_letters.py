"""The letters that stand for names: one for each runner, in an order that only the seed knows."""

from hypothesis import given
from hypothesis import strategies as st

from ui.squad import aliases


@given(st.sets(st.integers(1, 10**6), max_size=60), st.integers(0, 2**32 - 1))
def test_everyone_has_a_letter_of_their_own_that_sorts_as_it_reads(ids, seed):
    found = aliases(sorted(ids), seed)
    assert set(found) == ids
    assert len(set(found.values())) == len(ids)
    assert len({len(name) for name in found.values()}) <= 1
    assert found == aliases(sorted(ids), seed)


def test_the_order_is_not_that_of_the_ids():
    drawn = [aliases(range(12), seed) for seed in range(20)]
    orders = {tuple(found[runner] for runner in range(12)) for found in drawn}
    assert len(orders) == 20
    assert tuple(sorted(drawn[0].values())) not in orders


def test_a_large_squad_has_two_letters_each():
    names = sorted(aliases(range(200), 1).values())
    assert (names[0], names[26], names[-1]) == ("Runner AA", "Runner BA", "Runner HR")
