"""The files of deploy/ name each other, what is there, and what the README's start does.

Containers are not started here: the app is started from just the files that the Dockerfile copies.
"""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tests.app_server import ROOT, AppServer

DEPLOY = ROOT / "deploy"
MADE_BY_HAND = {"secrets.toml", "tls", "acme"}  # whoever sets it up makes these; deploy/README.md says how
START = re.compile(r"`pip install -r requirements\.txt && (streamlit run app\.py)`")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> list[str]:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def apps(compose: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in compose["services"].items() if name.startswith("app")}


def address(service: dict[str, Any]) -> str:
    return service["networks"]["inside"]["ipv4_address"]


def test_every_file_that_compose_names_is_there_or_is_made_by_hand(compose):
    guide = (DEPLOY / "README.md").read_text()
    for name, service in compose["services"].items():
        for mount in service["volumes"]:
            source = mount.partition(":")[0]
            if source.startswith("./"):
                there = (DEPLOY / source).exists()
                by_hand = source[2:] in MADE_BY_HAND and source[2:] in guide
                assert there or by_hand, f"{name} mounts {source}"
            else:
                assert source in compose["volumes"]
    for service in apps(compose).values():
        build = service["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")


def test_what_is_made_by_hand_is_never_committed():
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/deploy/.env", "/deploy/secrets.toml", "/deploy/tls/"} <= set(ignored)


def test_the_proxy_knows_each_process_by_its_port_and_no_address_twice(compose):
    configuration = (DEPLOY / "nginx.conf").read_text()
    addresses = [address(service) for service in compose["services"].values()]
    assert len(set(addresses)) == len(addresses)
    hosts = dict(entry.split(":") for entry in compose["services"]["proxy"]["extra_hosts"])
    for number, (name, service) in enumerate(apps(compose).items(), 1):
        port = service["environment"]["STREAMLIT_SERVER_PORT"]
        assert hosts[name] == address(service)
        group = configuration.partition("upstream any {")[2].partition("}")[0]
        assert f"server {name}:{port} " in group
        own = configuration.partition(f"upstream process{number} {{")[2].partition("}")[0]
        assert own.split("server ")[1].startswith(f"{name}:{port} ") and own.count("backup") == 1
        assert f'"~:{port}$" {number};' in configuration
        believed = service["environment"]["FORWARDED_ALLOW_IPS"]
        assert believed == address(compose["services"]["proxy"])
    assert len(apps(compose)) > 1


def test_the_processes_share_their_secrets_and_their_database(compose):
    first, *others = apps(compose).values()
    for other in others:
        assert other["volumes"] == first["volumes"]
        assert other["environment"] | {"STREAMLIT_SERVER_PORT": ""} == (
            first["environment"] | {"STREAMLIT_SERVER_PORT": ""}
        )


def test_the_container_does_what_the_readme_does(dockerfile):
    start = START.search((ROOT / "README.md").read_text())
    assert start is not None
    assert any(re.match(r"RUN pip install .*-r requirements\.txt$", line) for line in dockerfile)
    command = " ".join(re.findall(r'"([^"]*)"', dockerfile[-1]))
    assert command.startswith(f"{start[1]} --server.address 0.0.0.0")
    assert next(line for line in reversed(dockerfile[:-1])).startswith("USER ")


def test_the_app_starts_from_just_what_the_container_holds(dockerfile, tmp_path: Path):
    image, home = tmp_path / "app", tmp_path / "home"
    home.mkdir()
    for line in dockerfile:
        if line.startswith("COPY "):
            *sources, target = line.split()[1:]
            for source in sources:
                _copy(ROOT / source, image / target, into=target.endswith("/"))
    (home / ".streamlit").mkdir()
    example = (DEPLOY / "secrets.toml.example").read_text()
    made = example.replace('cookie_secret = "CHANGE-ME"', 'cookie_secret = "0123456789abcdefghijklmnopqrstuv"')
    (home / ".streamlit" / "secrets.toml").write_text(made)
    with AppServer(home, folder=image) as server:
        assert "Traceback" not in server.log_text()


def _copy(source: Path, target: Path, *, into: bool) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target / source.name if into else target)


def test_the_example_of_secrets_is_complete():
    auth = tomllib.loads((DEPLOY / "secrets.toml.example").read_text())["auth"]
    name = re.search(r"server_name (\S+);", (DEPLOY / "nginx.conf").read_text())
    assert urlsplit(auth["redirect_uri"])[:3] == ("https", name[1], "/oauth2callback")
    assert auth["cookie_secret"]
    providers = {name: part for name, part in auth.items() if isinstance(part, dict)}
    assert len(providers) > 1
    for provider, part in providers.items():
        assert "_" not in provider
        assert {"client_id", "client_secret", "server_metadata_url", "label"} == set(part)


def test_every_command_of_the_guide_names_services_that_there_are(compose):
    guide = (DEPLOY / "README.md").read_text()
    named = re.findall(r"docker compose (?:exec -T|exec|logs) (\w+)|docker compose (?:stop|start) (\w+) (\w+)", guide)
    services = {name for found in named for name in found if name}
    assert services and services <= set(compose["services"])
