"""What was confirmed stays, what was sent twice is there once, and what was only typed does no harm."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.app_server import AppServer
from tests.browser.app_page import answer, settle, tab, visit
from tests.browser.steps import SAMPLES, SAVED_AS_PRESCRIBED, choose_files, said, start_plan, take_self_test

TABLES = ("strength_sessions", "pain_reports", "weekly_totals", "runs", "imports")


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One app for the tests here, which write in its diary and do not mind each other."""
    with AppServer(tmp_path_factory.mktemp("home")) as server:
        yield server


def rows(home: Path) -> dict[str, int]:
    """How many rows of each table are in the diary's own file."""
    [database] = home.rglob("plumbline.sqlite3")
    with sqlite3.connect(database) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def added(home: Path, before: dict[str, int]) -> dict[str, int]:
    """The tables that have more rows than before, and how many more."""
    return {table: number - before[table] for table, number in rows(home).items() if number != before[table]}


def plan_session(page: Page, url: str) -> str:
    take_self_test(page, url)
    start_plan(page)
    visit(page, url, "log")
    return SAVED_AS_PRESCRIBED


def fill_week(page: Page, url: str) -> str:
    visit(page, url, "log")
    week = tab(page, "The week: pain and running")
    week.get_by_role("combobox", name="Body site").click()
    page.get_by_role("option", name="Lower back").click()
    answer(week, "Worst pain while running", "4")
    week.get_by_role("spinbutton", name="Distance of the whole week (km)").fill("12")
    return "Week saved."


def fill_run(page: Page, url: str, distance: str = "10.5") -> str:
    visit(page, url, "mileage")
    tab(page, "Add a run").get_by_role("spinbutton", name="Distance (km)").fill(distance)
    return "Run added."


def choose_export(page: Page, url: str) -> str:
    choose_files(page, url, SAMPLES / "strava" / "made_activities_103col.csv")
    return "7 runs added"


@pytest.mark.parametrize(
    ("fill", "button", "expected"),
    [
        (plan_session, "Done as prescribed", {"strength_sessions": 1}),
        (fill_week, "Save the week", {"pain_reports": 1, "weekly_totals": 1}),
        (fill_run, "Add the run", {"runs": 1}),
        (choose_export, "Add 7 runs", {"runs": 7, "imports": 1}),
    ],
)
def test_a_double_click_saves_once(fill: Callable[[Page, str], str], button: str, expected, own_app, page_at):
    page = page_at(1280)
    confirmation = fill(page, own_app.url)
    before = rows(own_app.home)
    page.get_by_role("button", name=button).dblclick()
    said(page, confirmation)
    settle(page)
    assert added(own_app.home, before) == expected


def test_a_server_killed_right_after_it_confirmed_has_lost_nothing(app: AppServer, page_at):
    page = page_at(1280)
    confirmation = fill_week(page, app.url)
    page.get_by_role("button", name="Save the week").click()
    said(page, confirmation)
    app.kill()
    app.start()
    visit(page, app.url)
    expect(page.get_by_text("Running: 12.0 km (typed total).")).to_be_visible()
    expect(page.get_by_text("Pain: 4 of 10 at worst.")).to_be_visible()


def test_a_reload_in_the_middle_of_typing_does_no_harm(own_app: AppServer, page_at):
    page = page_at(1280)
    visit(page, own_app.url, "mileage")
    distance = tab(page, "Add a run").get_by_role("spinbutton", name="Distance (km)")
    before = rows(own_app.home)
    distance.press_sequentially("31.")
    page.reload()
    settle(page)
    tab(page, "Add a run")
    expect(distance).to_have_value("")
    assert added(own_app.home, before) == {}
    confirmation = fill_run(page, own_app.url, "31.4")
    page.get_by_role("button", name="Add the run").click()
    said(page, confirmation)
    assert added(own_app.home, before) == {"runs": 1}


def test_a_refused_form_keeps_what_was_typed(own_app: AppServer, page_at):
    page = page_at(1280)
    visit(page, own_app.url, "mileage")
    run = tab(page, "Add a run")
    before = rows(own_app.home)
    run.get_by_role("spinbutton", name="Distance (km)").fill("501")
    run.get_by_role("spinbutton", name="Time (minutes)").fill("90")
    run.get_by_role("button", name="Add the run").click()
    expect(page.get_by_role("alert")).to_contain_text("501")
    expect(run.get_by_role("spinbutton", name="Distance (km)")).to_have_value("501.0")
    expect(run.get_by_role("spinbutton", name="Time (minutes)")).to_have_value("90.0")
    assert added(own_app.home, before) == {}


def test_what_is_tapped_about_oneself_on_a_phone_is_saved_with_the_next_tap(app: AppServer, page_at):
    page = page_at(390)
    visit(page, app.url, "plan")
    page.get_by_role("button", name="Band", exact=True).tap()
    page.get_by_text("Kneecap pain that is flaring up").tap()
    page.get_by_text("Acute low-back pain").tap()
    page.get_by_role("button", name="Save this about me").tap()
    said(page, "Saved. The proposed plan fits it.")
    [database] = app.home.rglob("plumbline.sqlite3")
    with sqlite3.connect(database) as connection:
        kept = connection.execute("SELECT equipment, contraindications FROM profiles").fetchall()
    assert [json.loads(chosen) for chosen in kept[0]] == [["band"], ["kneecap pain flare", "low back pain"]]
