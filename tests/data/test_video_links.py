"""Only links that the guide's player shows are kept, and only over https."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.entries import Video, parse
from data.errors import InvalidEntryError
from data.video_links import LONGEST_LINK
from tests.data.examples import DOOR

VIDEO = {"exercise": "split-squat", "title": "From the side"}


def kept(link: object) -> str:
    return parse(Video, VIDEO | {"url": link}, DOOR).url


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=30s",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://videos.example.org/squat.mp4",
        "https://videos.example.org:8443/my%20squat.MP4?download=1",
        "https://videos.example.org/squat.webm",
    ],
)
def test_a_link_the_guide_can_play_is_kept_as_it_is(link: str) -> None:
    assert kept(f"  {link} ") == link


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("", "The link is empty. Use a YouTube link"),
        (None, "The link is empty."),
        (7, "The link is 7. Use a YouTube link"),
        ("http://youtu.be/dQw4w9WgXcQ", "http://youtu.be/dQw4w9WgXcQ. It has to start with https://."),
        ("javascript:alert(1)//squat.mp4", "It has to start with https://."),
        ("data:video/mp4;base64,AAAA", "It has to start with https://."),
        ("file:///home/ada/squat.mp4", "It has to start with https://."),
        ("squat.mp4", "It has to start with https://."),
        ("https://[::1/squat.mp4", "It has to start with https://."),
        ("https://example.org:port/squat.mp4", "It has to start with https://."),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871, which the guide cannot play."),
        ("https://example.org/squat.html", "which the guide cannot play."),
        ("https://example.org/?file=squat.mp4", "which the guide cannot play."),
        ("https://localhost/squat.mp4", "which the guide cannot play."),
        ("https://192.168.1.4/squat.mp4", "which the guide cannot play."),
        ("https://ada:secret@example.org/squat.mp4", "which the guide cannot play."),
        ("https://youtu.be.example.org/dQw4w9WgXcQ", "which the guide cannot play."),
        ("https://youtube.com@example.org/watch?v=dQw4w9WgXcQ", "which the guide cannot play."),
        ("https://www.youtube.com/@somebody", "which is not one video. Open the video and copy its link."),
        ("https://www.youtube.com/watch?list=PL0123456789", "which is not one video."),
        ('https://example.org/"><script>.mp4', "with a character that no link has. Copy it again."),
        ("https://example.org/a b.mp4", "with a character that no link has."),
        ("https://example.org/" + "a" * LONGEST_LINK + ".mp4", "The link has 524 letters. Use one of up to 500."),
    ],
)
def test_any_other_link_is_refused_and_repeated(link: object, says: str) -> None:
    with pytest.raises(InvalidEntryError) as refusal:
        kept(link)
    assert says in str(refusal.value)


@given(st.text(max_size=40), st.sampled_from(["https://example.org/", "https://", "//", ""]))
def test_whatever_is_kept_is_https_and_holds_nothing_that_could_leave_its_place(text: str, start: str) -> None:
    try:
        link = kept(f"{start}{text}.mp4")
    except InvalidEntryError:
        return
    assert link.lower().startswith("https://")
    assert not set(link) & set("\"'<>\\ \n\t")
