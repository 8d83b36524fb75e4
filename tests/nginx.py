"""The proxy of deploy/ as it is: nginx with that very configuration, but for its name, ports and folders.

`python -m tests.nginx` prints where the program is, or fails with a sentence.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.app_server import ROOT, free_port

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
PLACES = ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx", "/usr/local/bin/nginx")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # folders that a package puts where root may write
START_SECONDS = 20


def find_program() -> str:
    """Where nginx is; Debian keeps it off the PATH of users."""
    found = shutil.which("nginx") or next((place for place in PLACES if Path(place).exists()), None)
    if found is None:
        raise FileNotFoundError("The tests need nginx, and it is not on this machine. `make test` installs it.")
    return found


class Proxy:
    """nginx before app processes on these ports of loopback, with a certificate of its own, until the test ends."""

    def __init__(self, folder: Path, app_ports: tuple[int, int]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.access_log, self.error_log = folder / "access.log", folder / "error.log"
        self._configuration = folder / "nginx.conf"
        self._configuration.write_text(self._placed(CONFIGURATION.read_text(), app_ports))
        _write_certificate(folder)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Proxy":
        with self.access_log.open("ab") as out, self.error_log.open("ab") as error:
            self._process = subprocess.Popen(self.command(), stdout=out, stderr=error)
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"nginx did not start:\n{self.error_log.read_text()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(START_SECONDS)

    def command(self) -> list[str]:
        here = f"daemon off; pid {self.folder}/nginx.pid;"
        if os.geteuid() == 0:
            here += " user root;"  # pytest's folders are their owner's alone
        return [find_program(), "-p", f"{self.folder}/", "-c", str(self._configuration), "-e", "stderr", "-g", here]

    def _placed(self, text: str, app_ports: tuple[int, int]) -> str:
        """The configuration with this machine's ports and paths; everything else stays word for word."""
        folders = "".join(f"{name}_temp_path {self.folder}/{name};" for name in TEMPORARY)
        changes = {
            "app1:8501": f"127.0.0.1:{app_ports[0]}",
            "app2:8502": f"127.0.0.1:{app_ports[1]}",
            "~:8501$": f"~:{app_ports[0]}$",
            "~:8502$": f"~:{app_ports[1]}$",
            "diary.example.org": "localhost",
            "/etc/nginx/tls/": f"{self.folder}/",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "http {": f"http {{{folders}",
        }
        for there, here in changes.items():
            assert there in text, f"{CONFIGURATION.name} does not say {there!r} any more"
            text = text.replace(there, here)
        return text

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _write_certificate(folder: Path) -> None:
    """A certificate for localhost that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_program()}\n")
    except FileNotFoundError as missing:
        sys.exit(str(missing))
