"""Every drawing on one page, to be looked at one by one: `python -m guides.contact_sheet`.

Writes build/figures/index.html, and beside it each drawing as a file: moving, and still at three moments.
"""

import sys
from html import escape
from pathlib import Path

from guides import drawings
from guides.drawings.palette import PALETTES, Theme

BUILD = Path("build") / "figures"
THEMES: tuple[Theme, Theme] = ("light", "dark")
_PAGE = """<!doctype html><meta charset="utf-8"><title>All figures</title>
<style>body {{ font: 15px system-ui; margin: 16px }}
section {{ display: flex; flex-wrap: wrap; gap: 8px; padding: 8px }}
img {{ width: 360px }}</style>
{}
"""


def write(folder: Path) -> Path:
    """The page, in `folder`, which is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.html"
    page.write_text(_PAGE.format("\n".join(_figure(folder, name) for name in drawings.names())), encoding="utf-8")
    return page


def _figure(folder: Path, name: str) -> str:
    rows = "".join(_row(folder, name, theme) for theme in THEMES)
    return f'<h2 id="{name}">{name}</h2><p>{escape(drawings.alt(name))}</p>{rows}'


def _row(folder: Path, name: str, theme: Theme) -> str:
    """The moving drawing, its still frames, and what it shows at the start, on the way and at the turning point."""
    pictures = {"moving": drawings.svg(name, theme), "still": drawings.svg(name, theme, moving=False)}
    if drawings.moves(name):
        turn = drawings.turning_point(name)
        moments = {"start": 0.0, "middle": turn / 2, "turn": turn}
        pictures |= {word: drawings.moment(name, theme, share) for word, share in moments.items()}
    images = "".join(_image(folder, f"{name}-{theme}-{word}.svg", picture) for word, picture in pictures.items())
    return f'<section style="background:{PALETTES[theme].paper}">{images}</section>'


def _image(folder: Path, file: str, picture: str) -> str:
    (folder / file).write_text(picture, encoding="utf-8")
    return f'<img src="{file}" alt="">'


if __name__ == "__main__":
    sys.stdout.write(f"{write(BUILD)}\n")
