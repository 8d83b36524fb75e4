"""The Chromium that the browser tests and the screenshots use.

`python -m tests.browser.chromium` fails with a sentence where there is none.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

SYSTEM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# A browser that talks to the app under test and to nobody else.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def find(playwright: Playwright) -> Path | None:
    """The system's Chromium, else the one that Playwright downloaded, else None."""
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            return Path(path)
    downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.exists() else None


def launch(playwright: Playwright, *flags: str) -> Browser:
    """With `flags` of its own beside ours. Raises RuntimeError with what to do where there is no Chromium."""
    path = find(playwright)
    if path is None:
        raise RuntimeError("The browser tests need Chromium, and it is not here. `make test` installs it.")
    # Chromium's sandbox refuses to work for root, as in most containers; for everyone else it stays on.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags, *as_root])


if __name__ == "__main__":
    with sync_playwright() as running:
        chromium = find(running)
    sys.exit(0 if chromium else "There is no Chromium on this machine.")
