import pytest

from analysis.fppa import projection_angle

HIP, ANKLE = (300, 200), (300, 600)


# Test vectors of evidence 1.3.
@pytest.mark.parametrize(("knee", "degrees"), [((320, 400), 11.42), ((280, 400), -11.42), ((300, 400), 0.0)])
def test_published_vectors(knee, degrees):
    assert projection_angle(HIP, knee, ANKLE, "right") == pytest.approx(degrees, abs=0.005)


def test_left_and_a_mirrored_picture_turn_the_sign():
    knee = (320, 400)
    right = projection_angle(HIP, knee, ANKLE, "right")
    assert projection_angle(HIP, knee, ANKLE, "left") == -right
    assert projection_angle(HIP, knee, ANKLE, "right", mirrored=True) == -right
    assert projection_angle(HIP, knee, ANKLE, "left", mirrored=True) == right
