"""Diaries as a report reads them, from a database or made by hand, and every word that a report says."""

from dataclasses import replace

import pandas as pd

from analysis.report_parts import Sources
from data import frames, lists
from data.lists import _PAIN_COLUMNS, _RUN_COLUMNS, TEST_COLUMNS
from guides.catalogue import exercises, self_test

NAMES = {guide.slug: guide.name for guide in exercises()}
SIGNS = {sign.key: sign.question for sign in self_test().running_signs}
INJURY_COLUMNS = ("id", "onset", "site", "side", "returned_on", "seven_days", "three_sessions", "consulted")
PLAN_COLUMNS = ("plan_id", "starts_on", "days_per_week", "weekdays", "exercise", "block", "side", "sets")
PLAN_COLUMNS += ("repetitions", "seconds", "high", "load_kg", "stage")
SET_COLUMNS = ("on_date", "session", "next_morning_pain", "exercise", "ordinal", "side", "repetitions", "seconds")
SET_COLUMNS += ("load_kg", "effort", "pain")
DATES = ("local_date", "on_date", "onset", "returned_on", "starts_on")


def read(engine, scope, today):
    """What is stored of a runner whose week starts on Monday."""
    pain = lists.pain_list(engine, scope)
    return Sources(
        who="Ada",
        simulated=True,
        weeks=frames.weekly(engine, scope, 0, today),
        by_site={site: frames.weekly(engine, scope, 0, today, site) for site in set(pain["site"]) - {"anywhere"}},
        pain=pain,
        runs=lists.run_list(engine, scope),
        training=lists.training_list(engine, scope, pd.Timestamp("2000-01-01").date()),
        tests=lists.test_list(engine, scope),
        running_signs=lists.sign_list(engine, scope),
        injuries=lists.injury_list(engine, scope),
        plan=lists.plan_item_list(engine, scope, today),
        exercises=NAMES,
        signs=SIGNS,
        ticked=(),
    )


def made(weeks, **changes):
    """A diary of these weeks and of nothing else; `changes` are lists of rows, or other parts as they are."""
    empty = Sources(
        who="Ada",
        simulated=False,
        weeks=weeks,
        by_site={},
        pain=table(_PAIN_COLUMNS),
        runs=table(_RUN_COLUMNS),
        training=table(SET_COLUMNS),
        tests=table(TEST_COLUMNS),
        running_signs=table(("id", "on_date", *SIGNS)),
        injuries=table(INJURY_COLUMNS),
        plan=table(PLAN_COLUMNS),
        exercises=NAMES,
        signs=SIGNS,
        ticked=(),
    )
    rows = {name: table(getattr(empty, name), value) for name, value in changes.items() if isinstance(value, list)}
    return replace(empty, **changes | rows)


def table(columns, rows=()):
    """Rows of some of these columns, the rest missing."""
    frame = pd.DataFrame(list(rows), columns=list(columns))
    numbers = [name for name in ("worst_running", "next_morning", "pain", "next_morning_pain") if name in frame]
    numbers += [name for name in ("q1", "q2", "q3", "q4", "distance_m", "effort", "load_kg") if name in frame]
    frame = frame.astype(dict.fromkeys(numbers, "float64"))
    for name in set(DATES) & set(frame.columns):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def texts(report):
    """Every text of a report, one by one."""
    found = [report.title, report.who, report.span, *report.words.values()]
    for section in report.sections:
        found += [section.title, *section.sentences, *section.notes]
        found += [text for question in section.questions for text in (question.text, question.rule)]
        for one in section.tables:
            found += [one.name, *one.head, *(cell for row in one.rows for cell in row)]
    return found


def section(report, title):
    return next(one for one in report.sections if one.title == title)


def full(weeks):
    """A diary of these weeks from MONDAY with something in each of the report's tables."""
    last = weeks["week"].iloc[-1]
    hurt = [
        {"period": "week", "on_date": week, "site": site, "side": "left", "worst_running": 3, "next_morning": 2}
        for site in ("kneecap", "shin")
        for week in weeks["week"]
    ]
    plan = [
        {"starts_on": last, "days_per_week": 2, "exercise": slug, "block": "main", "side": "each"} for slug in NAMES
    ]
    tests = [
        {
            "on_date": week,
            "task": "single-leg squat",
            "side": side,
            "repetitions": 8.0,
            "knee_inside": False,
            "pain": 1.0,
        }
        for week in weeks["week"].iloc[::3]
        for side in ("left", "right")
    ]
    return made(
        weeks,
        by_site={site: weeks.assign(pain_left=weeks["pain"]) for site in ("kneecap", "shin")},
        pain=hurt,
        plan=[one | {"sets": 2, "repetitions": 8.0, "weekdays": None} for one in plan],
        training=[{"on_date": last, "exercise": slug} for slug in NAMES],
        tests=tests,
        injuries=[{"onset": week, "site": "shin", "side": "right"} for week in weeks["week"].iloc[::6]],
    )
