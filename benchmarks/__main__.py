"""`python -m benchmarks`: how quick the product is on ten years of diary, beside what was asked for."""

from datetime import date

from benchmarks.crowd import Crowd, crowd
from benchmarks.diary import RUNS, SESSIONS, WEEKS, ten_years
from benchmarks.imports import many_files, on_the_page
from benchmarks.pages import pages
from benchmarks.scaling import needs
from benchmarks.squad import squad
from benchmarks.statistics import comparisons, statistics
from benchmarks.storage import storage
from benchmarks.stores import stores
from benchmarks.timing import Timing, show


def main() -> None:
    """Every part of the product that is measured has a function that yields timings; a crowd has more to say."""
    today = date.today()
    print(f"Ten years of diary: {WEEKS} weeks, {RUNS:,} runs, {SESSIONS:,} sessions.")
    timings: list[Timing] = []
    crowds: list[Crowd] = []
    for engine in stores():
        runner_id = ten_years(engine, today)
        timings += storage(engine, runner_id, today)
        timings += pages(engine)
        timings += squad(engine, runner_id, today)
        timings += [*on_the_page(engine), *many_files(engine)]
        crowds.append(crowd(engine, runner_id))
        timings += crowds[-1].pages.values()
    show([*timings, *statistics()])
    print(*comparisons(), *crowds, "", *needs(crowds[-1]), sep="\n")


if __name__ == "__main__":
    main()
