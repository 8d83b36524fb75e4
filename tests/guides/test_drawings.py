"""The drawings: well-formed, legible in both themes, and of bodies whose limbs never change their length."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import drawings
from guides.catalogue import exercises
from guides.drawings.body import FORWARD, SHANK, THIGH, Point, middle_joint
from guides.drawings.canvas import WIDTH
from guides.drawings.palette import PALETTES

SVG = "{http://www.w3.org/2000/svg}"
BACKGROUND = {"light": "#FFFFFF", "dark": "#0F1519"}
EVERY = [(name, theme, moving) for name in drawings.names() for theme in ("light", "dark") for moving in (False, True)]
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
HALF_A_LETTER = 0.29  # of the font size: about the mean of a bold sans serif
LARGEST_FILE = 60_000  # it is sent with the page


def length(a: Point, b: Point) -> float:
    return b.minus(a).length()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "theme", "moving"), EVERY)
def test_a_drawing_is_well_formed_small_has_a_title_and_no_id_to_collide(name, theme, moving):
    text = drawings.svg(name, theme, moving)
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert len(text) < LARGEST_FILE
    assert name == "gluteal-muscles" or not [element for element in root.iter() if element.get("id")]


@pytest.mark.parametrize(("name", "theme", "moving"), EVERY)
def test_a_drawing_needs_nothing_from_outside(name, theme, moving):
    text = drawings.svg(name, theme, moving)
    assert not re.search(r"href|url\(|var\(|<script|@import|currentColor|\$\w", text)
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}", text)) <= set(vars(PALETTES[theme]).values())


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("name", drawings.names())
def test_a_drawing_differs_by_theme_in_colour_only(name, moving):
    shapes = [re.sub(r"#[0-9A-F]{6}", "#", drawings.svg(name, theme, moving)) for theme in ("light", "dark")]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("name", drawings.names())
def test_text_is_at_least_14_px_at_the_width_of_a_phone(name, moving):
    root = ElementTree.fromstring(drawings.svg(name, "light", moving))
    column = 390 - 2 * 16  # Streamlit keeps a rim of 16 px on a phone
    for group, scale in groups(root):
        sizes = [float(text.get("font-size", root.get("font-size", "0"))) for text in group.iter(f"{SVG}text")]
        assert sizes
        assert min(sizes) * scale * column / WIDTH >= 13.99


def groups(root: ElementTree.Element) -> list[tuple[ElementTree.Element, float]]:
    """The moving and the still picture with their scales, or the whole drawing."""
    found = root.findall(f"{SVG}g[@class]")
    scales = [re.search(r"scale\((.+?)\)", group.get("transform", "")) for group in found]
    scaled = [(group, float(scale[1]) if scale else 1.0) for group, scale in zip(found, scales, strict=True)]
    return scaled or [(root, 1.0)]


def offset(group: ElementTree.Element) -> tuple[float, float]:
    moved = re.search(r"translate\((\S+) (\S+)\)", group.get("transform", ""))
    return (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("name", [name for name in drawings.names() if drawings.moves(name)])
def test_shapes_stay_inside_the_picture_all_the_time(name, moving):
    root = ElementTree.fromstring(drawings.svg(name, "light", moving))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for group, scale in groups(root):
        (left, _), paths = offset(group), list(group.iter(f"{SVG}path"))
        assert paths
        for path in paths:
            values = [value for animation in path for value in animation.get("values", "").split(";")]
            for d in [path.get("d", ""), *values]:
                for x, y in corners(d):
                    assert 0 <= left + x * scale <= width, (name, d)
                    assert 0 <= y * scale <= height, (name, d)


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("name", drawings.names())
def test_words_stay_inside_the_picture_and_off_each_other(name, moving):
    root = ElementTree.fromstring(drawings.svg(name, "light", moving))
    for group, scale in groups(root):
        left, _ = offset(group)
        rows: dict[str, list[tuple[float, float]]] = {}
        for text in (item for item in group.iter(f"{SVG}text") if item.get("text-anchor") == "middle"):
            half = len(text.text or "") * float(text.get("font-size", "15")) * HALF_A_LETTER * scale
            middle = left + float(text.get("x", "0")) * scale
            assert middle - half >= 0 and middle + half <= WIDTH, text.text
            if text.find(f"{SVG}animate") is None:  # captions that take turns share their place
                rows.setdefault(text.get("y", ""), []).append((middle - half, middle + half))
        for spans in rows.values():
            ordered = sorted(spans)
            assert all(one[1] <= other[0] for one, other in pairwise(ordered)), name


def corners(d: str) -> list[tuple[float, float]]:
    """The spots a path goes through; M and H are absolute, every other command is relative to where it starts."""
    at, spots = (0.0, 0.0), []
    for command, rest in re.findall(r"([MHlaqz])([^MHlaqz]*)", d):
        values = [float(value) for value in re.findall(NUMBER, rest)]
        if command == "M":
            at = values[0], values[1]
        elif command == "H":
            at = values[0], at[1]
        elif command != "z":
            at = at[0] + values[-2], at[1] + values[-1]
        spots.append(at)
    return spots


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_page(theme):
    colours, page = PALETTES[theme], BACKGROUND[theme]
    assert contrast(colours.text, page) >= 4.5
    for mark in (colours.near, colours.far, colours.shirt, colours.shorts, colours.look, colours.gear, colours.quiet):
        assert contrast(mark, page) >= 3, mark
    for muscle in (colours.maximus, colours.medius, colours.minimus, colours.tensor):
        assert contrast(colours.on_muscle, muscle) >= 4.5


def test_every_drawing_says_in_words_what_it_shows():
    assert all(len(drawings.alt(name)) > 60 for name in drawings.names())


def test_every_exercise_has_a_drawing_under_its_slug():
    assert {item.slug for item in exercises()} <= set(drawings.motions())


def test_an_unknown_drawing_is_named():
    with pytest.raises(drawings.UnknownDrawingError, match=r"'burpee'.*pelvis-drop"):
        drawings.svg("burpee", "light")
    with pytest.raises(drawings.UnknownDrawingError, match="burpee"):
        drawings.alt("burpee")


@given(
    st.floats(-1, 1),
    st.floats(-1, 1),
    st.floats(5, 82),
)
def test_a_joint_between_two_ends_keeps_both_segments(x, z, reach):
    end = Point(x, -2, z).unit()
    end = Point(end.x * reach, end.y * reach, end.z * reach)
    knee = middle_joint(Point(0, 0, 0), end, THIGH, SHANK, FORWARD)
    assert length(Point(0, 0, 0), knee) == pytest.approx(THIGH)
    assert length(knee, end) == pytest.approx(SHANK)
    assert knee.z >= end.z / 2 - SHANK


def test_ends_out_of_reach_are_refused():
    with pytest.raises(ValueError, match=r"84\.0 apart"):
        middle_joint(Point(0, 0, 0), Point(0, -84, 0), THIGH, SHANK, FORWARD)
