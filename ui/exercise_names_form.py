"""What another program's names of exercises mean here: a proposal by name, which the runner can correct."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from data.workouts import Side
from guides.catalogue import exercises, one_sided
from guides.exercise_names import meant
from ui import inputs
from ui.diary import Diary

Meaning = tuple[str | None, Side]  # the exercise's slug, None for none of ours

NOT_OURS: Final = "Not one of these exercises"
_SIDES: Final[Mapping[str, str]] = {"each": "Each leg", "left": "Left leg", "right": "Right leg"}
_WIDTH: Final = 320  # pixels: two stand side by side on a desk, one below the other on a phone


def show(diary: Diary, names: Mapping[str, int]) -> dict[str, Meaning]:
    """Ask what each name means; `names` with how many sets each has. Gives slug and side by name, as `data.workouts`
    takes them; nothing is kept before `diary.choose_import('exercise', ...)`."""
    counted = {name: sets for name, sets in names.items() if sets > 0}
    before = proposed(counted, diary.import_choices())
    ours = {name: counted[name] for name in counted if before[name][0]}
    others = {name: counted[name] for name in counted if name not in ours}
    found: dict[str, Meaning] = {}
    if ours:
        st.markdown("These exercises of the file are in the guides. Change what is not right.")
        found |= {name: _row(name, sets, before[name]) for name, sets in ours.items()}
    if others:
        with st.expander(f"{_exercises(len(others))} of the file left out: none in the guides has the name"):
            st.caption("Choose an exercise where a name means one.")
            found |= {name: _row(name, sets, before[name]) for name, sets in others.items()}
    return found


def proposed(names: Mapping[str, int], choices: Mapping[tuple[Any, str], Any]) -> dict[str, Meaning]:
    """What was chosen for a name before, else what the name says."""
    return {name: _kept(choices.get(("exercise", name))) or _of(meant(name)) for name in names}


def _kept(choice: Any) -> Meaning | None:  # noqa: ANN401  as it was stored
    """A choice of before, while its exercise and its side can still be chosen."""
    slug, side = choice or ("", "")
    if slug is not None and slug not in {guide.slug for guide in exercises()}:
        return None
    return (slug, _leg(side)) if slug in one_sided() else _of(slug)


def _of(slug: str | None) -> Meaning:
    """Programs log both legs of a one-sided exercise at once."""
    return slug, "each" if slug in one_sided() else "both"


def _row(name: str, sets: int, before: Meaning) -> Meaning:
    """One name: which exercise, and for a one-sided one which leg."""
    slug, side = before
    titles = {NOT_OURS: None} | {guide.name: guide.slug for guide in exercises()}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        title = st.selectbox(
            f"{inputs.plain(name)}, {sets} {'set' if sets == 1 else 'sets'}",
            list(titles),
            list(titles.values()).index(slug),
            key=f"exercise-name-{name}",
            width=_WIDTH,
        )
        chosen = titles[title]
        if chosen not in one_sided():
            return _of(chosen)
        leg = st.segmented_control(
            f"Side of {inputs.plain(name)}",
            list(_SIDES),
            default=side if side in _SIDES else "each",
            format_func=_SIDES.__getitem__,
            key=f"exercise-side-{name}",
            required=True,
            label_visibility="collapsed",
        )
    return chosen, _leg(leg)


def _leg(leg: str | None) -> Side:
    """The leg as answered; else both, one after the other."""
    match leg:
        case "left" | "right":
            return leg
        case _:
            return "each"


def _exercises(number: int) -> str:
    return "1 exercise" if number == 1 else f"{number} exercises"
