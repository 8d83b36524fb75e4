"""The training of a report: sessions done, what was trained, the plan in force, self-tests and injuries."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from analysis.overview import overview
from analysis.phrases import count, day, number, percent, place, sentence
from analysis.plan import target
from analysis.report_parts import NOT_LOGGED, Section, Sources, Stretch, Table
from analysis.self_test import TECHNIQUE, SelfTest, SideResult, from_frame, read
from analysis.self_test_history import MEASURES, Measure, history, history_title
from analysis.timetable import WEEKDAYS
from analysis.words import adherence_row

NAMED_WEEKS: Final = 6  # weeks named one by one
TESTS_SHOWN: Final = 12
INJURIES_SHOWN: Final = 20
DONE_RULE: Final = (
    "A session counts as done from 75 % of its prescribed sets on, a pair of left and right once (our convention). "
    "Weeks that were not logged stay not logged: they are in none of these numbers."
)
INJURY_SOURCE: Final = (
    "One yes makes it a running-related injury (Yamato 2015, Journal of Orthopaedic and Sports Physical Therapy "
    "45:375)."
)


def adherence(found: Sources, stretch: Stretch) -> Section:
    """Sessions done of those prescribed, and what was trained."""
    trained = _trained(found, stretch)
    tables = (Table(_TRAINED, _TRAINED_HEAD, trained),) if trained else ()
    said = tuple(_done(stretch)) + (() if trained else (f"No session was logged since {_since(stretch)}.",))
    return Section("Hip-strength sessions", said, ("adherence",), tables, notes=(DONE_RULE,))


_TRAINED: Final = "What was trained, up to today"
_TRAINED_HEAD: Final = ("Exercise", "Days", "Last on", "Last load (kg)", "Effort, median", "Worst pain in a set")


def _done(stretch: Stretch) -> Iterator[str]:
    of_weeks = overview(stretch.weeks, stretch.today)
    yield adherence_row(of_weeks)
    if of_weeks.share_done is not None:
        yield f"That is {percent(of_weeks.share_done)} of the sessions of those weeks."
    weeks = stretch.weeks
    open_ = weeks[(weeks["sessions_prescribed"] > 0) & weeks["sessions_done"].isna()]
    if not open_.empty:
        yield f"{sentence(NOT_LOGGED)}: {week_list(open_['week'], stretch)}."


def week_list(weeks: "pd.Series[pd.Timestamp]", stretch: Stretch) -> str:
    """'the week of 3 August', 'the weeks of 3 August, 10 August and 4 more'."""
    named = [day(week.date(), stretch.today) for week in weeks]
    more = f" and {len(named) - NAMED_WEEKS} more" if len(named) > NAMED_WEEKS else ""
    return f"the {'week' if len(named) == 1 else 'weeks'} of {', '.join(named[:NAMED_WEEKS])}{more}"


def _since(stretch: Stretch) -> str:
    return "the beginning" if stretch.first is None else day(stretch.first, stretch.today)


def _trained(found: Sources, stretch: Stretch) -> tuple[tuple[str, ...], ...]:
    rows = stretch.since(found.training, "on_date")
    groups = sorted(rows.groupby("exercise", sort=False), key=lambda group: found.exercises[str(group[0])])
    return tuple(_exercise(found.exercises[str(slug)], sets, stretch) for slug, sets in groups)


def _exercise(name: str, sets: pd.DataFrame, stretch: Stretch) -> tuple[str, ...]:
    last_on, loads = sets["on_date"].max(), sets["load_kg"].dropna()
    effort, pain = sets["effort"].dropna(), sets["pain"].dropna()
    return (
        name,
        str(sets["on_date"].nunique()),
        day(last_on.date(), stretch.today),
        "none logged" if loads.empty else f"{loads.iloc[-1]:g}",
        NOT_LOGGED if effort.empty else number(float(effort.median())),
        NOT_LOGGED if pain.empty else number(float(pain.max())),
    )


def plan(found: Sources, stretch: Stretch) -> Section:
    """The plan of today in full."""
    tables = (Table("The plan in force", _PLAN_HEAD, tuple(_items(found))),) if len(found.plan) else ()
    return Section("The exercise plan", tuple(_of_plan(found, stretch)), tables=tables)


_PLAN_HEAD: Final = ("Exercise", "Part", "Sets and repetitions or seconds", "Sides", "Load (kg)", "Form")
_SIDES: Final = {"each": "left and right", "both": "both together", "left": "left only", "right": "right only"}


def _of_plan(found: Sources, stretch: Stretch) -> Iterator[str]:
    if found.plan.empty:
        yield "No plan is in force today."
    else:
        first = found.plan.iloc[0]
        days = f"{count(int(first['days_per_week']), 'day')} a week"
        named = "" if first["weekdays"] is None else f": {', '.join(WEEKDAYS[one] for one in first['weekdays'])}"
        yield f"In force since {day(first['starts_on'].date(), stretch.today)}, {days}{named}."
    if found.ticked is None:
        yield "What speaks against exercises was not asked."
    else:
        yield f"Ticked as speaking against exercises: {'; '.join(found.ticked) or 'nothing'}."
    for name, title in found.videos:
        yield f"The runner's own video of {name}: {title}."


def _items(found: Sources) -> Iterator[tuple[str, ...]]:
    for item in found.plan.to_dict("records"):
        amounts = (item["sets"], item["repetitions"], item["seconds"])
        load, stage = item["load_kg"], item["stage"]
        yield (
            found.exercises[item["exercise"]],
            "warm-up" if item["block"] == "warm-up" else "main",
            target(*amounts, "both", item["high"]),
            _SIDES[item["side"]],
            "none named" if pd.isna(load) else f"{load:g}",
            "usual" if pd.isna(stage) else str(stage),
        )


def self_tests(found: Sources, stretch: Stretch) -> Section:
    """Left and right by task, newest first, and the latest test in words."""
    tests = list(reversed(from_frame(found.tests)))
    if not tests:
        return Section("Self-tests", ("No self-test is in the diary.", *_signs(found, stretch)))
    tasks = list(dict.fromkeys(test.task for test in tests))
    tables = tuple(_task(task, tests, stretch) for task in tasks)
    said = [*_latest(tests, stretch), *(_course(task, tests) for task in tasks), *_signs(found, stretch)]
    return Section("Self-tests", tuple(said), tables=tables, notes=(TECHNIQUE,))


def _task(task: str, tests: list[SelfTest], stretch: Stretch) -> Table:
    shown = [test for test in tests if test.task == task][:TESTS_SHOWN]
    rows = tuple(
        (day(test.on, stretch.today), side, *_leg(result))
        for test in shown
        for side, result in (("left", test.left), ("right", test.right))
    )
    head = ("Date", "Leg", "Repetitions", "Knee", "Ticks of 4", "Knee angle (degrees)", "Pain (0 to 10)")
    latest = "test" if len(shown) == 1 else f"{len(shown)} tests"
    return Table(f"{sentence(task)}, the latest {latest}", head, rows)


def _leg(result: SideResult) -> tuple[str, ...]:
    knee = {None: "not noted", True: "moved inward", False: "over the foot"}[result.knee_inside]
    noted = len(result.ticks)
    ticks = str(result.yes) if result.noted == noted else f"{result.yes}, {noted - result.noted} not noted"
    return (
        "not entered" if result.reps is None else str(result.reps),
        knee,
        ticks if result.noted else "not noted",
        "not measured" if result.degrees is None else number(result.degrees),
        "not entered" if result.pain is None else str(result.pain),
    )


def _latest(tests: list[SelfTest], stretch: Stretch) -> Iterator[str]:
    words = read(tests[0], tests[1:])
    yield f"Latest, {day(tests[0].on, stretch.today)}, {tests[0].task}: {words.headline}"
    for side, sentences in (("Left", words.left), ("Right", words.right)):
        yield f"{side}: {' '.join(sentences)}"
    if beside := " ".join((*words.sides, *words.care)):
        yield beside


def _course(task: str, tests: list[SelfTest]) -> str:
    """Each measure's latest value against its first, with what is error."""
    measures: tuple[Measure, ...] = ("ticks", "degrees", "reps")
    found = [history(tests, task, measure) for measure in measures]
    said = [f"{MEASURES[one.measure]}: {history_title(one)}." for one in found if one.left or one.right]
    return f"{sentence(task)} over time. {' '.join(said) or 'Nothing to compare was noted.'}"


def _signs(found: Sources, stretch: Stretch) -> Iterator[str]:
    """The running signs as last answered."""
    if found.running_signs.empty:
        return
    latest = found.running_signs.iloc[0]
    said = "; ".join(f"{question} {_yes_no(latest[key])}" for key, question in found.signs.items())
    yield f"While running, {day(latest['on_date'].date(), stretch.today)}: {said}."


def injuries(found: Sources, stretch: Stretch) -> Section:
    """All episodes, newest first, whenever they were."""
    if found.injuries.empty:
        return Section("Injuries", ("No injury episode is in the diary.",))
    shown = found.injuries.head(INJURIES_SHOWN).to_dict("records")
    more = len(found.injuries) - len(shown)
    said = (f"{count(more, 'older episode')} not shown here.",) if more else ()
    table = Table("All episodes, newest first", _INJURY_HEAD, tuple(_episode(row, stretch) for row in shown))
    return Section("Injuries", said, tables=(table,), notes=(INJURY_SOURCE,))


_INJURY_HEAD: Final = (
    "Place",
    "Began",
    "Back to running",
    "Held back for 7 days",
    "3 planned sessions in a row",
    "Saw a professional",
)


def _episode(row: dict[Any, Any], stretch: Stretch) -> tuple[str, ...]:
    onset, back = row["onset"], row["returned_on"]
    returned = "not back yet"
    if not pd.isna(back):
        returned = f"{day(back.date(), stretch.today)}, after {count((back - onset).days, 'day')}"
    criteria = (_yes_no(row[name]) for name in ("seven_days", "three_sessions", "consulted"))
    return (place(row["site"], row["side"]), day(onset.date(), stretch.today), returned, *criteria)


def _yes_no(answer: Any) -> str:  # noqa: ANN401  a cell
    return "not answered" if pd.isna(answer) else "yes" if answer else "no"
