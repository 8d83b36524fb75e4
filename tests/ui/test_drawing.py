"""Drawings on a page: with their words, with a way to stop them, and without a fuss where there is none."""

from streamlit.testing.v1 import AppTest

from guides import drawings


def page(name: str) -> None:
    from ui import drawing

    drawing.show(name, "light")
    drawing.thumbnail(name, "light", "The turning point")


def test_a_drawing_comes_with_a_way_to_stop_it():
    shown = AppTest.from_function(page, args=("clam",)).run()
    assert not shown.exception
    assert [toggle.label for toggle in shown.toggle] == ["Stand still"]


def test_an_exercise_that_is_not_drawn_yet_is_shown_without():
    assert not drawings.exists("step-hop")
    shown = AppTest.from_function(page, args=("step-hop",)).run()
    assert not shown.exception
    assert len(shown.main) == 0
