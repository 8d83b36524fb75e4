"""The squad on one's own machine: who is in it, the board, one runner's diary and the way back, and comparisons."""

import io
import re
import shutil
from datetime import timedelta
from string import ascii_uppercase

import pandas as pd
import pytest

from analysis import squad_chart_words as words
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
TABS, LINKS = "squad-compare", "What goes with what"


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


def test_a_write_shows_at_once(squad_of, url):
    shown = squad_of("Ada")
    assert board(shown)["Pain"].isna().all()
    put(url, "Ada", "pain", worst_running=4)
    assert board(shown.run())["Pain"].tolist() == [4]
    assert board(shown)["Where"].tolist() == ["left kneecap"]


def test_the_four_weekly_questions_reach_the_board(squad_of, url):
    shown = squad_of("Ada")
    assert board(shown)[["Severity", "Substantial"]].isna().all(axis=None)
    put(url, "Ada", "pain", participation=17, modified_training=17, performance=8, symptoms=8)
    row = board(shown.run()).iloc[0]
    assert (row["Severity"], row["Substantial"], list(row["Stands out"])) == (50, "yes", ["substantial problem"])
    assert "A substantial problem (left kneecap), severity 50 of 100" in shown.text
    assert "Clarsen 2020" in shown.text


def test_what_a_runner_keeps_back_is_named_and_is_not_silence(squad_of, url, monkeypatch):
    shown = squad_of("Ada", "Grace")
    assert "Not shared" not in board(shown).columns
    areas = (EVERYTHING, frozenset({"self-tests"}))
    shared = property(lambda squad: {member.id: own for member, own in zip(squad.members, areas, strict=True)})
    monkeypatch.setattr(Squad, "shared", shared)
    found = board(shown.run()).set_index("Runner")
    assert found["Not shared"].to_dict() == {"Ada": "", "Grace": "training, running, pain, notes"}
    assert flags(shown) == {"Ada": ["not answered"], "Grace": []}
    choose(shown, url, "Grace")
    assert "it is not silence" in shown.text
    assert words.UNSHARED in shown.text
    assert "Not shared with you, so not drawn: Grace." in shown.text


@pytest.mark.parametrize(
    ("tab", "area", "refusal"),
    [
        ("Problems", "pain", "it takes 5 runners who share their pain, and here are 4"),
        ("Injuries", "running", "it takes 5 runners who share their running and their pain"),
        ("Injuries", "pain", "it takes 5 runners who share their running and their pain"),
    ],
)
def test_shares_and_rates_are_of_those_who_share(demo, monkeypatch, tab, area, refusal):
    def shared(squad):
        return {one.id: EVERYTHING if at < 4 else EVERYTHING - {area} for at, one in enumerate(squad.members)}

    assert refusal not in demo.open_tab(TABS, tab).text
    monkeypatch.setattr(Squad, "shared", property(shared))
    assert refusal in demo.run().text


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


def test_units_and_weeks_are_the_viewers(squad_of, book, url):
    book.settle(units="mi", week_start=6)
    shown = squad_of("Ada")
    put(url, "Ada", "run", local_date=MONDAY - timedelta(weeks=1), distance_m=16_093.44)
    assert board(shown.run())["Week (miles)"].tolist() == pytest.approx([10.0])


# Comparison


def test_the_heat_map_shows_adherence_or_pain_by_name(demo):
    titles = [chart.alt for chart in demo.charts]
    assert any(alt.startswith("Hip sessions done:") for alt in titles)
    demo.set("squad-shown", "pain").run()
    assert any(chart.alt.startswith("Worst pain while running:") for chart in demo.charts)


def test_fewer_than_five_runners_have_no_group_statistics(squad_of):
    shown = squad_of("Ada", "Grace").open_tab(TABS, LINKS)
    assert "No group statistics: they take at least 5 runners, and this squad has 2." in shown.text
    assert "from leaving out runners" not in shown.text
    assert "squad-mixed" not in shown.widgets()


def test_fewer_than_five_runners_are_still_shown_by_themselves(squad_of):
    shown = squad_of("Ada", "Grace").open_tab(TABS, LINKS)
    each = next(table for table in shown.tables() if "Spearman" in table.columns)
    assert each["Runner"].tolist() == ["Ada", "Grace"]


def test_the_squads_link_has_both_ranges_and_each_runner_beside_it(demo):
    demo.open_tab(TABS, LINKS)
    assert "from leaving out runners" in demo.text
    assert "if weeks were independent" in demo.text
    each = next(table for table in demo.tables() if "Spearman" in table.columns)
    assert each["Runner"].tolist() == sorted(story.NAMES)
    assert set(each["Says"]) <= {"we cannot tell", "a finding", "tentative"}
    demo.press("squad-mixed")
    assert "Within runners, pain differed by" in demo.text
    assert "With weekly distance accounted for, pain differed within runners by" in demo.text


def test_runners_without_weeks_are_refused_in_words(squad_of):
    shown = squad_of("Ada", "Bea", "Cleo", "Dora", "Eve").open_tab(TABS, LINKS)
    assert "No number for the group: it takes 5 runners with 6 weeks" in shown.text
    assert "12 more weeks needed" in shown.text


def test_the_panels_stand_by_name_and_page_by_page(squad_of, demo, url):
    demo.open_tab(TABS, "Side by side")
    (panels,) = [chart for chart in demo.charts if "side by side" in chart.alt]
    places = [panels.alt.index(f"{name}:") for name in sorted(story.NAMES)]
    assert places == sorted(places)
    assert "Runners shown" not in demo.text  # one page needs no pager
    crowd = squad_of(*(f"R{number:02}" for number in range(13))).open_tab(TABS, "Side by side")
    assert list(crowd.widget("squad-panels").options) == ["1 of 2: R00 to R11", "2 of 2: R12 to R12"]
    crowd.set("squad-panels", 1).run()
    (panels,) = [chart for chart in crowd.charts if "side by side" in chart.alt]
    assert "R12:" in panels.alt and "R11:" not in panels.alt


def test_changes_name_who_is_not_drawn(demo):
    demo.open_tab(TABS, "Changes")
    assert "Of 11 runners, 1 has at least 2 points more pain than usual, and 1 at least 2 points less" in demo.text
    assert f"one of the two changes is not known: {story.STOPPED}." in demo.text


def test_a_small_squad_has_no_group_figures(squad_of):
    shown = squad_of("Ada", "Grace").open_tab(TABS, "Changes")
    assert "No runner has both changes yet" in shown.text
    assert "Under 5 runners there are no figures for the group" in shown.text
    assert "No share of the group: it takes 5 runners" in shown.open_tab(TABS, "Problems").text
    assert "No rate of injuries: it takes 5 runners" in shown.open_tab(TABS, "Injuries").text
    assert "this squad has 2" in shown.text  # nor an export


def test_problems_stand_beside_the_response(demo):
    demo.open_tab(TABS, "Problems")
    assert "runners who answered had a problem" in demo.text
    assert "of 12 runners answered in a week" in demo.text
    assert "Clarsen 2020" in demo.text


def test_injuries_have_a_rate_a_range_and_their_definitions(demo):
    demo.open_tab(TABS, "Injuries")
    assert "for each 1,000 hours (plausible range" in demo.text
    assert "Burden: " in demo.text and "with running (" in demo.text
    assert "Yamato 2015" in demo.text and "Garwood 1936" in demo.text


@pytest.mark.parametrize("tab", ["Week by week", "Side by side", "Changes", "Problems", "Injuries", LINKS])
def test_every_tab_stands_without_any_entry(squad_of, tab):
    assert squad_of("Ada", "Bea", "Cleo", "Dora", "Eve").open_tab(TABS, tab).title == "Squad"


# Names


PARTS = ["Week by week", "Side by side", "Changes", "Problems", "Injuries", LINKS]


@pytest.mark.parametrize("tab", PARTS)
def test_hidden_names_are_in_no_message(demo, tab):
    names = [name.encode() for name in story.NAMES]
    demo.open_tab(TABS, tab)
    assert [name for name in names if name in demo.sent] == names
    demo.set("squad-hide-names", True).run()
    assert [name for name in names if name in demo.sent] == []
    assert b"Runner A" in demo.sent
    assert demo.query["names"] == "hidden"


def test_letters_follow_neither_the_board_nor_the_alphabet(demo, url):
    before = list(board(demo)["Runner"])
    hidden = list(board(demo.set("squad-hide-names", True).run())["Runner"])
    assert sorted(hidden) == [f"Runner {letter}" for letter in ascii_uppercase[:12]]
    flagged = list(flags(demo).values())
    assert flagged[0] == ["pain rising", "less training"]  # the order by concern stays
    again = list(board(demo.run())["Runner"])
    assert again == hidden  # one visit, one set of letters
    assert list(board(demo.set("squad-hide-names", False).run())["Runner"]) == before
    assert "names" not in demo.query


def test_a_reload_shows_no_names_that_were_hidden(app, demo_file, tmp_path):
    shutil.copy(demo_file, tmp_path / "plumbline.sqlite3")
    shown = app("squad", query={"squad": "demo", "names": "hidden"})
    assert shown.value("squad-hide-names") is True
    assert story.RISING.encode() not in shown.sent


def test_an_open_diary_is_not_named_while_names_are_hidden(squad_of, url):
    shown = squad_of("Ada", "Grace").set("squad-hide-names", True).run()
    assert "Save the name" not in shown.text
    assert "show names again for that" in shown.text
    shown.press("Open the diary").open("home")
    assert b"Ada" not in shown.sent
    assert "Diary of Runner" in shown.text
    shown.open("squad")
    assert b"Ada" not in shown.sent and b"Grace" not in shown.sent


def test_ones_own_diary_outside_the_squad_has_no_letter(squad_of, book):
    book.settle(name="Berta")
    shown = squad_of("Ada").set("squad-hide-names", True).run()
    assert b"Berta" not in shown.sent


# Export


def exported(demo, monkeypatch, span=None):
    """What the button would hand over."""
    made = []
    monkeypatch.setattr("streamlit.download_button", lambda label, data, **options: made.append((data, options)))
    if span:
        demo.set("squad-export-span", span)
    demo.run()
    ((make, options),) = [one for one in made if one[1]["key"] == "squad-export"]
    assert options["mime"] == "text/csv"
    return make


@pytest.mark.parametrize(("span", "weeks"), [(None, 26), ("A year", 52)])
def test_the_export_names_nobody_and_no_day(demo, monkeypatch, span, weeks):
    make = exported(demo, monkeypatch, span)
    first, second = make(), make()
    table = pd.read_csv(io.BytesIO(first))
    assert len(table) == 12 * weeks
    assert table["weeks_ago"].min() == 0 and table["weeks_ago"].max() == weeks - 1
    assert table["code"].is_monotonic_increasing and table["code"].nunique() == 12
    for name in story.NAMES:
        assert name.encode() not in first
    assert not re.search(rb"20\d\d-\d\d", first)
    assert set(table["code"]).isdisjoint(pd.read_csv(io.BytesIO(second))["code"])  # new codes each time
    by_week = table.groupby("weeks_ago")["pain"].count()
    assert by_week.loc[0] == 11  # one runner stopped answering: empty, and not zero


def test_under_five_runners_there_is_no_export(squad_of):
    shown = squad_of("Ada", "Bea", "Cleo", "Dora")
    assert "among fewer, a row says who it is without a name" in shown.text
    assert "squad-export" not in shown.widgets()
    assert add(shown, "Eve").has("squad-export") or "Download the weeks without names" in shown.text


def test_with_accounts_the_export_is_of_those_who_share_all_of_it(visit, club, monkeypatch):
    names = ["Ada", "Bea", "Cleo", "Dora", "Eve"]
    ids = {name: club.join("Coach", name) for name in names}
    for name in names[:4]:
        club.share(ids[name], "Coach", "training", "running", "pain")
    club.share(ids["Eve"], "Coach", "pain")
    assert "runners who share their training, running and pain, and this squad has 4" in visit("Coach", "squad").text
    club.share(ids["Eve"], "Coach", "training", "running", "pain")
    club.fill(ids["Eve"])
    make = exported(visit("Coach", "squad"), monkeypatch)
    assert pd.read_csv(io.BytesIO(make()))["code"].nunique() == 5
    club.share(ids["Ada"], "Coach", "pain")  # while the page stays open
    assert make().decode().startswith("It takes at least 5 runners who share")


def doras(url):
    engine = make_engine(url)
    found = {runner.id: runner.name for runner in everyone(engine) if runner.name.startswith("Dora")}
    engine.dispose()
    return found


def test_runners_of_the_same_name_are_told_apart_in_every_list(app, url):
    """A list knows its lines by their words: the last of two alike would answer for both."""
    shown = add(app("squad"), "Dora", "Dora", "Dora (diary 2)")
    shown.set("squad-template", shown.widget("squad-template").options[0]).run()
    for name in ("squad-runner", "squad-change", "Runners"):
        assert len(set(shown.widget(name).options)) == 3
    assert board(shown)["Runner"].nunique() == 3
    for runner in doras(url):
        shown.set("squad-runner", runner).run()
        assert shown.value("squad-runner") == runner


def test_the_runner_who_was_chosen_is_the_one_deleted(app, url):
    shown = add(app("squad"), "Dora", "Dora")
    first, second = doras(url)
    shown.set("squad-change", first).run()
    assert shown.value("rename") == "Dora"
    shown.set(f"squad-delete-{first}", "delete").run().press("Delete the runner")
    assert list(doras(url)) == [second]
