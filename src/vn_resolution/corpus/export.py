"""Writes the documents of a corpus in forms that other programs read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from vn_resolution.corpus.folders_out import Names, new_file, new_folder
from vn_resolution.corpus.tables import TABLES, Table, Values, arrow_schema
from vn_resolution.errors import MissingTool
from vn_resolution.render.tables import listed

if TYPE_CHECKING:
    import pyarrow as pa

    from vn_resolution.corpus.view import View

Form = Literal["jsonl", "parquet", "csv", "akn", "text", "spans", "conllu", "dataset"]
"""What is written:

- `jsonl`: a file, a line each: the id of the document and the JSON of its resolution;
- `parquet`, `csv`: a folder with a file for each flat table;
- `akn`, `text`: a folder with an Akoma Ntoso file, or the normal printed form, of each document;
- `spans`: a file for annotation tools, a line each: the text, and what was found in it with its characters;
- `conllu`: a file of words and sentences (extra `[nlp]`);
- `dataset`: a folder that `datasets.load_dataset` opens, with a data card and a Croissant description.
"""
FORMS: Final = get_args(Form)
_ROWS_AT_ONCE: Final = 20_000
_SPANS: Final = {
    "bases": "basis", "citations": "citation", "quantities": "quantity", "dates": "date", "indicators": "indicator",
    "tasks": "task", "amendments": "amendment",
}  # fmt: skip


def export(view: View, target: Path, form: Form, overwrite: bool = False, **options: Any) -> None:
    """Write these documents in this form to the target, a file or a folder, whole or not at all. A folder must be new
    or empty.

    `dataset` takes the `options` name, license, url and description, `conllu` takes jobs (worker processes).

    Raises CorpusError where the target is there and may not be overwritten, MissingTool where an extra is not
    installed, ValueError for an unknown form.
    """
    if form == "dataset":
        from vn_resolution.corpus.dataset import write_dataset

        with new_folder(target) as folder:
            write_dataset(view, folder, target.name, **options)
        return
    if form == "conllu":
        from vn_resolution.corpus.conllu import write_conllu

        with new_file(target, overwrite) as path:
            write_conllu(view, path, **options)
        return
    write = _WRITERS.get(form)
    if write is None:
        raise ValueError(f"{form!r} is no form of export; {', '.join(FORMS)} are")
    with new_folder(target) if form in _FOLDERS else new_file(target, overwrite) as path:
        write(view, path)


def _write_jsonl(view: View, path: Path) -> None:
    with path.open("wb") as file:
        for document in view:
            file.write(b'{"id":' + _json(document) + b',"resolution":' + view.json(document) + b"}\n")


def _write_akn(view: View, folder: Path) -> None:
    _write_each(view, folder, ".akn.xml", lambda document: view[document].to_akn())


def _write_text(view: View, folder: Path) -> None:
    _write_each(view, folder, ".txt", lambda document: view[document].to_text().encode("utf-8", "replace"))


def _write_each(view: View, folder: Path, suffix: str, data: Callable[[str], bytes]) -> None:
    names = Names(suffix)
    for document in view:
        path = folder / names.of(document)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data(document))


def _write_csv(view: View, folder: Path) -> None:
    for table in TABLES.values():
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            for row in view.values_of(table):
                writer.writerow(_csv_cell(value) for value in row)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return listed(value) if isinstance(value, tuple) else value


def _write_spans(view: View, path: Path) -> None:
    """A line is what Prodigy and spaCy take (`spans`), and doccano (`label`)."""
    with path.open("wb") as file:
        for document in view:
            text = json.loads(view.json(document))["source"]["text"]
            spans = sorted(_spans(view, document), key=lambda span: (span["start"], -span["end"], span["label"]))
            meta = next(view.rows("documents", document))
            line = {
                "id": document,
                "text": text,
                "spans": spans,
                "label": [[span["start"], span["end"], span["label"]] for span in spans],
                "meta": {name: meta[name] for name in ("number", "province", "year", "title", "iri")},
            }
            file.write(_json(line) + b"\n")


def _spans(view: View, document: str) -> Iterator[dict[str, Any]]:
    for table, label in _SPANS.items():
        for row in view.rows(table, document):
            if row["start"] is not None:
                place = {"start": row["start"], "end": row["end"], "label": label}
                yield place | {"id": row.get("id"), "eid": row["eid"]}


def _write_parquet(view: View, folder: Path) -> None:
    for table in TABLES.values():
        write_table(view, table, folder / f"{table.name}.parquet")


def write_table(view: View, table: Table, path: Path) -> int:
    """The rows of a flat table as Parquet, typed as docs/tables.md says; returns how many there are. Raises
    MissingTool where pyarrow is not installed."""
    pq = parquet()
    schema = arrow_schema(table)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        rows: list[Values] = []
        for row in view.values_of(table):
            rows.append(row)
            if len(rows) == _ROWS_AT_ONCE:
                count += _write_rows(writer, schema, rows)
        count += _write_rows(writer, schema, rows)
    return count


def _write_rows(writer: Any, schema: pa.Schema, rows: list[Values]) -> int:
    import pyarrow as pa

    count = len(rows)
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(map(_sound, column), field.type) for column, field in zip(columns, schema, strict=True)]
    writer.write_batch(pa.record_batch(arrays, schema=schema))
    rows.clear()
    return count


def _sound(value: Any) -> Any:
    """A text without lone surrogates, which Arrow cannot hold; what else there is as it is."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return [_sound(one) for one in value] if isinstance(value, tuple) else value


def parquet() -> Any:
    """The module pyarrow.parquet. Raises MissingTool."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingTool("to write Parquet, pyarrow is needed: pip install 'vn-resolution[corpus]'") from None
    return pq


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


_FOLDERS: Final = frozenset({"parquet", "csv", "akn", "text"})
_WRITERS: Final[dict[str, Callable[[View, Path], None]]] = {
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
    "csv": _write_csv,
    "akn": _write_akn,
    "text": _write_text,
    "spans": _write_spans,
}

__all__ = ["FORMS", "Form", "export", "parquet", "write_table"]
