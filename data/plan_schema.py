"""The tables of plans and what surrounds them: offers of a next step, the runner's circumstances, links to videos."""

from sqlalchemy import JSON, CheckConstraint, Column, Date, Float, Integer, String, UniqueConstraint

from data.columns import SIDES, Weekdays, between, child_of, one_of, runner, table

PLAN_STAGES = ("usual", "more range", "less stable")
OFFER_STEPS = ("more repetitions", "more load", "more range", "less stable", "hold", "step back")
OFFER_ANSWERS = ("accepted", "declined")
EXPERIENCE = ("new", "some", "regular")  # with strength training

plans = table(
    "plans",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),  # NULL: still in force
    Column("days_per_week", Integer, nullable=False),
    Column("weekdays", Weekdays),  # NULL: the plan says how many days, not which
    UniqueConstraint("runner_id", "starts_on"),
    between("days_per_week", 1, 7),
    between("weekdays", 1, 127),
    CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
)

plan_items = table(
    "plan_items",
    Column("id", Integer, primary_key=True),
    child_of("plans", "plan_id"),
    Column("position", Integer, nullable=False),
    Column("exercise", String, nullable=False),
    Column("block", String, nullable=False),  # the warm-up is loggable but does not count for adherence
    Column("side", String, nullable=False),  # 'each': left and right, a pair counts once; 'both': two-legged
    Column("sets", Integer, nullable=False),
    Column("repetitions", Integer),
    Column("seconds", Integer),
    Column("high", Integer),  # the upper end of the range that begins at repetitions or seconds; NULL: just that many
    Column("load_kg", Float),  # NULL: the plan names no load
    Column("stage", String, nullable=False, server_default="usual"),  # which version of the exercise (PLAN_STAGES)
    UniqueConstraint("plan_id", "block", "exercise"),
    one_of("block", ("warm-up", "main")),
    one_of("side", ("each", *SIDES)),
    between("sets", 1, 20),
    between("repetitions", 1, 200),
    between("seconds", 1, 3600),
    between("high", 1, 3600),
    between("load_kg", 0, 500),
    one_of("stage", PLAN_STAGES),
    CheckConstraint("(repetitions IS NULL) <> (seconds IS NULL)", name="repetitions_or_seconds"),
    CheckConstraint("high >= coalesce(repetitions, seconds)", name="high_is_the_top"),
    CheckConstraint("repetitions IS NULL OR high <= 200", name="high_of_repetitions"),
)

progress_offers = table(
    "progress_offers",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("exercise", String, nullable=False),
    Column("on_date", Date, nullable=False),  # the last day of training that the offer rests on
    Column("step", String, nullable=False),
    Column("from_value", String, nullable=False),  # both as the runner read them: '2 x 8 to 12 on each side'
    Column("to_value", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("answer", String),  # NULL: not answered yet
    Column("answered_on", Date),
    UniqueConstraint("runner_id", "exercise", "on_date"),
    one_of("step", OFFER_STEPS),
    one_of("answer", OFFER_ANSWERS),
    CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_a_day"),
    CheckConstraint("answered_on >= on_date", name="answered_after_offer"),
)

profiles = table(
    "profiles",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("on_date", Date, nullable=False),  # the answers hold from this day until newer ones
    # JSON lists of words; NULL: not asked, an empty list: none
    Column("equipment", JSON(none_as_null=True)),
    Column("contraindications", JSON(none_as_null=True)),
    Column("experience", String),
    UniqueConstraint("runner_id", "on_date"),
    one_of("experience", EXPERIENCE),
)

exercise_videos = table(
    "exercise_videos",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("exercise", String, nullable=False),
    Column("url", String, nullable=False),
    Column("title", String, nullable=False),
    UniqueConstraint("runner_id", "exercise", "url"),
)
