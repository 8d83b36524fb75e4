"""Weekly totals in an editable table, saved as a whole: a typed total replaces the week's summed runs."""

from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis.units import Units, from_metres, to_metres
from data.weeks import runner_week
from ui import saving, tables
from ui.diary import Diary
from ui.rows import rows

_WEEKS: Final = 16  # rows on the screen: about a training block
_FROM: Final = {
    "typed": "Typed total",
    "runs": "Sum of single runs",
    "stated zero": "You said: no running",
    "unknown": "Not logged",
}


def show(diary: Diary) -> None:
    """The last weeks, newest first; the column to type in, and where the number that counts comes from."""
    table = _table(diary)
    form = f"totals-{diary.runner.id}-{diary.week_of(diary.today)}"  # edits are by position: a new week, a new table
    unit = diary.units.value
    edited = tables.edited(
        table,
        "weekly-totals",
        key=saving.version(form),
        placeholder="–",
        height="content",
        disabled=["week", "runs", "counts", "origin"],
        alt="Weekly running distance: typed total, sum of single runs, and which of them counts",
        column_config={
            "week": st.column_config.DateColumn("Week from", format="D MMMM YYYY"),
            "typed": st.column_config.NumberColumn(f"Your total ({unit})", format="%.1f", help="Empty is unknown"),
            "runs": st.column_config.NumberColumn(f"Single runs ({unit})", format="%.1f"),
            "counts": st.column_config.NumberColumn(f"Counts ({unit})", format="%.1f"),
            "origin": st.column_config.TextColumn("Because"),
        },
    )
    st.caption("A total you type replaces that week's single runs for volume. 0 means that you did not run.")
    if st.button("Save totals", type="primary"):
        totals, taken_back = _changes(diary, table, edited)
        saving.save(lambda: diary.record_totals(totals, taken_back), "Weekly totals saved.", form)


def _table(diary: Diary) -> pd.DataFrame:
    this_week = pd.Timestamp(diary.week_of(diary.today))
    recent = pd.DataFrame({"week": pd.date_range(end=this_week, periods=_WEEKS, freq="7D", unit="s")})
    weeks = recent.merge(diary.weeks(), how="left", on="week").sort_values("week", ascending=False)
    typed = weeks["distance_m"].where(weeks["distance_from"] == "typed")
    return pd.DataFrame(
        {
            "week": weeks["week"].dt.date,
            "typed": _shown(typed, diary.units),
            "runs": _shown(weeks["runs_m"], diary.units),
            "counts": _shown(weeks["distance_m"], diary.units),
            "origin": weeks["distance_from"].fillna("unknown").map(_FROM),
        }
    ).reset_index(drop=True)


def _shown(metres: "pd.Series[float]", units: Units) -> "pd.Series[float]":
    return from_metres(metres, units).round(2)


def _changes(
    diary: Diary, before: pd.DataFrame, after: pd.DataFrame
) -> tuple[dict[date, float], list[tuple[str, int]]]:
    """Cells that were typed anew in metres by week, and the stored totals whose cell was emptied."""
    stored = {runner_week(row["iso_week"].date(), diary.runner.week_start): row for row in rows(diary.totals())}
    totals: dict[date, float] = {}
    taken_back: list[tuple[str, int]] = []
    for old, new in zip(rows(before), rows(after), strict=True):
        if new["typed"] is None and old["typed"] is not None:
            taken_back.append(("weekly total", stored[old["week"]]["id"]))
        elif new["typed"] is not None and new["typed"] != old["typed"]:
            totals[old["week"]] = _metres(new["typed"], diary.units)
    return totals, taken_back


def _metres(typed: Any, units: Units) -> float:  # noqa: ANN401  a cell of an editor may hold anything
    return to_metres(typed, units) if isinstance(typed, int | float) else typed
