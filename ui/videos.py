"""A runner's own videos of an exercise: links to keep, played inside its guide."""

import streamlit as st

from guides.schema import Exercise
from ui import inputs, saving
from ui.diary import Diary
from ui.rows import Row, rows


def players(diary: Diary, exercise: Exercise, place: str) -> None:
    """The videos of one exercise, wherever its guide stands; nothing without one. `place` tells two guides apart."""
    for video in _of(diary, exercise):
        _play(video, inputs.plain(video["title"]), place)


def show(diary: Diary, exercise: Exercise) -> None:
    """The videos of one exercise in its own guide, and a form for one more."""
    for video in _of(diary, exercise):
        with st.container(border=True):
            if "training" in diary.scope.writes:
                saving.delete_button(diary, "video", video["id"], inputs.plain(video["title"]))
            _play(video, "Play it here", "whole")
    if "training" not in diary.scope.writes:
        return
    form = f"video-{diary.runner.id}-{exercise.slug}"
    version = saving.version(form)
    # A key of its own after each save: a new one is closed, and an error stands in the open one, below its form.
    with st.expander("Add a link to your own video", icon=":material/video_library:", key=f"add-{version}"):
        with st.form(version, border=False):
            url = st.text_input("Link", key=f"{version}-url", placeholder="https://youtu.be/...")
            st.caption("A YouTube link, or an https:// link that ends in .mp4 or .webm.")
            title = st.text_input("Title", key=f"{version}-title")
            sent = st.form_submit_button("Save the video")
        if sent:
            values = {"exercise": exercise.slug, "url": url, "title": title.strip() or "My video"}
            saving.save(lambda: diary.add_video(values), "Video saved.", form)


def _of(diary: Diary, exercise: Exercise) -> list[Row]:
    return [video for video in rows(diary.videos()) if video["exercise"] == exercise.slug]


def _play(video: Row, label: str, place: str) -> None:
    """The player stays away until it is asked for: it fetches from another machine."""
    if st.toggle(label, key=f"play-{place}-{video['id']}", help="It is fetched from where the link leads."):
        st.video(video["url"])
