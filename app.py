"""The composition root: settings are read here, once; the database is migrated before anybody is let in.

`streamlit run app.py` starts it. The script that Streamlit runs is ui/main.py and not this file, so that `pages/` is
no sibling of it: Streamlit serves a `pages/` folder beside its script past any sign-in.
"""

import importlib
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import gate
from data.engine import default_url, make_engine, migrate, settle
from data.errors import PlumblineError
from ui import failures, garbage

DATABASE_URL = os.environ.get("PLUMBLINE_DATABASE_URL") or default_url()
AUTH = st.secrets["auth"] if st.secrets.load_if_toml_exists() and "auth" in st.secrets else None
# What the first visitor would wait for; imported once the runtime is there, which the caches ask for
HEAVY = ("plotly.graph_objects", "scipy.stats", "data.importers", "charts.timeline", "charts.scatter", "ui.session")
HEAVY += ("ui.squad_board", "ui.squad_comparison")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    for module in HEAVY:
        importlib.import_module(module)
    cache = importlib.import_module("ui.cache")
    for settled in (cache.engine, cache.sign_in):  # what secrets.toml says later changes neither
        settled()
    garbage.settle()
    yield
    settle(engine)


address = st.get_option("server.address") or "every address"  # Streamlit's own default
if AUTH is None and not gate.is_this_machine(address):
    sys.exit(f"Plumbline did not start. {gate.NO_SIGN_IN.format(address=address)}")
if AUTH is not None and gate.is_weak(str(AUTH.get("cookie_secret", ""))):
    sys.exit(f"Plumbline did not start. {gate.TOO_WEAK}")
try:  # a sentence instead of a traceback: whoever starts the app may be no programmer
    engine = make_engine(DATABASE_URL)
    copy = migrate(engine, datetime.now(UTC))
except PlumblineError as error:
    sys.exit(f"Plumbline did not start. {error}")
if copy:
    logging.getLogger("plumbline").warning("The diary was copied to %s before it was brought up to date.", copy)
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    secrets={"database_url": DATABASE_URL, "sign_in": AUTH.to_dict() if AUTH else {}},
    lifespan=lifespan,
    routes=gate.routes(engine, AUTH),
    middleware=[Middleware(gate.OwnPagesOnly, auth=AUTH), *([] if AUTH else [Middleware(gate.OnlyThisMachine)])],
    on_script_error=failures.report,
)
