"""Guides: each has its own address, and an address of none shows them all."""

import pytest

from guides import drawings
from guides.catalogue import anatomy, exercise, exercises, muscle_activity, shared_advice


@pytest.mark.parametrize("guide", exercises(), ids=lambda guide: guide.slug)
def test_every_exercise_says_all_it_knows(app, guide):
    shown = app("guides", query={"guide": guide.slug})
    assert shown.value("guide") == guide.slug
    for sentence in (guide.summary, *guide.steps, *guide.cues, *guide.faults, *guide.easier, *guide.avoid):
        assert sentence in shown.text
    assert guide.dose_text() in shown.text
    assert guide.dose.source in shown.text
    assert all(item.source in shown.text for item in guide.evidence)


@pytest.mark.parametrize("guide", exercises(), ids=lambda guide: guide.slug)
def test_every_guide_names_who_says_its_limits_its_dose_and_its_advice(app, guide):
    text, shared = app("guides", query={"guide": guide.slug}).text, shared_advice()
    for statement in (shared.pain_limits, shared.coaching):
        assert statement.statement in text and statement.source in text
    assert f"{shared.coaching.source}. Our convention." in text
    assert ("our convention" in dose_source(text)) == (guide.dose.status == "convention")
    assert (shared.sides in text) == (guide.sides == "each")


def dose_source(text):
    return next(line for line in text.splitlines() if line.startswith("Source of the dose")).lower()


def figures(guide):
    """The exercise, then its faults, then the progressions that are drawn."""
    progressions = (step.figure for step in guide.progressions if step.figure)
    return [guide.slug, *drawings.faults_of(guide.slug), *progressions]


@pytest.mark.parametrize("guide", exercises(), ids=lambda guide: guide.slug)
def test_every_exercise_shows_itself_its_faults_and_its_progressions(app, guide):
    shown = app("guides", query={"guide": guide.slug})
    assert [picture.alt for picture in shown.pictures] == [drawings.alt(name) for name in figures(guide)]


def test_figures_stand_still_for_the_session_when_asked_to(app):
    shown = app("guides", query={"guide": "clam"})
    moving = shown.pictures[0].url
    shown.set("Stand still", True).run()
    assert shown.pictures[0].url != moving
    shown.set("Guide", "split-squat").run()
    assert shown.value("Stand still") is True
    assert shown.open("home").open("guides").set("Guide", "clam").run().pictures[0].url != moving
    assert shown.set("Stand still", False).run().pictures[0].url == moving


def test_what_is_a_warm_up_and_a_main_exercise_has_both_doses(app):
    guide = exercise("side-lying-hip-abduction")
    shown = app("guides", query={"guide": guide.slug}).text
    assert "Dose as a main exercise" in shown and "Dose as a warm-up" in shown
    for dose in (guide.dose, guide.main_dose):
        assert dose.note in shown and dose.source in shown
    words = app("guides").text
    assert words.index("Main exercise or warm-up") < words.index(guide.summary) < words.index("#### Warm-up")


def test_a_guide_leads_to_the_easier_and_the_harder_ones(app):
    words = app("guides", query={"guide": "side-lying-hip-abduction"}).text.splitlines()
    assert "Easier: Clam" in words
    assert "Harder: Side plank with abduction" in words


def test_a_harder_version_says_what_it_needs_and_who_it_is_not_for(app):
    text = app("guides", query={"guide": "split-squat"}).text
    assert "Put the rear foot on a low step. :small[Needs: step. Not with: Unsteady balance; Pinching at" in text
    assert "Do it without any support for the hands. :small[Not with: Unsteady balance.]" in text


def listed(shown):
    """The guides of the list, in its order."""
    words = set(shown.text.splitlines())
    return [guide.slug for guide in exercises() if guide.summary in words]


FILTERS = [
    ("Search", "BRIDGE", lambda guide: "bridge" in guide.slug),
    ("Search", "hitch hip", lambda guide: guide.slug == "hip-hitch"),
    ("Equipment you have", ["nothing"], lambda guide: not guide.needs),
    ("Equipment you have", ["step", "band"], lambda guide: set(guide.needs) <= {"step", "band"}),
    ("What it trains", ["quadriceps"], lambda guide: "quadriceps" in guide.trains.primary),
    ("Gluteus medius", ["not a target"], lambda guide: guide.trains.gluteus_medius == "not a target"),
    ("Side", ["both"], lambda guide: guide.sides == "both"),
    ("Level", ["easy", "hard"], lambda guide: guide.level in ("easy", "hard")),
]


@pytest.mark.parametrize(("question", "answer", "fits"), FILTERS)
def test_a_filter_leaves_the_guides_that_fit(app, question, answer, fits):
    expected = [guide.slug for guide in exercises() if fits(guide)]
    assert 0 < len(expected) < len(exercises())
    assert listed(app("guides").set(question, answer).run()) == expected


def test_filters_work_together_and_are_kept_while_a_guide_is_open(app):
    shown = app("guides").set("Level", ["hard"]).set("Gluteus medius", ["main target"]).run()
    assert listed(shown) == ["side-plank-abduction"]
    assert "1 of 16 guides" in shown.text
    shown.set("Guide", "clam").run().press("All guides")
    assert listed(shown) == ["side-plank-abduction"]


def test_nothing_fits_is_said(app):
    shown = app("guides").set("Search", "swimming").run()
    assert listed(shown) == []
    assert "No guide fits all of this." in shown.text


def test_the_chart_of_muscle_activity_says_the_same_in_words(app):
    assert app("guides").charts == []
    (chart,) = app("guides", session={"guides-tab": "Muscle activity"}).charts
    assert all(f"{row.label}: {row.mean:g}" in chart.alt for row in muscle_activity())
    assert "EMG is not strength gain" in chart.alt
    assert app("guides", query={"guide": "clam"}).charts == []


def test_the_card_beside_a_chart_shows_as_much(app):
    shown = app("trends", query={"demo": "1"})
    slug = next(guide.slug for guide in exercises() if f"#### {guide.name}" in shown.text)
    assert [picture.alt for picture in shown.pictures] == [drawings.alt(name) for name in figures(exercise(slug))]
    assert shown.value("Stand still") is False
    assert all(sentence in shown.text for sentence in exercise(slug).avoid)


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
    assert ("There is no guide at" in shown.text) == (slug != "")
    assert "script" not in shown.text
    assert all(guide.name in shown.text for guide in exercises())


@pytest.mark.parametrize("query", [{"guide": "foo"}, {"exercise": "foo"}])
def test_an_unknown_address_is_named(app, query):
    said = f"There is no guide at '{'='.join(*query.items())}'. All guides are below: choose one."
    assert said in app("guides", query=query).text
    assert "There is no guide" not in app("guides", query={"demo": "1"}).text


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


def test_the_list_shows_each_movement_where_it_turns(app):
    shown = app("guides")
    assert {picture.alt for picture in shown.pictures} == {
        f"{guide.name}: where the movement turns" for guide in exercises()
    }
