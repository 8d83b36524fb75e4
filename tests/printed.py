"""A report on paper: one document that begins at many heights of a page, and what its pages hold together."""

import io
import re
import unicodedata
from html import unescape

import pypdf

PLACES = 12  # heights at which the document begins
_PAGE_MM = 250  # about what a page holds


def at_many_heights(document):
    """The same document again and again, each time on a new page and further down, so that pages end anywhere."""
    head, rest = document.split("<main>")
    main, foot = rest.split("</main>")
    again = (
        f'<div style="break-before: page; height: {at * _PAGE_MM / PLACES}mm"></div>{main}' for at in range(PLACES)
    )
    return f"{head}<main>{''.join(again)}</main>{foot}"


def pages_of(pdf):
    """The text of each page without its white space: where a line ends is no matter."""
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text):
    """With letters that a browser joins, such as the fi of "finished", as two again."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def torn(report, document, pages):
    """What the end of a page parts in a document printed at many heights: a table's name from its head and first row, a
    title from what follows, a picture from the sentence before it."""
    together = {
        **{table.name: "".join((table.name, *table.head, *table.rows[0])) for table in tables(report)},
        **{one.title: f"{one.title}{begins(one)[:20]}" for one in report.sections},
    }
    parted = [name for name, text in together.items() if sum(page.count(squeezed(text)) for page in pages) != PLACES]
    return parted + [title for sentence, title in pictures(document) if apart(sentence, title, pages)]


def apart(sentence, title, pages):
    """A PDF may hold a picture's words before those of its page, so the page is all that they have in common."""
    return sum(squeezed(sentence)[-20:] in page and squeezed(title) in page for page in pages) != PLACES


def begins(section):
    return (*section.sentences, *(table.name for table in section.tables))[0]


def tables(report):
    return [table for section in report.sections for table in section.tables]


def pictures(document):
    """The sentence before each picture, and the picture's own first words."""
    found = re.findall(r"([^<>]*)</p>\s*<figure>\s*<svg[^>]*><text[^>]*>([^<]*)", document)
    return [(unescape(sentence), unescape(title)) for sentence, title in found]
