"""The parts of a report as files: its tables for a spreadsheet program, its pictures as PNG and SVG."""

import re
from typing import Final

import pandas as pd
import streamlit as st

from analysis.report_course import chart_key
from analysis.report_parts import Report, Table
from charts.report import picture
from ui import chart_files, tables

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def offer(made: Report) -> None:
    """One button, and behind it a line for each table and each picture of the document."""
    with st.popover("Tables and pictures", icon=":material/table_view:"), st.container(gap="xxsmall"):
        sheets = {table.short: frame(table) for section in made.sections for table in section.tables}
        with _line("All tables"):
            tables.workbook(sheets, "report-tables")
        for name, sheet in sheets.items():
            with _line(name):
                tables.csv(sheet, f"report-{name.lower().replace(' ', '-')}", name)
        for section in made.sections:
            for name in section.pictures:
                svg, key = picture(name, made.course, made.words[name]), chart_key(name, made.course)
                with _line(section.title):
                    chart_files.offer_drawn(f"report-{name}", svg, made.words[name], key)


def _line(name: str) -> st.delta_generator.DeltaGenerator:
    line = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
    line.text(name)
    return line


def frame(table: Table) -> pd.DataFrame:
    """The table with what is only a number as one, so that a spreadsheet program can sort by it and draw it."""
    rows = [[_cell(text) for text in row] for row in table.rows]
    return pd.DataFrame(rows, columns=list(table.head), dtype=object)


def _cell(text: str) -> str | float:
    return float(text) if _NUMBER.fullmatch(text) else text
