"""Tables, each with the way to take it away: what the screen shows, as CSV or Excel.

Streamlit's own download is switched off in .streamlit/config.toml: a note that begins with "=" would calculate in it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from data.spreadsheets import csv_bytes, workbook_bytes, xlsx_bytes

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# '%+.1f %%': how many digits a number is shown with, and its unit.
_SHOWN_AS: Final = re.compile(r"%[-+ 0]*\d*(?:\.(?P<digits>\d+))?(?P<kind>[df])(?P<unit>.*)")

_Columns = Mapping[str, ColumnConfig | str | None]


def table(
    frame: pd.DataFrame,
    name: str,
    *,
    plain: pd.DataFrame | None = None,
    column_config: _Columns | None = None,
    **options: Any,  # noqa: ANN401  Streamlit's own
) -> None:
    """`frame` as `st.dataframe` shows it, without its index, and beneath it the downloads.

    `name` is what the files are called, and one of a kind on its page. `plain` has what the files hold where that is
    not the frame itself, such as a range's two ends for the text that says them.
    """
    st.dataframe(frame, hide_index=True, column_config=column_config, **options)
    _downloads(frame if plain is None else plain, name, column_config or {})


def wrapped(frame: pd.DataFrame, name: str, *, plain: pd.DataFrame | None = None, alt: str) -> None:
    """The same for a table of few rows whose sentences wrap, which a phone needs."""
    st.table(frame, border="horizontal", hide_index=True, alt=alt)
    _downloads(frame if plain is None else plain, name, {})


def edited(
    frame: pd.DataFrame,
    name: str,
    *,
    key: str,
    column_config: _Columns,
    **options: Any,  # noqa: ANN401  Streamlit's own
) -> pd.DataFrame:
    """`frame` to be typed in, as `st.data_editor` shows it, and beneath it the downloads of what then stands there: the
    rows with what was typed."""
    typed: pd.DataFrame = st.data_editor(frame, key=key, hide_index=True, column_config=column_config, **options)
    _downloads(typed, name, column_config)
    return typed


def csv(frame: pd.DataFrame, name: str, what: str) -> None:
    """One table of a document, called `what` there, as CSV."""
    _download("CSV", f"{name}.csv", "text/csv", lambda: csv_bytes(frame), what)


def workbook(sheets: Mapping[str, pd.DataFrame], name: str) -> None:
    """All tables of a document as one Excel file, a sheet each."""
    _download("Excel", f"{name}.xlsx", _XLSX, lambda: workbook_bytes(sheets), "All tables")


def _downloads(frame: pd.DataFrame, name: str, columns: _Columns) -> None:
    """Made when one is pressed, of what was shown."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        _download("CSV", f"{name}.csv", "text/csv", lambda: csv_bytes(as_shown(frame, columns)))
        _download("Excel", f"{name}.xlsx", _XLSX, lambda: xlsx_bytes(as_shown(frame, columns), name))


def _download(label: str, file_name: str, mime: str, make: Callable[[], bytes], what: str = "The table above") -> None:
    st.download_button(
        label,
        make,
        file_name=file_name,
        mime=mime,
        help=f"{what} as {label}",
        on_click="ignore",
        key=f"take-{file_name}",
        type="tertiary",
        icon=":material/download:",
    )


def as_shown(frame: pd.DataFrame, columns: _Columns) -> pd.DataFrame:
    """The columns as the screen calls them, with the unit that only their format names; numbers with the digits that
    are shown. Pictures and columns that are not shown are left out, lists are texts."""
    shown = [_column(frame[name], columns.get(name, str(name))) for name in frame.columns]
    return pd.concat([frame[[]], *(values for values in shown if values is not None)], axis="columns")


def _column(values: pd.Series, config: ColumnConfig | str | None) -> pd.Series | None:
    if config is None or isinstance(config, str):
        return None if config is None else _texts(values).rename(config)
    kind: Mapping[str, Any] = config.get("type_config") or {}
    if kind.get("type") == "image":
        return None
    label = config.get("label") or str(values.name)
    as_number = _SHOWN_AS.fullmatch(kind.get("format") or "")
    if kind.get("type") != "number" or as_number is None:
        return _texts(values).rename(label)
    unit = as_number["unit"].replace("%%", "%").strip()
    digits = int(as_number["digits"] or 0) if as_number["kind"] == "f" else 0
    return pd.to_numeric(values).round(digits).rename(f"{label} ({unit})" if unit else label)


def _texts(values: pd.Series) -> pd.Series:
    """What stands in a cell as a list, one after the other."""
    return values.map(lambda cell: ", ".join(map(str, cell)) if isinstance(cell, list | tuple) else cell)
