"""What an archive holds, in plain words: every file and column of it, and every table that stays out, with the reason.

The README inside each archive is made of this, and `tests/data/test_archive.py` holds it complete against the schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, String, Table

from data import schema
from data.schema import KINDS
from data.sharing_schema import AREAS, Area, audit, notes, plan_templates

VERSION: Final = "0004"  # of the tables, by their newest migration
FORMAT: Final = 2  # of the zip, whatever the schema; archives of the first one do not say it
MANIFEST: Final = "manifest.json"
NUMBER: Final = "number"  # the first column of each file: 1 for its first row
SETTINGS: Final = "settings.csv"
IMPORTS: Final = "imports.csv"
LINES: Final = "import_lines.csv"
REPLACED: Final = "replaced_runs.csv"
CHOICES: Final = "import_choices.csv"
MARKS: Final = "week_marks.csv"
LOG: Final = "log.csv"
REPORT_LINES: Final = "report_lines"  # of an import

_apart = MetaData()  # shapes of files that are no tables of ours
_lines = Table(
    "import_lines",
    _apart,
    Column("import_id", Integer, nullable=False),
    *(Column(name, String, nullable=False) for name in ("file", "place", "outcome", "why")),
)
_replaced = Table(
    "replaced_runs",
    _apart,
    Column("replaced_by", Integer, nullable=False),
    *(Column(c.name, c.type, nullable=c.nullable) for c in schema.runs.c if c.name not in ("id", "runner_id")),
)


@dataclass(frozen=True)
class ArchiveFile:
    """One file: its table, what it is in words, its columns in words, the areas of consent that its rows belong to, and
    how the rows are ordered (by columns; those of parts within their parent). `parent` is the column that points to
    the entry that a part belongs to; `points` names the file that a column's numbers are rows of."""

    name: str
    title: str
    about: str
    table: Table
    columns: Mapping[str, str]
    areas: tuple[Area, ...]
    order: tuple[str, ...]
    points: Mapping[str, str]
    parent: str = ""
    kind: str = ""  # in data.schema.KINDS
    more: Column[Any] | None = None  # a column that the file has and its table has not

    def column(self, name: str) -> Column[Any]:
        """The type of a column of the file, and whether it may be empty."""
        return self.more if self.more is not None and self.more.name == name else self.table.c[name]


_SIDE = "left, right or both"
_PAIN = "0 (none) to 10 (worst imaginable)"
_EFFORT = "0 (rest) to 10 (maximal)"
_EXERCISE = "which exercise, by its name in Plumbline"
_CAME = "the row of imports.csv that it came with; empty: entered by hand"
_OSTRC = "of the OSTRC-O2 questionnaire, as its score: 0, 8, 17 or 25"
_RUN = {
    "start": "when the run began, in UTC; empty: only the day is known",
    "local_date": "the day of the run where the runner was",
    "distance_m": "metres",
    "duration_s": "seconds",
    "effort": f"how hard it was, {_EFFORT}",
    "source": "the kind of file it came from; manual: typed",
    "source_id": "the run's own name in that source: the same run again has the same",
    "import_id": _CAME,
}
_CAME_WITH = {"import_id": IMPORTS}


def _kind(
    kind: str,
    title: str,
    about: str,
    columns: Mapping[str, str],
    order: tuple[str, ...],
    points: Mapping[str, str] | None = None,
) -> ArchiveFile:
    table = KINDS[kind].table
    areas = tuple(area for area in AREAS if area in KINDS[kind].areas)
    return ArchiveFile(f"{table.name}.csv", title, about, table, columns, areas, order, points or {}, kind=kind)


def _parts(kind: str, title: str, about: str, columns: Mapping[str, str], order: tuple[str, ...]) -> ArchiveFile:
    table, parent, owner = KINDS[kind].parts, KINDS[kind].parent, KINDS[kind].table
    assert table is not None
    areas = tuple(area for area in AREAS if area in KINDS[kind].areas)
    points = {parent: f"{owner.name}.csv"}
    return ArchiveFile(f"{table.name}.csv", title, about, table, columns, areas, order, points, parent, kind)


# A file stands behind those that it points to.
FILES: Final = (
    ArchiveFile(
        SETTINGS,
        "Settings",
        "The runner: one row.",
        schema.runners,
        {
            "name": "the runner's name as they typed it",
            "units": "what distances are shown in: km or mi (every file here has metres)",
            "week_start": "the first day of the runner's week: 0 Monday, 5 Saturday, 6 Sunday",
            "time_zone": "the time zone by its IANA name; empty: the browser's",
        },
        (),
        (),
        {},
    ),
    ArchiveFile(
        IMPORTS,
        "Imports",
        "Files that were brought in, oldest first.",
        schema.imports,
        {
            "at": "when, in UTC",
            "filename": "the names of the files",
            "state": "done, failed, or reading (not finished when the archive was made)",
            "seen_at": "when its reading was last heard of, in UTC",
            "progress": "how far its reading was, as JSON; empty: it is over",
            REPORT_LINES: "how many lines its report has; empty: no report was kept",
        },
        ("running",),
        ("at", "id"),
        {},
        more=Column(REPORT_LINES, Integer),
    ),
    ArchiveFile(
        LINES,
        "Reports of imports",
        "What became of each thing in a file that was brought in, in the order of the report.",
        _lines,
        {
            "import_id": "the row of imports.csv",
            "file": "in which file",
            "place": "where in that file",
            "outcome": "added, there already, skipped, to check or failed",
            "why": "the reason in words",
        },
        ("running",),
        (),
        {"import_id": IMPORTS},
    ),
    ArchiveFile(
        REPLACED,
        "Runs that gave way",
        "Runs that another file told better. They do not count, and come back when that import is undone.",
        _replaced,
        {"replaced_by": "the row of imports.csv to which it gave way"} | _RUN,
        ("running",),
        (),
        {"replaced_by": IMPORTS, "import_id": IMPORTS},
    ),
    ArchiveFile(
        CHOICES,
        "Choices about files",
        "What was decided once about files, for the next ones.",
        schema.import_choices,
        {
            "what": "exercise, table, duplicates or walks",
            "about": "another program's name of an exercise, or the header of a table; else empty text",
            "choice": "what was chosen, as JSON",
        },
        ("running",),
        ("what", "about"),
        {},
    ),
    _kind("run", "Runs", "Single runs.", _RUN, ("local_date", "start", "source", "source_id"), _CAME_WITH),
    _kind(
        "weekly total",
        "Weekly distances",
        "The distance of a whole week as one number.",
        {"iso_week": "the Monday of the week", "distance_m": "metres", "import_id": _CAME},
        ("iso_week",),
        _CAME_WITH,
    ),
    _kind(
        "week mark",
        "Weeks of nothing",
        "Weeks of which the runner said that nothing was done. A week that is in no file was not logged.",
        {"iso_week": "the Monday of the week", "mark": "no running or no training"},
        ("iso_week", "mark"),
    ),
    _kind(
        "session",
        "Strength sessions",
        "One row a session; its sets are in strength_sets.csv.",
        {
            "on_date": "the day",
            "ordinal": "1 for the first session of the day",
            "next_morning_pain": f"pain the next morning, {_PAIN}",
            "source_id": "an imported session's own name in its program",
            "import_id": _CAME,
        },
        ("on_date", "ordinal"),
        _CAME_WITH,
    ),
    _parts(
        "session",
        "Sets",
        "The sets of the sessions, in the order they were entered.",
        {
            "session_id": "the row of strength_sessions.csv",
            "exercise": _EXERCISE,
            "ordinal": "1 for the first set of this exercise and side",
            "side": _SIDE,
            "repetitions": "how often",
            "seconds": "how long it was held, in seconds",
            "load_kg": "kilograms",
            "effort": _EFFORT,
            "pain": _PAIN,
        },
        ("id",),
    ),
    _kind(
        "pain",
        "Pain",
        "Pain at one place, on a day or over a week.",
        {
            "period": "day or week",
            "on_date": "the day, or the Monday of the week",
            "site": "where it hurts; anywhere: the whole body",
            "side": _SIDE,
            "worst_running": f"the worst while running, {_PAIN}",
            "next_morning": f"the next morning, {_PAIN}",
            "participation": f"question 1 {_OSTRC}",
            "modified_training": f"question 2 {_OSTRC}",
            "performance": f"question 3 {_OSTRC}",
            "symptoms": f"question 4 {_OSTRC}",
            "import_id": _CAME,
        },
        ("on_date", "period", "site", "side"),
        _CAME_WITH,
    ),
    _kind(
        "injury",
        "Injuries",
        "Injury episodes, with the three criteria of a running-related injury (Yamato and others 2015).",
        {
            "onset": "the day it began",
            "site": "where",
            "side": _SIDE,
            "returned_on": "the first day of running as before; empty: not yet, or not said",
            "seven_days": "whether running was limited for seven days or more",
            "three_sessions": "whether three sessions in a row or more were limited",
            "consulted": "whether somebody was asked for treatment",
        },
        ("onset", "site", "side"),
    ),
    _kind(
        "self-test",
        "Self-tests",
        "One row a test; what was seen on each leg is in self_test_sides.csv.",
        {"on_date": "the day", "task": "single-leg squat or step-down"},
        ("on_date", "task"),
    ),
    _parts(
        "self-test",
        "Legs in self-tests",
        "What was seen on one leg in a self-test.",
        {
            "self_test_id": "the row of self_tests.csv",
            "side": "left or right",
            "repetitions": "how often",
            "knee_inside": "whether the knee went inward",
            "pelvis_level": "whether the pelvis stayed level",
            "trunk_upright": "whether the trunk stayed upright",
            "steady": "whether the leg was steady",
            "pain": _PAIN,
            "degrees": "the knee's angle seen from the front, in degrees; positive: inward",
        },
        ("id",),
    ),
    _kind(
        "running signs",
        "Signs while running",
        "What was seen while running.",
        {
            "on_date": "the day",
            "pelvis_swings": "whether the pelvis swings from side to side",
            "knees_buckle": "whether the knees buckle inward",
            "x_legs": "whether the legs form an X",
        },
        ("on_date",),
    ),
    _kind(
        "plan",
        "Plans",
        "Plans of exercises; each ends the day before the next begins. What they ask for is in plan_items.csv.",
        {
            "starts_on": "the first day",
            "ends_on": "the last day; empty: until the next plan",
            "days_per_week": "training days a week",
            "weekdays": "which days, 0 Monday to 6 Sunday, with spaces between; empty: any days",
        },
        ("starts_on",),
    ),
    _parts(
        "plan",
        "Exercises of plans",
        "What a plan asks for.",
        {
            "plan_id": "the row of plans.csv",
            "position": "the place in the plan, from 0",
            "exercise": _EXERCISE,
            "block": "warm-up or main",
            "side": "each (left and right), left, right or both (with two legs)",
            "sets": "how many sets",
            "repetitions": "how many repetitions, or the lower end of the range",
            "seconds": "how many seconds, or the lower end of the range",
            "high": "the upper end of the range; empty: just that many",
            "load_kg": "kilograms; empty: the plan names none",
            "stage": "which version of the exercise: usual, more range or less stable",
        },
        ("position",),
    ),
    _kind(
        "offer",
        "Next steps",
        "Next steps that were offered, and the answers.",
        {
            "exercise": _EXERCISE,
            "on_date": "the last day of training that the offer rests on",
            "step": "what was offered",
            "from_value": "what the plan asked for then, as the runner read it",
            "to_value": "what was offered instead, as the runner read it",
            "reason": "why, as the runner read it",
            "answer": "accepted or declined; empty: not answered",
            "answered_on": "the day of the answer",
        },
        ("on_date", "exercise"),
    ),
    _kind(
        "profile",
        "Circumstances",
        "What plans have to fit, from a day on.",
        {
            "on_date": "from which day",
            "equipment": "a JSON list of what there is; empty: not asked",
            "contraindications": "a JSON list of what hurts or is healing; empty: not asked",
            "experience": "with strength training: new, some or regular",
        },
        ("on_date",),
    ),
    _kind(
        "video",
        "Videos",
        "Links to own videos of exercises, in the order they were added.",
        {"exercise": _EXERCISE, "url": "the address", "title": "the title"},
        ("id",),
    ),
    ArchiveFile(
        LOG,
        "Log of looks",
        "Who changed what others may see of this diary, and who looked, oldest first. It is not brought in again.",
        audit,
        {"at": "when, in UTC", "who": "who it was, by the name of then", "what": "what they did"},
        (),
        ("at", "id"),
        {},
    ),
)
BY_NAME: Final = {file.name: file for file in FILES}

# What is a coach's own: only the archive of a squad has it. Of each runner, on one's own machine:
NOTES: Final = ArchiveFile(
    "notes.csv",
    "Notes",
    "What you noted on this runner as a coach, oldest first.",
    notes,
    {"at": "when, in UTC", "text": "the note", "shown": "whether the runner reads it too"},
    ("notes",),
    ("at", "id"),
    {},
)
# Once, beside the folders:
TEMPLATES: Final = ArchiveFile(
    "plan_templates.csv",
    "Plan templates",
    "Plans that you keep to give to many runners.",
    plan_templates,
    {
        "name": "the name of the template",
        "weekdays": "training days, 0 Monday to 6 Sunday, with spaces between",
        "parts": "its exercises as a JSON list; the words in it are those of plan_items.csv",
    },
    (),
    ("name",),
    {},
)

# Columns of archived tables that have no column in the file, and where they are instead.
INSIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "imports": {"report": LINES, "replaced": REPLACED},
    "runners": {
        "subject": "how the runner signs in is a matter of the place where the diary is kept",
        "simulated": f"{MANIFEST} says it, beside what the archive is",
        "revision": "counts writes, for the program alone",
    },
}
LEFT_OUT: Final[Mapping[str, str]] = {  # by table, of a runner's archive
    "coaches": "Coaches and their squads are not the runner's.",
    "squad_members": "Which squads the runner is in is decided anew, wherever the diary is.",
    "consents": "What is shared with whom is decided anew, wherever the diary is.",
    "links": "Personal links open the diary where they were made, and nowhere else.",
    "notes": "Notes of coaches are the coaches', also those that the runner may read.",
    "plan_templates": "Plan templates are their coach's.",
    "trash": "What was deleted stays deleted.",
}
LEFT_OUT_OF_SQUAD: Final[Mapping[str, str]] = {
    "squad_members": "Other squads that a runner is in: each comes back into the one that this is brought into.",
    **{name: LEFT_OUT[name] for name in ("consents", "links", "trash")},
}
NOT_OWN: Final = "Your notes on runners who have accounts stay where these runners are, and so do their settings."

_OPENING: Final = """\
This is what {whose} entered in Plumbline, a diary for runners who train their hips: one CSV file a table.
It can be read without Plumbline. To put it back, open Plumbline and choose "Bring an archive in" on the page {page}.
The archive has to be as it is for that: manifest.json holds the number of rows and a checksum (SHA-256) of each file,
and a file that was changed is refused. It also says whether a diary is simulated: then nobody ran what is in it.

How to read it
- Every file is text in UTF-8, with a comma between cells, and its first line names the columns (RFC 4180).
- In LibreOffice: open a file, choose the character set Unicode (UTF-8), the separator comma and the language English
  (USA), since decimals have a point. In Excel: Data, From Text/CSV, file origin 65001 (UTF-8), delimiter comma.
- A text that a spreadsheet could take for a formula (it begins with =, +, - or @, or with spaces before one of these)
  has an apostrophe before it, and so has a text that begins with an apostrophe: leave the first one out when you read.
  All other texts stand exactly as they were typed.
- Days are written 2026-03-04, moments 2026-03-04T06:30:00Z (UTC). Metres, seconds, kilograms.
- true and false are yes and no. An empty cell is unknown: not asked, not answered, not logged. 0 is a stated zero.
- The first column, number, counts the rows. Where a column says "the row of another file", it is that file's number.
"""


def readme(files: Iterable[ArchiveFile], whose: str, page: str, left_out: Iterable[str] = LEFT_OUT.values()) -> str:
    """The README.txt of an archive."""
    parts = [_OPENING.format(whose=whose, page=page), "The files\n"]
    for file in files:
        lines = [file.name, f"  {file.about}", *(f"  {name}: {words}" for name, words in file.columns.items())]
        parts.append("\n".join(lines) + "\n")
    parts.append("What is not in here\n" + "\n".join(f"- {why}" for why in left_out) + "\n")
    return "\n".join(parts)
