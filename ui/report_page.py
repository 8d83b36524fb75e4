"""A report as one HTML document: for the screen, for the browser's printer and for the PDF. It is whole in itself: no
script, nothing to fetch, and every word in it is escaped, because names and titles are what somebody typed."""

import re
import string
from collections.abc import Iterable
from html import escape
from typing import Final

from analysis.phrases import day
from analysis.report_course import chart_key
from analysis.report_parts import Picture, Question, Report, Section, Table
from charts.report import picture

# Streamlit adds one script of its own to a document in a frame, which tells the page how high the document is. A frame
# may run scripts and reach the app, so only that one is let through, by its hash; a test compares it with Streamlit's.
FRAME_SCRIPT: Final = "sha256-DDFiVuFZGZu7dauH2HVkuyGeSeHw5ZgKt70bMpVHIwk="
# Even if something slipped through, a browser would neither run nor fetch it.
_POLICY: Final = f"default-src 'none'; style-src 'unsafe-inline'; script-src '{FRAME_SCRIPT}'"
_NARROW: Final = 3  # columns that a phone has room for
_SHORT: Final = 6  # rows that are printed on one page
_AS_IT_IS: Final = frozenset(f"{string.ascii_letters}{string.digits} ,")
_CSS: Final = """
@page {
  margin: 16mm 16mm 20mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt sans-serif; color: #444; }
}
:root { color-scheme: light; --paper: #fff; --desk: #fcfcfa; }
* { box-sizing: border-box; }
body { margin: 0; color: #111; font: 15px/1.45 "Source Sans 3", "DejaVu Sans", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 0.2em; }
h2 { font-size: 1.2em; margin: 1.4em 0 0.3em; border-bottom: 1px solid #999; }
h3 { font-size: 0.9em; margin: 0.9em 0 0.2em; }
h2, h3 { break-after: avoid; }
p { margin: 0.35em 0; overflow-wrap: anywhere; }
.whose { font-weight: bold; }
ol { margin: 0.4em 0; padding-left: 1.6em; }
li { margin: 0.5em 0; break-inside: avoid; overflow-wrap: anywhere; }
.rule, .note, figcaption { color: #444; font-size: 0.85em; }
figure { margin: 0.6em 0; break-inside: avoid; break-before: avoid; }
svg { display: block; width: 100%; max-width: 28rem; height: auto; }
.note { break-inside: avoid; }
.wide, .narrow { overflow-x: auto; margin: 0 0 0.6em; }
.short { break-inside: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.9em; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.25em 0.6em 0.25em 0; border-bottom: 1px solid #ccc; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr:first-child { break-after: avoid; }
tr:last-child { break-before: avoid; }
/* A sheet that lies on the page around it, which has these colours in .streamlit/config.toml. */
@media screen {
  body { background: var(--desk); }
  main { background: var(--paper); border: 1px solid #bbb; border-radius: 6px; }
  /* A shadow at the side where a table goes on; the paper that lies over it scrolls away with the table. */
  .wide, .narrow {
    background:
      linear-gradient(to right, var(--paper) 60%, transparent) left / 2.5rem 100% no-repeat local,
      linear-gradient(to left, var(--paper) 60%, transparent) right / 2.5rem 100% no-repeat local,
      linear-gradient(to right, #0005, transparent) left / 0.9rem 100% no-repeat scroll,
      linear-gradient(to left, #0005, transparent) right / 0.9rem 100% no-repeat scroll;
  }
}
/* In the dark it is paper, and no lamp: the marks keep their 3 to 1 on it. */
@media screen and (prefers-color-scheme: dark) { :root { --paper: #e8e6e0; --desk: #0f1519; } }
@media screen and (max-width: 640px) {
  main { padding: 0.75rem; }
  .wide table { min-width: 44rem; }
}
@media print {
  body { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  .wide, .narrow { overflow: visible; }
  svg { max-width: 105mm; }
}
"""


def html(report: Report) -> str:
    """The whole document."""
    whose = f"{report.who or 'Runner not named'}, {report.span}"
    title = f"{report.title}: {whose}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        f"<title>{escape(title)}</title>\n<style>{_CSS}{_foot(whose)}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(report.title)}</h1>\n<p class="whose">{escape(whose)}</p>\n'
        f"<p>Made on {escape(day(report.made_on))}.</p>\n"
        f"{''.join(_section(section, report) for section in report.sections)}</main>\n</body>\n</html>\n"
    )


def _foot(whose: str) -> str:
    """On every sheet whose it is: loose sheets of a health diary get mixed up. As text in the style sheet, because no
    browser prints what `string-set` names."""
    return f'@page {{ @bottom-left {{ content: "{_in_css(whose)}"; font: 8pt sans-serif; color: #444; }} }}\n'


def _in_css(text: str) -> str:
    """The text inside quotes of a style sheet in a page: all but plain letters, digits and spaces is written as its
    number, so nothing in a name ends the quotes, the rule or the element."""
    return "".join(one if one in _AS_IT_IS else f"\\{ord(one):06x} " for one in text)


def _section(section: Section, report: Report) -> str:
    parts = (
        f"<h2>{escape(section.title)}</h2>\n",
        _paragraphs(section.sentences),
        *(_figure(name, report) for name in section.pictures),
        *(_table(table) for table in section.tables),
        _questions(section.questions),
        _paragraphs(section.notes, "note"),
    )
    return f"<section>\n{''.join(parts)}</section>\n"


def _paragraphs(sentences: Iterable[str], kind: str = "said") -> str:
    return "".join(f'<p class="{kind}">{escape(sentence)}</p>\n' for sentence in sentences)


def _figure(name: Picture, report: Report) -> str:
    """The picture is made here and escaped there; its key stands below it."""
    svg, key = picture(name, report.course, report.words[name]), chart_key(name, report.course)
    return f"<figure>\n{svg}\n<figcaption>{escape(key)}</figcaption>\n</figure>\n"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows)
    width = "wide" if len(table.head) > _NARROW else "narrow"
    length = " short" if len(table.rows) <= _SHORT else ""
    return (
        f'<h3 id="{_id(table)}">{escape(table.name)}</h3>\n'
        f'<div class="{width}{length}"><table aria-labelledby="{_id(table)}">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"
    )


def _id(table: Table) -> str:
    return f"table-{'-'.join(re.findall('[a-z0-9]+', table.name.lower()))}"


def _questions(questions: Iterable[Question]) -> str:
    listed = "".join(
        f'<li>{escape(one.text)}<br><span class="rule">{escape(one.rule)}</span></li>\n' for one in questions
    )
    return f"<ol>\n{listed}</ol>\n" if listed else ""
