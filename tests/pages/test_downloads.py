"""Every table on a page can be taken away as CSV and Excel, and holds there what the page shows."""

import csv
import io

import openpyxl
import pytest
import streamlit as st
from lxml import html
from streamlit import config

from analysis.report_parts import Table
from data.spreadsheets import csv_bytes
from tests.data.importers.samples import sample
from tests.pages.app import PAGES, ROOT
from tests.pages.book import LAST_MONDAY, MONDAY
from ui.report_files import frame

TABS = {"squad": ("squad-compare", "What goes with what")}


@pytest.fixture
def files(monkeypatch):
    """What the page's downloads would hand over, by the name of the file; those of the last run."""
    offered, show = {}, st.download_button

    def keep(label, data, *, file_name, **options):
        offered[file_name] = data
        return show(label, data, file_name=file_name, **options)

    monkeypatch.setattr(st, "download_button", keep)
    return offered


def csv_rows(made):
    return list(csv.reader(io.StringIO(made().decode("utf-8-sig"), newline="")))


def excel_rows(made):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(made())).active.iter_rows()]


def in_words(cell):
    """As the CSV writes it, whose texts and negative numbers of a text column have no apostrophe in Excel."""
    return "" if cell is None else cell.date().isoformat() if hasattr(cell, "date") else str(cell)


def assert_each_table_has_its_files(shown, files):
    tables = shown.tables()
    if shown.title == "Report":  # its tables stand in a document
        return []
    names = sorted(name.removesuffix(".csv") for name in files if name.endswith(".csv") and "without-names" not in name)
    assert len(names) == len(tables)
    assert sorted(name.removesuffix(".xlsx") for name in files if name.endswith(".xlsx")) == names
    for name in names:
        rows, same = csv_rows(files[f"{name}.csv"]), excel_rows(files[f"{name}.xlsx"])
        assert [[in_words(cell) for cell in row] for row in same] == [
            [cell.removeprefix("'") for cell in r] for r in rows
        ]
        assert len(rows) - 1 in {len(table) for table in tables}
        assert not any("data:image" in cell for row in rows for cell in row)
    return names


@pytest.mark.parametrize("query", [{}, {"demo": "1"}, {"squad": "demo"}], ids=["own", "demo", "squad"])
def test_every_table_can_be_taken_away(app, book, files, query):
    book.put_everything()
    shown = app(query=query)
    found = []
    for page in PAGES:
        files.clear()
        shown.open(page)
        if page in TABS and query.get("squad"):
            files.clear()
            shown.open_tab(*TABS[page])
        found += assert_each_table_has_its_files(shown, files)
    assert {"links", "weeks-behind-the-link"} <= set(found)
    assert "weekly-totals" in found or query.get("squad")
    assert {"squad-board", "each-runner"} <= set(found) or not query.get("squad")


def test_the_weekly_totals_leave_as_they_stand_there(app, book, files):
    book.settle(units="mi")
    book.put("weekly total", iso_week=LAST_MONDAY, distance_m=16_093.44)
    app("mileage").edit("typed", 12.34).run()
    header, this_week, last_week, *_ = csv_rows(files["weekly-totals.csv"])
    assert header == ["Week from", "Your total (mi)", "Single runs (mi)", "Counts (mi)", "Because"]
    assert this_week == [MONDAY.isoformat(), "12.3", "", "", "Not logged"]
    assert last_week == [LAST_MONDAY.isoformat(), "10", "", "10", "Typed total"]
    assert excel_rows(files["weekly-totals.xlsx"])[2][1:4] == [10, None, 10]


def documents_tables(shown):
    """Each table of the document on the page, row by row as it is read there."""
    return [
        [[cell.text_content() for cell in row] for row in table.iter("tr")]
        for table in html.document_fromstring(shown.document).iter("table")
    ]


def test_the_reports_tables_leave_as_csv_and_as_one_workbook(app, book, files):
    book.put_everything()
    book.put("pain", on_date=LAST_MONDAY, next_morning=2)
    shown = app("report")
    tables = documents_tables(shown)
    made = {name: data for name, data in files.items() if name.endswith(".csv")}
    assert sorted(csv_rows(data) for data in made.values()) == sorted(tables)
    assert len(made) == len(tables) == 7
    sheets = openpyxl.load_workbook(io.BytesIO(files["report-tables.xlsx"]())).worksheets
    assert [[[in_words(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in sheets] == tables
    assert [sheet.title for sheet in sheets][:3] == ["Weeks answered", "Worst pain while running", "The next morning"]
    assert sheets[1]["D2"].value == 4  # a number, to sort and to draw


def test_what_somebody_typed_is_no_formula_in_the_reports_files():
    """No table of the report holds such a text today; whatever goes in goes through the same guard."""
    report = Table("Videos", ("Title",), (("=1+1",),))
    assert csv_rows(lambda: csv_bytes(frame(report)))[1] == ["'=1+1"]
    assert frame(Table("Numbers", ("N",), (("3",), ("-2.5",), ("3 of 4",), ("1e5",)))).iloc[:, 0].tolist() == [
        3,
        -2.5,
        "3 of 4",
        "1e5",
    ]


def test_the_previews_of_an_import_too(app, files):
    shown = app("mileage")
    files.clear()
    shown.upload(("=1.csv", sample("strava/made_activities_103col.csv")))
    assert {"import-to-add", "import-not-counted"} <= set(assert_each_table_has_its_files(shown, files))
    assert excel_rows(files["import-to-add.xlsx"])[0] == ["Day", "Distance (km)", "Time (min)", "From"]
    left_out = csv_rows(files["import-not-counted.csv"])
    assert "'=1.csv" in [row[0] for row in left_out]  # a name of a file is what somebody else wrote


def test_the_board_leaves_without_pictures_and_with_its_units(app, files):
    app("squad", query={"squad": "demo"})
    header, *rows = excel_rows(files["squad-board.xlsx"])
    assert {"Pain, of 10", "Sessions done (%)", "Last full week (km)", "Against week before (%)"} <= set(header)
    assert not [name for name in header if "12 weeks" in name]
    priya = next(dict(zip(header, row, strict=True)) for row in rows if row[0].startswith("Priya"))
    assert priya["Pain, of 10"] is None and priya["Stands out"] == "not answered"  # not answered is not zero
    assert all(hasattr(row[header.index("Last entry")], "date") for row in rows)


def test_hidden_names_are_hidden_in_the_files(app, files):
    shown = app("squad", query={"squad": "demo"})
    files.clear()
    shown.set("squad-hide-names", True).run()
    assert {row[0].rpartition(" ")[0] for row in csv_rows(files["squad-board.csv"])[1:]} == {"Runner"}
    assert b"Priya" not in files["squad-board.csv"]()


def test_links_leave_with_their_numbers_as_numbers(app, files):
    app("trends", query={"demo": "1"})
    header, *rows = excel_rows(files["links.xlsx"])
    assert header == ["Link", "Weeks", "Spearman", "Plausible range from", "Plausible range to", "Says"]
    assert len(rows) == 15
    assert all(low <= value <= high for _, _, value, low, high, _ in rows if value is not None)


def test_streamlits_own_unguarded_csv_is_off():
    assert (ROOT / ".streamlit" / "config.toml").is_file()
    assert config.get_option("client.disableDataExport") is True
