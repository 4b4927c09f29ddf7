"""The one function that every engine runs: the bytes of one document in, its manifest row, JSON and table rows out."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vn_resolution.corpus.sketch import sketch_of
from vn_resolution.corpus.tables import DOCUMENTS, MANIFEST, PARTS, Table, Values, arrow_schema, rows_by_table
from vn_resolution.errors import (
    DamagedSource,
    EncryptedSource,
    GrammarError,
    MissingTool,
    SourceTooLarge,
    UnreadableSource,
    UnsupportedType,
)
from vn_resolution.grammar import load_grammar
from vn_resolution.sources.limits import DEFAULT_MAX_BYTES
from vn_resolution.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

    from vn_resolution.model import Resolution

REASONS: Final = {
    "unsupported": "its format is not read",
    "encrypted": "it is encrypted",
    "damaged": "it is truncated or broken",
    "too_large": "it exceeds a limit",
    "missing_tool": "a program or an extra is missing; it is tried again by every build",
    "unreadable": "no text could be had for another reason",
    "exception": "a fault of this library",
    "memory": "reading it took more memory than a worker has",
    "timeout": "reading it took longer than a worker may",
    "crash": "the worker died of it, more than once",
}
"""Why a document is quarantined."""

_REASON_OF: Final = (
    (UnsupportedType, "unsupported"), (EncryptedSource, "encrypted"), (DamagedSource, "damaged"),
    (SourceTooLarge, "too_large"), (MissingTool, "missing_tool"), (UnreadableSource, "unreadable"),
    (MemoryError, "memory"),
)  # fmt: skip
_MANIFEST: Final = {column.name: k for k, column in enumerate(MANIFEST.columns)}
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{6,}")
_LONGEST_MESSAGE: Final = 500


@dataclass(frozen=True)
class Settings:
    """How documents are read: extra grammar folders, and the bytes over which a document is refused."""

    grammar: tuple[Path, ...] = ()
    max_bytes: int = DEFAULT_MAX_BYTES


DEFAULT_SETTINGS: Final = Settings()


class Job(NamedTuple):
    """One document to read: its id in the corpus, its bytes, the name that it is read under and, where the source
    says it, its media type. `sha256` and `size` are of the whole document; of one that is larger than the limit `data`
    may be the beginning."""

    document: str
    data: bytes
    name: str
    media_type: str | None = None
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one job: its row of the manifest and, where it was read, its JSON (compressed with zlib), its
    sketch and its rows by table."""

    manifest: Values
    json: bytes | None = None
    sketch: bytes | None = None
    rows: dict[str, list[Values]] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """The document's id in the corpus."""
        return str(self.manifest[0])

    @property
    def reason(self) -> str | None:
        """Why it is quarantined, one of REASONS; None where it was read."""
        return self._said("reason")

    @property
    def message(self) -> str | None:
        """The same for a person."""
        return self._said("message")

    def _said(self, name: str) -> str | None:
        said: str | None = self.manifest[_MANIFEST[name]]
        return said


class Fingerprint(NamedTuple):
    """What a reading depends on beside its source."""

    grammar_sha256: str
    parser_version: str
    parser_sha256: str


def read_document(job: Job, settings: Settings = DEFAULT_SETTINGS) -> Outcome:
    """The outcome of a job. No exception leaves it: a document that cannot be read is quarantined with its reason.

    >>> text = "HỘI ĐỒNG NHÂN DÂN TỈNH A\\n\\nNGHỊ QUYẾT\\n\\nĐiều 1. Giao Sở Y tế tăng 5% số giường bệnh."
    >>> outcome = read_document(Job("a.txt", text.encode(), "a.txt"))
    >>> outcome.reason, [row[7] for row in outcome.rows["quantities"]]
    (None, ['5%'])
    >>> read_document(Job("b.doc", b"%PDF-1.4", "b.doc")).reason
    'damaged'
    """
    try:
        doc = _parse(job, settings)
        text = doc.to_json().encode("utf-8")
        manifest = _manifest(
            job,
            settings,
            text_sha256=hashlib.sha256(doc.source.text.encode("utf-8", "surrogatepass")).hexdigest(),
            output_sha256=hashlib.sha256(text).hexdigest(),
        )
        rows = rows_by_table(doc, job.document, load_grammar(*settings.grammar))
        return Outcome(manifest, zlib.compress(text), sketch_of(doc).to_bytes(), rows)
    except Exception as error:  # the promise of this function
        return quarantined(job, settings, *_why(error))


def quarantined(job: Job, settings: Settings, reason: str, message: str) -> Outcome:
    """The outcome of a job that gave no resolution; `reason` is one of REASONS."""
    return Outcome(_manifest(job, settings, reason=reason, message=_ADDRESS.sub("0x…", message)[:_LONGEST_MESSAGE]))


@lru_cache(maxsize=8)
def fingerprint(settings: Settings) -> Fingerprint:
    """What readings with these settings depend on. Raises GrammarError for a folder that cannot be used."""
    return Fingerprint(load_grammar(*settings.grammar).sha256, __version__, _parser_sha256(settings.max_bytes))


def make_ready(settings: Settings) -> None:
    """Compile the grammar, so that a faulty one is told at once and forked workers share it. Raises GrammarError."""
    load_grammar(*settings.grammar).all_rules()
    outcome = read_document(Job("ready", "Điều 1. Một.".encode(), "ready.txt"), settings)
    if outcome.reason is not None:
        raise GrammarError(f"nothing can be read with this grammar: {outcome.message}")


def _parse(job: Job, settings: Settings) -> Resolution:
    from vn_resolution.parser import parse

    return parse(
        job.data,
        name=job.name,
        media_type=job.media_type,
        grammar=settings.grammar or None,
        max_bytes=settings.max_bytes,
    )


def _why(error: Exception) -> tuple[str, str]:
    for kind, reason in _REASON_OF:
        if isinstance(error, kind):
            return reason, "not enough memory" if reason == "memory" else str(error)
    return "exception", f"unexpected {type(error).__name__}: {error}"


def _manifest(job: Job, settings: Settings, **known: Any) -> Values:
    values = {
        "document": job.document,
        "status": "quarantined" if "reason" in known else "read",
        "name": job.name,
        "media_type": job.media_type,
        "size": len(job.data) if job.size is None else job.size,
        "source_sha256": job.sha256 or hashlib.sha256(job.data).hexdigest(),
        **fingerprint(settings)._asdict(),
        **known,
    }
    return tuple(values.get(column.name) for column in MANIFEST.columns)


@lru_cache(maxsize=8)
def _parser_sha256(max_bytes: int) -> str:
    """Of every module that a reading passes through: a changed parser reads anew, though its version is the same."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(f"max_bytes={max_bytes}".encode())
    rooms = [sorted((package / room).glob("*.py")) for room in ("", "grammar", "sources", "structure", "extract")]
    beyond = ("render/tables.py", "corpus/tables.py", "corpus/periods.py", "corpus/sketch.py", "corpus/kernel.py")
    for path in (*(path for room in rooms for path in room), *(package / name for name in beyond)):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


# -- Arrow ----------------------------------------------------------------------------------------------------


def job_schema() -> pa.Schema:
    """What `read_batches` takes, the fields of a Job: `document`, `data` and `name` at least; the others may be null or
    left out."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("document", pa.string(), False),
            pa.field("data", pa.binary(), False),
            pa.field("name", pa.string(), False),
            pa.field("media_type", pa.string()),
            pa.field("sha256", pa.string()),
            pa.field("size", pa.int64()),
        ]
    )


def outcome_schema() -> pa.Schema:
    """What `read_batches` gives: the columns of the manifest, `json` (UTF-8) and `sketch` (null where quarantined), for
    `documents` and each table of parts a list of its rows as structs."""
    import pyarrow as pa

    lists = [
        pa.field(table.name, pa.list_(pa.struct(list(arrow_schema(table)))), False) for table in (DOCUMENTS, *PARTS)
    ]
    return pa.schema([*arrow_schema(MANIFEST), pa.field("json", pa.binary()), pa.field("sketch", pa.binary()), *lists])


def read_batches(batches: Iterable[pa.RecordBatch], settings: Settings = DEFAULT_SETTINGS) -> Iterator[pa.RecordBatch]:
    """`read_document` over Arrow batches of `job_schema`, one batch of `outcome_schema` for each. Needs pyarrow."""
    for batch in batches:
        if len(batch):
            yield to_batch([read_document(job, settings) for job in jobs_of(batch)])


def jobs_of(batch: pa.RecordBatch) -> Iterator[Job]:
    """The jobs in a batch of `job_schema`; other columns are nobody's concern here."""
    names = [name for name in Job._fields if name in batch.schema.names]
    columns = (batch.column(name).to_pylist() for name in names)
    return (Job(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True))


def to_batch(outcomes: Sequence[Outcome]) -> pa.RecordBatch:
    """Outcomes as a batch of `outcome_schema`; there must be one at least."""
    import pyarrow as pa

    schema = outcome_schema()
    columns: list[Sequence[Any]] = [
        *zip(*(outcome.manifest for outcome in outcomes), strict=True),
        [None if outcome.json is None else zlib.decompress(outcome.json) for outcome in outcomes],
        [outcome.sketch for outcome in outcomes],
        *([_structs(table, outcome) for outcome in outcomes] for table in (DOCUMENTS, *PARTS)),
    ]
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def outcomes_of(batch: pa.RecordBatch) -> Iterator[Outcome]:
    """The inverse of `to_batch`."""
    names = [column.name for column in MANIFEST.columns]
    for row in batch.to_pylist():
        rows = {
            table.name: [tuple(_tuples(part[column.name]) for column in table.columns) for part in row[table.name]]
            for table in (DOCUMENTS, *PARTS)
        }
        text = None if row["json"] is None else zlib.compress(row["json"])
        yield Outcome(tuple(row[name] for name in names), text, row["sketch"], rows)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


def _structs(table: Table, outcome: Outcome) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in outcome.rows.get(table.name, ())]


__all__ = [
    "DEFAULT_SETTINGS", "REASONS", "Fingerprint", "Job", "Outcome", "Settings", "fingerprint", "job_schema", "jobs_of",
    "make_ready", "outcome_schema", "outcomes_of", "quarantined", "read_batches", "read_document", "to_batch",
]  # fmt: skip
