"""Finds the documents in files, folders, zip archives and tables of texts, and opens them one after another."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Final, NamedTuple

from vn_resolution.corpus.containers import UNPACKING_ERRORS, Fault, Fields, JsonLines, ParquetTable, ZipArchive, told
from vn_resolution.corpus.folders import CONTAINERS, DOCUMENTS, OTHERS, PICTURES, walk_folder
from vn_resolution.corpus.kernel import Job
from vn_resolution.sources.detect import detect_type

Container = ZipArchive | JsonLines | ParquetTable
_CONTAINERS: Final[dict[str, type[Container]]] = {
    ".zip": ZipArchive,
    ".jsonl": JsonLines,
    ".ndjson": JsonLines,
    ".parquet": ParquetTable,
}
_CHUNK: Final = 1 << 20


class Item(NamedTuple):
    """One document of the sources that was found and not opened yet. `path` is that of its file, `place` that within
    its container ("" where the file is the document itself); `fault` says why it cannot be opened, if so."""

    document: str
    path: bytes
    place: str = ""
    name: str = ""
    media_type: str | None = None
    reason: str | None = None
    message: str | None = None


def find_items(sources: Iterable[Path], corpus: Path, fields: Fields, left_out: Counter[str]) -> Iterator[Item]:
    """The documents of files and folders, without their content; ids may repeat.

    The id of a document is the way to it from the source that was named: `archive/2024/a.docx` in the folder
    `archive`, `old.zip/a.docx` in an archive, `texts.jsonl/17` in a table of texts.
    """
    wanted = DOCUMENTS | PICTURES | CONTAINERS
    names: Counter[str] = Counter()
    for source in sources:
        base = source.name if source.name not in ("", "..") else source.resolve().name
        names[base] += 1
        root = base if names[base] == 1 else f"{base} ({names[base]})"
        if source.is_dir():
            barred: list[OSError] = []
            for path in walk_folder(source, wanted, corpus.resolve(), left_out, barred):
                yield from _in_file(path, f"{root}/{path.relative_to(source).as_posix()}", fields, left_out)
            for error in barred:
                path = Path(error.filename)
                way = _readable(f"{root}/{path.relative_to(source).as_posix()}")
                why = f"the folder cannot be read: {error.strerror}"
                yield Item(way, os.fsencode(path), "", _readable(path.name), None, "unreadable", why)
        else:
            yield from _in_file(source, root, fields, left_out)


def _in_file(path: Path, way: str, fields: Fields, left_out: Counter[str]) -> Iterator[Item]:
    document, raw = _readable(way), os.fsencode(path)
    container = _container(path)
    if container is None:
        yield Item(document, raw, "", _readable(path.name))
        return
    try:
        with closing(container(path, fields)) as members:
            for member in members:
                suffix = Path(member.name).suffix.lower()
                if container is ZipArchive and suffix not in DOCUMENTS | PICTURES:
                    if suffix in OTHERS | CONTAINERS:
                        left_out[suffix] += 1
                    continue
                inner = _readable(f"{way}/{member.key}")
                yield Item(inner, raw, member.place, _readable(member.name), member.media_type, *(member.fault or ()))
    except Fault as fault:
        yield Item(document, raw, "", _readable(path.name), None, fault.reason, str(fault))


def _container(path: Path) -> type[Container] | None:
    kind = _CONTAINERS.get(path.suffix.lower())
    if kind is None and path.suffix.lower() not in DOCUMENTS | PICTURES:
        try:
            with path.open("rb") as stream:
                if detect_type(stream.read(1 << 16)) == "application/zip":
                    return ZipArchive
        except OSError:
            return None  # opening it tells
    return kind


class Opener:
    """Opens items one after another; keeps the container that the last one stood in."""

    def __init__(self, fields: Fields, max_bytes: int) -> None:
        self._fields = fields
        self._max_bytes = max_bytes
        self._path = b""
        self._container: Container | None = None

    def open(self, item: Item) -> Job:
        """The item's bytes as a job; of a document over the limit no more than shows that. Raises Fault."""
        if item.reason is not None:
            raise Fault(item.reason, item.message or "")
        path = Path(os.fsdecode(item.path))
        try:
            if not item.place:
                with path.open("rb") as stream:
                    return self._job(item, stream)
            with self._container_at(item.path, path).open(item.place) as stream:
                return self._job(item, stream)
        except FileNotFoundError:
            raise Fault("unreadable", "there is no such file") from None
        except UNPACKING_ERRORS as error:
            raise Fault("damaged" if item.place else "unreadable", f"it cannot be read: {told(error)}") from None

    def _container_at(self, raw: bytes, path: Path) -> Container:
        if self._container is None or self._path != raw:
            self.close()
            kind = _container(path)
            if kind is None:
                raise Fault("unreadable", "its container is gone")
            self._container, self._path = kind(path, self._fields), raw
        return self._container

    def close(self) -> None:
        """Let go of the container that is open."""
        if self._container is not None:
            self._container.close()
        self._container = None

    def _job(self, item: Item, stream: IO[bytes]) -> Job:
        data = stream.read(self._max_bytes + 1)
        digest, size = hashlib.sha256(data), len(data)
        while rest := stream.read(_CHUNK) if size > self._max_bytes else b"":
            digest.update(rest)
            size += len(rest)
        return Job(item.document, data, item.name, item.media_type, digest.hexdigest(), size)


def _readable(name: str) -> str:
    """A name that can be written and typed: composed letters, and no bytes that are no text."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace"))


__all__ = ["Item", "Opener", "find_items"]
