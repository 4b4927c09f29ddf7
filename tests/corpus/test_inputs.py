"""What is found in sources, under which id, and what hostile or odd ones do: nothing to anything else."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from support.texts import SAMPLES
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.containers import DEFAULT_FIELDS, Fault
from vn_resolution.corpus.draft import CORPUS_FILE
from vn_resolution.corpus.inputs import Item, Opener, find_items
from vn_resolution.corpus.store import Corpus
from vn_resolution.errors import CorpusError

ONE = Options(jobs=1)
TEXT = "Điều 1. Một."


def items(*sources: Path, corpus: Path = Path("/nowhere")) -> tuple[dict[str, Item], Counter[str]]:
    left_out: Counter[str] = Counter()
    found = list(find_items(sources, corpus, DEFAULT_FIELDS, left_out))
    return {item.document: item for item in found}, left_out


def reasons(corpus: Path) -> dict[str, str | None]:
    with Corpus(corpus) as opened:
        return {row["document"]: row["reason"] for row in opened.rows("manifest")}


def test_ids_are_the_way_from_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x.txt", "a/deep/er/y.MD", "a/.hidden/z.txt", "a/.z.txt", "a/scan.TIF", "a/sheet.xls", "b/a/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found, left_out = items(tmp_path / "a", tmp_path / "b" / "a", tmp_path / "a" / "sheet.xls")
    assert set(found) == {"a/x.txt", "a/deep/er/y.MD", "a/scan.TIF", "a (2)/x.txt", "sheet.xls"}
    assert left_out == {".xls": 1}
    monkeypatch.chdir(tmp_path / "a")
    assert set(items(Path())[0]) == {"a/x.txt", "a/deep/er/y.MD", "a/scan.TIF"}
    below = {"a/x.txt", "a/deep/er/y.MD", "a/scan.TIF", "b/a/x.txt"}
    assert set(items(Path(".."))[0]) == {f"{tmp_path.name}/{name}" for name in below}


def test_the_corpus_is_no_source_of_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path], tmp_path / "corpus", ONE)
    (tmp_path / "corpus" / "b.txt").write_text(TEXT, encoding="utf-8")
    assert build([tmp_path], tmp_path / "corpus", ONE).documents == 1


def test_links_and_repetitions_are_one_document(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    (source / "b.txt").symlink_to("a.txt")
    (source / "gone.txt").symlink_to("nowhere")
    (source / "deep" / "loop").symlink_to("..")
    build([source, source / "a.txt", tmp_path / "in"], tmp_path / "corpus", ONE)
    assert reasons(tmp_path / "corpus") == {"in/a.txt": None}


@pytest.mark.skipif(sys.platform != "linux", reason="file names of bytes")
def test_names_of_all_kinds(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in (b"\xff\xfe.txt", "nghị quyết #1?%20.txt".encode(), b"line\nend.txt", b"quote'\".txt", b"-j.txt"):
        (source / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    (source / unicodedata.normalize("NFD", "số.txt")).write_text(TEXT, encoding="utf-8")
    (source / unicodedata.normalize("NFC", "số.txt")).write_text(TEXT, encoding="utf-8")
    os.mkfifo(source / "pipe.txt")
    with pytest.raises(CorpusError, match="no such file"):
        build([source / "pipe.txt"], tmp_path / "corpus", ONE)
    build([source], tmp_path / "corpus", ONE)
    found = reasons(tmp_path / "corpus")
    expected = {"��.txt", "nghị quyết #1?%20.txt", "line\nend.txt", "quote'\".txt", "-j.txt", "số.txt", "số.txt (2)"}
    assert found == dict.fromkeys((f"in/{name}" for name in expected), None)
    with Corpus(tmp_path / "corpus") as corpus:
        assert corpus["in/" + unicodedata.normalize("NFD", "số.txt")].source.text == TEXT


def test_members_of_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../up.txt", "/root.txt", "back\\slash.txt", "x/./y.txt", "same.txt", "folder/"):
            archive.writestr(name, TEXT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("same.txt", TEXT + " Hai.")
        archive.writestr("locked.txt", TEXT)
    data = path.read_bytes()
    flag = data.index(b"locked.txt", data.index(b"PK\x01\x02")) - 46 + 8  # the general purpose bits in the directory
    path.write_bytes(data[:flag] + b"\x01" + data[flag + 1 :])
    build([path], tmp_path / "corpus", ONE)
    assert reasons(tmp_path / "corpus") == {
        "a.zip/up.txt": None,
        "a.zip/root.txt": None,
        "a.zip/back/slash.txt": None,
        "a.zip/x/y.txt": None,
        "a.zip/same.txt": None,
        "a.zip/same.txt (2)": None,
        "a.zip/locked.txt": "encrypted",
    }
    with Corpus(tmp_path / "corpus") as corpus:
        assert corpus["a.zip/same.txt (2)"].source.text == TEXT + " Hai."


def test_an_archive_is_known_by_its_content_where_it_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        archive.writestr("a.txt", TEXT)
    shutil.copy(SAMPLES / "budget.txt", tmp_path / "plain")
    assert set(items(tmp_path / "archive", tmp_path / "plain")[0]) == {"archive/a.txt", "plain"}


def test_what_vanishes_between_finding_and_opening_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "c.jsonl").write_text('{"text": "x"}\n')
    found, _ = items(tmp_path)
    opener = Opener(DEFAULT_FIELDS, 1000)
    for path in tmp_path.iterdir():
        path.unlink()
    for item in found.values():
        with pytest.raises(Fault):
            opener.open(item)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in"
    (source / "barred").mkdir(parents=True)
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    scandir = os.scandir

    def refuse(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "barred":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    build([source], tmp_path / "corpus", ONE)
    assert reasons(tmp_path / "corpus") == {"in/a.txt": None, "in/barred": "unreadable"}


def test_a_corpus_tells_nothing_of_where_it_was_built(tmp_path: Path) -> None:
    contents = []
    for place in ("here", "there/far"):
        source = tmp_path / place / "in"
        source.mkdir(parents=True)
        (source / "a.txt").write_text(TEXT, encoding="utf-8")
        (source / "cut.zip").write_bytes(b"PK\x03\x04" + bytes(64))
        (source / "cut.docx").write_bytes(b"PK\x03\x04word/" + bytes(64))
        (source / "cut.pdf").write_bytes(b"%PDF-1.7")
        (source / "odd.parquet").write_bytes(b"PAR1 and no more")
        (source / "odd.jsonl").write_text('{"text": 1}\n[]\nx\n')
        (source / "folder.parquet").mkdir()
        build([source], tmp_path / place / "corpus", ONE)
        contents.append((tmp_path / place / "corpus" / CORPUS_FILE).read_bytes())
        assert str(tmp_path).encode() not in contents[-1]
    assert contents[0] == contents[1]
