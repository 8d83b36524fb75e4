"""The shape of the project: who may import what, and the few things that have one home.

One reading of the tree gives every name each file imports or reaches through an import, written out in full
("datetime.date.today"); every rule is a name and the places where it may stand.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("app.py", "gate.py", "ui", "pages", "data", "analysis", "charts", "guides")
PAGE_LINES = 120  # ask, call, show: longer page scripts hold something that belongs elsewhere


@dataclass(frozen=True)
class Home:
    """Names that may stand only in `places` (files, or folders with a closing slash), and why."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    why: str
    not_in: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        return path.startswith(self.places) and path not in self.not_in


LAYERS = [
    Home(("app",), (), "app.py is the top: nothing imports it"),
    Home(("gate",), ("app.py",), "only app.py opens the gate"),
    Home(("pages",), (), "page scripts are run, not imported"),
    Home(("tests", "benchmarks"), (), "the product does not need its tests"),
    Home(("ui",), ("app.py", "gate.py", "ui/", "pages/"), "app and pages -> ui"),
    Home(("charts",), ("ui/", "pages/", "charts/"), "ui and pages -> charts"),
    Home(("analysis",), ("ui/", "pages/", "charts/", "analysis/"), "analysis is below charts"),
    Home(("guides",), ("ui/", "pages/", "guides/"), "ui and pages -> guides"),
    Home(("data",), ("app.py", "gate.py", "ui/", "data/"), "pages reach data through ui.session and ui.cache"),
]

LIBRARIES = [
    Home(("streamlit",), ("app.py", "ui/", "pages/"), "only what draws", not_in=("ui/access.py",)),
    Home(("sqlalchemy", "alembic", "psycopg", "sqlite3"), ("data/",), "only data knows the database"),
    Home(("plotly",), ("charts/",), "only charts draws figures"),
    Home(("starlette", "uvicorn"), ("app.py", "gate.py"), "only the launcher and its gate know the server"),
    Home(("streamlit.user",), ("ui/session.py",), "one place says who is there"),
]

DOORS = ("ui/diary.py", "ui/squad.py", "ui/machine.py")
ONE_DOOR = [
    Home(("data.engine.make_engine",), ("app.py", "ui/cache.py", "data/"), "one engine a process"),
    Home(
        ("ui.cache.engine",),
        (*DOORS, "ui/session.py"),
        "a page reaches the tables through an object made for this viewer, and in no other way",
    ),
    Home(("ui.cache.frame", "ui.cache.squad_frame", "ui.cache.result"), DOORS[:2], "what is kept is kept by a scope"),
    Home(
        ("data.scope.Scope", "data.scope.SquadScope"),
        (*DOORS[:2], "ui/access.py", "ui/session.py", "ui/cache.py", "data/"),
        "access is decided in one place",
    ),
]

CLOCK = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "pandas.Timestamp.now",
    "pandas.Timestamp.today",
    "pandas.Timestamp.utcnow",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_timestamp",
)
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv")
TABLES = ("streamlit.dataframe", "streamlit.table", "streamlit.data_editor")
CACHES = ("streamlit.cache_data", "streamlit.cache_resource")
DEMO = "data/demo.py"  # a command line of its own: the root of its own small composition
BACKUP = "data/backup.py"  # and another one
PROGRAMS = "data/copies.py"  # hands the environment on to PostgreSQL's programs

HOMES = [
    Home(
        CLOCK,
        ("app.py", "gate.py", "ui/session.py", DEMO, BACKUP),
        "today is the viewer's, and passed in; app.py dates a copy",
    ),
    Home(ENVIRONMENT, ("app.py", DEMO, BACKUP, PROGRAMS), "settings are read once, at the start"),
    Home(CACHES, ("ui/cache.py",), "one place decides what is kept, and by which key"),
    Home(TABLES, ("ui/tables.py",), "every table can be taken away"),
    Home(("streamlit.plotly_chart",), ("ui/panels.py",), "every chart has its words, and can be taken away"),
]

RULES = [*LAYERS, *LIBRARIES, *ONE_DOOR, *HOMES]


@cache
def names_used(source: str) -> list[tuple[int, str]]:
    """(line, full name) of everything `source` imports, and of every attribute it reaches through an import."""
    nodes = list(ast.walk(ast.parse(source)))
    imports = [(node.lineno, local, name) for node in nodes for local, name in _imports(node)]
    bound = {local: name for _, local, name in imports}
    reached = [(node.lineno, _dotted(node, bound)) for node in nodes if isinstance(node, ast.Attribute)]
    return [(line, name) for line, _, name in imports] + [(line, name) for line, name in reached if name]


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(name it has in the file or "", full name) for each name an import statement or call brings."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.asname or "", alias.name
            if not alias.asname:  # `import a.b` makes `a` known, not `a.b`
                yield (alias.name.partition(".")[0],) * 2
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
        yield "", ast.unparse(node.args[0]).strip("'\"")


def _dotted(node: ast.expr, bound: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return bound.get(node.id)
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value, bound)):
        return f"{base}.{node.attr}"
    return None


def broken(rule: Home, path: str, source: str) -> list[str]:
    """One sentence for every place in `source` that breaks `rule`."""
    if rule.allows(path):
        return []
    return sorted(
        {
            f"{path}:{line} uses {name}: {rule.why}"
            for line, name in names_used(source)
            if any(f"{name}.".startswith(f"{wanted}.") for wanted in rule.names)
        }
    )


def sources() -> dict[str, str]:
    """Every Python file of the product, by its path from the root."""
    files = [file for part in PRODUCT for file in _python_files(ROOT / part)]
    return {file.relative_to(ROOT).as_posix(): file.read_text() for file in files}


def _python_files(part: Path) -> list[Path]:
    return [part] if part.suffix else sorted(part.rglob("*.py"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.names[0])
def test_every_name_stands_where_it_may(rule):
    assert [line for path, source in sources().items() for line in broken(rule, path, source)] == []


@pytest.mark.parametrize("rule", HOMES, ids=lambda rule: rule.names[0])
def test_every_home_is_in_use(rule):
    """An allowance that nothing needs any more goes."""
    everywhere = Home(rule.names, (), rule.why)
    assert [place for place in rule.places if not broken(everywhere, place, sources()[place])] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/home.py", "import data.store"),
        ("pages/home.py", "from data import store"),
        ("pages/home.py", "def show():\n    from data.store import save"),
        ("pages/home.py", "import importlib\nimportlib.import_module('data.store')"),
        ("data/store.py", "from analysis.units import Units"),
        ("data/store.py", "import streamlit as st"),
        ("analysis/weeks.py", "from charts import theme"),
        ("analysis/weeks.py", "from ui.session import viewer"),
        ("charts/weeks.py", "import sqlalchemy.orm"),
        ("charts/weeks.py", "import os.path\nos.environ"),
        ("charts/weeks.py", "from guides.catalogue import guides"),
        ("guides/catalogue.py", "from analysis.units import Units"),
        ("ui/access.py", "import streamlit"),
        ("ui/panels.py", "import plotly.graph_objects as go"),
        ("ui/panels.py", "import app"),
        ("ui/panels.py", "from tests.postgres import PostgresServer"),
        ("data/store.py", "from datetime import date\ntoday = date.today()"),
        ("data/store.py", "from datetime import datetime\nmade = datetime.now()"),
        ("data/store.py", "import datetime as dt\nmade = dt.datetime.now(dt.UTC)"),
        ("data/store.py", "from datetime import datetime as when\nfield(default_factory=when.utcnow)"),
        ("data/schema.py", "from sqlalchemy import func\ndefault = func.now()"),
        ("analysis/weeks.py", "import pandas as pd\npd.Timestamp.today()"),
        ("analysis/weeks.py", "from time import time"),
        ("ui/main.py", "import time\ntime.time()"),
        ("ui/session.py", "import os\nos.environ['HOME']"),
        ("data/engine.py", "from os import getenv"),
        ("ui/panels.py", "import streamlit as st\n@st.cache_data(ttl='1h')\ndef frame(): ..."),
        ("pages/home.py", "from streamlit import cache_resource"),
        ("ui/main.py", "import streamlit as st\nname = st.user.get('name')"),
        ("ui/trends.py", "import streamlit as st\nst.dataframe({})"),
        ("ui/totals_form.py", "import streamlit as st\nst.data_editor({})"),
        ("ui/trends.py", "from ui import cache\ncache.frame('weekly', None, 0)"),
        ("ui/trends.py", "from ui.cache import engine"),
        ("ui/report.py", "from data.scope import Scope\nScope(7)"),
        ("ui/machine.py", "from data.engine import make_engine"),
    ],
)
def test_the_rules_bite(path, source):
    assert [line for rule in RULES for line in broken(rule, path, source)] != []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/home.py", "import streamlit as st\nfrom ui import session\nst.title('Home')"),
        ("ui/session.py", "import datetime\nimport streamlit as st\nst.user\ndatetime.date.today()"),
        ("ui/panels.py", "def show(viewer):\n    return viewer.today, viewer.data.store"),
        ("analysis/weeks.py", "import time\nfrom datetime import date\ntime.perf_counter()\ndate(2026, 1, 5)"),
        ("charts/weeks.py", "import database\nimport plotly.graph_objects as go"),
    ],
)
def test_the_rules_leave_the_rest_alone(path, source):
    assert [line for rule in RULES for line in broken(rule, path, source)] == []


IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
for package in sys.argv[1].split():
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if "migrations" not in module.name:  # Alembic runs those, inside a migration
            importlib.import_module(module.name)
print(*(name for name in sys.argv[2].split() if name in sys.modules))
"""


def loaded_with(packages: str, *unwanted: str) -> list[str]:
    """Which of `unwanted` are in the process once every module of `packages` is imported."""
    command = [sys.executable, "-c", IMPORT_EVERYTHING, packages, " ".join(unwanted)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("packages", "unwanted"),
    [
        ("analysis", ["streamlit", "sqlalchemy", "plotly", "data", "ui", "charts", "guides"]),
        ("charts", ["streamlit", "sqlalchemy", "data", "ui", "guides"]),
        ("data", ["streamlit", "plotly", "analysis", "ui", "charts", "guides"]),
        ("guides", ["streamlit", "sqlalchemy", "plotly", "data", "ui", "analysis", "charts"]),
    ],
)
def test_a_bare_process_loads_no_more_than_it_needs(packages, unwanted):
    assert loaded_with(packages, *unwanted) == []


def test_the_bare_process_would_show_it():
    assert loaded_with("data", "sqlalchemy") == ["sqlalchemy"]


def test_page_scripts_are_short():
    lengths = {page.name: len(page.read_text().splitlines()) for page in (ROOT / "pages").glob("*.py")}
    assert lengths, "there are no pages"
    assert {name: lines for name, lines in lengths.items() if lines > PAGE_LINES} == {}


def test_no_pages_folder_beside_the_main_script():
    """Streamlit serves such a folder past the frame, and so past any sign-in, until someone has reached
    st.navigation (tests/server/test_gate.py shows it)."""
    assert not (ROOT / "ui" / "pages").exists()
