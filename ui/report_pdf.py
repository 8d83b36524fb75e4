"""A report's HTML printed as PDF by WeasyPrint, in a process of its own: it is loaded only when a PDF is asked for, it
slows nobody else's page down, and it can be stopped when it takes too long.

`python -m ui.report_pdf A4` (or `letter`) reads the HTML from its input and writes the PDF to its output. The document
names no paper, so that a browser prints it on what is in the printer; a PDF has to have one.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final, Literal

Paper = Literal["A4", "letter"]

_ROOT: Final = Path(__file__).resolve().parent.parent
LONGEST_SECONDS: Final = 60  # a report of ten years takes about five
_NO_PANGO: Final = 3  # how the process ends where WeasyPrint finds no Pango
BY_BROWSER: Final = "Download the page instead: any browser prints it to PDF."
MISSING: Final = (
    "The PDF was not made, because Pango, the library that sets the text, is not on this machine. Install it (Debian: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core; macOS: brew install pango), then try again."
)
TOO_LONG: Final = "The PDF was not made: it took more than {seconds} seconds. Choose fewer weeks, then try again."
FAILED: Final = "The PDF was not made: the printing program stopped."


class PdfError(Exception):
    """No PDF came of it; the message says why, and what to do."""


def pdf(html: str, paper: Paper = "A4", seconds: float = LONGEST_SECONDS) -> bytes:
    """The document as PDF on this paper. Raises PdfError where Pango is missing, or printing fails or takes longer than
    this."""
    command = [sys.executable, "-m", "ui.report_pdf", paper]
    try:
        done = subprocess.run(  # noqa: S603  our own module, with the document as its input alone
            command, input=html.encode(), capture_output=True, timeout=seconds, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"{TOO_LONG.format(seconds=f'{seconds:g}')} {BY_BROWSER}") from error
    if done.returncode == _NO_PANGO:
        raise PdfError(f"{MISSING} {BY_BROWSER}")
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PdfError(f"{FAILED} {BY_BROWSER}")
    return done.stdout


def main() -> None:
    """The process. WeasyPrint says by an OSError that Pango is missing, while it is imported. A report needs nothing
    from elsewhere, so no protocol is allowed: neither a file nor the network is asked."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        sys.exit(_NO_PANGO)
    document = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=URLFetcher(allowed_protocols=()))
    document.write_pdf(sys.stdout.buffer, stylesheets=[CSS(string=f"@page {{ size: {sys.argv[1]} }}")])


if __name__ == "__main__":
    main()
