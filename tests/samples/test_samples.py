"""The samples: what stands beside each is what the parser makes of it today, and it agrees with the gold reading."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.promises import strict_schema
from support.texts import SAMPLES, sample_paths
from vn_resolution.cli.parse import rendered

REGENERATE = "read the difference, then: vn-resolution convert samples samples"


def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    return gold


def plain(value: object) -> str:
    """For comparing words: NFC, lower case, one space, no punctuation at the edges."""
    return " ".join(unicodedata.normalize("NFC", str(value or "")).lower().split()).strip(" .;:,*\"“”'()-–")


samples = pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)


def test_every_kind_is_there() -> None:
    assert {path.name for path in SAMPLES.iterdir() if not path.name.startswith(".")} == {
        f"{path.stem}{ending}" for path in sample_paths() for ending in (path.suffix, ".gold.json", ".json", ".akn.xml")
    }


@samples
def test_json_and_akn_beside_it_are_current_and_valid(path: Path) -> None:
    doc = vr.parse(path)
    akn = path.with_suffix(".akn.xml")
    assert path.with_suffix(".json").read_bytes() == rendered(doc, "json", 1), REGENERATE
    assert akn.read_bytes() == rendered(doc, "akn", 1), REGENERATE
    from lxml import etree

    strict_schema().assertValid(etree.parse(akn))
    assert vr.Resolution.from_json(path.with_suffix(".json").read_bytes()) == doc


@samples
def test_no_doubt_about_what_a_sample_is(path: Path) -> None:
    codes = {d.code for d in vr.parse(path).diagnostics}
    assert not codes & {"S001", "S003", "D001", "D002", "D004"}


@samples
def test_meta_is_as_in_gold(path: Path) -> None:
    gold, meta = gold_of(path)["meta"], vr.parse(path).meta
    read: dict[str, Any] = {name: getattr(meta, name) for name in gold}
    read["issuer"] = meta.issuer and meta.issuer.name
    read["signers"] = [(plain(s.name), plain(s.role)) for s in meta.signers]
    read["recipients"] = [plain(r.text) for r in meta.recipients]
    gold["signers"] = [(plain(s["name"]), plain(s["role"])) for s in gold["signers"]]
    gold["recipients"] = [plain(r) for r in gold["recipients"]]
    assert {k: v if isinstance(v, list) else plain(v) for k, v in read.items()} == {
        k: v if isinstance(v, list) else plain(v) for k, v in gold.items()
    }


@samples
def test_bases_and_nodes_are_as_in_gold(path: Path) -> None:
    gold, doc = gold_of(path), vr.parse(path)
    assert [b.kind for b in doc.preamble.bases] == [b["kind"] for b in gold["bases"]]
    read: list[tuple[str, str, int | None, str]] = []

    def walk(nodes: tuple[vr.model.Node, ...], parent: int | None) -> None:
        for node in nodes:
            mine = parent
            if not node.quoted and node.kind not in ("paragraph", "table"):
                read.append((node.kind, plain(node.num), parent, plain(node.heading)))
                mine = len(read) - 1
            walk(node.children, mine)

    walk(doc.body, None)
    walk(doc.attachments, None)
    assert read == [(n["kind"], plain(n["num"]), n["parent"], plain(n["heading"])) for n in gold["nodes"]]


def _in_table(doc: vr.Resolution, start: int) -> bool:
    return any(node.kind == "table" and node.span[0] <= start < node.span[1] for node in doc.walk())


@samples
def test_citations_are_as_in_gold(path: Path) -> None:
    doc = vr.parse(path)
    fields = ("type", "number", "date", "provision", "internal")
    want = [tuple(plain(c[f]) for f in fields) for c in gold_of(path)["citations"]]
    assert [tuple(plain(getattr(c, f)) for f in fields) for c in doc.citations] == want


@samples
def test_quantities_are_as_in_gold(path: Path) -> None:
    doc = vr.parse(path)
    read = [q for q in doc.quantities if not _in_table(doc, q.span[0])]
    want = [(q["low"], q["high"], q["op"], plain(q["unit"])) for q in gold_of(path)["quantities"]]
    assert [(_number(q.low), _number(q.high), q.comparator, plain(q.unit)) for q in read] == want


@samples
def test_indicators_are_as_in_gold(path: Path) -> None:
    doc = vr.parse(path)
    quantities = {q.id: q for q in doc.quantities}
    read = [(i, quantities[i.quantity]) for i in doc.indicators]
    have = [
        (plain(i.name), _number(q.low), _number(q.high), i.change, i.status)
        for i, q in sorted(read, key=lambda pair: pair[1].span)
        if not _in_table(doc, q.span[0])
    ]
    want = [(plain(i["name"]), i["low"], i["high"], i["change"], i["status"]) for i in gold_of(path)["indicators"]]
    assert have == want


@samples
def test_tasks_are_as_in_gold(path: Path) -> None:
    doc = vr.parse(path)
    have = [
        (plain(t.text[:50]), {plain(a) for a in t.agents}, plain(t.deadline and t.deadline.text)) for t in doc.tasks
    ]
    want = [(plain(t["start"]), {plain(a) for a in t["agents"]}, plain(t["deadline"])) for t in gold_of(path)["tasks"]]
    assert have == want


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
