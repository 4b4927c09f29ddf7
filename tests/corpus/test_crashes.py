"""Whatever hinders a build: the corpus that was there stays whole, and the next build ends in the same bytes."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import vn_resolution.parser
from support.corpora import write_corpus
from vn_resolution.corpus import draft, finish
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.draft import CORPUS_FILE, DRAFT_FILE, NEW_FILE
from vn_resolution.corpus.finish import PARTS_FOLDER
from vn_resolution.corpus.store import Corpus
from vn_resolution.corpus.workers import Limits
from vn_resolution.errors import CorpusError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="builds are forked and killed")
KNOWN = {CORPUS_FILE, NEW_FILE, PARTS_FOLDER, *(DRAFT_FILE + ending for ending in ("", "-wal", "-shm", "-journal"))}
DOCUMENTS = 40


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some documents."""
    folder = tmp_path_factory.mktemp("sources") / "in"
    write_corpus(folder, DOCUMENTS, seed=1, shared=False)
    return folder


@pytest.fixture(scope="module")
def undisturbed(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, float]:
    """The bytes of their corpus, and the seconds that it takes to build it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    started = time.monotonic()
    build([sources], folder, Options(jobs=2))
    return (folder / CORPUS_FILE).read_bytes(), time.monotonic() - started


def in_child(work: Callable[[], Any], kill_after: float | None = None) -> int:
    """The exit code of a child that does this work: -9 where it was killed after some seconds."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(kill_after)
    if kill_after is not None:
        child.kill()
    child.join()
    assert child.exitcode is not None
    return child.exitcode


def check_whole(folder: Path) -> None:
    """Nothing stands in the folder that does not belong there, and what is called a corpus is one."""
    assert {path.name for path in folder.iterdir()} <= KNOWN
    if (folder / CORPUS_FILE).exists():
        with Corpus(folder) as corpus:
            assert len(corpus) == DOCUMENTS
        db = sqlite3.connect(folder / CORPUS_FILE)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.close()


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_a_build_that_is_killed_at_any_moment_ends_in_the_same_corpus(
    kills: int, sources: Path, undisturbed: tuple[bytes, float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    chance = random.Random(kills)
    killed = rounds = 0
    while killed < kills:
        folder = tmp_path / str(rounds)
        folder.mkdir()
        work = partial(build, [sources], folder, Options(jobs=chance.choice((1, 2, 3))))
        while code := in_child(work, chance.random() * seconds):
            assert code == -signal.SIGKILL
            killed += 1
            check_whole(folder)
            if killed % 5 == 0:  # the rest without a disturbance
                work()
                break
        check_whole(folder)
        assert [path.name for path in folder.iterdir()] == [CORPUS_FILE]
        assert (folder / CORPUS_FILE).read_bytes() == expected
        rounds += 1


def test_workers_do_not_outlive_a_build_that_is_killed(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_: Any, **options: Any) -> None:
        (tmp_path / f"pid-{os.getpid()}").touch()
        time.sleep(600)

    monkeypatch.setattr(vn_resolution.corpus.build, "make_ready", lambda _: None)
    monkeypatch.setattr(vn_resolution.parser, "parse", hang)
    child = multiprocessing.get_context("fork").Process(
        target=lambda: build([sources], tmp_path / "c", Options(jobs=2))
    )
    child.start()
    wait_for(lambda: len(list(tmp_path.glob("pid-*"))) == 2)
    workers = [int(path.name.removeprefix("pid-")) for path in tmp_path.glob("pid-*")]
    child.kill()
    child.join()
    wait_for(lambda: not any(map(lives, workers)))


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.mark.parametrize("share", [0.002, 0.1, 0.5, 0.9, 0.999])
def test_a_disk_that_is_full_costs_nothing_that_was_done(
    share: float, sources: Path, undisturbed: tuple[bytes, float], tmp_path: Path
) -> None:
    expected, _ = undisturbed
    limit = int(len(expected) * share)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            build([sources], tmp_path, Options(jobs=2))
        except CorpusError as error:
            assert "cannot be written" in str(error)
            os._exit(7)

    assert in_child(limited) == 7
    check_whole(tmp_path)
    assert not (tmp_path / CORPUS_FILE).exists()
    report = build([sources], tmp_path, Options(jobs=2))
    assert (report.kept > 0) == (share >= 0.1), "what was done is kept"
    assert (tmp_path / CORPUS_FILE).read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == [CORPUS_FILE]


@pytest.mark.parametrize("place", ["_copy_to", "_sync", "_open", "_take_in", "replace", "put"])
def test_a_write_that_fails_leaves_the_corpus_that_was_there(
    place: str, sources: Path, undisturbed: tuple[bytes, float], tmp_path: Path
) -> None:
    expected, _ = undisturbed
    build([sources / "000" / "nq-000001.md"], tmp_path, Options(jobs=1))
    before = (tmp_path / CORPUS_FILE).read_bytes()

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        where: Any = {"replace": Path, "_sync": draft, "_open": finish, "_take_in": finish}.get(place, draft.Draft)
        patch.setattr(where, place, fail)
        with pytest.raises(CorpusError, match="No space left"):
            build([sources], tmp_path, Options(jobs=1))
    assert (tmp_path / CORPUS_FILE).read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= KNOWN - {NEW_FILE, PARTS_FOLDER}
    build([sources], tmp_path, Options(jobs=1))
    assert (tmp_path / CORPUS_FILE).read_bytes() == expected


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_step_whose_process_dies_is_made_again_once(
    deaths: int, sources: Path, undisturbed: tuple[bytes, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = undisturbed
    marks = tmp_path / "marks"
    marks.mkdir()

    def make(corpus: Path, task: tuple[Path, finish.Step], old: Callable[..., Any] = finish._make) -> Any:
        made = old(corpus, task)
        if task[0].stem == "1" and len(list(marks.iterdir())) < deaths:
            (marks / str(os.getpid())).touch()
            os._exit(1)
        return made

    monkeypatch.setattr(finish, "_make", make)
    if deaths == 1:
        build([sources], tmp_path / "c", Options(jobs=2))
    else:
        with pytest.raises(CorpusError, match="could not be finished"):
            build([sources], tmp_path / "c", Options(jobs=2))
        assert [path.name for path in (tmp_path / "c").iterdir()] == [DRAFT_FILE]
        assert build([sources], tmp_path / "c", Options(jobs=2)).kept == DOCUMENTS
    assert (tmp_path / "c" / CORPUS_FILE).read_bytes() == expected
    assert [path.name for path in (tmp_path / "c").iterdir()] == [CORPUS_FILE]


def poisoned(old: Callable[..., Any]) -> Callable[..., Any]:
    """`parse` with faults for some names, as a fault of a library in C would show itself."""

    def parse(source: Any, *, name: str | None = None, **options: Any) -> Any:
        kind = (name or "").partition(".")[0]
        if kind == "raises":
            raise ZeroDivisionError("by design, at 0x7f0000000000")
        if kind == "recursion":
            parse(source, name=name, **options)
        if kind == "aborts":
            faulthandler.disable()  # its report is not for the tests' output
            os.abort()
        if kind == "leaves":
            os._exit(0)
        if kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "hangs":
            time.sleep(600)
        if kind == "memory":
            return bytearray(1 << 40)
        return old(source, name=name, **options)

    return parse


@pytest.mark.parametrize("jobs", [1, 3])
def test_poison_never_stops_a_build(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = {
        "raises": "exception", "recursion": "exception", "aborts": "crash", "leaves": "crash", "killed": "crash",
        "hangs": "timeout", "memory": "memory",
    }  # fmt: skip
    source = tmp_path / "in"
    source.mkdir()
    good = ["alright", "hale", "last", "sound", "zest"]
    for name in (*reasons, *good):
        (source / f"{name}.txt").write_text(f"Điều 1. {name}.", encoding="utf-8")
    monkeypatch.setattr(vn_resolution.parser, "parse", poisoned(vn_resolution.parser.parse))
    options = Options(jobs=jobs, limits=Limits(timeout=3, memory=1 << 36, attempts=2))
    report = build([source], tmp_path / "corpus", options)
    assert (report.documents, report.quarantined) == (len(good) + len(reasons), len(reasons))
    with Corpus(tmp_path / "corpus") as corpus:
        assert list(corpus) == [f"in/{name}.txt" for name in good]
        rows = {row["document"]: row for row in corpus.rows("manifest")}
    assert {name: rows[f"in/{name}.txt"]["reason"] for name in reasons} == reasons
    said = rows["in/raises.txt"]["message"]
    assert said == "unexpected ZeroDivisionError: by design, at 0x…"
    again = build([source], tmp_path / "corpus", options)
    assert (again.read, again.changed) == (0, False), "what is quarantined is not tried by every build"
    monkeypatch.undo()
    assert build([source], tmp_path / "corpus", Options(jobs=1, retry=True)).quarantined == 0


def test_a_worker_that_dies_by_chance_costs_no_document(
    tmp_path: Path, sources: Path, undisturbed: tuple[bytes, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = vn_resolution.parser.parse

    def parse(source: Any, *, name: str | None = None, **options: Any) -> Any:
        marker = tmp_path / f"{name}.died"
        if (name or "").endswith("5.txt") and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return old(source, name=name, **options)

    monkeypatch.setattr(vn_resolution.parser, "parse", parse)
    report = build([sources], tmp_path / "corpus", Options(jobs=2))
    assert list(tmp_path.glob("*.died"))
    assert report.quarantined == 0
    assert (tmp_path / "corpus" / CORPUS_FILE).read_bytes() == undisturbed[0]
