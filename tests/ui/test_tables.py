"""What a table's files hold: the columns as the screen calls them, with their units, and its numbers."""

import pandas as pd
import streamlit as st

from ui.tables import as_shown

number = st.column_config.NumberColumn


def test_columns_are_called_as_on_the_screen():
    frame = pd.DataFrame({"a": ["x"], "b": ["y"], "c": ["z"], "d": ["hidden"]})
    columns = {"b": "Second", "c": st.column_config.TextColumn("Third", width=120), "d": None}
    assert as_shown(frame, columns).to_dict("list") == {"a": ["x"], "Second": ["y"], "Third": ["z"]}


def test_a_unit_that_only_the_format_names_stands_in_the_header():
    frame = pd.DataFrame({"done": [66.666], "week": [12.345], "change": [-3.4], "pain": [2.0]})
    columns = {"done": number("Done", format="%.0f %%"), "week": number("Week (km)", format="%.1f")}
    columns |= {"change": number(format="%+.0f %%"), "pain": number("Pain, of 10", format="%d")}
    shown = as_shown(frame, columns)
    assert shown.to_dict("list") == {"Done (%)": [67], "Week (km)": [12.3], "change (%)": [-3], "Pain, of 10": [2]}


def test_unknown_stays_unknown_and_zero_zero():
    shown = as_shown(pd.DataFrame({"pain": [None, 0, 3]}, dtype=object), {"pain": number(format="%d")})["pain"]
    assert shown.isna().tolist() == [True, False, False]
    assert shown.tolist()[1:] == [0, 3]


def test_pictures_are_left_out_and_lists_are_text():
    frame = pd.DataFrame({"course": ["data:image/svg+xml,x"], "flags": [["pain rising", "long run"]]})
    shown = as_shown(frame, {"course": st.column_config.ImageColumn("Course")})
    assert shown.to_dict("list") == {"flags": ["pain rising, long run"]}


def test_the_order_of_rows_and_a_frame_without_rows():
    assert as_shown(pd.DataFrame({"a": [2, 1]}, index=[5, 3]), {})["a"].tolist() == [2, 1]
    assert list(as_shown(pd.DataFrame({"a": []}), {"a": number("A", format="%.1f km")}).columns) == ["A (km)"]
