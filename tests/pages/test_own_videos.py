"""A runner's own videos: kept beside the exercise, played where its guide stands, and only when asked for."""

import pytest

from tests.pages.book import BRIDGE, SPLIT_SQUAT

URL = "https://youtu.be/dQw4w9WgXcQ"


def guide(app, slug=SPLIT_SQUAT):
    return app("guides", query={"guide": slug})


def fill(shown, book, url, title=""):
    form = f"video-{book.scope.runner_id}-{SPLIT_SQUAT}-0"
    return shown.set(f"{form}-url", url).set(f"{form}-title", title).press("Save the video")


def test_a_video_is_kept_and_plays_in_its_guide_when_asked(app, book):
    shown = fill(guide(app), book, URL, "My squat")
    (video,) = book.read("video")
    assert (video["exercise"], video["url"]) == (SPLIT_SQUAT, URL)
    assert "My squat" in shown.text
    assert shown.videos == []
    assert len(shown.set("Play it here", True).run().videos) == 1
    assert "My squat" not in guide(app, BRIDGE).text


@pytest.mark.parametrize("page", ["home", "log"])
def test_it_plays_wherever_the_guide_stands(app, book, page):
    book.put("plan")
    book.put("video")
    shown = app(page)
    assert shown.videos == []
    assert len(shown.set("My squat", True).run().videos) == 1


def test_a_link_that_cannot_be_played_is_refused(app, book):
    shown = fill(guide(app), book, "http://example.org/squat")
    assert shown.errors == ["The link is http://example.org/squat. It has to start with https://."]
    assert book.count("video") == 0


def test_after_a_save_the_form_begins_again_empty(app, book):
    shown = fill(guide(app), book, URL, "My squat")
    form = f"video-{book.scope.runner_id}-{SPLIT_SQUAT}"
    assert shown.value(f"{form}-1-url") == ""


def test_a_video_is_deleted(app, book):
    book.put("video")
    shown = guide(app).press("Delete")
    assert book.count("video") == 0
    assert shown.press("Undo").has("Delete")


@pytest.mark.parametrize("page", ["home", "log", "guides"])
def test_a_title_is_shown_as_it_was_typed(app, book, page):
    book.put("plan")
    book.put("video", title="![x](https://evil.example/p.png) mine")
    shown = app(page, query={"guide": SPLIT_SQUAT} if page == "guides" else None)
    assert "mine" in shown.text
    assert "![x](" not in shown.text
