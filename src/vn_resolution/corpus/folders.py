"""Walks through folders for the files that may be documents, by their endings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEXTS: Final = frozenset({".txt", ".text", ".md", ".markdown"})
DOCUMENTS: Final = TEXTS | {".htm", ".html", ".docx", ".pdf", ".doc", ".odt", ".rtf"}
PICTURES: Final = frozenset({".jpeg", ".jpg", ".png", ".tif", ".tiff"})
CONTAINERS: Final = frozenset({".zip", ".jsonl", ".ndjson", ".parquet"})
OTHERS: Final = frozenset({".xls", ".xlsx", ".ppt", ".pptx", ".rar", ".7z", ".gz", ".gif", ".bmp", ".webp"})
"""Endings of files that may hold a document and that no reader knows."""


def walk_folder(
    folder: Path, wanted: frozenset[str], skip: Path, left_out: Counter[str], barred: list[OSError]
) -> Iterator[Path]:
    """The files below a folder whose endings are wanted, in the order of their names; nothing hidden and nothing below
    `skip` (a resolved path). Counts in `left_out` the endings, not wanted, of files that may hold documents; `barred`
    takes the errors of folders that cannot be read."""
    unwanted = (DOCUMENTS | PICTURES | CONTAINERS | OTHERS) - wanted
    for here, folders, names in os.walk(folder, onerror=barred.append):
        place = Path(here)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (place / f).resolve() != skip)
        for name in sorted(names):
            suffix = Path(name).suffix.lower()
            if name.startswith(".") or not (place / name).is_file():
                continue
            if suffix in wanted:
                yield place / name
            elif suffix in unwanted:
                left_out[suffix] += 1


__all__ = ["CONTAINERS", "DOCUMENTS", "OTHERS", "PICTURES", "TEXTS", "walk_folder"]
