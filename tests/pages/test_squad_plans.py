"""Plan templates on the squad's page: keeping them, what one changes for each runner, giving it, and taking it back."""

from dataclasses import replace

import pytest

from data.engine import make_engine
from data.errors import StorageError
from data.lists import plan_list
from data.runners import everyone
from data.scope import Scope
from data.store import delete
from tests.data.examples import stored
from tests.pages.book import BRIDGE, LAST_MONDAY, MONDAY, PLAN, SPLIT_SQUAT, TODAY
from tests.pages.test_squad import put
from ui import access, plan_changes
from ui.diary import Diary

NO_EQUIPMENT, SOME_PAIN, TRAINED = (f"Ready-made: {template.name}" for template in plan_changes.ready_made())
KEEP, DELETE = "Save the template", "Delete the template"
HIP, CLAM = "side-lying-hip-abduction", "clam"
HOSTILE = ["**bold**", "<b>x</b>", "[me](https://example.org)", ":material/home:", "# Base"]


@pytest.fixture
def squad(squad_of):
    return squad_of("Ada", "Bea", "Cleo")


def of(url, name):
    """The id of the runner with this name."""
    engine = make_engine(url)
    (found,) = [one.id for one in everyone(engine) if one.name == name]
    engine.dispose()
    return found


def plans(url, name):
    """The stored plans of a runner: from when, and the main exercises with their sets."""
    scope, engine = Scope(of(url, name)), make_engine(url)
    found = [
        (plan["starts_on"], {part["exercise"]: part["sets"] for part in plan["parts"] if part["block"] == "main"})
        for plan in stored(engine, scope, "plan")
    ]
    engine.dispose()
    return found


def choose(shown, url, template, *names):
    """Choose a template and runners by name."""
    shown.set("squad-template", template).run()
    return shown.set("Runners", [of(url, name) for name in names]).run()


def give(shown):
    return shown.press("give-plan")


def take_back(shown):
    (label,) = [label for label in buttons(shown) if label.startswith("Take it back from")]
    return shown.press(label)


def buttons(shown):
    return [button.label for button in shown._test.button]


def templates(shown):
    """The coach's own ones."""
    return [option for option in shown.widget("squad-template").options if not option.startswith("Ready-made: ")]


def keep(shown, url, whose, name):
    shown.set("squad-template-from", of(url, whose)).run()
    return shown.set("Name of the template", name).press(KEEP)


# Templates


def test_ready_made_templates_are_there_and_can_be_looked_at(squad):
    assert squad.widget("squad-template").options == [NO_EQUIPMENT, SOME_PAIN, TRAINED]
    squad.set("squad-template", NO_EQUIPMENT).run()
    assert "Monday, Wednesday, Friday" in squad.text
    assert "Split squat: 2 x 8 to 12 on each side" in squad.text
    assert not squad.has(DELETE)
    squad.set("squad-template", SOME_PAIN).run()
    assert "What it asks: 2 days a week, 4 exercises" in squad.text


def test_a_runners_plan_becomes_a_template_and_can_be_deleted(squad, url):
    put(url, "Bea", "plan", weekdays=(0, 2, 4))
    keep(squad, url, "Bea", "Base")
    assert templates(squad) == ["Base"]
    squad.set("squad-template", "Base").run()
    assert "What it asks: 3 days a week, 3 exercises" in squad.text
    assert "Slide-cushion hip bridge: 2 x 10" in squad.text
    squad.press(DELETE)
    assert squad.toast == "Template deleted."
    assert templates(squad) == []
    assert squad.value("squad-template") is None


def test_the_same_name_again_replaces(squad, url):
    put(url, "Bea", "plan", weekdays=(0, 2, 4))
    put(url, "Cleo", "plan", days_per_week=1, weekdays=(6,), parts=PLAN["parts"][1:2])
    keep(keep(squad, url, "Bea", "Base"), url, "Cleo", " Base ")
    assert templates(squad) == ["Base"]
    squad.set("squad-template", "Base").run()
    assert "What it asks: 1 day a week, 1 exercise" in squad.text


def test_a_plan_without_days_gets_the_proposed_ones(squad, url):
    put(url, "Bea", "plan")
    squad.set("squad-template-from", of(url, "Bea")).run()
    assert "The template will say: Monday, Wednesday, Friday." in squad.text
    keep(squad, url, "Bea", "Base").set("squad-template", "Base").run()
    assert "What it asks: 3 days a week" in squad.text


def test_without_a_plan_there_is_nothing_to_keep(squad):
    assert "No plan of this runner is in force." in squad.text
    assert not squad.has(KEEP)


def test_a_template_without_a_name_is_refused(squad, url):
    put(url, "Ada", "plan", weekdays=(0, 2, 4))
    keep(squad, url, "Ada", "  ")
    assert squad.errors == ["The template has no name yet. Type one, to find it again."]
    assert templates(squad) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_templates_name_is_text_and_not_markup(squad, url, name):
    put(url, "Ada", "plan", weekdays=(0, 2, 4))
    keep(squad, url, "Ada", name)
    assert templates(squad) == [name]
    assert name not in choose(squad, url, name, "Ada", "Bea").markup
    assert name not in give(squad).markup


def test_a_template_named_like_a_ready_made_one_is_the_coachs_own(squad, url):
    put(url, "Ada", "plan", days_per_week=1, weekdays=(6,))
    keep(squad, url, "Ada", NO_EQUIPMENT).set("squad-template", NO_EQUIPMENT).run()
    assert "What it asks: 1 day a week" in squad.text
    assert squad.has(DELETE)


# What changes


def test_the_preview_says_what_changes_for_each(squad, url):
    put(url, "Bea", "plan", weekdays=(0, 2, 4))
    choose(squad, url, NO_EQUIPMENT, "Ada", "Bea")
    assert "**Days:** Monday, Wednesday, Friday. There is no plan now." in squad.text
    assert "**Added:** Clam (warm-up), 1 x 10 to 12 on each side; Side-lying hip abduction, 2 x 8 to 12" in squad.text
    assert "**Dropped:** Release: outer hip (warm-up), 1 x 30 s on each side." in squad.text
    assert "**Changed:** Split squat, 2 x 8 to 12 on each side instead of 2 x 8 on each side." in squad.text
    assert "From 4 March 2026: Bea" in squad.text
    assert squad.has("Give this plan to 2 runners")
    assert plans(url, "Ada") == []


def test_days_that_change_are_said(squad, url):
    put(url, "Bea", "plan", weekdays=(1, 3, 5))
    put(url, "Cleo", "plan")
    text = choose(squad, url, NO_EQUIPMENT, "Bea", "Cleo").text
    assert "**Days:** Monday, Wednesday, Friday instead of Tuesday, Thursday, Saturday." in text
    assert "**Days:** Monday, Wednesday, Friday instead of 3 days a week." in text


def test_runners_for_whom_it_changes_the_same_stand_together(squad, url):
    put(url, "Cleo", "plan", weekdays=(0, 2, 4))
    text = choose(squad, url, NO_EQUIPMENT, "Ada", "Bea", "Cleo").text
    assert "What changes for 2 runners" in text
    assert "What changes for 1 runner" in text
    assert "From 4 March 2026: Ada, Bea" in text


def test_todays_session_lets_the_plan_begin_tomorrow(squad, url):
    put(url, "Ada", "session", on_date=TODAY)
    text = choose(squad, url, NO_EQUIPMENT, "Ada", "Bea").text
    assert "From 5 March 2026 (the session of the day before is logged already): Ada" in text
    assert "From 4 March 2026: Bea" in text
    give(squad)
    assert [start for start, _ in plans(url, "Ada")] == ["2026-03-05"]
    assert [start for start, _ in plans(url, "Bea")] == ["2026-03-04"]


def test_the_plan_that_is_in_force_is_no_change(squad, url):
    parts = [{"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 8}]
    put(url, "Ada", "plan", weekdays=(0, 2, 4), parts=parts)
    put(url, "Bea", "plan", weekdays=(0, 2, 4), parts=[parts[0] | {"high": 8}])  # the same in words
    keep(squad, url, "Ada", "Base")
    choose(squad, url, "Base", "Ada", "Bea")
    assert "No change for 2 runners" in squad.text
    assert not any(label.startswith("Give this plan") for label in buttons(squad))


def test_what_is_ticked_is_left_out_and_said(squad, url):
    put(url, "Ada", "profile", contraindications=["toe pain"])
    choose(squad, url, NO_EQUIPMENT, "Ada", "Bea")
    assert "**Left out:** Split squat, because this runner ticked 'Pain in the toes'." in squad.text
    give(squad)
    assert plans(url, "Ada")[0][1] == {HIP: 2, BRIDGE: 2}
    assert plans(url, "Bea")[0][1] == {HIP: 2, SPLIT_SQUAT: 2, BRIDGE: 2}


def test_a_form_that_does_not_fit_goes_back_to_the_usual_one(squad, url):
    squat = {"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 8, "stage": "more range"}
    put(url, "Ada", "profile", equipment=["step"])
    put(url, "Ada", "plan", weekdays=(0, 2, 4), parts=[squat])
    keep(squad, url, "Ada", "Base")
    text = choose(squad, url, "Base", "Bea").text
    assert "**In its usual form:** Split squat, because the harder one does not fit this runner." in text


def test_nothing_left_is_not_given(squad, url):
    put(url, "Ada", "profile", contraindications=["toe pain"])
    put(url, "Bea", "plan", weekdays=(0,), days_per_week=1, parts=PLAN["parts"][:2])
    keep(squad, url, "Bea", "Squats")
    choose(squad, url, "Squats", "Ada", "Cleo")
    assert "Cannot be given to 1 runner" in squad.text
    assert plan_changes.NOTHING_LEFT in squad.text
    give(squad)
    assert f"Not given. {plan_changes.NOTHING_LEFT}" in squad.text
    assert (plans(url, "Ada"), len(plans(url, "Cleo"))) == ([], 1)


def test_what_the_runner_has_not_said_to_have_is_named(squad, url):
    put(url, "Ada", "profile", equipment=["roller"])
    text = choose(squad, url, TRAINED, "Ada", "Bea").text
    assert text.count("**Needs** equipment that this runner has not named: roller.") == 1


def test_pain_above_five_is_said_before_a_plan_is_given(squad, url):
    put(url, "Ada", "pain", worst_running=7)
    text = choose(squad, url, NO_EQUIPMENT, "Ada", "Bea").text
    assert text.count("**Pain above 5 of 10** of late") == 1
    assert "What changes for 1 runner" in text


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        ({"writes": frozenset({"pain"})}, plan_changes.NO_WRITING),
        ({"reads": frozenset({"pain"}), "writes": frozenset()}, plan_changes.NO_READING),
    ],
)
def test_who_does_not_share_their_training_is_left_alone(squad, url, monkeypatch, rights, why):
    ada, usual = of(url, "Ada"), access.scope
    monkeypatch.setattr(
        access,
        "scope",
        lambda who, shown, given, today: replace(
            usual(who, shown, given, today), **(rights if shown.id == ada else {}), is_own=False
        ),
    )
    monkeypatch.setattr("ui.squad_board.overview.due_guide", lambda diary: None)
    monkeypatch.setattr("ui.squad_board._course", lambda diary: None)
    choose(squad, url, NO_EQUIPMENT, "Ada", "Bea")
    assert "Cannot be given to 1 runner" in squad.text
    assert why in squad.text
    give(squad)
    assert f"Not given. {why}" in squad.text
    assert (plans(url, "Ada"), len(plans(url, "Bea"))) == ([], 1)


# Giving and taking back


def test_one_plan_each_is_given_and_said(squad, url):
    put(url, "Bea", "plan", weekdays=(0, 2, 4))
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea", "Cleo"))
    assert squad.toast == "Plan given to 3 runners."
    assert "Given, from 4 March 2026." in squad.text
    assert [start for start, _ in plans(url, "Bea")] == [LAST_MONDAY.isoformat(), TODAY.isoformat()]
    for name in ("Ada", "Bea", "Cleo"):
        assert plans(url, name)[-1] == (TODAY.isoformat(), {HIP: 2, SPLIT_SQUAT: 2, BRIDGE: 2})
    assert squad.value("Runners") == []  # nothing is left to give, so nothing says that it would change nothing
    assert "No change for" not in squad.text


def test_the_same_button_twice_is_one_plan_each(squad, app, url):
    other = choose(app("squad"), url, NO_EQUIPMENT, "Ada", "Bea")
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea"))
    give(other)  # the click of another tab, on a preview that is no longer so
    assert [len(plans(url, name)) for name in ("Ada", "Bea")] == [1, 1]
    assert "No change for 2 runners" in other.text


def test_a_preview_that_has_changed_meanwhile_gives_nothing(squad, url):
    choose(squad, url, NO_EQUIPMENT, "Ada", "Bea")
    put(url, "Ada", "profile", contraindications=["toe pain"])
    give(squad)
    assert (plans(url, "Ada"), plans(url, "Bea")) == ([], [])
    assert "**Left out:** Split squat" in squad.text
    give(squad)
    assert plans(url, "Ada")[0][1] == {HIP: 2, BRIDGE: 2}


def test_all_of_it_is_taken_back_at_once(squad, url):
    put(url, "Bea", "plan", weekdays=(0, 2, 4))  # it goes on again
    put(url, "Cleo", "plan", starts_on=TODAY, weekdays=(0, 2, 4))  # it was replaced, and comes back
    before = {name: plans(url, name) for name in ("Ada", "Bea", "Cleo")}
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea", "Cleo"))
    assert all(plans(url, name) != before[name] for name in before)
    take_back(squad)
    assert squad.toast == "Taken back."
    assert {name: plans(url, name) for name in before} == before
    assert not any(label.startswith("Take it back") for label in buttons(squad))
    assert choose(squad, url, NO_EQUIPMENT, "Ada", "Bea", "Cleo").has("Give this plan to 3 runners")


def test_a_plan_that_would_have_begun_tomorrow_comes_back(squad, url):
    put(url, "Ada", "plan", starts_on=MONDAY, weekdays=(0, 2, 4))
    tomorrow = TODAY.replace(day=5)
    put(url, "Ada", "plan", starts_on=tomorrow, days_per_week=1, weekdays=(6,))
    before = plans(url, "Ada")
    give(choose(squad, url, NO_EQUIPMENT, "Ada"))
    assert [start for start, _ in plans(url, "Ada")] == [MONDAY.isoformat(), TODAY.isoformat()]
    take_back(squad)
    assert sorted(plans(url, "Ada"), key=str) == sorted(before, key=str)


def test_a_plan_that_was_changed_since_is_left_as_it_is(squad, url):
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea"))
    put(url, "Ada", "plan", starts_on=TODAY, days_per_week=1, weekdays=(6,))
    take_back(squad)
    assert plan_changes.CHANGED_SINCE in squad.text
    assert plans(url, "Ada")[0][1] == {SPLIT_SQUAT: 2, BRIDGE: 2}
    assert plans(url, "Bea") == []


def test_one_that_cannot_be_saved_leaves_the_others_as_they_are(squad, url, monkeypatch):
    ada = of(url, "Ada")
    usual = Diary.change_plan

    def change_plan(self, *arguments):
        if self.runner.id == ada:
            raise StorageError("The diary could not be read or saved just now. Nothing was changed; try again.")
        return usual(self, *arguments)

    monkeypatch.setattr(Diary, "change_plan", change_plan)
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea"))
    assert "Not given. The diary could not be read or saved just now." in squad.text
    assert (plans(url, "Ada"), len(plans(url, "Bea"))) == ([], 1)
    take_back(squad)
    assert plans(url, "Bea") == []


def test_who_left_the_squad_keeps_the_plan(squad, url):
    give(choose(squad, url, NO_EQUIPMENT, "Ada", "Bea"))
    squad.set("squad-change", of(url, "Ada")).run().press("Take out of the squad")
    take_back(squad)
    assert "Not taken back. This runner left the squad." in squad.text
    assert (len(plans(url, "Ada")), plans(url, "Bea")) == (1, [])


def test_a_plan_deleted_by_hand_is_said(squad, url):
    give(choose(squad, url, NO_EQUIPMENT, "Ada"))
    engine, scope = make_engine(url), Scope(of(url, "Ada"))
    delete(engine, scope, "plan", int(plan_list(engine, scope)["id"].iloc[0]))
    engine.dispose()
    take_back(squad)
    assert plan_changes.CHANGED_SINCE in squad.text


def test_the_report_is_closed(squad, url):
    give(choose(squad, url, NO_EQUIPMENT, "Ada")).press("close-plans-given")
    assert "The plan you gave" not in squad.text
    assert len(plans(url, "Ada")) == 1


def test_a_given_plan_is_what_the_runners_own_pages_show(squad, url):
    give(choose(squad, url, NO_EQUIPMENT, "Ada"))
    shown = squad.press("Open the diary").open("plan")
    assert "Diary of Ada" in shown.text
    assert "Side-lying hip abduction: 2 x 8 to 12 on each side" in shown.text
