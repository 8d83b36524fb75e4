"""docs/asvs.md goes item by item, and SECURITY.md says of it what it says."""

import re
from collections import Counter

from tests.app_server import ROOT

ITEM = re.compile(r"^\| (\d+\.\d+\.\d+) \| .+ \| (met|not applicable|open) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|conf|toml|md|yaml))`")
OPEN = re.compile(r"\[((?:\d+\.\d+\.\d+,?\s*)+)\]")


def read(name):
    return (ROOT / name).read_text()


def test_both_files_count_the_items_as_they_are():
    items = ITEM.findall(read("docs/asvs.md"))
    assert len({number for number, *_ in items}) == len(items)
    state = Counter(state for _, state, _ in items)
    met, none, there = state["met"], state["not applicable"], state["open"]
    for file in ("docs/asvs.md", "SECURITY.md"):
        assert f"{len(items)} items {met} are met, {none} are not applicable and {there} are open" in read(file), file


def test_what_is_open_is_said_in_short_too():
    there = {number for number, state, _ in ITEM.findall(read("docs/asvs.md")) if state == "open"}
    assert {number for numbers in OPEN.findall(read("SECURITY.md")) for number in re.split(r",\s*", numbers)} == there


def test_every_file_that_is_named_is_there():
    for file in ("docs/asvs.md", "SECURITY.md"):
        for name in NAMED.findall(read(file)):
            there = name == "starlette_auth_routes.py" or (ROOT / name).exists() or any(ROOT.glob(f"*/**/{name}"))
            assert there, f"{file} names {name}"
