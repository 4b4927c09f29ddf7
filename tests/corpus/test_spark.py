"""The Spark engine: the same bytes as the local one, and poison documents that cost themselves alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.texts import SAMPLES, sample_paths
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.draft import CORPUS_FILE
from vn_resolution.corpus.engines.spark import SparkEngine, read_frame, session
from vn_resolution.corpus.kernel import Settings, job_schema
from vn_resolution.corpus.store import Corpus
from vn_resolution.corpus.workers import Limits
from vn_resolution.errors import MissingTool

pytest.importorskip("pyspark", reason="pip install 'vn-resolution[spark]'")
if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

SLOW_RULE = """
[[zone]]
id = "copy_mark"
pattern = '(?:x+x+)+y'
examples = ["xxy"]
counter_examples = ["y"]
"""


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    try:
        found = session("local[2]")
    except MissingTool as error:
        pytest.skip(str(error))
    yield found
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    found.stop()


def test_a_corpus_built_by_spark_has_the_bytes_of_one_built_here(spark: SparkSession, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for path in sample_paths():
        for number in range(4):
            text = path.read_text("utf-8").replace("năm 2021", f"năm {2018 + number}")
            (source / f"{number}-{path.name}").write_text(text, "utf-8")
    (source / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    build([source], tmp_path / "here", Options(jobs=2))
    report = build([source], tmp_path / "there", Options(jobs=2), engine=SparkEngine(spark, tmp_path))
    assert (report.read, report.quarantined) == (4 * len(sample_paths()) + 1, 1)
    assert (tmp_path / "here" / CORPUS_FILE).read_bytes() == (tmp_path / "there" / CORPUS_FILE).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "source", "there"]


def test_a_document_that_hangs_is_quarantined_and_the_others_are_read(spark: SparkSession, tmp_path: Path) -> None:
    source, grammar = tmp_path / "source", tmp_path / "grammar"
    source.mkdir()
    grammar.mkdir()
    (grammar / "zones.toml").write_text(SLOW_RULE, "utf-8")
    (source / "poison.txt").write_text("x" * 60 + "\n\nĐiều 1. Một.", "utf-8")
    for number in range(6):
        (source / f"{number}.txt").write_text(f"NGHỊ QUYẾT\n\nĐiều 1. Thu {number + 2} tỷ đồng.", "utf-8")
    options = Options(settings=Settings((grammar,)), limits=Limits(timeout=5))
    report = build([source], tmp_path / "corpus", options, engine=SparkEngine(spark))
    assert (report.read, report.quarantined) == (7, 1)
    with Corpus(tmp_path / "corpus") as corpus:
        assert [r["document"] for r in corpus.rows("manifest") if r["reason"] == "timeout"] == ["source/poison.txt"]
        assert len(corpus) == 6


def test_a_task_that_fails_is_tried_four_times_and_no_more(spark: SparkSession, tmp_path: Path) -> None:

    def failing(times: int, name: str) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
        def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            tries = len(list(tmp_path.glob(f"{name}-*")))
            (tmp_path / f"{name}-{tries}").touch()
            if tries < times:
                raise OSError("the machine of this task is lost")
            yield from batches

        return work

    frame = spark.range(3, numPartitions=1)
    assert len(frame.mapInArrow(failing(3, "thrice"), "id long").collect()) == 3
    with pytest.raises(Exception, match="the machine of this task is lost"):
        frame.mapInArrow(failing(99, "always"), "id long").collect()
    assert len(list(tmp_path.glob("always-*"))) == 4


def test_frames_in_and_out_without_a_corpus(spark: SparkSession) -> None:
    import pyarrow as pa

    data = (SAMPLES / "budget.txt").read_bytes()
    fields = {"document": ["budget"], "data": [data], "name": ["budget.txt"]}
    table = pa.table(fields, schema=pa.schema([job_schema().field(name) for name in fields]))
    outcomes = read_frame(spark.createDataFrame(table))
    [row] = outcomes.select("document", "status").collect()
    assert (row.document, row.status) == ("budget", "read")
    [first, *_] = outcomes.selectExpr("inline(indicators)").orderBy("seq").collect()
    assert (first.name, first.low, first.unit) == (
        "Tổng thu ngân sách nhà nước trên địa bàn",
        6_634_000_000_000.0,
        "VND",
    )
