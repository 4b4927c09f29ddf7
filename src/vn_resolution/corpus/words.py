"""Makes and asks the index of words beside a corpus: what stands in it as a word, not as syllables of others."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vn_resolution.corpus.conllu import each_document
from vn_resolution.corpus.plain import bare, words_of
from vn_resolution.corpus.segment import load_segmenter, split_words
from vn_resolution.errors import CorpusError
from vn_resolution.model import Resolution

if TYPE_CHECKING:
    from vn_resolution.corpus.store import Corpus

WORDS_FILE: Final = "words.sqlite"
_INDEX: Final = (
    "CREATE VIRTUAL TABLE search_words USING fts5(exact, plain, content='', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
)


def index_words(corpus: Corpus, jobs: int = 1, progress: Callable[[int], None] | None = None) -> Path:
    """Find the words of all documents (slow: about a minute for a hundred documents and process) and write their index
    into the folder of the corpus, whole or not at all. `progress` is told how many documents are done.

    It is for this corpus as it is: a build that changes the corpus makes it worthless. Raises MissingTool where
    underthesea is not installed.
    """
    target = corpus.folder / WORDS_FILE
    beside = target.with_name(f".{WORDS_FILE}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    try:
        db = sqlite3.connect(beside, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("BEGIN")
            db.execute("CREATE TABLE about (corpus TEXT NOT NULL)")
            db.execute("INSERT INTO about VALUES (?)", (_fingerprint(corpus._db),))
            db.execute(_INDEX)
            _fill(db, corpus, jobs, progress)
            db.execute("COMMIT")
        finally:
            db.close()
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return target


def _fill(db: sqlite3.Connection, corpus: Corpus, jobs: int, progress: Callable[[int], None] | None) -> None:
    passages: dict[str, list[tuple[int, int, int]]] = {}
    for document, *place in corpus._db.execute(
        "SELECT document, number, first, last FROM passages WHERE what = 'articles' ORDER BY number"
    ):
        passages.setdefault(document, []).append((place[0], place[1], place[2]))
    for done, (document, units) in enumerate(each_document(corpus, passages, words_by_unit, jobs), 1):
        for number, first, last in passages[document]:
            exact = " ".join(" ".join(units.get(seq, ())) for seq in range(first, last + 1))
            db.execute("INSERT INTO search_words(rowid, exact, plain) VALUES (?, ?, ?)", (number, exact, bare(exact)))
        if progress:
            progress(done)
    db.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")


def words_by_unit(doc: Resolution, _: str = "") -> dict[int, list[str]]:
    """The words of each unit, by its row in `nodes`, as they are indexed: folded, "đầu_tư". An expression that was kept
    whole is there as one, and then by its own words, so that it is found by both."""
    found: dict[int, list[str]] = {}
    segment = load_segmenter()
    for sentence in split_words(doc):
        if sentence.seq is None:
            continue
        words = found.setdefault(sentence.seq, [])
        for word in sentence.words:
            words += filter(None, [_joined(word.text)])
            if word.id and " " in word.text:
                words += filter(None, map(_joined, segment(word.text)))
    return found


def query_words(text: str) -> list[str]:
    """The words of a question, as they are indexed."""
    return [word for word in map(_joined, load_segmenter()(text)) if word]


def open_words(db: sqlite3.Connection) -> sqlite3.Connection:
    """The index of words beside this corpus. Raises CorpusError where there is none, or one of another state of it."""
    path = Path(db.execute("PRAGMA database_list").fetchone()[2]).with_name(WORDS_FILE)
    if not path.is_file():
        raise CorpusError(
            f"{path.parent}: there is no index of words; vn-resolution corpus words {path.parent} makes it"
        )
    words = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, check_same_thread=False)
    try:
        if words.execute("SELECT corpus FROM about").fetchone()[0] == _fingerprint(db):
            return words
    except sqlite3.DatabaseError:
        pass
    words.close()
    raise CorpusError(f"{path.parent}: its index of words is out of date; vn-resolution corpus words makes it anew")


def _fingerprint(db: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for document, output in db.execute("SELECT document, output_sha256 FROM manifest ORDER BY document"):
        digest.update(f"{document}\0{output}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _joined(word: str) -> str:
    return "_".join(words_of(word))


__all__ = ["WORDS_FILE", "index_words", "open_words", "query_words", "words_by_unit"]
