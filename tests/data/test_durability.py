"""What was confirmed as saved is there after the process was killed."""

import subprocess
import sys
from datetime import date, timedelta

from sqlalchemy import Engine

from data.runners import local_runner
from data.scope import Scope
from tests.data.examples import stored

SAVER = """
import sys
from datetime import date, timedelta
from data.engine import make_engine
from data.entries import Door, Run, parse
from data.runners import local_runner
from data.scope import Scope
from data.store import save
engine = make_engine(sys.argv[1])
scope = Scope(local_runner(engine).id)
for number in range(10_000):
    day = date(2026, 3, 4) - timedelta(days=number)
    save(engine, scope, parse(Run, {"local_date": day, "distance_m": 5_000.0}, Door(day)))
    print("saved", day, flush=True)
"""


def test_a_process_killed_right_after_a_save_loses_nothing(own_engine: Engine) -> None:
    url = own_engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", SAVER, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    confirmed = [process.stdout.readline().split() for _ in range(5)]
    process.kill()
    process.wait()
    rest = [line.split() for line in process.stdout.read().splitlines()]

    confirmed += [line for line in rest if len(line) == 2]
    kept = {row["local_date"] for row in stored(own_engine, Scope(local_runner(own_engine).id), "run")}
    assert {day for _, day in confirmed} <= kept
    assert len(kept) <= len(confirmed) + 1
    assert kept == {str(date(2026, 3, 4) - timedelta(days=number)) for number in range(len(kept))}
