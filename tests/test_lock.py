"""requirements*.txt, pyproject.toml, the environment and docs/dependencies.md say the same."""

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
# A lock that names where packages come from ties everyone to that place.
PLACE = re.compile(r"://|^-|\s@\s|\.whl\b")


def direct(project: dict, *, dev: bool) -> list[Requirement]:
    """What pyproject.toml asks for by name."""
    lines = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if dev else [])
    return [Requirement(line) for line in lines]


def pins(text: str) -> list[Requirement]:
    """The lock's lines; a package may be pinned once for each Python it differs on."""
    return [Requirement(line) for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def disagreements(wanted: list[Requirement], locked: list[Requirement]) -> list[str]:
    """Direct dependencies without a pin, and pins that their own line in pyproject.toml does not allow."""
    problems = []
    for requirement in wanted:
        versions = [_pinned_version(pin) for pin in locked if _name(pin) == _name(requirement)]
        if not versions:
            problems.append(f"{requirement} is not pinned")
        problems += [f"{requirement} is pinned to {at}" for at in versions if not requirement.specifier.contains(at)]
    return problems


def reachable(wanted: list[Requirement]) -> set[str]:
    """Every package that `wanted` needs on this machine, by what the installed packages say of themselves."""
    found: set[tuple[str, str]] = set()
    waiting = [(requirement, "") for requirement in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        for wanted_extra in {"", *requirement.extras}:
            step = (_name(requirement), wanted_extra)
            if step not in found:
                found.add(step)
                waiting += [(Requirement(line), wanted_extra) for line in requires(requirement.name) or []]
    return {name for name, _ in found}


def documented(text: str) -> list[str]:
    """The first column of the tables of docs/dependencies.md."""
    names = re.findall(r"^\| ([\w.-]+) \|", text, re.MULTILINE)
    return [name for name in names if name not in {"package", "---"}]


def _name(requirement: Requirement) -> str:
    return canonicalize_name(requirement.name)


def _pinned_version(pin: Requirement) -> str:
    (only,) = pin.specifier
    assert only.operator == "==", f"{pin} is not a pin"
    return only.version


def _for_this_machine(locked: list[Requirement]) -> list[Requirement]:
    return [pin for pin in locked if pin.marker is None or pin.marker.evaluate()]


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_what_pyproject_asks_for(project, lock):
    assert disagreements(direct(project, dev=lock == LOCKS[1]), pins((ROOT / lock).read_text())) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_is_needed_and_nothing_else(project, lock):
    locked = {_name(pin) for pin in _for_this_machine(pins((ROOT / lock).read_text()))}
    assert locked == reachable(direct(project, dev=lock == LOCKS[1]))


def test_the_environment_is_the_lock():
    """Otherwise the test above would ask the wrong versions what they need. `make test` brings them in line."""
    locked = _for_this_machine(pins((ROOT / LOCKS[1]).read_text()))
    assert {_name(pin): version(pin.name) for pin in locked} == {_name(pin): _pinned_version(pin) for pin in locked}


def test_both_locks_agree():
    first, second = ({str(pin) for pin in pins((ROOT / lock).read_text())} for lock in LOCKS)
    shared = {pin for pin in second if _name(Requirement(pin)) in {_name(Requirement(other)) for other in first}}
    assert shared == first


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_place(lock):
    assert [line for line in (ROOT / lock).read_text().splitlines() if PLACE.search(line)] == []


def test_every_dependency_has_its_line_in_the_documentation(project):
    listed = documented((ROOT / "docs" / "dependencies.md").read_text())
    assert sorted(listed) == sorted(_name(requirement) for requirement in direct(project, dev=True))


@pytest.mark.parametrize(
    ("lock", "problems"),
    [
        ("numpy==2.4.6", []),
        ("numpy==2.4.6 ; python_version < '3.12'\nnumpy==2.5.5 ; python_version >= '3.12'", []),
        ("", ["numpy<3,>=2.3 is not pinned"]),
        ("numpy==2.2.0", ["numpy<3,>=2.3 is pinned to 2.2.0"]),
        ("numpy==2.4.6 ; python_version < '3.12'\nnumpy==3.0.0 ; python_version >= '3.12'",
         ["numpy<3,>=2.3 is pinned to 3.0.0"]),
    ],
)  # fmt: skip
def test_a_disagreement_is_seen(lock, problems):
    assert disagreements([Requirement("numpy>=2.3,<3")], pins(lock)) == problems


def test_reaching_follows_extras_and_markers():
    assert "psycopg-binary" not in reachable([Requirement("psycopg")])
    assert "psycopg-binary" in reachable([Requirement("psycopg[binary]")])
    assert reachable([Requirement("numpy; python_version < '3'")]) == set()


@pytest.mark.parametrize(
    "line",
    ["--index-url https://packages.example/simple", "-f wheels", "numpy @ file:///wheels/numpy.whl", "./numpy.whl"],
)
def test_a_place_is_seen(line):
    assert PLACE.search(line)
