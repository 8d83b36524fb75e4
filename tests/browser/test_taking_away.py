"""What stands on a page leaves it as a file: charts as PNG and SVG, made by the browser, and tables as Excel."""

import struct
from base64 import b64encode
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from charts.chart import ADHERENCE, PAIN, VOLUME
from tests.browser.app_page import DRAWN, SLOW_MS, overflow, settle, visit

SVG = "{http://www.w3.org/2000/svg}"
PAGES = {"light": "#FCFCFA", "dark": "#0F1519"}  # as in .streamlit/config.toml
COLOURS = """async address => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height), found = new Set();
    for (let at = 0; at < data.length; at += 4) found.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    return [...found].map(colour => `#${colour.toString(16).padStart(6, "0").toUpperCase()}`);
}"""
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def save(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the content of the file of the first button with this name."""
    with page.expect_download(timeout=SLOW_MS) as started:
        page.get_by_role("button", name=button, exact=True).first.click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def home(page: Page, url: str) -> None:
    visit(page, url, "?demo=1")
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW_MS)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height, as the head of the file says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def colours(page: Page, png: bytes) -> set[str]:
    """All colours that the picture has, as "#RRGGBB"."""
    return set(page.evaluate(COLOURS, f"data:image/png;base64,{b64encode(png).decode()}"))


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_chart_is_saved_as_a_picture_of_what_the_page_shows(shared_app, page_at, width, scheme):
    page = page_at(width, scheme)
    home(page, shared_app.url)
    name, content = save(page, "PNG")
    assert name == "home-timeline.png"
    chart = page.locator(DRAWN).first.bounding_box()
    wide, high = size_of(content)
    assert wide == round((chart["width"] + 32) * 2)  # a margin of 16 on either side, and twice as sharp
    assert high > (chart["height"] + 60) * 2  # the title above and what the marks mean below
    assert {VOLUME, ADHERENCE, PAIN, PAGES[scheme]} <= colours(page, content)
    assert overflow(page) == 0


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_chart_is_saved_as_svg_with_its_title_and_marks(shared_app, page_at, width, scheme):
    page = page_at(width, scheme)
    home(page, shared_app.url)
    name, content = save(page, "SVG")
    assert name == "home-timeline.svg"
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SVG}svg"
    title = page.get_by_role("heading", level=4).first.inner_text()
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert title in said and "Hatched: not logged." in said and "km a week" in said
    assert root.find(f"{SVG}title").text == title
    marks = [path for path in root.iter(f"{SVG}path") if "point" in path.get("class", "").split()]
    assert len(marks) == page.locator(".st-key-home-timeline path.point").count() > 50
    assert b"@font-face" in content and b"http://127" not in content  # nothing to load from where it was made


def test_the_saved_svg_stands_alone(shared_app, page_at):
    """Opened by itself, it is drawn as wide as it says, and asks no machine for anything."""
    page = page_at(1280)
    home(page, shared_app.url)
    _, content = save(page, "SVG")
    alone = page_at(1280)
    alone.set_content(content.decode())
    expect(alone.locator("svg path.point").first).to_be_visible()
    assert alone.locator("svg").first.bounding_box()["width"] == float(ElementTree.fromstring(content).get("width"))


def test_each_chart_of_a_page_saves_itself(shared_app, page_at):
    page = page_at(1280)
    visit(page, shared_app.url, "trends?demo=1")
    buttons = page.get_by_role("button", name="SVG", exact=True)
    expect(buttons).to_have_count(4, timeout=SLOW_MS)
    expect(page.locator('[data-testid="stPlotlyChart"]:has(.main-svg)')).to_have_count(4, timeout=SLOW_MS)
    saved = {}
    for at in range(4):
        with page.expect_download() as started:
            buttons.nth(at).click()
        saved[started.value.suggested_filename] = ElementTree.fromstring(started.value.path().read_bytes())
    assert set(saved) == {f"trends-{name}.svg" for name in ("timeline", "matrix", "scatter", "lags")}
    headings = page.get_by_role("heading", level=4).all_inner_texts()
    assert {root.find(f"{SVG}title").text for root in saved.values()} <= set(headings)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_is_saved_for_excel_and_streamlits_own_csv_is_gone(shared_app, page_at, tmp_path, width):
    page = page_at(width)
    visit(page, shared_app.url, "squad?squad=demo")
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=SLOW_MS)
    name, content = save(page, "Excel")
    assert name == "squad-board.xlsx"
    (tmp_path / name).write_bytes(content)
    sheet = openpyxl.load_workbook(tmp_path / name).active
    assert sheet.max_row == 13 and sheet["A1"].value == "Runner" and sheet["A2"].data_type == "s"
    table.hover()
    settle(page)
    expect(page.get_by_test_id("stElementToolbarButton").first).to_be_attached()  # search, or the whole screen
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pictures_of_the_report_leave_dark_on_white_with_their_words(shared_app, page_at, width, scheme):
    page = page_at(width, scheme)
    visit(page, shared_app.url, "report?demo=1")
    page.get_by_role("button", name="Tables and pictures").click()
    expect(page.get_by_role("button", name="SVG", exact=True)).to_have_count(3, timeout=SLOW_MS)
    name, content = save(page, "SVG")
    assert name == "report-pain.svg"
    root = ElementTree.fromstring(content)
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert root.find(f"{SVG}title").text.startswith("Worst pain while running: known in ")
    assert "Worst pain while running by week, 0 to 10" in said and "Hatched grey: not logged." in said
    name, png = save(page, "PNG")
    assert name == "report-pain.png"
    assert size_of(png)[0] == round((1.5 * 360 + 32) * 2)
    assert {PAIN, "#FFFFFF"} <= colours(page, png)
    assert PAGES["dark"] not in colours(page, png)
    assert overflow(page) == 0
