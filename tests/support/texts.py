"""The texts that the tests read: the samples always, the shared corpus where it stands beside the project."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared"
_FORMATS = (".txt", ".md")


def sample_paths() -> list[Path]:
    """The source texts of samples/."""
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in _FORMATS)


def shared_paths() -> list[Path]:
    """Every text of the shared corpus and bench; empty where they do not stand."""
    folders = [SHARED / "bench" / "dev", SHARED / "corpus" / "resolutions", SHARED / "corpus" / "others"]
    return sorted(path for f in folders if f.is_dir() for path in f.iterdir() if path.suffix in _FORMATS)


@cache
def text_of(path: Path) -> str:
    """The decoded text with its line ends."""
    return path.read_bytes().decode("utf-8", errors="replace")


def media_type_of(path: Path) -> str:
    """The media type that the file's ending promises."""
    return "text/markdown" if path.suffix == ".md" else "text/plain"
