"""Which week a day belongs to: the store keys weekly rows by ISO week, the runner chooses the first day they see."""

from datetime import date, timedelta

MONDAY = 0
A_MONDAY = date(2026, 3, 2)  # any: from its ISO week to the runner's week is the same way for every Monday
_TO_MIDDLE = timedelta(days=3)


def week_of(day: date, first_day: int) -> date:
    """The first day of the week that holds `day`; `first_day` 0 is Monday, 6 Sunday."""
    return day - timedelta(days=(day.weekday() - first_day) % 7)


def iso_week(week: date) -> date:
    """The Monday of the ISO week that holds the middle day of the runner's week starting on `week`.

    One to one for every first day, so changing the setting moves no weekly entry onto another.
    """
    return week_of(week + _TO_MIDDLE, MONDAY)


def runner_week(monday: date, first_day: int) -> date:
    """The runner's week for a stored `iso_week`: the inverse of `iso_week`."""
    return week_of(monday + _TO_MIDDLE, first_day)
