"""Which run of a file is known already: by its own id, or as the twin of another source's."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from ui.import_form import Known

START = datetime(2026, 3, 4, 7, tzinfo=UTC)
DAY = pd.Timestamp(2026, 3, 4)
STORED = {"local_date": DAY, "source": "strava", "source_id": "1", "start": START, "distance_m": 10_000.0}


@pytest.fixture
def known():
    known = Known()
    known.add(STORED)
    return known


def test_the_same_id_of_the_same_source_is_there_already(known):
    assert known.told_by({**STORED, "start": None, "distance_m": None}) == "strava"


def test_another_id_of_the_same_source_is_new(known):
    assert known.told_by({**STORED, "source_id": "2"}) is None


def test_the_same_id_of_another_source_is_new_unless_it_is_the_same_run(known):
    later = START.replace(hour=18)
    assert known.told_by({**STORED, "source": "fit", "start": later}) is None
    assert known.told_by({**STORED, "source": "fit"}) == "strava"


def test_a_run_typed_without_a_start_is_known_again_by_its_day_and_distance(known):
    known.add({"local_date": DAY, "source": "manual", "source_id": "a", "start": None, "distance_m": 5_000.0})
    imported = {"local_date": DAY, "source": "fit", "source_id": "b", "start": START, "distance_m": 5_010.0}
    assert known.told_by(imported) == "manual"


def test_a_day_that_would_hold_more_than_500_km_is_refused_run_by_run(known):
    far = {**STORED, "source_id": "2", "distance_m": 490_001.0}
    assert known.too_far(far) == "With this run, 4 March 2026 would come to 500 km. A day has at most 500 km."
    assert known.too_far({**far, "distance_m": 490_000.0}) is None
    assert known.too_far({**far, "local_date": pd.Timestamp(2026, 3, 5)}) is None
