"""What is exported is whole, is read by the programs that it is for, and says what the corpus says."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vn_resolution.cli import run
from vn_resolution.corpus.dataset import TEXTS
from vn_resolution.corpus.export import FORMS
from vn_resolution.corpus.folders_out import Names, new_folder
from vn_resolution.corpus.store import Corpus
from vn_resolution.corpus.tables import TABLES
from vn_resolution.errors import CorpusError
from vn_resolution.model import Resolution


@pytest.fixture(scope="module")
def dataset(samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "councils"
    with Corpus(samples_folder) as corpus:
        corpus.export(folder, "dataset", license="cc0-1.0", url="https://example.org/councils")
    return folder


def test_jsonl(samples: Corpus, tmp_path: Path) -> None:
    samples.export(tmp_path / "a.jsonl", "jsonl")
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == list(samples)
    assert Resolution.model_validate(lines[0]["resolution"]) == samples[lines[0]["id"]]


def test_spans_count_the_characters_of_the_text(samples: Corpus, tmp_path: Path) -> None:
    samples.export(tmp_path / "a.jsonl", "spans")
    for line in map(json.loads, (tmp_path / "a.jsonl").read_text("utf-8").splitlines()):
        doc = samples[line["id"]]
        assert line["text"] == doc.source.text
        found = {(span["id"], line["text"][span["start"] : span["end"]]) for span in line["spans"]}
        assert {(q.id, doc.source.text[slice(*q.span)]) for q in (*doc.quantities, *doc.tasks, *doc.citations)} <= found
        assert line["label"] == [[span["start"], span["end"], span["label"]] for span in line["spans"]]


def test_folders_of_documents(samples: Corpus, tmp_path: Path) -> None:
    samples.export(tmp_path / "akn", "akn")
    samples.export(tmp_path / "text", "text")
    for document in samples:
        assert (tmp_path / "akn" / f"{document}.akn.xml").read_bytes() == samples[document].to_akn()
        assert (tmp_path / "text" / f"{document}.txt").read_text("utf-8") == samples[document].to_text()


def test_csv(samples: Corpus, tmp_path: Path) -> None:
    samples.export(tmp_path / "csv", "csv")
    for name, table in TABLES.items():
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        assert len(rows) == len(list(samples.rows(name)))


def test_parquet_is_read_by_duckdb(samples: Corpus, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    samples.export(tmp_path / "parquet", "parquet")
    for name in TABLES:
        found = duckdb.sql(f"SELECT * FROM '{tmp_path}/parquet/{name}.parquet'")
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        assert [_plain(row) for row in rows] == [_plain(row) for row in samples.rows(name)]
    growth = duckdb.sql(
        f"SELECT province, low FROM '{tmp_path}/parquet/indicators.parquet' "
        f"JOIN '{tmp_path}/parquet/documents.parquet' USING (document) "
        "WHERE concept = 'grdp_growth' AND status = 'actual'"
    )
    assert growth.fetchall() == [("Sóc Trăng", 10.8)]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    def same(value: Any) -> Any:
        return [same(one) for one in value] if isinstance(value, list | tuple) else value

    return {name: same(value) for name, value in row.items()}


class TestDataset:
    @pytest.fixture
    def load(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
        datasets = pytest.importorskip("datasets")

        def load(*arguments: Any, **options: Any) -> Any:
            return datasets.load_dataset(*arguments, split="train", cache_dir=str(tmp_path / "cache"), **options)

        return load

    @pytest.mark.filterwarnings("ignore")
    def test_it_is_opened_by_its_folder(self, load: Callable[..., Any], dataset: Path, samples: Corpus) -> None:
        documents = load(str(dataset))
        assert documents["document"][:] == list(samples)
        assert documents[0]["subject"] == list(next(samples.rows("documents"))["subject"])
        texts = load(str(dataset), "texts")
        assert texts[0]["text"] == samples[texts[0]["document"]].source.text
        assert Resolution.from_json(texts[3]["json"]) == samples[texts[3]["document"]]

    @pytest.mark.filterwarnings("ignore")
    def test_its_files_are_parquet(self, load: Callable[..., Any], dataset: Path, samples: Corpus) -> None:
        rows = load("parquet", data_files=str(dataset / "data" / "nodes.parquet"))
        assert rows.num_rows == len(list(samples.rows("nodes")))
        assert rows.features["cells"].feature.feature.dtype == rows.features["kind"].dtype == "string"
        assert rows.features["quoted"].dtype == "bool"

    def test_the_card_counts_what_is_there(self, dataset: Path, samples: Corpus) -> None:
        yaml = pytest.importorskip("yaml")
        _, head, body = (dataset / "README.md").read_text("utf-8").split("---\n", 2)
        about = yaml.safe_load(head)
        assert about["license"] == "cc0-1.0" and about["language"] == ["vi"] and about["size_categories"] == ["n<1K"]
        assert {config["config_name"] for config in about["configs"]} == {*TABLES, "texts"}
        assert all((dataset / config["data_files"]).is_file() for config in about["configs"])
        assert [config["config_name"] for config in about["configs"] if config.get("default")] == ["documents"]
        for name in TABLES:
            assert f"| {name} | {len(list(samples.rows(name)))} |" in body
        assert "| An Giang | 1 |" in body and "2004–2025" in body

    def test_croissant_describes_the_files(self, dataset: Path) -> None:
        data = json.loads((dataset / "croissant.json").read_text("utf-8"))
        assert data["conformsTo"] == "http://mlcommons.org/croissant/1.0"
        files = {file["@id"]: dataset / file["contentUrl"] for file in data["distribution"]}
        for file in data["distribution"]:
            content = files[file["@id"]].read_bytes()
            assert file["sha256"] == hashlib.sha256(content).hexdigest() and file["contentSize"] == f"{len(content)} B"
        pq = pytest.importorskip("pyarrow.parquet")
        for record_set in data["recordSet"]:
            for field in record_set["field"]:
                source = field["source"]
                assert source["extract"]["column"] in pq.read_schema(files[source["fileObject"]["@id"]]).names
        ids = {field["@id"] for record_set in data["recordSet"] for field in record_set["field"]}
        assert {one["@id"] for record_set in data["recordSet"] for one in record_set["key"]} <= ids
        assert {record_set["name"] for record_set in data["recordSet"]} == {*TABLES, TEXTS.name}

    def test_the_same_bytes_again(self, dataset: Path, samples: Corpus, tmp_path: Path) -> None:
        samples.export(
            tmp_path / "again", "dataset", name="councils", license="cc0-1.0", url="https://example.org/councils"
        )
        for path in dataset.rglob("*.*"):
            assert (tmp_path / "again" / path.relative_to(dataset)).read_bytes() == path.read_bytes()


class TestPlaces:
    def test_a_folder_with_something_in_it_stays(self, samples: Corpus, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        samples.export(tmp_path / "a", "text")
        for form in FORMS:
            with pytest.raises(CorpusError, match="holds something already"):
                samples.export(tmp_path / "a", form, overwrite=True)
        assert {path.name for path in tmp_path.iterdir()} == {"a"} and (tmp_path / "a" / "samples").is_dir()

    def test_a_file_stays_unless_it_is_said(self, samples: Corpus, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("x")
        with pytest.raises(CorpusError, match="is there already"):
            samples.export(tmp_path / "a", "spans")
        assert (tmp_path / "a").read_text() == "x"
        samples.export(tmp_path / "a", "spans", overwrite=True)
        assert len((tmp_path / "a").read_text("utf-8").splitlines()) == 9

    def test_nothing_is_left_of_what_failed(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "a") as folder:
            (folder / "part").write_text("x")
            raise ZeroDivisionError
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "document", ["/etc/passwd", "../../a", "a/../../b", "...", "", "C:\\a", "a\x00b", "a\ud800", "x" * 400]
    )
    def test_names_stay_in_their_folder(self, document: str, tmp_path: Path) -> None:
        path = (tmp_path / Names(".txt").of(document)).resolve()
        assert path.is_relative_to(tmp_path) and path != tmp_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")

    def test_names_that_differ_in_case_only(self) -> None:
        names = Names(".txt")
        assert [names.of("A"), names.of("a"), names.of("a ")] == ["A.txt", "a-2.txt", "a-3.txt"]


def test_a_view_is_exported_alone(samples: Corpus, tmp_path: Path) -> None:
    samples.where(year=2021).export(tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "manifest.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 3


def test_an_unknown_form(samples: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="jsonl, parquet"):
        samples.export(tmp_path / "a", "xlsx")  # type: ignore[arg-type]


def test_command(samples_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def export(*arguments: str) -> int:
        return run(["corpus", "export", str(samples_folder), *arguments])

    assert export(str(tmp_path / "a.jsonl"), "--to", "jsonl", "--year", "2021") == 0
    assert "2 documents as jsonl" in capsys.readouterr().err
    assert export(str(tmp_path / "a.jsonl"), "--to", "jsonl") == 1
    assert export(str(tmp_path / "a.jsonl"), "--to", "jsonl", "--overwrite") == 0
    assert export(str(tmp_path / "b"), "--to", "csv", "--name", "x") == 2
    assert export(str(tmp_path / "b"), "--to", "xlsx") == 2
    assert {"jsonl", "dataset"} <= set(FORMS)
