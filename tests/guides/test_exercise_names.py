"""What other programs call our exercises: each is found by its names, and what is another movement is not."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.catalogue import FOLDER, GuideFileError, exercise, exercises, read
from guides.exercise_names import meant, table
from guides.schema import Exercise, OtherNames
from tests.data.importers.samples import sample

EVERY_NAME = [(item.slug, name) for item in exercises() for name in (item.name, *item.other_names.every)]
SLUGS = {item.slug for item in exercises()}


@pytest.mark.parametrize(("slug", "name"), EVERY_NAME)
def test_every_name_means_its_exercise(slug: str, name: str) -> None:
    assert meant(name) == slug
    assert meant(f"  {name.upper()} ") == slug


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_every_exercise_has_names_in_all_four_languages(slug: str) -> None:
    names = exercise(slug).other_names
    assert all((names.en, names.de, names.fr, names.es))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lateral Band Walk", "band-sidestep"),
        ("Lateral Band Walks", "band-sidestep"),
        ("Glute Bridge", "slide-cushion-hip-bridge"),
        ("Glute Bridge (Barbell)", "slide-cushion-hip-bridge"),
        ("Single Leg Glute Bridge", "single-leg-bridge"),
        ("Weighted single leg hip raise", "single-leg-bridge"),
        ("Bulgarian Split Squat", "split-squat"),
        ("Split Squat (Dumbbell)", "split-squat"),
        ("Split Squat (Suspension)", "suspension-split-squat"),
        ("Bulgarian Split Squat (TRX)", "suspension-split-squat"),
        ("Clamshell", "clam"),
        ("Clamshell (Band)", "clam"),
        ("Romanian Deadlift (Kettlebell)", "romanian-deadlift"),
        ("Romanian Deadlift, Single-Leg (Dumbbell)", "single-leg-deadlift"),
        ("Rumänisches Kreuzheben mit Langhantel", "romanian-deadlift"),
        ("RUMANISCHES KREUZHEBEN", "romanian-deadlift"),
        ("Pont fessier (poids du corps)", None),  # 'du' is no equipment: better nothing than a guess
        ("Pont fessier (Haltères)", "slide-cushion-hip-bridge"),
        ("Peso muerto rumano con barra", "romanian-deadlift"),
    ],
)
def test_case_accents_and_equipment_make_no_difference(name: str, slug: str | None) -> None:
    assert meant(name) == slug


@pytest.mark.parametrize(
    "name",
    ["Hip Thrust (Barbell)", "Hip Thrust", "Hip Abduction (Machine)", "Hip Adduction (Machine)", "Hip Raise"]
    + ["Side Plank", "Step Up", "Step Up (Dumbbell)", "Lunge (Dumbbell)", "Reverse Lunge", "Lateral Lunge"]
    + ["Deadlift (Barbell)", "Stiff Leg Deadlift", "Squat", "Standing Hip Abduction (Cable)", "Fire Hydrant"]
    + ["Glute Bridge (Machine)", "Romanian Deadlift (Cable)", "Glute Ham Raise", "Monster Walk", "Pistol Squat"]
    + ["Single leg squat", "Lunge, not named", "Unnamed exercise", "Warm Up", "Bridge", "", "()", "(Band)", "臀桥"],
)
def test_another_movement_means_nothing(name: str) -> None:
    assert meant(name) is None


def test_of_the_86_names_of_the_hevy_sample_two_are_ours() -> None:
    rows = csv.DictReader(io.StringIO(sample("strength/strongstats__sample_hevy.csv").decode()))
    names = {row["exercise_title"] for row in rows}
    assert len(names) == 86
    assert {name: slug for name in names if (slug := meant(name))} == {
        "Bulgarian Split Squat": "split-squat",
        "Romanian Deadlift (Barbell)": "romanian-deadlift",
    }


def test_of_the_19_names_of_the_strong_sample_none_is_ours() -> None:
    rows = csv.DictReader(io.StringIO(sample("strength/strongstats__sample_strong.csv").decode()))
    names = {row["Exercise Name"] for row in rows}
    assert len(names) == 19
    assert [name for name in names if meant(name)] == []


@given(st.text(max_size=300))
def test_any_text_means_an_exercise_of_ours_or_nothing(name: str) -> None:
    assert meant(name) in SLUGS | {None}


def test_a_name_that_stands_for_two_exercises_is_refused() -> None:
    clam = exercise("clam")
    names = clam.other_names.model_copy(update={"en": ("Hip hike",)})
    other = clam.model_copy(update={"name": "Oyster", "slug": "oyster", "other_names": names})
    with pytest.raises(GuideFileError, match=r"oyster\.toml: other_names: 'Hip hike' is hip-hitch already"):
        table([exercise("hip-hitch"), other])


@pytest.mark.parametrize(
    ("names", "message"),
    [('it = ["Ponte"]', r"other_names\.it: Extra inputs"), ('en = [" "]', r"other_names\.en\.0"), ("en = 5", r"en")],
)
def test_names_that_cannot_be_are_refused_with_their_file(tmp_path, names: str, message: str) -> None:
    good = (FOLDER / "exercises" / "clam.toml").read_text(encoding="utf-8")
    path = tmp_path / "clam.toml"
    path.write_text(good.split("[other_names]")[0] + f"[other_names]\n{names}\n", encoding="utf-8")
    with pytest.raises(GuideFileError, match=rf"clam\.toml: .*{message}"):
        read(path, Exercise, slug="clam")


def test_a_guide_may_have_no_other_names(tmp_path) -> None:
    good = (FOLDER / "exercises" / "clam.toml").read_text(encoding="utf-8")
    path = tmp_path / "clam.toml"
    path.write_text(good.split("[other_names]")[0], encoding="utf-8")
    assert read(path, Exercise, slug="clam").other_names == OtherNames()
