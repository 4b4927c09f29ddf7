"""What a build promises: the same corpus whatever the history, only what changed is read, nothing stops it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import vn_resolution as vr
from support.texts import SAMPLES, sample_paths
from vn_resolution.corpus import draft
from vn_resolution.corpus.build import Options, Report, build
from vn_resolution.corpus.containers import Fields
from vn_resolution.corpus.draft import CORPUS_FILE, Draft
from vn_resolution.corpus.kernel import Settings
from vn_resolution.corpus.store import Corpus
from vn_resolution.errors import CorpusError

ONE = Options(jobs=1)
BUDGET = SAMPLES / "budget.txt"


def content(corpus: Path) -> bytes:
    """The bytes of a corpus, of which its folder must hold nothing else."""
    assert [path.name for path in corpus.iterdir()] == [CORPUS_FILE]
    return (corpus / CORPUS_FILE).read_bytes()


def manifest(corpus: Path) -> dict[str, dict[str, object]]:
    with Corpus(corpus) as opened:
        return {row["document"]: row for row in opened.rows("manifest")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The samples as a corpus, which no test changes."""
    folder = tmp_path_factory.mktemp("built") / "corpus"
    build([SAMPLES], folder, Options(jobs=2))
    yield folder


def test_a_corpus_gives_back_what_parse_reads(built: Path) -> None:
    with Corpus(built) as corpus:
        assert list(corpus) == sorted(f"samples/{path.name}" for path in sample_paths())
        assert len(corpus) == len(sample_paths())
        for path in sample_paths():
            assert corpus[f"samples/{path.name}"] == vr.parse(path)
        assert "samples/budget.txt" in corpus
        assert "budget.txt" not in corpus
        with pytest.raises(KeyError):
            corpus["budget.txt"]


def test_the_bytes_do_not_depend_on_workers_or_history(built: Path, tmp_path: Path) -> None:
    source, corpus = tmp_path / "samples", tmp_path / "corpus"
    source.mkdir()
    for path in reversed(sample_paths()):
        shutil.copy(path, source / path.name)
        if path.stem.startswith(("f", "b")):
            build([source], corpus, ONE)
    (source / "passing.txt").write_text("Điều 1. Một.", encoding="utf-8")
    build([source], corpus, ONE)
    (source / "passing.txt").unlink()
    build([source], corpus, ONE)
    assert content(corpus) == content(built)


def _written(path: Path) -> tuple[int, int]:
    """Which file it is and when it was written last; when it was read does not matter."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    shutil.copytree(SAMPLES, source, ignore=shutil.ignore_patterns("*.json", "*.xml"))
    first = build([source], corpus, ONE)
    assert (first.read, first.kept, first.changed) == (len(sample_paths()), 0, True)
    before = _written(corpus / CORPUS_FILE)
    again = build([source], corpus, ONE)
    assert (again.read, again.kept, again.changed) == (0, len(sample_paths()), False)
    assert _written(corpus / CORPUS_FILE) == before
    (source / "budget.txt").write_text(BUDGET.read_text("utf-8").replace("31/NQ", "32/NQ"), encoding="utf-8")
    third = build([source], corpus, ONE)
    assert (third.read, third.kept, third.removed) == (1, len(sample_paths()) - 1, 0)
    with Corpus(corpus) as opened:
        assert opened["in/budget.txt"].meta.number == "32/NQ-HĐND"


def test_documents_that_are_gone_are_removed_unless_kept(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    source.mkdir()
    shutil.copy(BUDGET, source / "a.txt")
    shutil.copy(SAMPLES / "personnel.txt", source / "b.txt")
    build([source], corpus, ONE)
    (source / "b.txt").unlink()
    assert build([source], corpus, Options(jobs=1, keep=True)).removed == 0
    with Corpus(corpus) as opened:
        assert list(opened) == ["in/a.txt", "in/b.txt"]
    assert build([source], corpus, ONE).removed == 1
    with Corpus(corpus) as opened:
        assert list(opened) == ["in/a.txt"]
        assert {row["document"] for row in opened.rows("nodes")} == {"in/a.txt"}


def test_a_missing_or_empty_source_leaves_the_corpus_as_it_is(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    source.mkdir()
    shutil.copy(BUDGET, source)
    build([source], corpus, ONE)
    before = content(corpus)
    with pytest.raises(CorpusError, match="no such file or folder"):
        build([tmp_path / "inn"], corpus, ONE)
    (source / "budget.txt").unlink()
    with pytest.raises(CorpusError, match="there is no document"):
        build([source], corpus, ONE)
    assert (corpus / CORPUS_FILE).read_bytes() == before


def test_what_was_moved_is_not_read_again(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    (source / "old").mkdir(parents=True)
    shutil.copy(BUDGET, source / "old")
    build([source], corpus, ONE)
    (source / "old").rename(source / "new")
    report = build([source], corpus, ONE)
    assert (report.read, report.kept, report.removed) == (0, 1, 1)
    moved = content(corpus)
    shutil.rmtree(corpus)
    build([source], corpus, ONE)
    assert content(corpus) == moved


def test_archives_and_tables_of_texts(tmp_path: Path) -> None:
    text = BUDGET.read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("2024/ngân sách.txt", text)
        archive.writestr("2024/inner.zip", b"PK")
        archive.writestr("__MACOSX/2024/._a.txt", b"x")
        archive.writestr(".hidden.txt", b"x")
        archive.writestr("2024/notes.ini", b"x")
    records = [
        {"id": 7, "body": text},
        {"body": text},
        {"id": "a/b", "body": text},
        {"id": 7, "body": text},
        {"id": "x"},
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (tmp_path / "texts.jsonl").write_text("\n".join([*lines, "", "{"]), encoding="utf-8")
    report = build(
        [tmp_path / "old.zip", tmp_path / "texts.jsonl"], tmp_path / "corpus", Options(1, fields=Fields("body"))
    )
    assert dict(report.left_out) == {".zip": 1}
    rows = manifest(tmp_path / "corpus")
    assert {key: row["reason"] for key, row in rows.items()} == {
        "old.zip/2024/ngân sách.txt": None,
        "texts.jsonl/7": None,
        "texts.jsonl/2": None,
        "texts.jsonl/a/b": None,
        "texts.jsonl/7 (2)": None,
        "texts.jsonl/5": "damaged",
        "texts.jsonl/7 (3)": "damaged",
    }
    assert len({row["text_sha256"] for row in rows.values() if row["reason"] is None}) == 1


def test_parquet_of_texts_and_of_documents(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    texts = [path.read_text("utf-8") for path in sample_paths()] * 30
    pq.write_table(pa.table({"text": texts}), tmp_path / "texts.parquet", row_group_size=100)
    files = [path.read_bytes() for path in sample_paths()] + [None]
    names = [path.name for path in sample_paths()] + ["none"]
    pq.write_table(pa.table({"id": names, "text": files}), tmp_path / "files.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    report = build([tmp_path], tmp_path / "corpus", ONE)
    assert report.documents == len(texts) + len(files) + 1
    rows = manifest(tmp_path / "corpus")
    root = tmp_path.name
    assert [key for key, row in rows.items() if row["reason"]] == [
        f"{root}/broken.parquet",
        f"{root}/files.parquet/none",
    ]
    with Corpus(tmp_path / "corpus") as corpus:
        assert corpus[f"{root}/files.parquet/budget.txt"] == vr.parse(BUDGET)
        place = len(sample_paths()) * 29 + names.index("budget.txt") + 1
        assert corpus[f"{root}/texts.parquet/{place}"].source.text == BUDGET.read_text("utf-8")


def test_damaged_and_hostile_archives_are_quarantined(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "cut.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    with zipfile.ZipFile(source / "flipped.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", BUDGET.read_bytes())
        archive.writestr("b.txt", BUDGET.read_bytes())
    data = bytearray((source / "flipped.zip").read_bytes())
    data[200] ^= 0xFF
    (source / "flipped.zip").write_bytes(data)
    with zipfile.ZipFile(source / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for k in range(20):
            archive.writestr(f"{k}.txt", bytes(60_000_000))
    shutil.copy(BUDGET, source)
    report = build([source], tmp_path / "corpus", ONE)
    reasons = {key: row["reason"] for key, row in manifest(tmp_path / "corpus").items()}
    assert reasons == {
        "in/bomb.zip": "too_large",
        "in/budget.txt": None,
        "in/cut.zip": "damaged",
        "in/flipped.zip/a.txt": "damaged",
        "in/flipped.zip/b.txt": None,
    }
    assert (report.quarantined, len(report.faults)) == (3, 3)
    assert build([source], tmp_path / "corpus", ONE).changed is False


def test_the_manifest_tells_what_went_in_and_out(built: Path) -> None:
    import hashlib

    with Corpus(built) as corpus:
        (row,) = corpus.rows("manifest", "samples/budget.txt")
        assert row["source_sha256"] == hashlib.sha256(BUDGET.read_bytes()).hexdigest()
        assert row["text_sha256"] == hashlib.sha256(BUDGET.read_text("utf-8").encode()).hexdigest()
        assert row["output_sha256"] == hashlib.sha256(corpus.json("samples/budget.txt")).hexdigest()
        assert row["parser_version"] == vr.__version__
        assert row["size"] == BUDGET.stat().st_size


def test_another_grammar_or_limit_reads_anew(tmp_path: Path) -> None:
    grammar, corpus = tmp_path / "grammar", tmp_path / "corpus"
    grammar.mkdir()
    (grammar / "subjects.toml").write_text("", encoding="utf-8")
    assert build([BUDGET], corpus, ONE).read == 1
    assert build([BUDGET], corpus, Options(1, Settings((grammar,)))).read == 1
    assert build([BUDGET], corpus, Options(1, Settings((grammar,)))).read == 0
    report = build([BUDGET], corpus, Options(1, Settings((), 100)))
    assert (report.read, report.quarantined) == (1, 1)
    assert manifest(corpus)["budget.txt"]["reason"] == "too_large"
    assert manifest(corpus)["budget.txt"]["size"] == BUDGET.stat().st_size


def test_two_builds_of_one_corpus_do_not_meet(tmp_path: Path) -> None:
    held = Draft(tmp_path)
    try:
        with pytest.raises(CorpusError, match="another build"):
            build([BUDGET], tmp_path, ONE)
    finally:
        held.close()
    assert build([BUDGET], tmp_path, ONE).read == 1


@pytest.mark.parametrize("name", [draft.DRAFT_FILE, CORPUS_FILE])
def test_files_that_are_no_database_are_replaced(tmp_path: Path, built: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not a database" * 1000)
    with pytest.raises(CorpusError):
        Corpus(tmp_path)
    build([SAMPLES], tmp_path, ONE)
    assert content(tmp_path) == content(built)


@pytest.mark.parametrize("name", [draft.DRAFT_FILE, CORPUS_FILE])
def test_files_that_a_disk_damaged_are_replaced(tmp_path: Path, built: Path, name: str) -> None:
    data = bytearray((built / CORPUS_FILE).read_bytes())
    for place in range(20_000, len(data), 5_000):
        data[place : place + 500] = b"\xa5" * len(data[place : place + 500])
    (tmp_path / name).write_bytes(data)
    build([SAMPLES], tmp_path, ONE)
    assert content(tmp_path) == content(built)


def test_a_corpus_of_another_shape_is_refused_and_built_anew(tmp_path: Path, built: Path) -> None:
    shutil.copytree(built, tmp_path / "corpus")
    db = sqlite3.connect(tmp_path / "corpus" / CORPUS_FILE)
    db.execute("UPDATE about SET value = 'other' WHERE key = 'shape_sha256'")
    db.commit()
    db.close()
    with pytest.raises(CorpusError, match="another version"):
        Corpus(tmp_path / "corpus")
    assert build([SAMPLES], tmp_path / "corpus", ONE).read == len(sample_paths())
    assert content(tmp_path / "corpus") == content(built)


def test_progress_is_told_for_every_document(tmp_path: Path) -> None:
    told: list[int] = []

    def progress(report: Report) -> None:
        told.append(report.read + report.kept)

    build([SAMPLES], tmp_path, Options(jobs=2), progress=progress)
    assert told == list(range(1, len(sample_paths()) + 1))


def test_a_corpus_that_is_open_stays_what_it_was(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    source.mkdir()
    shutil.copy(BUDGET, source)
    build([source], corpus, ONE)
    with Corpus(corpus) as opened:
        shutil.copy(SAMPLES / "personnel.txt", source)
        build([source], corpus, ONE)
        assert list(opened) == ["in/budget.txt"]
        assert opened["in/budget.txt"].meta.number
    with Corpus(corpus) as opened:
        assert len(opened) == 2
