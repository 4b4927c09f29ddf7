"""Words: every character of a sentence is in one, what the law says as one stays whole, and search knows them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from support.short import resolution
from support.texts import ROOT
from vn_resolution.cli import run
from vn_resolution.corpus import segment
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.segment import split_words
from vn_resolution.corpus.store import Corpus
from vn_resolution.errors import CorpusError, MissingTool
from vn_resolution.parser import parse
from vn_resolution.reading import Reader

BODY = (
    "Điều 1. Kế hoạch\n1. Chi 6.634.000 triệu đồng, từ 7,5-8,0% theo Nghị quyết số 12/2022/NQ-HĐND ngày 08 tháng 12 "
    "năm 2022. Thực hiện trước ngày 31/12/2024!\n\n| Tên | Vốn |\n|---|---|\n| Cầu A | 5 tỷ đồng |"
)


def pairs(text: str) -> list[str]:
    """Stands in for a segmenter: two syllables a word, punctuation apart."""
    found = re.findall(r"\w+|[^\w\s]", text)
    return [" ".join(found[k : k + 2]) if re.match(r"\w", found[k]) else found[k] for k in range(0, len(found), 2)]


def wild(text: str) -> list[str]:
    """One that loses, changes and invents words."""
    return ["nothing", *text.split()[1::2], "", text.upper(), " "]


@pytest.mark.parametrize("cut", [pairs, wild, str.split, list, lambda text: []])
@pytest.mark.parametrize("name", ["", *sorted(path.name for path in (ROOT / "samples").glob("*.[tm][xd]*"))])
def test_words_are_the_text(name: str, cut: segment.Segmenter) -> None:
    doc = parse(ROOT / "samples" / name) if name else parse(resolution("1/NQ-HĐND", BODY).encode())
    reader = Reader(doc.source.text, doc.source.artifacts)
    for sentence in split_words(doc, cut):
        assert "".join(word.text + " " * word.spaced for word in sentence.words).strip() == sentence.text
        spans = [word.span for word in sentence.words]
        assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in pairwise(spans))
        for word in sentence.words:
            assert reader.text(word.span) == word.text


def test_what_is_one_stays_one() -> None:
    doc = parse(resolution("1/NQ-HĐND", BODY).encode())
    kept = [(word.text, word.kind) for sentence in split_words(doc, pairs) for word in sentence.words if word.id]
    for expected in (
        ("6.634.000 triệu đồng", "quantity"),
        ("7,5-8,0%", "quantity"),
        ("Nghị quyết số 12/2022/NQ-HĐND ngày 08 tháng 12 năm 2022", "citation"),
        ("ngày 31/12/2024", "date"),
    ):
        assert expected in kept
    assert ("ngày 08 tháng 12 năm 2022", "date") not in kept


def test_sentences_bear_their_unit() -> None:
    doc = parse(resolution("1/NQ-HĐND", BODY).encode())
    found = {sentence.text: sentence for sentence in split_words(doc, pairs)}
    assert found["Kế hoạch"].eid == "art_1"
    assert found["Thực hiện trước ngày 31/12/2024!"].eid == "art_1__para_1"
    assert found["Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;"].seq is None
    nodes = [node.id for node in doc.walk()]
    assert all(nodes[s.seq] == s.eid for s in found.values() if s.seq is not None)


def test_without_the_extra(
    samples_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(segment, "find_spec", lambda name: None)
    with pytest.raises(MissingTool, match=r"vn-resolution\[nlp\]"):
        segment.load_segmenter()
    assert run(["corpus", "export", str(samples_folder), str(tmp_path / "a"), "--to", "conllu"]) == 4
    assert run(["corpus", "words", str(samples_folder)]) == 4
    assert not list(tmp_path.iterdir()) and "pip install" in capsys.readouterr().err


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with its index of words."""
    pytest.importorskip("underthesea")
    source, folder = tmp_path_factory.mktemp("words"), tmp_path_factory.mktemp("words-corpus")
    (source / "a.txt").write_text(
        resolution("1/NQ-HĐND", "Điều 1. Hợp tác xã\nHỗ trợ hợp tác xã 5 triệu đồng. Giao công an tỉnh."), "utf-8"
    )
    (source / "b.txt").write_text(
        resolution("2/NQ-HĐND", "Điều 1. Nhiệm vụ\nTập trung đầu tư công trình thủy lợi."), "utf-8"
    )
    (source / "c.txt").write_text(
        resolution("3/NQ-HĐND", "Điều 1. Nhiệm vụ\nGiải ngân vốn đầu tư công, chi 5 triệu đồng."), "utf-8"
    )
    build([source], folder, Options(jobs=1))
    assert run(["corpus", "words", str(folder), "-j", "2"]) == 0
    return folder


class TestWithUnderthesea:
    def test_search_for_words(self, folder: Path) -> None:
        with Corpus(folder) as corpus:
            assert len(corpus.search("đầu tư công")) == 2
            (hit,) = corpus.search("đầu tư công", segmented=True)
            assert (
                hit.document.endswith("c.txt")
                and hit.marked() == "Nhiệm vụ: Giải ngân vốn [đầu tư công], chi 5 triệu đồng."
            )
            (hit,) = corpus.search("hợp tác xã", segmented=True)
            assert hit.document.endswith("a.txt")
            assert not corpus.search("hợp", segmented=True) and corpus.search("hợp")
            assert len(corpus.search("5 triệu đồng", segmented=True)) == 2
            assert corpus.search("dau tu cong", segmented=True) == corpus.search("dau tu cong")
            assert not corpus.where(year=1999).search("đầu tư công", segmented=True)
            with pytest.raises(ValueError, match="articles"):
                corpus.search("đầu tư", "tasks", segmented=True)

    def test_the_same_bytes_whatever_the_workers(self, folder: Path) -> None:
        before = (folder / "words.sqlite").read_bytes()
        assert run(["corpus", "words", str(folder), "-j", "1"]) == 0
        assert (folder / "words.sqlite").read_bytes() == before

    def test_an_index_that_is_missing_or_of_another_state(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "corpus.sqlite").write_bytes((folder / "corpus.sqlite").read_bytes())
        with Corpus(tmp_path) as corpus:
            with pytest.raises(CorpusError, match="no index of words"):
                corpus.search("đầu tư công", segmented=True)
            (tmp_path / "words.sqlite").write_bytes(b"no database")
            with pytest.raises(CorpusError, match="out of date"):
                corpus.search("đầu tư công", segmented=True)
        assert run(["corpus", "search", str(tmp_path), "đầu tư công", "--words"]) == 2

    def test_conllu(self, folder: Path, tmp_path: Path) -> None:
        for jobs in ("1", "2"):
            target = tmp_path / f"{jobs}.conllu"
            assert run(["corpus", "export", str(folder), str(target), "--to", "conllu", "-j", jobs]) == 0
        data = (tmp_path / "1.conllu").read_text("utf-8")
        assert data == (tmp_path / "2.conllu").read_text("utf-8") and data.endswith("\n\n")
        blocks = data.strip().split("\n\n")
        assert sum(block.startswith("# newdoc id = ") for block in blocks) == 3
        ids = []
        with Corpus(folder) as corpus:
            for block in blocks:
                comments = dict(line[2:].split(" = ", 1) for line in block.splitlines() if line.startswith("# "))
                rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
                assert all(len(row) == 10 for row in rows)
                assert [row[0] for row in rows] == [str(k + 1) for k in range(len(rows))]
                text = "".join(row[1] + " " * ("SpaceAfter=No" not in row[9]) for row in rows).strip()
                assert text == comments["text"]
                ids.append(comments["sent_id"])
                source = corpus[comments["sent_id"].split("#")[0]].source.text
                for row in rows:
                    start, end = map(int, re.findall(r"Span=(\d+):(\d+)", row[9])[0])
                    assert source[start:end] == row[1]
        assert len(set(ids)) == len(ids)

    def test_it_is_loaded_once(self) -> None:
        pytest.importorskip("underthesea")
        assert segment.load_segmenter() is segment.load_segmenter()
