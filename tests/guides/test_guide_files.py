"""Every guide file is complete and honest, and names only what exists."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from guides import drawings
from guides.catalogue import (
    GuideFileError,
    UnknownExerciseError,
    anatomy,
    check_names,
    conditions,
    exercise,
    exercises,
    muscle_activity,
    one_sided,
    self_test,
    shared_advice,
)
from guides.ladders import ladders
from guides.schema import Dose, Evidence, Exercise
from guides.starting_plan import rules

MAIN = (
    "slide-cushion-hip-bridge",
    "romanian-deadlift",
    "slide-mat-side-lunge",
    "split-squat",
    "suspension-split-squat",
)
ACCESSORIES = ("hip-hitch", "side-plank-abduction", "single-leg-deadlift", "single-leg-bridge", "lateral-step-up")
WARM_UP = (
    "release-outer-hip",
    "release-adductors",
    "release-tfl",
    "side-lying-hip-abduction",
    "clam",
    "band-sidestep",
)
# evidence 6.3, and the words look.md adds to them
BANNED = re.compile(
    r"\b(proves|prevents|causes|safe|risk|risks|weak|weaker|weakness|imbalance|great job)\b|!", re.IGNORECASE
)


def everything() -> list[BaseModel]:
    return [*exercises(), anatomy(), self_test(), shared_advice(), rules(), ladders()]


def parts(model: BaseModel) -> Iterator[BaseModel]:
    """The model and every model inside it."""
    yield model
    for _, value in model:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from parts(item)


def texts(model: BaseModel) -> Iterator[str]:
    for part in parts(model):
        for _, value in part:
            yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, str))


def test_the_five_of_the_article_come_first_then_the_accessories_and_the_warm_up():
    assert tuple(item.slug for item in exercises() if item.block == "main") == MAIN + ACCESSORIES
    assert tuple(item.slug for item in exercises()) == MAIN + ACCESSORIES + WARM_UP


def test_the_accessories_are_ours_and_aim_at_the_gluteus_medius():
    for slug in ACCESSORIES:
        assert exercise(slug).article is None
        assert exercise(slug).trains.gluteus_medius in {"main target", "helps"}


def test_the_main_block_is_in_the_order_of_the_article():
    assert [exercise(slug).article for slug in MAIN] == ["A8", "A9", "A10", "A11", "A12"]


def test_an_exercise_is_found_by_its_slug_and_an_unknown_one_is_named():
    assert exercise("clam").name == "Clam"
    with pytest.raises(UnknownExerciseError, match=r"'burpee'.*split-squat"):
        exercise("burpee")


def test_every_point_of_the_article_about_muscles_tests_and_exercises_is_covered():
    covered = {item.article for item in exercises()} | set(self_test().articles)
    covered |= {article for section in anatomy().sections for article in section.articles}
    assert covered >= {f"A{number}" for number in range(2, 13)}


def test_one_sided_exercises_are_the_ones_done_left_and_right():
    assert one_sided() == set(MAIN + ACCESSORIES + WARM_UP) - {"slide-cushion-hip-bridge", "romanian-deadlift"}


def test_releases_are_in_seconds_and_everything_else_in_repetitions():
    assert {item.slug for item in exercises() if item.kind == "seconds"} == set(WARM_UP[:3])


def test_two_of_the_five_say_that_they_are_no_gluteus_medius_exercises():
    honest = [slug for slug in MAIN if exercise(slug).trains.gluteus_medius == "not a target"]
    assert honest == ["slide-cushion-hip-bridge", "romanian-deadlift"]
    for slug in honest:
        training = exercise(slug).trains
        assert "gluteus medius" in training.note
        assert "gluteus medius" not in training.primary + training.secondary


def test_a_dose_reads_as_a_sentence():
    assert exercise("split-squat").dose_text() == "2 to 3 sets of 8 to 12 repetitions on each side, 2 to 3 days a week"
    assert exercise("release-tfl").dose_text() == "1 set of 30 to 60 seconds on each side, 2 to 3 days a week"
    assert exercise("side-lying-hip-abduction").dose_text("main").startswith("2 to 3 sets of 8 to 12")


def test_a_dose_belongs_to_a_block():
    assert exercise("split-squat").dose_in("warm-up") is None
    assert exercise("release-outer-hip").dose_in("main") is None
    assert exercise("side-lying-hip-abduction").dose_in("main") == exercise("side-lying-hip-abduction").main_dose


def test_main_doses_keep_within_the_default_of_the_evidence():
    doses = [exercise(slug).dose for slug in MAIN + ACCESSORIES] + [exercise("side-lying-hip-abduction").main_dose]
    for dose in doses:
        assert isinstance(dose, Dose)
        assert (dose.sets.low, dose.sets.high, dose.days.low, dose.days.high) == (2, 3, 2, 3)
        assert (dose.amount.low, dose.amount.high) in {(8, 12), (8, 15)}
        assert dose.status == "convention"


@pytest.mark.parametrize("word", ["It proves it.", "So safe", "a weak muscle", "Well done!", "Risk score"])
def test_the_search_for_banned_words_finds_them(word):
    assert BANNED.search(word)


def test_no_guide_uses_a_banned_word():
    spoken = [text for model in everything() for text in texts(model)]
    spoken += [drawings.alt(name) for name in drawings.names()]
    spoken += re.findall(r">([^<]+)<", "".join(drawings.svg(name, "light") for name in drawings.names()))
    assert len(spoken) > 300
    assert [text for text in spoken if BANNED.search(text)] == []


def test_every_figure_in_the_evidence_is_a_figure_and_has_its_source():
    entries = [part for model in everything() for part in parts(model) if isinstance(part, Evidence)]
    assert len(entries) > 40
    for entry in entries:
        assert entry.source
        assert entry.number is None or re.search(r"\d", entry.number), entry
        assert entry.status == "convention" or re.search(r"\b(19|20)\d\d\b|study", entry.source), entry


def test_quoted_muscle_activity_is_what_the_papers_say():
    def numbers(slug: str) -> list[str | None]:
        return [entry.number for entry in exercise(slug).evidence if entry.number]

    assert numbers("side-lying-hip-abduction") == ["81 ± 42 % of maximum", "99.9 ± 17 % of maximum"]
    assert numbers("lateral-step-up") == ["61 ± 20 % of maximum"]
    assert numbers("single-leg-bridge") == ["42 % of maximum", "index 59", "knee bent to 135 degrees"]
    assert numbers("clam") == ["40 ± 38 % of maximum", "index 115"]
    assert numbers("slide-cushion-hip-bridge") == ["hamstrings 52 to 60 % of maximum", "knee bent to 135 degrees"]


def test_a_doi_becomes_a_link():
    linked = next(entry for entry in self_test().evidence if entry.source == "Ressman 2019")
    assert linked.link == "https://doi.org/10.1136/bmjsem-2019-000541"
    assert next(entry for entry in self_test().evidence if entry.source == "Munro 2012").link is None


def test_the_self_test_asks_and_stores_under_the_same_names():
    assert [item.key for item in self_test().questions] == ["knee_inside", "pelvis_level", "trunk_upright", "steady"]
    assert [item.key for item in self_test().running_signs] == ["pelvis_swings", "knees_buckle", "x_legs"]


def test_the_red_flags_are_all_there():
    flags = self_test().red_flags
    urgent, others = " ".join(flags.emergency), " ".join(flags.see_clinician)
    for sign in ("breathlessness", "chest pain", "Numbness", "bladder"):
        assert sign in urgent
    for sign in (
        *("night", "rest", "bone", "worse through a run", "hop", "limp", "groin", "missed periods", "stress fracture"),
        *("locked", "gives way", "pop", "Fever", "weight loss", "fall", "two runs in a row", "two weeks"),
    ):
        assert sign in others


def test_every_drawing_a_page_asks_for_exists():
    asked = {*self_test().drawings, *(section.drawing for section in anatomy().sections if section.drawing)}
    assert asked <= set(drawings.names())


def test_easier_and_harder_exercises_name_each_other():
    for item in exercises():
        assert item.slug not in item.easier_guides + item.harder_guides
        for slug in item.easier_guides:
            assert item.slug in exercise(slug).harder_guides, (item.slug, slug)
        for slug in item.harder_guides:
            assert item.slug in exercise(slug).easier_guides, (item.slug, slug)


def test_the_five_have_their_kettlebell_bar_and_sliding_progressions():
    needs = {slug: exercise(slug).later_equipment for slug in MAIN}
    assert needs["romanian-deadlift"] == ("kettlebell", "bar")
    assert needs["split-squat"] == ("kettlebell", "bar", "step")
    assert needs["slide-mat-side-lunge"] == needs["suspension-split-squat"] == ("kettlebell",)
    assert "slide both heels away and back" in " ".join(exercise("slide-cushion-hip-bridge").harder)
    assert "kettlebell" in drawn_with("romanian-deadlift-kettlebell")


def drawn_with(slug: str) -> set[str]:
    return {item.kind for item in drawings.motions()[slug].gear}


@pytest.mark.parametrize("slug", [item.slug for item in exercises()])
def test_the_figure_shows_the_equipment_the_exercise_needs(slug):
    item = exercise(slug)
    assert set(item.equipment) <= drawn_with(slug) <= {*item.equipment, *item.later_equipment}


def test_every_condition_a_runner_can_tick_keeps_something_out_of_the_plan():
    used = {reason.condition for item in exercises() for reason in item.contraindications}
    assert {item.key for item in conditions()} == used
    assert len({item.label for item in conditions()}) == len(conditions())


# What speaks against the easier exercise and not against the harder one, and why that is right.
HARDER_AND_STILL_FINE = {
    ("clam", "side-lying-hip-abduction"): {"hip impingement pain"},  # the hip stays straight
    ("clam", "band-sidestep"): {"hip impingement pain", "outer hip pain"},  # standing, and nobody lies on the hip
    ("band-sidestep", "hip-hitch"): {"kneecap pain flare", "adductor strain"},  # a straight knee, and no step aside
    ("lateral-step-up", "slide-mat-side-lunge"): {"poor balance"},  # both feet stay down; without support it is named
    ("slide-cushion-hip-bridge", "romanian-deadlift"): {"hamstring cramp"},  # the knee bends against nothing
    ("split-squat", "suspension-split-squat"): {"kneeling pain", "toe pain"},  # the rear foot hangs, the knee stays up
}


def test_what_speaks_against_an_exercise_speaks_against_the_harder_one():
    lost = {
        (item.slug, slug): against(item) - against(exercise(slug))
        for item in exercises()
        for slug in item.harder_guides
    }
    assert {pair: keys for pair, keys in lost.items() if keys} == HARDER_AND_STILL_FINE


def against(item):
    return {reason.condition for reason in item.contraindications}


def test_what_speaks_against_an_exercise_is_not_said_again_of_its_steps():
    assert [item.slug for item in exercises() for step in item.progressions if against(item) & set(step.not_with)] == []


def test_a_ticked_condition_says_why_an_exercise_is_left_out():
    lunge = exercise("slide-mat-side-lunge")
    (reason,) = lunge.contraindicated({"adductor strain"})
    assert reason.text == "Groin (adductor) strain: leave it out."
    assert lunge.contraindicated({"toe pain"}) == () == lunge.contraindicated(())
    assert lunge.avoid[-1].startswith("A floor on which your standing foot could slip")


BAND = {"name": "Band", "changes": "load", "text": "Put a loop band above the knees."}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"harder_guides": ("burpee",)}, r"clam\.toml names what does not exist: burpee"),
        ({"contraindications": ({"condition": "hay fever", "text": "x"},)}, r"does not exist: hay fever"),
        ({"progressions": (BAND | {"not_with": ("hay fever",)},)}, r"does not exist: hay fever"),
    ],
)
def test_a_file_that_names_what_does_not_exist_is_refused(change, message):
    clam = Exercise.model_validate(exercise("clam").model_dump() | {"harder_guides": ()} | change)
    with pytest.raises(GuideFileError, match=message):
        check_names([clam], conditions())


def test_muscle_activity_is_what_the_evidence_says_highest_first():
    rows = muscle_activity()
    assert [row.mean for row in rows] == sorted((row.mean for row in rows), reverse=True)
    checked = {(row.label, row.mean, row.sd) for row in rows if row.tag == "seen"}
    assert checked == {
        ("Side-lying hip abduction", 81, 42),
        ("Side-lying hip abduction, loaded", 99.9, 17),
        ("Single-leg squat", 48, None),
        ("Forward step-up", 62.7, 18),
        ("Lateral step-up", 61, 20),
        ("Single-leg bridge, unsteady", 42, None),
        ("Transverse lunge", 48, 21),
        ("Clam, hips at 30 degrees", 40, 38),
        ("Clam, hips at 60 degrees", 38, 29),
    }
    assert {row.source for row in rows if row.tag == "known"} == {"Boren 2011", "DiStefano 2009"}
    assert {row.exercise for row in rows if row.exercise} <= {item.slug for item in exercises()}
