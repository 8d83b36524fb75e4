"""Which run of a file is known already: by its own id, or as the twin of another source's."""

from datetime import UTC, datetime

import pytest

from ui.import_form import Known

START = datetime(2026, 3, 4, 7, tzinfo=UTC)
STORED = {"source": "strava", "source_id": "1", "start": START, "distance_m": 10_000.0}


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


def test_a_run_typed_without_a_start_is_nobodys_twin(known):
    known.add({"source": "manual", "source_id": "a", "start": None, "distance_m": 5_000.0})
    assert known.told_by({"source": "fit", "source_id": "b", "start": START, "distance_m": 5_000.0}) is None
