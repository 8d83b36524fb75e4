"""The squad on one's own machine: who is in it, the board, one runner's diary and the way back, and comparisons."""

import shutil
from datetime import timedelta

import pytest

from data import demo_squad as story
from data.engine import make_engine
from data.entries import Door, parse
from data.runners import everyone, local_runner
from data.scope import EVERYTHING, Scope
from data.store import save
from tests.pages.book import MONDAY, NOW, ORDINARY
from ui.squad import Squad

DEMO = "Open the demo squad"
NAME = "Name of the runner"


def add(shown, *names):
    for name in names:
        shown.set(NAME, name).press("Add a runner")
    return shown


def put(url, name, kind, **changes):
    """An entry in the diary of the runner with this name."""
    engine = make_engine(url)
    (runner,) = [one for one in everyone(engine) if one.name == name]
    entry, values = ORDINARY[kind]
    save(engine, Scope(runner.id), parse(entry, {**values, **changes}, Door(NOW.date())))
    engine.dispose()


def choose(shown, url, name):
    """Choose a runner in the list below the board."""
    engine = make_engine(url)
    (runner,) = [one.id for one in everyone(engine) if one.name == name]
    engine.dispose()
    return shown.set("squad-runner", runner).run()


def board(shown):
    return next(table for table in shown.tables() if "Stands out" in table.columns)


def flags(shown):
    return {row["Runner"]: list(row["Stands out"]) for row in board(shown).to_dict("records")}


@pytest.fixture(scope="module")
def demo_file(empty_file, tmp_path_factory):
    """A database with the demo squad in it, to copy: making twelve runners for each test would be most of the time."""
    file = shutil.copy(empty_file, tmp_path_factory.mktemp("demo") / "plumbline.sqlite3")
    engine = make_engine(f"sqlite:///{file}")
    local_runner(engine)
    story.demo_squad(engine, NOW.date())
    engine.dispose()
    return file


@pytest.fixture
def demo(app, demo_file, tmp_path):
    shutil.copy(demo_file, tmp_path / "plumbline.sqlite3")
    return app("squad", query={"squad": "demo"})


def test_an_empty_squad_explains_itself(app):
    shown = app("squad")
    assert "who asks for a look" in shown.text
    assert "never as fine" in shown.text
    assert shown.has(DEMO)


def test_one_click_opens_the_demo_squad_and_one_leaves_it(app, book):
    shown = app("squad").press(DEMO)
    assert "These runners are made up" in shown.text
    assert len(board(shown)) == 12
    assert shown.query["squad"] == "demo"
    assert book.is_empty()
    shown.press("Back to my own squad")
    assert shown.has(DEMO)
    assert "squad" not in shown.query


def test_the_demo_squad_tells_its_story(demo):
    found = flags(demo)
    assert list(found)[:4] == [story.RISING, story.SPIKE, story.STOPPED, story.RECOVERED]
    assert found[story.RISING] == ["pain rising", "less training"]
    assert found[story.SPIKE] == ["long run"]
    assert found[story.STOPPED] == ["not answered"]
    assert found[story.RECOVERED] == ["pain easing"]
    assert [name for name, kinds in found.items() if kinds and name not in list(found)[:4]] == []


@pytest.mark.parametrize("ago", range(0, 7))
def test_the_story_holds_on_every_day_of_the_week(app, monkeypatch, ago):
    monkeypatch.setattr("ui.session.now", lambda: NOW + timedelta(days=ago - 2))
    assert {name: kinds for name, kinds in flags(app("squad", query={"squad": "demo"})).items() if kinds} == {
        story.RISING: ["pain rising", "less training"],
        story.SPIKE: ["long run"],
        story.STOPPED: ["not answered"],
        story.RECOVERED: ["pain easing"],
    }


def test_choosing_a_runner_shows_their_flags_in_words_beside_the_next_guide(demo, url):
    assert "Pain rose to 5 from the usual 1.5" in demo.text
    assert "Usual for this runner: 1.5" in demo.text
    choose(demo, url, story.STOPPED)
    assert "Nothing logged for 3 finished weeks" in demo.text
    assert "Not answered." in demo.text
    assert "Next in your plan" in demo.text or "Trained" in demo.text
    assert demo.pictures


def test_what_is_not_answered_is_not_known_and_not_zero(demo):
    row = board(demo).set_index("Runner").loc[story.STOPPED]
    assert row[["Pain", "Against usual", "Sessions", "Week (km)", "Week change"]].isna().all()


def test_a_diary_opens_from_the_board_and_says_whose_it_is_on_every_page(demo, url):
    choose(demo, url, story.STOPPED).press("Open the diary")
    for page in ("home", "log", "mileage", "settings"):
        shown = demo.open(page)
        assert f"Diary of {story.STOPPED}" in shown.text
        assert "Simulated data" in shown.text
    shown.press("Back to the squad")
    assert len(board(shown.open("squad"))) == 12
    assert "Diary of" not in shown.text


def test_a_reload_never_shows_another_diary(app, demo, url):
    choose(demo, url, story.STOPPED).press("Open the diary")
    address = dict(demo.open("home").query)
    assert f"Diary of {story.STOPPED}" in app("home", query=address).text


@pytest.mark.parametrize("asked", ["999999", "-1", "1 OR 1=1", "²", "", "<script>"])
def test_an_address_that_names_nobody_opens_ones_own_diary(app, asked):
    shown = app("home", query={"runner": asked})
    assert "Diary of" not in shown.text
    assert "Another runner" not in shown.text


def test_runners_are_added_and_their_own_pages_write_to_their_own_diary(app, book):
    shown = add(app("squad"), "Ada", "Grace")
    assert list(flags(shown)) == ["Ada", "Grace"]
    assert flags(shown)["Ada"] == ["not answered"]
    shown.press("Open the diary").open("log")
    assert "Another runner's diary is open" in shown.text
    assert "Diary of Ada" in shown.text
    assert book.is_empty()


def test_a_runner_without_a_name_is_refused(app):
    shown = app("squad").set(NAME, "   ").press("Add a runner")
    assert shown.errors == ["The runner has no name yet. Type one, so that their row can be told from others."]


@pytest.mark.parametrize("name", ["**bold**", "<b>x</b>", "[me](https://example.org)", ":material/home:", "# Ada"])
def test_a_name_is_text_and_not_markup(app, url, name):
    shown = add(app("squad"), name)
    put(url, name, "pain")
    shown.run()
    assert name not in shown.markup
    assert name not in shown.chart_words or "<" not in name
    assert name not in shown.press("Open the diary").open("home").markup


def test_a_write_shows_at_once(app, url):
    shown = add(app("squad"), "Ada")
    assert board(shown)["Pain"].isna().all()
    put(url, "Ada", "pain", worst_running=4)
    assert board(shown.run())["Pain"].tolist() == [4]
    assert board(shown)["Where"].tolist() == ["left kneecap"]


def test_the_four_weekly_questions_reach_the_board(app, url):
    shown = add(app("squad"), "Ada")
    assert board(shown)[["Severity", "Substantial"]].isna().all(axis=None)
    put(url, "Ada", "pain", participation=17, modified_training=17, performance=8, symptoms=8)
    row = board(shown.run()).iloc[0]
    assert (row["Severity"], row["Substantial"], list(row["Stands out"])) == (50, "yes", ["substantial problem"])
    assert "A substantial problem (left kneecap), severity 50 of 100" in shown.text
    assert "Clarsen 2020" in shown.text


def test_what_a_runner_keeps_back_is_named_and_is_not_silence(app, url, monkeypatch):
    shown = add(app("squad"), "Ada", "Grace")
    assert "Not shared" not in board(shown).columns
    areas = (EVERYTHING, frozenset({"self-tests"}))
    shared = property(lambda squad: {member.id: own for member, own in zip(squad.members, areas, strict=True)})
    monkeypatch.setattr(Squad, "shared", shared)
    found = board(shown.run()).set_index("Runner")
    assert found["Not shared"].to_dict() == {"Ada": "", "Grace": "training, running, pain, notes"}
    assert flags(shown) == {"Ada": ["not answered"], "Grace": []}
    choose(shown, url, "Grace")
    assert "it is not silence" in shown.text


def test_a_runner_is_renamed_and_leaves_with_the_diary(app, url):
    shown = add(app("squad"), "Ada")
    put(url, "Ada", "pain", worst_running=4)
    shown.set("rename", "Ada L.").press("Save the name")
    assert list(flags(shown)) == ["Ada L."]
    shown.press("Take out of the squad")
    assert shown.toast == "Taken out of the squad. The diary is kept."
    assert shown.has(DEMO)
    shown.set("Diary", [key for key in shown.widget("Diary").options if key == "Ada L."][0]).press("Add this diary")
    assert board(shown)["Pain"].tolist() == [4]


def test_ones_own_diary_can_be_in_the_squad(app, book):
    book.put("pain", worst_running=7)
    shown = app("squad").press("Add this diary")
    assert flags(shown) == {"My diary": ["pain above 5"]}
    assert any("Pain is 7 of 10 (left kneecap)" in error for error in shown.errors)


def test_units_and_weeks_are_the_viewers(app, book, url):
    book.settle(units="mi", week_start=6)
    shown = add(app("squad"), "Ada")
    put(url, "Ada", "run", local_date=MONDAY - timedelta(weeks=1), distance_m=16_093.44)
    assert board(shown.run())["Week (miles)"].tolist() == pytest.approx([10.0])


# Comparison


def test_the_heat_map_shows_adherence_or_pain_by_name(demo):
    titles = [chart.alt for chart in demo.charts]
    assert any(alt.startswith("Hip sessions done:") for alt in titles)
    demo.set("squad-shown", "pain").run()
    assert any(chart.alt.startswith("Worst pain while running:") for chart in demo.charts)


def test_fewer_than_five_runners_have_no_group_statistics(app):
    shown = add(app("squad"), "Ada", "Grace")
    assert "No group statistics: they take at least 5 runners, and this squad has 2." in shown.text
    assert "squad-compare" not in shown.widgets()


def test_the_squads_link_has_both_ranges_and_each_runner_beside_it(demo):
    demo.set("squad-compare", True).run()
    assert "from leaving out runners" in demo.text
    assert "if weeks were independent" in demo.text
    each = next(table for table in demo.tables() if "Spearman" in table.columns)
    assert each["Runner"].tolist() == sorted(story.NAMES)
    assert set(each["Says"]) <= {"cannot tell", "a link", "a link, tentative"}
    demo.press("squad-mixed")
    assert "Within runners, pain differed by" in demo.text


def test_runners_without_weeks_are_refused_in_words(app):
    shown = add(app("squad"), "Ada", "Bea", "Cleo", "Dora", "Eve").set("squad-compare", True).run()
    assert "No number for the group: it takes 5 runners with 6 weeks" in shown.text
    assert "8 more weeks needed" in shown.text
