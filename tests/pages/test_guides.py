"""Guides: each has its own address, and an address of none shows them all."""

import pytest

from guides.catalogue import anatomy, exercises


@pytest.mark.parametrize("guide", exercises(), ids=lambda guide: guide.slug)
def test_every_exercise_says_all_it_knows(app, guide):
    shown = app("guides", query={"guide": guide.slug})
    assert shown.value("guide") == guide.slug
    for sentence in (guide.summary, *guide.steps, *guide.cues, *guide.faults, *guide.easier, *guide.avoid):
        assert sentence in shown.text
    assert guide.dose_text() in shown.text
    assert guide.dose.source in shown.text
    assert all(item.source in shown.text for item in guide.evidence)


def test_the_anatomy_has_its_drawings_and_sources(app):
    shown = app("guides", query={"guide": "anatomy"})
    for section in anatomy().sections:
        assert section.heading in shown.text
    assert len(shown.pictures) == sum(section.drawing is not None for section in anatomy().sections)
    assert "https://doi.org/" in shown.markup


@pytest.mark.parametrize("slug", ["", "nonsense", "<script>alert(1)</script>", "../settings", "clam\0", "a" * 10_000])
def test_an_unknown_guide_shows_them_all(app, slug):
    shown = app("guides", query={"guide": slug})
    assert shown.value("guide") is None
    assert "script" not in shown.text
    assert all(guide.name in shown.text for guide in exercises())


def test_a_guide_is_chosen_from_the_list(app):
    shown = app("guides").set("Guide", "clam").run()
    assert "## Clam" in shown.text
    shown.set("Guide", None).run()
    assert "Main exercises" in shown.text


def test_one_guide_is_not_the_other(app):
    assert "## Clam" not in app("guides", query={"guide": "split-squat"}).text


def test_a_chosen_guide_has_an_address_that_opens_it(app):
    shown = app("guides").set("Guide", "clam").run()
    assert shown._test.query_params["guide"] in ("clam", ["clam"])
