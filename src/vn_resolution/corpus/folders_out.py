"""Writes exports whole or not at all: beside their place first, and then moved into it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from vn_resolution.errors import CorpusError

_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*\ud800-\udfff]')
_LONGEST_NAME: Final = 150


@contextmanager
def new_file(target: Path, overwrite: bool = False) -> Iterator[Path]:
    """A file to write that becomes the target when all went well. Raises CorpusError where there is a file already
    that is not to be overwritten."""
    with _beside(target, overwrite) as path:
        yield path


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """The same for a folder; one that is there must be empty: what else stands in it is not ours to remove."""
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    with _beside(target, overwrite=False) as path:
        path.mkdir(parents=True)
        yield path


@contextmanager
def _beside(target: Path, overwrite: bool) -> Iterator[Path]:
    if target.is_dir():
        raise CorpusError(f"{target}: this folder holds something already; name another, or remove it")
    if target.exists() and not overwrite:
        raise CorpusError(f"{target} is there already; name another, or say that it may be overwritten")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    _remove(beside)
    try:
        yield beside
        beside.replace(target)
    except BaseException:
        _remove(beside)
        raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Names:
    """Gives documents names of files, each another, that stay in their folder and that every system takes."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._given: set[str] = set()

    def of(self, document: str) -> str:
        """The name of a document's file, with the folders of its id.

        >>> names = Names(".txt")
        >>> names.of("2024/a.docx"), names.of("../2024/a.docx"), names.of('x: "y"')
        ('2024/a.docx.txt', '2024/a.docx-2.txt', 'x_ _y_.txt')
        """
        parts = [_NOT_IN_NAMES.sub("_", part).strip(". ")[:_LONGEST_NAME] for part in document.split("/")]
        stem = "/".join(part for part in parts if part) or "document"
        number, name = 1, f"{stem}{self._suffix}"
        while name.casefold() in self._given:
            number += 1
            name = f"{stem}-{number}{self._suffix}"
        self._given.add(name.casefold())
        return name


__all__ = ["Names", "new_file", "new_folder"]
