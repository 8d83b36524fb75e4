"""Which links to a video are kept: only what the guide's player can show, and only over https."""

import re
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import BeforeValidator

from data.fields import echo

LONGEST_LINK = 500  # letters; a YouTube link has about 50
# What Streamlit's player embeds; it takes Vimeo and others for a file and shows nothing.
YOUTUBE = ("youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com", "youtu.be")
FILES = (".mp4", ".webm")
_EMBEDDED = re.compile(r"https://((www\.|m\.)?youtube(-nocookie)?\.com/(watch\?v=|embed/)|youtu\.be/)[\w-]{10,20}")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_WRONG = re.compile(r"[\s\0-\x20\x7f\"'<>\\]")  # never part of an address; a browser would read on past it
_CHOOSE = "Use a YouTube link, or an https:// link that ends in .mp4 or .webm."


def _link(value: Any) -> str:  # noqa: ANN401  anything may come from a form
    if value is not None and not isinstance(value, str):
        raise ValueError(f"The link is {echo(value)}. {_CHOOSE}")
    link = (value or "").strip()
    if not link:
        raise ValueError(f"The link is empty. {_CHOOSE}")
    if len(link) > LONGEST_LINK:
        raise ValueError(f"The link has {len(link)} letters. Use one of up to {LONGEST_LINK}.")
    if _WRONG.search(link) or not link.isprintable():
        raise ValueError(f"The link is {echo(link)}, with a character that no link has. Copy it again.")
    parts = _parts(link)
    if parts is None or parts.scheme != "https":
        raise ValueError(f"The link is {echo(link)}. It has to start with https://.")
    if parts.hostname in YOUTUBE:
        return _youtube(link)
    if not _is_public_name(parts) or not parts.path.lower().endswith(FILES):
        raise ValueError(f"The link is {echo(link)}, which the guide cannot play. {_CHOOSE}")
    return link


def _parts(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018  reading it is what finds a port that is no number
    except ValueError:
        return None
    return parts


def _is_public_name(parts: SplitResult) -> bool:
    """A name with a dot, no number of a machine, and nobody's password in front of it."""
    host = parts.hostname or ""
    return "@" not in parts.netloc and _HOST.fullmatch(host) is not None and not host.rpartition(".")[2].isdigit()


def _youtube(link: str) -> str:
    if not _EMBEDDED.match(link):
        raise ValueError(f"The link is {echo(link)}, which is not one video. Open the video and copy its link.")
    return link


VideoUrl = Annotated[str, BeforeValidator(_link)]
