"""The sample files beside the repository. A missing one fails its test: there is nothing to skip to."""

from pathlib import Path

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()
