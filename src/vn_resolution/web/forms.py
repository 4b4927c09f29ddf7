"""Turns a resolution into the files that the service gives: JSON, Akoma Ntoso, outline, page, tables, all in a zip."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from vn_resolution.render.tables import COLUMNS, PLACE, listed, rows_of

if TYPE_CHECKING:
    from vn_resolution.model import Resolution
    from vn_resolution.render.sarif import Checked

Form = Literal["json", "akn", "outline", "html", "csv", "zip"]
Table = Literal["indicators", "tasks", "citations", "quantities", "dates", "bases", "nodes"]

ZIPPED_TABLES: Final[tuple[Table, ...]] = ("indicators", "tasks", "citations", "quantities")
MEDIA_TYPES: Final[dict[Form, str]] = {
    "json": "application/json",
    "akn": "application/akn+xml",
    "outline": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
_ENDINGS: Final[dict[Form, str]] = {
    "json": ".json", "akn": ".akn.xml", "outline": ".outline.txt", "html": ".html", "zip": ".zip",
}  # fmt: skip
_STEM_CHARACTERS: Final = 80
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")


Check = Literal["json", "sarif"]

CHECK_TYPES: Final[dict[Check, str]] = {"json": "application/json", "sarif": "application/sarif+json"}


class File(NamedTuple):
    """A file to be given away."""

    name: str
    data: bytes


def file_of(doc: Resolution, form: Form, table: Table = "indicators") -> File:
    """The file of one form. Its name follows from the document's own."""
    stem = stem_of(doc.source.name)
    if form == "csv":
        return File(f"{stem}.{table}.csv", csv_of(doc, table))
    if form == "zip":
        return File(f"{stem}.zip", zip_of([doc]))
    if form == "akn":
        data = doc.to_akn()
    elif form == "json":
        data = doc.to_json().encode("utf-8")
    else:
        data = (doc.to_outline() if form == "outline" else doc.to_html()).encode("utf-8")
    return File(stem + _ENDINGS[form], data)


def zip_of(docs: list[Resolution]) -> bytes:
    """Every form of each document; several documents stand in folders of their own."""
    out = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for doc in docs:
            folder = stem_of(doc.source.name)
            number = 1
            while folder.casefold() in taken:
                number += 1
                folder = f"{stem_of(doc.source.name)}_{number}"
            taken.add(folder.casefold())
            files = [file_of(doc, form) for form in ("json", "akn", "outline", "html")]
            files += [file_of(doc, "csv", table) for table in ZIPPED_TABLES]
            for file in files:
                name = f"{folder}/{file.name}" if len(docs) > 1 else file.name
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), file.data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def csv_of(doc: Resolution, table: Table) -> bytes:
    """The rows of `vn-resolution extract`, for a spreadsheet: with a byte order mark, and no text that it would run.

    A text that begins like a formula (=, +, -, @) gets an apostrophe before it.
    """
    columns = (*PLACE, *COLUMNS[table])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows_of(doc, table, doc.source.name or ""):
        writer.writerow([_cell(row.get(column)) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def log_of(files: list[Checked], form: Check) -> File:
    """What is wrong with the files, as `vn-resolution lint --format` gives it."""
    from vn_resolution.render.sarif import to_data, to_sarif

    log = to_sarif(files) if form == "sarif" else to_data(files)
    data = json.dumps(log, ensure_ascii=False).encode("utf-8", "replace")
    return File(f"{stem_of(files[0].path)}.lint.{form}", data)


def stem_of(name: str | None) -> str:
    """A document's name without folders, ending and what file systems refuse."""
    last = re.split(r"[/\\]", name or "")[-1]
    stem = re.sub(r"\.[A-Za-z]{1,8}$", "", last)
    stem = re.sub(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]+', "_", stem).strip(" .")
    return stem[:_STEM_CHARACTERS].rstrip(" .") or "nghi-quyet"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return str(value)
    words = listed(value) if isinstance(value, tuple | list) else str(value)
    return f"'{words}" if _FORMULA.match(words) else words


__all__ = [
    "CHECK_TYPES", "MEDIA_TYPES", "ZIPPED_TABLES", "Check", "File", "Form", "Table",
    "csv_of", "file_of", "log_of", "stem_of", "zip_of",
]  # fmt: skip
