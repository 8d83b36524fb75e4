"""Report: the weeks that are asked for, as a page to read and as files to take away, with every look in the log."""

import io

import pypdf
import pytest
from lxml import html

from tests.pages.accounts import ALL
from tests.pages.book import LAST_MONDAY, MONDAY, TODAY
from ui.report_pdf import MISSING, PdfError

HOSTILE = "<script>alert(1)</script> ![x](http://example.org/x.png)"


@pytest.fixture
def files(monkeypatch):
    """What the page offers to download: name of the file to its content."""
    offered = {}

    def offer(_label, data, *, file_name, **_):
        offered[file_name] = data

    monkeypatch.setattr("ui.report.st.download_button", offer)
    return offered


def words(shown):
    return " ".join(html.document_fromstring(shown.document).find("body").text_content().split())


def test_an_empty_diary_says_what_to_do_first(app):
    shown = app("report")
    assert "There is nothing to report yet." in shown.text
    assert not shown.has("Make the PDF")


def test_the_report_of_twelve_weeks_is_there_at_once(app):
    shown = app("report", query={"demo": "1"})
    said = words(shown)
    assert "8 December 2025 to 1 March 2026, 12 finished weeks" in said
    assert "Simulated data: this runner is made up" in said
    for title in ("Open questions", "Pain", "Running load", "The exercise plan", "Self-tests", "Honest limits"):
        assert title in said


@pytest.mark.parametrize(("span", "weeks"), [("4 weeks", 4), ("26 weeks", 26), ("52 weeks", 52), ("All", 59)])
def test_the_span_is_chosen_and_stays_in_the_address(app, span, weeks):
    shown = app("report", query={"demo": "1"}).set("report-weeks", span).run()
    assert f"{weeks} finished weeks" in words(shown)
    assert f"{weeks} finished weeks" in words(app("report", query={"demo": "1", "report-weeks": span}))


def test_a_full_diary_is_in_it(app, book):
    book.settle(name="Ada", units="mi", week_start=6)
    book.put_everything()
    book.put("pain", on_date=LAST_MONDAY, worst_running=6, next_morning=2, participation=8)
    book.put("run", local_date=LAST_MONDAY, distance_m=16_093.44)
    said = words(app("report"))
    assert "Ada, 22 February to 28 February 2026, 1 finished week" in said
    assert "Longest run: 10.0 mi on 23 February." in said
    assert "Left kneecap1 of 16 (week of 22 February)" in said
    assert "Right shin23 Februarynot back yetyesnot answerednot answered" in said
    assert "2 x 8" in said and "The runner's own video of Split squat: My squat." in said
    assert " km" not in said


def test_what_was_typed_is_no_markup(app, book):
    book.settle(name=HOSTILE)
    book.put_everything()
    book.put("video", title=HOSTILE)
    shown = app("report")
    root = html.document_fromstring(shown.document)
    assert root.findall(".//script") == root.findall(".//img") == []
    assert words(shown).count("<script>alert(1)</script>") == 2


def test_the_page_and_the_pdf_are_the_same_document(app, files):
    shown = app("report", query={"demo": "1"})
    assert [name for name in files if name.startswith("plumbline")] == [f"plumbline-report-{TODAY}.html"]
    assert files[f"plumbline-report-{TODAY}.html"] == shown.document
    shown.press("Make the PDF")
    reader = pypdf.PdfReader(io.BytesIO(files[f"plumbline-report-{TODAY}.pdf"]))
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for element in html.document_fromstring(shown.document).findall(".//h2"):
        assert element.text in printed


@pytest.mark.parametrize(("units", "width"), [("km", 595), ("mi", 612)])
def test_the_paper_is_letter_for_a_runner_in_miles(app, book, files, units, width):
    book.settle(units=units)
    book.put_everything()
    app("report").press("Make the PDF")
    page = pypdf.PdfReader(io.BytesIO(files[f"plumbline-report-{TODAY}.pdf"])).pages[0]
    assert round(float(page.mediabox.width)) == width


def test_without_the_printer_it_says_what_to_do(app, monkeypatch):
    def missing(_html, _paper):
        raise PdfError(MISSING)

    monkeypatch.setattr("ui.report.cache.report_pdf", missing)
    shown = app("report", query={"demo": "1"}).press("Make the PDF")
    assert shown.errors == [MISSING]
    assert shown.document


def test_not_logged_is_not_a_zero(app, book):
    book.put("weekly total", iso_week=LAST_MONDAY, distance_m=10_000.0)
    book.put("run", local_date=MONDAY)
    said = words(app("report"))
    assert "Pain while running was not logged in any of these weeks; that does not say there was none." in said
    assert "Worst pain while running0 of 1" in said


def test_a_coach_with_all_areas_makes_it_and_the_runner_reads_of_the_look(visit, club):
    runner = club.join("Coach", "Ottilie")
    club.fill(runner)
    club.share(runner, "Coach", *ALL)
    shown = visit("Coach", "report", query={"runner": str(runner)})
    assert "Ottilie" in words(shown)
    assert shown.has("Make the PDF")
    log = visit("Ottilie", "sharing").text
    assert "looked at Report" in log


def test_hidden_names_are_not_in_it(visit, club):
    runner = club.join("Coach", "Ottilie")
    club.fill(runner)
    club.share(runner, "Coach", *ALL)
    shown = visit("Coach", "report", query={"runner": str(runner), "names": "hidden"})
    assert "Ottilie" not in shown.text
    assert "Ottilie" not in shown.document
