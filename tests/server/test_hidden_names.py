"""What a browser is sent while the names of a squad are hidden: every message of a visit, as it crosses the wire."""

import pytest

from data.demo_squad import NAMES
from tests.app_server import AppServer
from tests.server.visit import visit


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with AppServer(tmp_path_factory.mktemp("home")) as started:
        yield started


def named(server, query):
    sent = b"".join(message.SerializeToString() for message in visit(server.url, "squad", query).messages)
    assert b"pain rising" in sent  # the board is among it
    return [name for name in NAMES if name.encode() in sent]


def test_the_messages_hold_names_and_hidden_ones_are_in_none(server):
    assert named(server, "squad=demo") == list(NAMES)
    assert named(server, "squad=demo&names=hidden") == []
