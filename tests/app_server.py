"""The app as a user starts it: a real process, a real port, a home folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STOP_SECONDS = 20
LOG_SHOWN = 4000  # characters, with a failed test


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class AppServer:
    """`streamlit run app.py` in `home`, where its database and its settings go unless `environment` says otherwise.

    The port stays the same over restarts, so an open browser page can come back.
    """

    def __init__(self, home: Path, environment: dict[str, str] | None = None, *, folder: Path = ROOT) -> None:
        self.home = home
        self.folder = folder
        self.log = home / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = _clean_environment(home) | (environment or {})
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "AppServer":
        self.start()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self.stop()
        if error is not None:
            error.add_note(f"The server's log ends:\n{self.log_text()[-LOG_SHOWN:]}")

    def start(self) -> None:
        """Returns once the app says it is ready; raises RuntimeError with the log if it never does."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.headless", "true"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, env=self._environment, stdout=log, stderr=log)
        try:
            self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Asks the process to end (SIGTERM), and waits until it has."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        """Ends the process without a warning (SIGKILL), as a power cut would."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        return self._process.pid

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The app did not start:\n{self.log_text()}")
            time.sleep(0.05)

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=5) as answer:
                # A path the app does not know answers 200 as well, with the app's HTML.
                return "html" not in answer.headers["content-type"]
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _clean_environment(home: Path) -> dict[str, str]:
    """This environment without settings of the machine's own that would reach the app."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "STREAMLIT_", "XDG_"))
    }
    return kept | {"HOME": str(home)}
