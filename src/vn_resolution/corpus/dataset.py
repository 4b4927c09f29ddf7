"""Writes a corpus as a data set: Parquet files, a data card for people and the Hugging Face Hub, and a description in
Croissant for data search engines; all figures in them are counted from the corpus."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vn_resolution.corpus.answers import Answer
from vn_resolution.corpus.export import parquet, write_table
from vn_resolution.corpus.tables import TABLES, Table
from vn_resolution.render.tables import Column
from vn_resolution.version import __version__

if TYPE_CHECKING:
    from vn_resolution.corpus.view import View

TEXTS: Final = Table(
    "texts",
    "One row for each document: the text that was read of it, which every span counts in, and its resolution as JSON.",
    ("document",),
    (
        Column("document", "text", "the document's id in the corpus", optional=False),
        Column("text", "text", "the source text", optional=False),
        Column("json", "text", "the resolution (docs/data-model.md of vn-resolution)", optional=False),
    ),
)
_FIRST: Final = "documents"
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (10**6, "100K<n<1M"))
_KINDS: Final = {
    "text": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "flag": "sc:Boolean", "texts": "sc:Text",
    "cells": "sc:Text",
}  # fmt: skip
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet",
    "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath",
    "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform",
}  # fmt: skip
"""The context that Croissant 1.0 prescribes."""


class _File(NamedTuple):
    table: Table
    rows: int
    bytes: int
    sha256: str


class _About(NamedTuple):
    name: str
    license: str | None
    url: str | None
    description: str
    version: str
    documents: int


def write_dataset(
    view: View,
    folder: Path,
    default_name: str,
    *,
    name: str | None = None,
    license: str | None = None,
    url: str | None = None,
    description: str | None = None,
) -> None:
    """Write data/*.parquet, README.md and croissant.json into an empty folder. The same documents give the same bytes.

    `license` is an SPDX id or an address and `url` where the data set will be found; without them the card leaves
    them open. Raises MissingTool where pyarrow is not installed.
    """
    parquet()
    (folder / "data").mkdir()
    files = []
    for table in (TEXTS, *TABLES.values()):
        path = folder / "data" / f"{table.name}.parquet"
        count = _write_texts(view, path) if table is TEXTS else write_table(view, table, path)
        files.append(_File(table, count, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()))
    about = _about(view, name or default_name, license, url, description)
    (folder / "README.md").write_text(_card(view, about, files), "utf-8", errors="replace", newline="\n")
    croissant = json.dumps(_croissant(about, files), ensure_ascii=False, indent=2)
    (folder / "croissant.json").write_text(croissant + "\n", "utf-8", errors="replace", newline="\n")


def _write_texts(view: View, path: Path) -> int:
    """One document at a time: texts are large."""
    import pyarrow as pa

    from vn_resolution.corpus.tables import arrow_schema

    schema = arrow_schema(TEXTS)
    count = 0
    with parquet().ParquetWriter(path, schema, compression="zstd") as writer:
        rows: list[dict[str, str]] = []
        size = 0
        for document in view:
            data = view.json(document)
            text = json.loads(data)["source"]["text"].encode("utf-8", "replace").decode()
            rows.append({"document": document, "text": text, "json": data.decode("utf-8", "replace")})
            size += len(data)
            count += 1
            if size > _BYTES_AT_ONCE:
                writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))
                rows, size = [], 0
        writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))
    return count


_BYTES_AT_ONCE: Final = 32 * 1024 * 1024


def _about(view: View, name: str, license: str | None, url: str | None, description: str | None) -> _About:
    digest = hashlib.sha256()
    for row in view.rows("manifest"):
        digest.update(f"{row['document']}\0{row['source_sha256']}\0{row['output_sha256']}\n".encode("utf-8", "replace"))
    count = len(view)
    return _About(
        name,
        license,
        url,
        description
        or f"{count} resolutions of Vietnam's People's Councils as structured data: text, tree, legal bases, "
        "citations, quantities, indicators, tasks and amendments, each with its place in the text.",
        f"1.0.0+{digest.hexdigest()[:12]}",
        count,
    )


# -- the card -------------------------------------------------------------------------------------------------


def _card(view: View, about: _About, files: list[_File]) -> str:
    stats = view.stats()
    parsers = sorted({row["parser_version"] for row in view.rows("manifest")})
    grammars = sorted({row["grammar_sha256"][:12] for row in view.rows("manifest")})
    years = [row["year"] for row in stats["years"] if row["year"]]
    sizes = next((name for most, name in _SIZES if about.documents < most), "n>1M")
    head = [
        "---",
        f"pretty_name: {json.dumps(about.name, ensure_ascii=False)}",
        "language:\n- vi",
        *([f"license: {json.dumps(about.license)}"] if about.license else []),
        "task_categories:\n- token-classification\n- text-retrieval\n- text-classification",
        "tags:\n- legal\n- vietnam\n- akoma-ntoso\n- people's-council",
        f"size_categories:\n- {sizes}",
        "configs:",
        *(
            f"- config_name: {file.table.name}\n  data_files: data/{file.table.name}.parquet"
            + ("\n  default: true" if file.table.name == _FIRST else "")
            for file in sorted(files, key=lambda file: file.table.name != _FIRST)
        ),
        "---",
    ]
    span = f"{min(years)}–{max(years)}" if years else "unknown"
    known = [row for row in stats["provinces"] if row["province"]]
    body = [
        f"# {about.name}",
        about.description,
        f"- **Documents**: {about.documents}, of {len(known)} provinces or places, of the years {span}\n"
        f"- **Made with**: vn-resolution {', '.join(parsers) or __version__}, grammar {', '.join(grammars)}\n"
        f"- **Version**: `{about.version}`; the part behind the + is the hash of the manifest (ids, sources, outputs)\n"
        f"- **License**: {about.license or 'not stated by who made this data set'}",
        "## Use",
        "```python\nfrom datasets import load_dataset\n\n"
        f'documents = load_dataset("{about.name}", split="train")\n'
        f'indicators = load_dataset("{about.name}", "indicators", split="train")\n```',
        "```sql\n-- DuckDB\nSELECT province, year, name, low, high, unit\n"
        "FROM 'data/indicators.parquet' JOIN 'data/documents.parquet' USING (document)\n"
        "WHERE concept = 'grdp_growth';\n```",
        "## Tables",
        _markdown(Answer(("table", "rows", "what it holds"), [(f.table.name, f.rows, f.table.about) for f in files])),
        "Rows are joined by `document`; `eid` names the unit in all tables alike (Akoma Ntoso eIds), and "
        "`start` and `end` count the code points of `texts.text`.",
        *(part for file in files for part in _columns(file.table)),
        "## What it covers",
        "### Provinces\n\n" + _markdown(stats["provinces"]),
        "### Years\n\n" + _markdown(stats["years"]),
        "### Subjects\n\n" + _markdown(stats["subjects"]),
        "## How much was understood",
        "All of it was read by rules, without a person's check. What the parser doubted stands in `diagnostics`.",
        _markdown(stats["understood"]),
        *(["### Doubts\n\n" + _markdown(stats["diagnostics"])] if len(stats["diagnostics"]) else []),
        "## Limits",
        "- The documents are those that were at hand, no sample of all resolutions: see provinces and years above.\n"
        "- Copies that were scanned or typed again carry their slips; `duplicates` tells what is here more than once.\n"
        "- A value that the text leaves open is null; none is guessed.\n"
        "- Names of persons are those of officials who signed, as the documents print them.",
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(body) + "\n"


def _columns(table: Table) -> tuple[str, str]:
    kinds = {"texts": "list of texts", "cells": "list of rows of texts"}
    rows = [(f"`{column.name}`", kinds.get(column.type, column.type), column.about) for column in table.columns]
    return f"### {table.name}", _markdown(Answer(("column", "type", "what it holds"), rows))


def _markdown(answer: Answer) -> str:
    lines = ["| " + " | ".join(answer.columns) + " |", "|" + "---|" * len(answer.columns)]
    for row in answer.rows:
        cells = ("unknown" if cell is None else " ".join(str(cell).split()).replace("|", "\\|") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


# -- Croissant ------------------------------------------------------------------------------------------------


def _croissant(about: _About, files: list[_File]) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": about.name,
        "description": about.description,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "inLanguage": "vi",
        "version": about.version,
        **({"license": about.license} if about.license else {}),
        **({"url": about.url} if about.url else {}),
        "keywords": ["legal", "Vietnam", "People's Council", "Akoma Ntoso"],
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{file.table.name}.parquet",
                "name": f"{file.table.name}.parquet",
                "contentUrl": f"data/{file.table.name}.parquet",
                "contentSize": f"{file.bytes} B",
                "encodingFormat": "application/x-parquet",
                "sha256": file.sha256,
            }
            for file in files
        ],
        "recordSet": [_record_set(file.table) for file in files],
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.about,
        "dataType": _KINDS[column.type],
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }
    if column.type in ("texts", "cells"):
        field["repeated"] = True
    if column.name == "document" and table.name != "manifest":
        field["references"] = {"field": {"@id": "manifest/document"}}
    return field


__all__ = ["TEXTS", "write_dataset"]
