"""XML read as a stream: each element is told as it comes and none is kept, so a file of gigabytes needs no memory.

Nothing outside the file is ever fetched, and entities are refused: what stands before the root, a document type above
all, is cut out before the parser sees it. Some programs write one that is wrong, and none of ours needs it.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from data.errors import UnreadableFileError

HEAD: Final = 2**18  # bytes in which the root must begin; Apple's document type has 20,000
CHUNK: Final = 2**17
MAX_ELEMENTS: Final = 1_500_000  # in a recording: a second each of two days with heart rate and cadence has 1,400,000
MAX_DEPTH: Final = 200  # open elements; those of recordings have ten, and a parser remembers each
MAX_LENGTH: Final = 2**21  # bytes without a "<": one tag or text as long as that is a trap
MAX_TEXT: Final = 1000  # letters kept of the text in an element; what we ask for are dates, numbers and names
MARK: Final = "\ufeff"
ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
# What may stand before the root. Nothing that was matched is tried in another way: with as many comments as fit, that
# would take longer than anybody lives.
PROLOG: Final = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+",
    re.DOTALL,
)
ROOT: Final = re.compile(rb"<(?:[\w.-]++:)?([A-Za-z_][\w.-]*+)[\s/>]")
WIDE: Final = {  # how text of two bytes a letter begins: by its mark, or by "<" and a zero
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
LITERAL: Final = b"<![CDATA["
# A literal part, which stays as it is; the number of a letter, which XML may forbid; and an "&" that begins none of the
# signs that XML has without a document type.
ODD: Final = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&#(?P<number>\d{1,10}|x[0-9a-fA-F]{1,8});|(?P<bare>&(?!(?:amp|lt|gt|quot|apos);))",
    re.DOTALL,
)
MAX_SIGNS: Final = 10_000  # in a piece; more of them are no text, and mending each takes its time
LONGEST_LITERAL: Final = 4_096  # bytes that are kept for the next piece
LONGEST_SIGN: Final = 13  # bytes, &#0001114111;
# What XML forbids, and some programs write all the same.
CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r"))


class DamagedError(Exception):
    """The file cannot be told to its end, for the reason in the message; what came before was told."""


class Listener:
    """Is told of each element by name (without its namespace) as it begins and ends; `path` has the open ones."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.elements = 0
        self._text: list[str] = []
        self._room = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; it is the last of `path`."""

    def closed(self, name: str, text: str) -> None:
        """An element ends, with the text since its last child; its parent is the last of `path`."""

    # What lxml calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.path) == MAX_DEPTH:
            raise DamagedError("The file has more elements inside each other than any recording needs.")
        name = tag.rpartition("}")[2]
        self.path.append(name)
        self.elements += 1
        self._text.clear()
        self._room = MAX_TEXT
        self.opened(name, attributes)

    def data(self, text: str) -> None:
        if self._room > 0:
            self._text.append(text[: self._room])
            self._room -= len(text)

    def end(self, tag: str) -> None:  # noqa: ARG002  the path knows it
        text = "".join(self._text).strip()
        self._text.clear()
        self.closed(self.path.pop(), text)

    def close(self) -> None:
        """Nothing is left to do."""


def root_of(filename: str, head: bytes) -> str | None:
    """The name of the outermost element of XML that begins so; None when this is no XML.

    Raises UnreadableFileError where entities are declared: a page of them can unfold to gigabytes.
    """
    head = head[:HEAD]
    text = _utf8(_decoder(head).decode(head)).lstrip()
    if not text.startswith(b"<"):
        return None
    if b"<!ENTITY" in text:
        raise UnreadableFileError(
            f"{filename} declares XML entities, which no recording needs and which can be a trap, so it was not read. "
            "Export it again from the app it comes from."
        )
    found = ROOT.match(text, _prolog(text).end())
    return found[1].decode("ascii", "replace") if found else None


def tell(file: BinaryIO, listener: Listener, most: float = MAX_ELEMENTS) -> Iterator[None]:
    """Tell the listener what is in the file, from where it stands, with a pause after each piece.

    Raises DamagedError where the file stops being XML, has an endless element, or has told about `most` elements.
    """
    parser = etree.XMLParser(target=listener, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    length = 0
    try:
        for piece in _pieces(file):
            length = 0 if b"<" in piece else length + len(piece)
            if length > MAX_LENGTH:
                raise DamagedError("The file has an element longer than any recording needs.")
            parser.feed(piece)
            yield
            if listener.elements > most:
                raise DamagedError(f"Only about {most:,.0f} elements of the file were read.")
        parser.close()
    except etree.XMLSyntaxError as error:
        raise DamagedError(f"The file is cut off or damaged at line {error.lineno or 1:,}.") from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file as UTF-8 from its root on; the lines before it are kept empty, for counting."""
    raw = file.read(HEAD)
    decoder = _decoder(raw)
    head, rest = _whole_signs(_utf8(decoder.decode(raw)))
    prolog = _prolog(head)
    yield b"\n" * prolog[0].count(b"\n") + head[prolog.end() :]
    while raw := file.read(CHUNK):
        piece, rest = _whole_signs(rest + _utf8(decoder.decode(raw)))
        yield piece
    yield rest


def _whole_signs(text: bytes) -> tuple[bytes, bytes]:
    """The text with "&" as XML wants it where a program wrote a bare one, and without the numbers of what XML forbids;
    up to the beginning of what may be a sign or a literal part cut in two; and the rest."""
    at = _unfinished(text)
    whole = text[:at]
    has_signs = 0 < whole.count(b"&") <= MAX_SIGNS
    return (ODD.sub(_mended, whole) if has_signs else whole), text[at:]


def _unfinished(text: bytes) -> int:
    """Where a sign or a literal part begins that does not end in the text, or where the text does."""
    literal = text.rfind(LITERAL, -LONGEST_LITERAL)
    if literal >= 0 and text.find(b"]]>", literal) < 0:
        return literal
    cut = next((size for size in range(len(LITERAL) - 1, 0, -1) if text.endswith(LITERAL[:size])), 0)
    sign = text.rfind(b"&", -LONGEST_SIGN)
    return min(len(text) - cut, sign if sign >= 0 else len(text))


def _mended(found: re.Match[bytes]) -> bytes:
    if found["bare"] is not None:
        return b"&amp;"
    if (number := found["number"]) is None:
        return found[0]
    value = int(number[1:], 16) if number[:1] == b"x" else int(number)
    return found[0] if _is_allowed(value) else b" "


def _is_allowed(value: int) -> bool:
    """Whether XML has the letter of that number."""
    return value in (9, 10, 13) or 32 <= value < 0xD800 or 0xE000 <= value < 0xFFFE or 0xFFFF < value <= 0x10FFFF


def _decoder(raw: bytes) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(_encoding(raw))(errors="plumbline.old")


def _utf8(text: str) -> bytes:
    return text.removeprefix(MARK).encode(errors="replace").translate(None, CONTROLS)


def _prolog(head: bytes) -> re.Match[bytes]:
    found = PROLOG.match(head)
    assert found is not None  # it may be empty
    return found


def _encoding(raw: bytes) -> str:
    """What the bytes are in. A declaration is believed only where they are not UTF-8: many are wrong."""
    wide = WIDE.get(raw[:2])
    if wide:
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        declared = ENCODING.match(raw.lstrip())
        return _old(declared[1].decode("ascii", "replace")) if declared else "utf-8"
    return "utf-8"


def _old(name: str) -> str:
    """A code page of one byte a letter by its name; anything else is read as UTF-8 with the odd letter of Windows."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    return codec if re.fullmatch(r"iso8859-\d+|cp125\d|koi8-[ru]|mac-\w+", codec) else "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are letters of the old code page of Western Europe."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("plumbline.old", _as_windows)
