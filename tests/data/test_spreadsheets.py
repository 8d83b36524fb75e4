"""Tables as files: what a spreadsheet program reads back is what went in, and nothing of it calculates."""

import csv
import io
import re
from datetime import UTC, date, datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.spreadsheets import csv_bytes, guarded, workbook_bytes, xlsx_bytes

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = "=SUM(A1:A9)"

hostile = st.builds(
    lambda start, junk, trigger, rest: f"{start}{junk}{trigger}{rest}",
    st.sampled_from(["", "a;", "a\n", "a,", "a\t", '"', "'"]),
    st.text(" \t\r\n\"'\u00a0\u200b\ufeff\x00", max_size=3),
    st.sampled_from([*TRIGGERS, "＝", "＋", "－", "＠", ""]),
    st.text(max_size=8),
)
texts = hostile | st.text(max_size=12)
days = st.dates(date(1901, 1, 1), date(2100, 12, 31))
numbers = st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)


def csv_rows(frame, **options):
    return list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"), newline=""), **options))


def sheet_of(frame, name="Table"):
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, name))).active


def test_some_tables_are_sheets_of_one_file_each_with_a_name_of_its_own():
    frames = {"Pain": pd.DataFrame({"a": [1]}), "Pain?": pd.DataFrame({"b": [FORMULA]}), "[]": pd.DataFrame({"c": []})}
    sheets = openpyxl.load_workbook(io.BytesIO(workbook_bytes(frames))).worksheets
    assert len({sheet.title.lower() for sheet in sheets}) == 3
    assert [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets] == [
        [["a"], [1]],
        [["b"], [FORMULA]],
        [["c"]],
    ]
    assert sheets[1]["A2"].data_type == "s"


def as_a_program_sees_it(cell):
    """Without what some programs drop before they look at a cell."""
    return cell.lstrip(' \n\u00a0\u200b\ufeff\x00"')


@given(st.lists(texts, min_size=1, max_size=4))
def test_no_text_of_a_csv_begins_a_formula(found):
    rows = csv_rows(pd.DataFrame({found[0]: found}, dtype=object))
    assert len(rows) == len(found) + 1
    assert [cell for row in rows for cell in row if as_a_program_sees_it(cell).startswith(TRIGGERS)] == []


@given(st.lists(texts, min_size=1, max_size=4))
def test_nor_does_one_where_the_separator_is_another(found):
    """In the middle of a row the quotes are those of the text, so its semicolons and line ends make cells."""
    file = csv_bytes(pd.DataFrame({"n": "x", "text": found}, dtype=object)).decode("utf-8-sig")
    cells = re.split(r"[\r\n\t;]", file)
    seen = [cell.lstrip(' \u00a0\u200b\ufeff"') for cell in cells]
    assert [cell for cell in seen if cell.startswith(TRIGGERS) and not re.fullmatch(r'- [^\W\d_][\w ,."]*', cell)] == []


@given(texts)
def test_a_text_loses_nothing(text):
    assert guarded(text).replace("'", "") == text.replace("'", "")
    assert guarded(f"run {text.strip()}").startswith("run ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- easy run; - felt ok", "'- easy run; - felt ok"),
        ("easy:\n- felt ok\n- slept well", "easy:\n- felt ok\n- slept well"),
        ("x;- cmd|' /C calc'!A0", "x;'- cmd|' /C calc'!A0"),
        ("x;-cmd", "x;'-cmd"),
        ("x; - 1+1", "x;' - 1+1"),
        ("x;- f(1)", "x;'- f(1)"),
        *((f"{mark}=1", f"'{mark}=1") for mark in "\u2066\u2067\u2068\u2069"),
    ],
)
def test_a_list_is_let_be_and_nothing_that_calculates(text, said):
    assert guarded(text) == said


@pytest.mark.parametrize("text", ["3-4 km", "left = right", "a@b.example", "'quoted'", "ä, ö; ü", "", "12 km + 3 km"])
def test_an_ordinary_text_stays_as_it_is(text):
    assert csv_rows(pd.DataFrame({"a": [text], "b": ["x"]})) == [["a", "b"], [text, "x"]]


@given(st.lists(st.none() | numbers, min_size=1, max_size=5))
def test_numbers_are_numbers_and_unknown_is_empty(found):
    frame = pd.DataFrame({"n": found, "text": "x"}, dtype=object)
    read = [row[0] for row in csv_rows(frame)[1:]]
    assert [None if cell == "" else float(cell) for cell in read] == found
    cells = [row[0] for row in sheet_of(frame).iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"n"}
    assert [cell.value for cell in cells] == pytest.approx(found)


@given(st.lists(st.none() | days, min_size=1, max_size=4))
def test_days_are_iso_days_and_true_dates(found):
    for column in (pd.Series(found, dtype=object), pd.to_datetime(pd.Series(found, dtype=object))):
        frame = pd.DataFrame({"day": column, "text": "x"})
        assert [row[0] for row in csv_rows(frame)[1:]] == [str(day or "") for day in found]
        values = [row[0] for row in sheet_of(frame).iter_rows(min_row=2, values_only=True)]
        assert [value and value.date() for value in values] == found


def test_moments_keep_their_time():
    frame = pd.DataFrame({"at": [datetime(2026, 3, 4, 7, 30), datetime(2026, 3, 5)]})
    assert csv_rows(frame)[1:] == [["2026-03-04 07:30:00"], ["2026-03-05 00:00:00"]]
    zoned = pd.DataFrame({"at": [datetime(2026, 3, 4, 7, 30, tzinfo=UTC)]})
    assert sheet_of(zoned)["A2"].value == datetime(2026, 3, 4, 7, 30)


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_text_of_an_excel_file_is_a_text(found):
    cells = [row[0] for row in sheet_of(pd.DataFrame({found[0]: found}, dtype=object)).iter_rows()]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    assert [cell.value or "" for cell in cells] == [in_xml(text) for text in (found[0], *found)]


def in_xml(text):
    """XML 1.0 knows line feeds alone, and no other control character than tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\t\n" or " " <= letter not in "\ufffe\uffff")


@pytest.mark.parametrize("text", [FORMULA, "#N/A", "#REF!", "12", "2026-03-04", "TRUE", "{=1}"])
def test_excel_makes_nothing_of_a_text(text):
    cell = sheet_of(pd.DataFrame({"text": [text]}))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text == FORMULA)


def test_letters_without_a_character_do_not_stop_a_file():
    frame = pd.DataFrame({"text": ["a\ud800b"]}, dtype=object)
    assert csv_rows(frame) == [["text"], ["a?b"]]
    assert sheet_of(frame)["A2"].value == "ab"


def test_a_text_ends_where_excels_longest_does():
    assert len(sheet_of(pd.DataFrame({"text": ["a" * 40_000]}))["A2"].value) == 32_767


@pytest.mark.parametrize(
    ("name", "called"),
    [("Squad", "Squad"), ("a/b: [c]*?", "a b c"), ("'x'", "x"), ("", "Table"), ("n" * 40, "n" * 31), ("///", "Table")],
)
def test_the_sheet_is_called_as_excel_allows(name, called):
    assert sheet_of(pd.DataFrame({"a": [1]}), name).title == called


def test_the_header_is_bold_and_stays_in_sight_and_columns_fit():
    sheet = sheet_of(
        pd.DataFrame({"Week of": [date(2026, 3, 2)], "Says": ["a long sentence of forty-one letters, or"]})
    )
    assert [cell.font.bold for row in sheet.iter_rows() for cell in row] == [True, True, False, False]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width > 40 > sheet.column_dimensions["A"].width >= 10


def test_columns_of_one_name_and_numbers_of_numpy():
    frame = pd.DataFrame([[np.int64(3), np.float64(-1.5), np.nan, pd.NA]], columns=["a", "a", "b", "c"], dtype=object)
    assert csv_rows(frame) == [["a", "a", "b", "c"], ["3", "-1.5", "", ""]]
    assert [cell.value for cell in sheet_of(frame)[2]] == [3, -1.5, None, None]


def test_a_table_without_rows_is_its_header():
    frame = pd.DataFrame({"a": [], "b": []})
    assert csv_rows(frame) == [["a", "b"]]
    assert [cell.value for cell in sheet_of(frame)[1]] == ["a", "b"]


def test_an_infinite_number_is_a_text():
    frame = pd.DataFrame({"n": [float("inf"), float("-inf")]})
    assert csv_rows(frame)[1:] == [["inf"], ["'-inf"]]
    assert [row[0] for row in sheet_of(frame).iter_rows(min_row=2, values_only=True)] == ["inf", "-inf"]
