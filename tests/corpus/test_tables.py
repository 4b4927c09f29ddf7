"""The flat tables: rows fit their declaration in SQLite and Arrow, and say what the resolution says."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import SAMPLES, media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.corpus.kernel import Job, job_schema, outcome_schema, read_batches, read_document
from vn_resolution.corpus.tables import (
    MANIFEST,
    TABLES,
    arrow_schema,
    ddl,
    for_sqlite,
    from_sqlite,
    insertion,
    rows_by_table,
)

PYTHON = {"text": str, "integer": int, "number": int | float, "flag": bool, "texts": tuple, "cells": tuple}


def dicts(rows: dict[str, list[tuple[Any, ...]]], name: str) -> list[dict[str, Any]]:
    names = [column.name for column in TABLES[name].columns]
    return [dict(zip(names, row, strict=True)) for row in rows[name]]


@pytest.mark.parametrize("path", sample_paths() + shared_paths(), ids=lambda path: path.name)
def test_rows_are_what_their_columns_say(path: Path) -> None:
    doc = vr.parse(text_of(path), media_type=media_type_of(path))
    db = sqlite3.connect(":memory:")
    for name, rows in rows_by_table(doc, "a").items():
        table = TABLES[name]
        for row in rows:
            for column, value in zip(table.columns, row, strict=True):
                assert (column.optional and value is None) or isinstance(value, PYTHON[column.type]), (column, value)
        db.execute(ddl(table))
        db.executemany(insertion(table), for_sqlite(table, rows))
        assert list(from_sqlite(table, db.execute(f"SELECT * FROM {name} ORDER BY {', '.join(table.key)}"))) == rows


def test_the_rows_of_a_sample() -> None:
    doc = vr.parse(SAMPLES / "budget.txt")
    rows = rows_by_table(doc, "the id")
    (identity,) = dicts(rows, "documents")
    assert identity["number"] == doc.meta.number
    assert identity["year"] == int((doc.meta.issued or "")[:4])
    assert [row["eid"] for row in dicts(rows, "nodes")] == [node.id for node in doc.walk()]
    for quantity, row in zip(doc.quantities, dicts(rows, "quantities"), strict=True):
        assert (row["low"], row["unit"]) == (
            quantity.low if quantity.low is None else float(quantity.low),
            quantity.unit,
        )
        assert doc.source.text[row["start"] : row["end"]] == doc.source.text[slice(*quantity.span)]
        assert row["line"] == doc.source.text.count("\n", 0, row["start"]) + 1
    for name in ("nodes", "citations", "quantities", "dates", "indicators", "tasks"):
        assert [row["seq"] for row in dicts(rows, name)] == list(range(len(rows[name])))
    tables = [row["cells"] for row in dicts(rows, "nodes") if row["kind"] == "table"]
    assert tables == [tuple(tuple(c.text for c in r) for r in node.rows) for node in doc.walk() if node.kind == "table"]


def test_a_year_comes_from_the_number_where_no_date_is_known() -> None:
    text = "HỘI ĐỒNG NHÂN DÂN\nTỈNH A\n\nSố: 12/2019/NQ-HĐND\n\nNGHỊ QUYẾT\n\nĐiều 1. Một."
    (row,) = dicts(rows_by_table(vr.parse(text, media_type="text/plain"), "a"), "documents")
    assert (row["issued"], row["year"]) == (None, 2019)


def test_an_indicator_says_the_years_that_its_period_means() -> None:
    text = (
        "NGHỊ QUYẾT\n\nĐiều 1. Chỉ tiêu\n\n"
        "1. Tốc độ tăng trưởng kinh tế (GRDP) bình quân giai đoạn 2021 - 2025 đạt 8%/năm.\n\n"
        "2. Tỷ lệ hộ nghèo đến năm 2025 còn dưới 3%.\n\n3. Tỷ lệ che phủ rừng đạt 40%."
    )
    rows = dicts(rows_by_table(vr.parse(text, media_type="text/plain"), "a"), "indicators")
    assert [(row["concept"], row["years"]) for row in rows] == [
        ("grdp_growth", "2021–2025"), ("poverty_rate", "2025"), ("forest_cover", None),
    ]  # fmt: skip


def test_numbers_beyond_64_bits_do_not_stop_anything() -> None:
    text = "NGHỊ QUYẾT\n\nĐiều 1. Chi 9999999999 tỷ đồng."
    rows = rows_by_table(vr.parse(text, media_type="text/plain"), "a")
    assert [type(row["low"]) for row in dicts(rows, "quantities")] == [float]


def test_arrow_batches_say_the_same() -> None:
    pa = pytest.importorskip("pyarrow")
    jobs = [Job(path.name, path.read_bytes(), path.name) for path in sample_paths()]
    jobs.append(Job("bad", b"%PDF-1.4", "bad.pdf"))
    columns = ("document", "data", "name", "media_type")
    records = [dict(zip(columns, job, strict=False)) for job in jobs]
    batches = pa.Table.from_pylist(records, schema=job_schema()).to_batches(max_chunksize=4)
    found = [row for batch in read_batches(batches) for row in batch.to_pylist()]
    assert len(found) == len(jobs)
    for job, row in zip(jobs, found, strict=True):
        outcome = read_document(job)
        assert tuple(row[column.name] for column in MANIFEST.columns) == outcome.manifest
        for name, rows in outcome.rows.items():
            table = pa.Table.from_pylist(row[name], schema=arrow_schema(TABLES[name]))
            again = [tuple(map(_tuples, values.values())) for values in table.to_pylist()]
            assert again == rows
    assert list(read_batches([batches[0].slice(0, 0)])) == []
    assert [field.name for field in outcome_schema()][: len(MANIFEST.columns)] == [c.name for c in MANIFEST.columns]


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
