import pytest

from analysis.bands import ACCEPTABLE, BANDS, CARRY_ON, STOP, pain_band


@pytest.mark.parametrize(
    ("pain", "band"),
    [(0, CARRY_ON), (2, CARRY_ON), (3, ACCEPTABLE), (5, ACCEPTABLE), (6, STOP), (10, STOP)],
)
def test_edges(pain, band):
    assert pain_band(pain) is band


def test_the_bands_cover_the_scale_once():
    scale = [rating for band in BANDS for rating in range(band.low, band.high + 1)]
    assert scale == list(range(11))


def test_unknown_pain_is_in_no_band():
    assert pain_band(None) is None
    assert pain_band(float("nan")) is None


@pytest.mark.parametrize("pain", [-1, 11, 12])
def test_off_the_scale_is_refused_with_the_value(pain):
    with pytest.raises(ValueError, match=rf"Pain is {pain}\. The scale goes from 0"):
        pain_band(pain)


def test_each_band_says_what_to_do():
    assert CARRY_ON.advice == "Carry on."
    assert "next morning" in ACCEPTABLE.advice and "not rising over 2 weeks" in ACCEPTABLE.advice
    assert STOP.advice.startswith("Stop the activity today")
