"""Files that hold many documents: zip archives, and texts in JSON lines or Parquet. Each lists its members and opens
them by their place."""

from __future__ import annotations

import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_GIGABYTE: Final = 1024**3
_MOST_UNPACKED: Final = 200
"""Times the size of the archive that its members may declare: text packs to a tenth, a bomb to a thousandth."""
_MOST_LINE: Final = 256 * 1024 * 1024
_BATCH: Final = 64
UNPACKING_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
)  # fmt: skip
"""What opening or reading the member of a damaged archive may raise."""


class Fault(Exception):
    """A document that cannot be opened; `reason` is one of the kernel's REASONS."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def told(error: Exception) -> str:
    """What an error says, without the path that a system's error names: a corpus does not depend on where it lies."""
    return error.strerror or type(error).__name__ if isinstance(error, OSError) and error.filename else str(error)


class Fields(NamedTuple):
    """The fields of a table of texts: the text itself, and what names a text (where there is such a field)."""

    text: str = "text"
    id: str = "id"


DEFAULT_FIELDS: Final = Fields()


class Member(NamedTuple):
    """One document of a container: `key` names it in the corpus, `name` is what it is read under, `place` finds it
    again; `fault` = (reason, message) where it cannot be read."""

    key: str
    name: str
    place: str
    media_type: str | None = None
    fault: tuple[str, str] | None = None


class ZipArchive:
    """The files of a zip archive; an archive within it is not opened. Raises Fault where it is damaged or a bomb."""

    def __init__(self, path: Path, _: Fields) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except UNPACKING_ERRORS as error:
            raise Fault("damaged", f"the archive cannot be opened: {told(error)}") from None
        self._infos = self._archive.infolist()
        declared = sum(info.file_size for info in self._infos)
        if declared > max(_GIGABYTE, _MOST_UNPACKED * path.stat().st_size):
            self.close()
            raise Fault("too_large", "the archive unpacks to far more than documents do")

    def __iter__(self) -> Iterator[Member]:
        for place, info in enumerate(self._infos):
            parts = [part for part in info.filename.replace("\\", "/").split("/") if part not in ("", ".", "..")]
            hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
            if parts and not info.is_dir() and not hidden:
                yield Member("/".join(parts), parts[-1], str(place))

    def open(self, place: str) -> IO[bytes]:
        """The bytes of a member. Raises Fault."""
        info = self._infos[int(place)]
        if info.flag_bits & 1:
            raise Fault("encrypted", "the archive keeps it encrypted; unpack it with its password")
        try:
            return self._archive.open(info)
        except UNPACKING_ERRORS as error:
            raise Fault("damaged", f"the archive cannot unpack it: {told(error)}") from None

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()


class JsonLines:
    """One text a line: {"text": …, "id": …}. A text without id is named by the number of its line, from 1."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._fields = fields
        self._stem = path.name
        try:
            self._stream = path.open("rb")
        except OSError as error:
            raise Fault("unreadable", f"it cannot be read: {told(error)}") from None

    def __iter__(self) -> Iterator[Member]:
        self._stream.seek(0)
        number, place = 0, 0
        while line := self._stream.readline(_MOST_LINE):
            number += 1
            if line.strip():
                yield self._member(line, number, str(place))
            place = self._stream.tell()

    def open(self, place: str) -> IO[bytes]:
        """The text that begins at this offset. Raises Fault."""
        self._stream.seek(int(place))
        return io.BytesIO(_encoded(self._record(self._stream.readline(_MOST_LINE))[self._fields.text]))

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _member(self, line: bytes, number: int, place: str) -> Member:
        try:
            record = self._record(line)
        except Fault as fault:
            return Member(str(number), self._stem, place, None, (fault.reason, str(fault)))
        key = _key(record.get(self._fields.id), number)
        kind = record.get("media_type")
        return Member(key, _last(key), place, kind if isinstance(kind, str) else None)

    def _record(self, line: bytes) -> dict[str, Any]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Fault("damaged", f"its line is no JSON: {error}") from None
        if not isinstance(record, dict) or not isinstance(record.get(self._fields.text), str):
            raise Fault("damaged", f"its line has no text in the field {self._fields.text!r}")
        return record


class ParquetTable:
    """One text a row, read with pyarrow (extra `corpus`). A text without id is named by the number of its row, from 1.
    The field of texts may also hold the bytes of documents."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._fields = fields
        self._file = _open_parquet(path)
        names = self._file.schema_arrow.names
        self._says = [name for name in (fields.id, "media_type") if name in names]
        self._texts: Iterator[list[Any]] = iter(())
        self._batch: list[Any] = []
        self._first, self._next = 0, 0
        if fields.text not in names:
            self.close()
            raise Fault("damaged", f"the table has no column {fields.text!r}: {', '.join(names)}")

    def __iter__(self) -> Iterator[Member]:
        if not self._says:
            for number in range(1, self._file.metadata.num_rows + 1):
                yield Member(str(number), str(number), str(number - 1))
            return
        number = 0
        for records in self._read(self._says):
            for record in records:
                number += 1
                key = _key(record.get(self._fields.id), number)
                kind = record.get("media_type")
                yield Member(key, _last(key), str(number - 1), kind if isinstance(kind, str) else None)

    def open(self, place: str) -> IO[bytes]:
        """The text or document of a row. Rows in their order cost one pass through the file. Raises Fault."""
        row = int(place)
        if row < self._first:
            self._texts, self._batch, self._first, self._next = iter(()), [], 0, 0
        if self._next == 0:
            self._texts = self._read([self._fields.text])
        while row >= self._next:
            self._batch = next(self._texts, [])
            if not self._batch:
                raise Fault("damaged", "the table has fewer rows than before")
            self._first, self._next = self._next, self._next + len(self._batch)
        value = self._batch[row - self._first][self._fields.text]
        if not isinstance(value, str | bytes):
            raise Fault("damaged", f"its row has no text in the column {self._fields.text!r}")
        return io.BytesIO(value if isinstance(value, bytes) else _encoded(value))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read(self, columns: list[str]) -> Iterator[list[Any]]:
        import pyarrow as pa

        try:
            for batch in self._file.iter_batches(_BATCH, columns=columns):
                yield batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise Fault("damaged", f"the table cannot be read on: {told(error)}") from None


def _open_parquet(path: Path) -> pq.ParquetFile:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise Fault("missing_tool", "to read Parquet, pyarrow is needed: pip install 'vn-resolution[corpus]'") from None
    try:
        return pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise Fault("damaged", f"the table cannot be opened: {told(error)}") from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _key(said: Any, number: int) -> str:
    return str(said) if isinstance(said, str | int) and str(said).strip("/ ") else str(number)


def _last(key: str) -> str:
    return key.rsplit("/", 1)[-1] or key


__all__ = [
    "DEFAULT_FIELDS",
    "UNPACKING_ERRORS",
    "Fault",
    "Fields",
    "JsonLines",
    "Member",
    "ParquetTable",
    "ZipArchive",
    "told",
]
