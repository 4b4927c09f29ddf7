"""Runs the kernel on Apache Spark: documents in Arrow batches to whichever machines, outcomes in Arrow batches back.

Needs the extra `spark` (PySpark) and Java 17 or later.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vn_resolution.corpus.engines.local import DEFAULT_LIMITS, guarded, with_sqlite_rows
from vn_resolution.corpus.kernel import (
    Job,
    Outcome,
    Settings,
    job_schema,
    jobs_of,
    outcome_schema,
    outcomes_of,
    read_document,
    to_batch,
)
from vn_resolution.corpus.workers import Limits
from vn_resolution.errors import MissingTool

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

MOST_IN_A_BATCH: Final = 32
"""Documents of which a batch of outcomes holds no more."""
_ROUND_BYTES: Final = 256 * 1024 * 1024
_ROUND_JOBS: Final = 20_000
_FILE_JOBS: Final = 64
_TASKS_PER_CORE: Final = 4
_FAILURES: Final = 4
_LOCAL: Final = re.compile(r"local(?:\[(\d+|\*)\])?")
HOW_TO_GET: Final = "pip install 'vn-resolution[spark]', and Java 17 or later (apt-get install default-jre-headless)"


def session(master: str = "local[*]") -> SparkSession:
    """A Spark session fit for the kernel, or the one that runs already. A task that fails is tried four times.

    Raises MissingTool where PySpark or Java is missing.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingTool(f"the engine spark needs PySpark: {HOW_TO_GET}") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise MissingTool(f"the engine spark needs Java: {HOW_TO_GET}")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = _LOCAL.fullmatch(master)
    builder = SparkSession.builder.appName("vn-resolution")
    builder = builder.master(f"local[{local[1] or 1},{_FAILURES}]" if local else master)
    options = {
        "spark.task.maxFailures": str(_FAILURES),
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(MOST_IN_A_BATCH),
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        options |= {
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
        }
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        found: SparkSession = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise MissingTool(f"Spark does not start ({error}); the engine spark needs {HOW_TO_GET}") from None
    return found


def read_frame(frame: DataFrame, settings: Settings | None = None, limits: Limits = DEFAULT_LIMITS) -> DataFrame:
    """The outcomes of the documents in a frame with the columns of `kernel.job_schema` (`document`, `data`, `name` at
    least): a frame with those of `kernel.outcome_schema`, lazily, a row for each document.

    Each task reads its documents in a process of its own, so that one that hangs, takes too much memory or dies is
    quarantined and costs the task nothing.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    work = partial(_read_task, settings=settings or Settings(), limits=limits)
    return frame.mapInArrow(work, from_arrow_schema(outcome_schema()))


class SparkEngine:
    """An engine for `corpus.build.build` that has the documents read by Spark: Parquet in, Parquet out.

    `exchange` is a folder that all machines of a cluster see under this name; without one, as on a single machine, a
    temporary folder is used. What lies there is removed round by round.
    """

    def __init__(self, spark: SparkSession, exchange: str | Path | None = None) -> None:
        self._spark = spark
        self._exchange = exchange

    def __call__(self, jobs: Iterable[Job], settings: Settings, workers: int, limits: Limits) -> Iterator[Outcome]:
        """The outcome of every job; `workers` is for Spark to decide."""
        with tempfile.TemporaryDirectory(prefix="vn-resolution-", dir=self._exchange) as folder:
            for number, files in enumerate(_rounds(jobs, Path(folder))):
                written = Path(folder) / f"out-{number}"
                cores = self._spark.sparkContext.defaultParallelism
                frame = self._spark.read.parquet(*map(str, files)).repartition(cores * _TASKS_PER_CORE)
                read_frame(frame, settings, limits).write.parquet(str(written))
                for file in files:
                    file.unlink()
                yield from _outcomes(written)
                shutil.rmtree(written)


def _read_task(batches: Iterable[pa.RecordBatch], settings: Settings, limits: Limits) -> Iterator[pa.RecordBatch]:
    """What one Spark task does."""
    jobs = (job for batch in batches for job in jobs_of(batch))
    outcomes: list[Outcome] = []
    for outcome in guarded(partial(read_document, settings=settings), jobs, settings, 1, limits):
        outcomes.append(outcome)
        if len(outcomes) == MOST_IN_A_BATCH:
            yield to_batch(outcomes)
            outcomes = []
    if outcomes:
        yield to_batch(outcomes)


def _rounds(jobs: Iterable[Job], folder: Path) -> Iterator[list[Path]]:
    """The jobs as Parquet files, so many at a time as a disk may hold."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    files: list[Path] = []
    held: list[Job] = []
    size = count = number = 0

    def write() -> None:
        columns = {name: [getattr(job, name) for job in held] for name in job_schema().names}
        files.append(folder / f"in-{number}.parquet")
        pq.write_table(pa.table(columns, schema=job_schema()), files[-1])
        held.clear()

    for job in jobs:
        held.append(job)
        size, count = size + len(job.data), count + 1
        full = size >= _ROUND_BYTES or count >= _ROUND_JOBS
        if full or len(held) == _FILE_JOBS:
            write()
            number += 1
        if full:
            yield files
            files, size, count = [], 0, 0
    if held:
        write()
    if files:
        yield files


def _outcomes(folder: Path) -> Iterator[Outcome]:
    import pyarrow.parquet as pq

    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(MOST_IN_A_BATCH):
                yield from map(with_sqlite_rows, outcomes_of(batch))


__all__ = ["HOW_TO_GET", "MOST_IN_A_BATCH", "SparkEngine", "read_frame", "session"]
