"""The same run told twice: near in start and in distance; of one source at the same time; abroad by its clock."""

from datetime import UTC, datetime, timedelta

import pytest

from data.importers.twins import Told, Twins

START = datetime(2026, 3, 4, 6, 58, tzinfo=UTC)
METRES = 10_000.0
DAY = START.date()


def known(start=START, metres=METRES, source="fit"):
    twins = Twins()
    twins.add(Told(DAY, start, metres, source))
    return twins


def source_of(twins, *run):
    """The source that has told of the run already."""
    twin = twins.twin_of(Told(*run))
    return None if twin is None else twin.source


@pytest.mark.parametrize("minutes", [-5, -1, 0, 3, 5])  # 6:53 to 7:03, so over the hour too
def test_a_start_within_five_minutes_is_the_same(minutes):
    assert source_of(known(), DAY, START + timedelta(minutes=minutes), METRES, "strava") == "fit"


@pytest.mark.parametrize("minutes", [-6, 6, 60, 24 * 60])
def test_a_start_further_off_is_another_run(minutes):
    assert source_of(known(), DAY, START + timedelta(minutes=minutes), METRES, "strava") is None


@pytest.mark.parametrize(("metres", "same"), [(9_800.0, True), (10_200.0, True), (9_799.0, False), (10_205.0, False)])
def test_the_distance_may_differ_by_two_percent(metres, same):
    assert (source_of(known(), DAY, START, metres, "strava") == "fit") is same


def test_the_same_whichever_of_the_two_came_first():
    assert source_of(known(metres=9_800.0), DAY, START, 10_000.0, "strava") == "fit"
    assert source_of(known(metres=10_000.0), DAY, START, 9_800.0, "strava") == "fit"


def test_one_source_tells_a_run_once_so_two_are_two():
    assert source_of(known(source="strava"), DAY, START, METRES, "strava") is None


def test_runs_without_a_distance_go_by_their_start():
    assert source_of(known(metres=None), DAY, START, None, "strava") == "fit"


def test_runs_without_a_distance_that_did_not_last_as_long_are_two():
    twins = Twins()
    twins.add(lasted("fit", metres=None, seconds=1_800.0))
    assert twins.twin_of(lasted("strava", START + timedelta(minutes=4), None, 600.0)) is None
    assert twins.twin_of(lasted("strava", START + timedelta(minutes=4), None, 1_820.0)) is not None


@pytest.mark.parametrize(("stored", "new"), [(None, METRES), (METRES, None)])
def test_one_with_and_one_without_a_distance_are_not_the_same(stored, new):
    assert source_of(known(metres=stored), DAY, START, new, "strava") is None


def test_a_run_typed_with_its_day_alone_is_known_by_day_and_distance():
    assert source_of(known(start=None, source="manual"), DAY, START, 10_100.0, "strava") == "manual"
    assert source_of(known(), DAY, None, METRES, "manual") == "fit"
    assert source_of(known(start=None, source="manual"), DAY + timedelta(days=1), START, METRES, "strava") is None
    assert source_of(known(start=None, metres=None, source="manual"), DAY, START, None, "strava") is None


def test_a_run_known_by_its_day_alone_is_one_run_of_that_day():
    twins = known(start=None, source="manual")
    morning, evening = lasted("fit", metres=10_050.0), lasted("fit", START + timedelta(hours=11), 9_960.0)
    assert twins.twin_of(morning).source == "manual"
    assert twins.twin_of(evening) is None
    twins.add(evening)
    assert twins.twin_of(lasted("fit", START + timedelta(minutes=1), 10_060.0)).source == "manual"  # a second device
    assert twins.twin_of(lasted("garmin", START + timedelta(hours=2), 10_050.0)).source == "manual"  # on its clock
    assert twins.twin_of(lasted("strava", START + timedelta(hours=11), 9_960.0)) is evening
    assert twins.twin_of(lasted("strava", START + timedelta(hours=5))) is None


def test_two_rows_with_their_day_alone_are_two_runs():
    twins = known()
    rows = [Told(DAY, None, METRES, "table") for _ in range(2)]
    assert [twins.twin_of(row) is not None for row in rows] == [True, False]
    twins.add(lasted("fit", START + timedelta(hours=11)))
    assert twins.twin_of(rows[1]) is not None


def test_sources_that_put_one_start_on_two_days_tell_of_one_run():
    assert source_of(known(), DAY + timedelta(days=1), START, METRES, "strava") == "fit"


def test_two_runs_of_zero_metres():
    assert source_of(known(metres=0.0), DAY, START, 0.0, "strava") == "fit"
    assert source_of(known(metres=0.0), DAY, START, METRES, "strava") is None


def test_the_right_one_of_several():
    twins = known()
    twins.add(Told(DAY, START + timedelta(hours=3), 5_000.0, "strava"))
    assert source_of(twins, DAY, START + timedelta(hours=3), 5_000.0, "fit") == "strava"
    assert source_of(twins, DAY, START + timedelta(hours=3), 5_000.0, "strava") is None


def test_the_time_zone_of_a_start_does_not_matter():
    vienna = START.astimezone(datetime.strptime("+0100", "%z").tzinfo)
    assert source_of(known(), DAY, vienna, METRES, "strava") == "fit"


def test_nothing_known():
    assert source_of(Twins(), DAY, START, METRES, "fit") is None


def lasted(source, start=START, metres=METRES, seconds=3_000.0, stored_id=None):
    return Told(DAY, start, metres, source, stored_id, seconds)


def test_two_devices_of_one_format_tell_one_run():
    twins = Twins()
    twins.add(lasted("fit"))
    assert twins.twin_of(lasted("fit", START + timedelta(minutes=2), 10_010.0)) is not None
    assert twins.twin_of(lasted("fit", START + timedelta(minutes=6))) is None
    assert twins.twin_of(lasted("fit", metres=10_300.0)) is None
    assert twins.twin_of(lasted("fit", seconds=None)) is None


@pytest.mark.parametrize("first", [None, METRES])
def test_one_without_a_distance_is_the_same_where_it_lasted_as_long(first):
    twins, second = Twins(), METRES if first is None else None
    twins.add(lasted("fit", metres=first))
    assert twins.twin_of(lasted("strava", metres=second, seconds=3_080.0)) is not None
    assert twins.twin_of(lasted("strava", metres=second, seconds=3_200.0)) is None
    assert twins.twin_of(lasted("strava", START + timedelta(minutes=6), second)) is None


@pytest.mark.parametrize("later", [89, 90, 180, 270])
def test_repeats_on_a_track_are_runs_of_their_own(later):
    twins = Twins()
    twins.add(lasted("fit", metres=400.0, seconds=90.0))
    repeat = lasted("fit", START + timedelta(seconds=later), 400.0, 90.0)
    assert twins.twin_of(repeat) is None
    twins.add(repeat)
    assert twins.twin_of(lasted("strava", repeat.start, 400.0, 90.0)) is repeat  # of several, the nearest


@pytest.mark.parametrize("clock", ["garmin", "intervals", "polar", "table"])
@pytest.mark.parametrize("minutes", [-8 * 60, 60, 120, 330, 345, 14 * 60])
def test_a_clock_abroad_is_off_by_whole_zones(clock, minutes):
    abroad = lasted(clock, START + timedelta(minutes=minutes), 10_090.0, 3_025.0)
    for known, new in ((lasted("tcx"), abroad), (abroad, lasted("tcx"))):
        twins = Twins()
        twins.add(known)
        assert twins.twin_of(new) is known


@pytest.mark.parametrize(
    "other",
    [
        lasted("strava", START + timedelta(hours=2)),  # both state universal time
        lasted("garmin", START + timedelta(hours=2, minutes=5)),
        lasted("garmin", START + timedelta(hours=15)),
        lasted("garmin", START + timedelta(hours=10), 10_060.0, 3_050.0),  # the way home, as long and nearly as fast
        lasted("garmin", START + timedelta(hours=2), 10_300.0),
        lasted("garmin", START + timedelta(hours=2), seconds=3_200.0),
        lasted("garmin", START + timedelta(hours=2), seconds=None),
        Told(DAY + timedelta(days=1), START + timedelta(hours=2), METRES, "garmin", None, 3_000.0),
    ],
)
def test_what_differs_by_more_than_a_zone_is_another_run(other):
    twins = Twins()
    twins.add(lasted("tcx"))
    assert twins.twin_of(other) is None


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_run_told_at_its_start_is_not_also_another_by_its_clock(newest_first):
    morning, evening = lasted("tcx"), lasted("tcx", START + timedelta(hours=10))
    twins = Twins()
    twins.add(lasted("garmin"))
    runs = [evening, morning] if newest_first else [morning, evening]
    twins.expect(runs)
    assert [run for run in runs if twins.twin_of(run)] == [morning]


def test_one_recording_is_one_row_of_a_table_by_its_clock():
    twins = Twins()
    twins.add(lasted("fit", START + timedelta(hours=6)))
    assert twins.twin_of(lasted("table")) is not None
    assert twins.twin_of(lasted("table", START + timedelta(hours=10))) is None


def test_nor_in_a_later_file():
    twins = Twins()
    twins.add(lasted("garmin"))
    assert twins.twin_of(lasted("tcx")) is not None
    assert twins.twin_of(lasted("tcx", START + timedelta(hours=10))) is None
    assert twins.twin_of(lasted("gpx", START + timedelta(hours=1))) is not None
