"""The report's HTML and PDF: one source, whole in itself, with every word escaped."""

import http.server
import io
import re
import threading
import time
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
import streamlit
import tinycss2
from lxml import etree
from lxml import html as lxml_html

from analysis.phrases import SIDELESS
from analysis.report import report
from analysis.units import Units
from data.entries import MIDLINE_SITES
from tests.analysis.report_diaries import full, made, texts
from tests.analysis.weekly import MONDAY, related_weeks
from tests.printed import at_many_heights, pages_of, tables, torn
from ui import report_pdf
from ui.report_page import FRAME_SCRIPT, html
from ui.report_pdf import PdfError, pdf

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></style><b>", "]]>&amp;{{7*7}}"]
TODAY = MONDAY.date() + timedelta(weeks=30, days=2)
NAMES = [
    *HOSTILE,
    '"; } body { display: none } @page { size: 1mm; } /*',
    "\\",
    "A\nB",
    "\\22 }",
    "Zoë 李 🏃",
    "x" * 120,
]
QUICK_SECONDS = 20  # two on an idle machine; others work on this one
FETCHES = ("src", "href", "action", "data", "poster", "srcset", "xlink:href")


def document(who="Ada", last=12, **more):
    return html(report(replace(made(related_weeks(30, -1), **more), who=who), Units.KM, TODAY, last))


def printed(page):
    return pypdf.PdfReader(io.BytesIO(pdf(page)))


def words_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_well_formed():
    page = document()
    parser = lxml_html.HTMLParser(recover=False)
    root = lxml_html.document_fromstring(page.replace("<section>", "<div>").replace("</section>", "</div>"), parser)
    assert [error for error in parser.error_log if "invalid" not in error.message] == []
    assert len(root.findall(".//h1")) == 1
    assert len(root.findall(".//h2")) == 10


def test_it_is_well_formed_as_xml_but_for_the_empty_elements_of_html():
    """Every element that is opened is closed, in order."""
    body = document().split("<body>")[1].split("</body>")[0].replace("<br>", "<br/>")
    assert etree.fromstring(f"<body>{body}</body>").findall(".//table")


def test_it_holds_all_that_the_report_says():
    found = report(made(related_weeks(30, -1)), Units.KM, TODAY, 12)
    said = " ".join(lxml_html.document_fromstring(html(found)).text_content().split())
    missing = [text for text in texts(found) if " ".join(text.split()) not in said]
    assert [text for text in missing if text not in found.words.values()] == []
    labels = re.findall(r'aria-label="([^"]*)"', html(found))
    assert sorted(labels) == sorted(found.words.values())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_somebody_typed_is_never_markup(name):
    page = document(who=name, videos=(("Split squat", name),), ticked=(name,))
    root = lxml_html.document_fromstring(page)
    for tag in ("script", "img", "b", "a", "iframe", "link", "object"):
        assert root.findall(f".//{tag}") == []
    said = root.find(".//body").text_content()
    assert said.count(name) == 3
    assert name in root.find(".//title").text
    assert [element for element in root.iter() if any(str(key).startswith("on") for key in element.attrib)] == []


def test_it_asks_for_nothing_from_elsewhere():
    page = document()
    root = lxml_html.document_fromstring(page)
    assert [element for element in root.iter() if any(name in element.attrib for name in FETCHES)] == []
    assert not re.search(r"url\(|@import|@font-face", page)
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src '{FRAME_SCRIPT}'"


def test_the_only_script_that_may_run_is_the_one_that_streamlit_adds_to_a_frame():
    """A new Streamlit may have another: then the frame on the page would stay small, and the hash has to follow."""
    (source,) = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("IFrame.*.js")
    (script,) = re.findall(r"`<script>(.*?)<\\/script>`", source.read_text(), re.DOTALL)
    (message,) = set(re.findall(r"`(streamlit:iframe:setSize)`", source.read_text()))
    code = re.sub(r"\$\{\w+\}", message, script)
    assert f"sha256-{b64encode(sha256(code.encode()).digest()).decode()}" == FRAME_SCRIPT


def test_the_pdf_says_the_same_on_a_few_pages_and_soon():
    began = time.monotonic()
    reader = printed(document(who="Ada Lovelace"))
    assert time.monotonic() - began < QUICK_SECONDS
    assert 2 <= len(reader.pages) <= 5
    said = words_of(reader)
    for title in re.findall(r"<h2>(.*?)</h2>", document()):
        assert title in said
    assert "Ada Lovelace" in said
    assert f"Page 1 of {len(reader.pages)}" in said
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]  # A4 in points


@pytest.mark.parametrize(("paper", "points"), [("A4", [595, 842]), ("letter", [612, 792])])
def test_the_pdf_has_the_paper_that_is_asked_for(paper, points):
    reader = pypdf.PdfReader(io.BytesIO(pdf(document(), paper)))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == points


def test_a_browser_prints_on_the_paper_that_is_in_the_printer():
    assert not re.search(r"[{;\s]size:", document())


def test_ten_years_are_printed_too():
    weeks = related_weeks(520, -1)
    today = MONDAY.date() + timedelta(weeks=520, days=1)
    reader = printed(html(report(made(weeks), Units.MI, today, None)))
    assert len(reader.pages) <= 6
    assert "520 finished weeks" in words_of(reader)


def test_no_end_of_a_page_parts_what_belongs_together():
    found = report(full(related_weeks(30, -1)), Units.KM, TODAY, 12)
    assert len(tables(found)) == 7
    page = html(found)
    assert torn(found, page, pages_of(pdf(at_many_heights(page)))) == []


def test_every_sheet_says_whose_it_is():
    for page in pages_of(pdf(document(who="Ada Lovelace"))):
        assert "AdaLovelace,11Mayto2August2026,12finishedweeks" in page


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_style_sheet_is_text_alone(name):
    """As WeasyPrint's own reader takes the style sheet: the same rules whoever it is, and the name in one string."""
    plain, hostile = (lxml_html.document_fromstring(document(who=who)).find(".//style").text for who in ("Ada", name))
    assert [one.type for one in rules(hostile)] == [one.type for one in rules(plain)]
    (foot,) = strings(rules(hostile)[-1].content)
    assert foot == f"{name}, 11 May to 2 August 2026, 12 finished weeks"


def rules(style):
    return tinycss2.parse_stylesheet(style, skip_whitespace=True, skip_comments=True)


def strings(tokens):
    return [one.value for one in tokens if one.type == "string"] + [
        text for one in tokens if one.type == "{} block" for text in strings(one.content)
    ]


def test_a_hostile_name_is_printed_as_it_is():
    assert "<script>alert(1)</script>" in words_of(printed(document(who=HOSTILE[0])))


@pytest.fixture
def asked():
    """A web server on this machine, and the paths that it was asked for."""
    paths = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_printing_fetches_nothing(tmp_path, asked):
    """Not even what a document names that is not ours."""
    port, paths = asked
    secret = tmp_path / "secret.css"
    secret.write_text("p::before { content: 'a secret of this machine' }")
    sheets = "".join(
        f'<link rel="stylesheet" href="{url}">' for url in (secret.as_uri(), f"http://127.0.0.1:{port}/style.css")
    )
    assert words_of(printed(f'{sheets}<img src="http://127.0.0.1:{port}/picture.png"><p>Text</p>')) == "Text"
    assert paths == []


def stand_in(monkeypatch, folder, code):
    """Another WeasyPrint for the printing process."""
    (folder / "weasyprint.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_without_pango_it_says_what_to_install(monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, "raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    with pytest.raises(PdfError) as refusal:
        pdf(document())
    for words in ("apt-get install libpango-1.0-0 libpangoft2-1.0-0", "brew install pango", "any browser prints it"):
        assert words in str(refusal.value)


def test_printing_that_takes_too_long_is_stopped(monkeypatch, tmp_path):
    stand_in(monkeypatch, tmp_path, "import time\ntime.sleep(60)")
    began = time.monotonic()
    with pytest.raises(PdfError, match=r"took more than 0\.5 seconds"):
        pdf(document(), seconds=0.5)
    assert time.monotonic() - began < QUICK_SECONDS


@pytest.mark.parametrize("code", ["raise MemoryError", "class HTML:\n    def __init__(self, **_): print('no PDF')"])
def test_printing_that_fails_says_so(monkeypatch, tmp_path, code):
    stand_in(monkeypatch, tmp_path, code)
    with pytest.raises(PdfError, match="the printing program stopped"):
        pdf("<p>Text</p>")


def test_the_app_loads_no_printer():
    assert "weasyprint" not in vars(report_pdf)


def test_the_sites_without_sides_are_the_same_in_words_and_at_the_door():
    assert SIDELESS == MIDLINE_SITES
