"""Finds words in the indices of a corpus and shows where they stand: ranked hits with their unit and a snippet."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from vn_resolution.corpus.passages import SEARCHED, indicator_text, title_text
from vn_resolution.corpus.plain import bare, folded, is_plain, words_of
from vn_resolution.errors import CorpusError

Match = Literal["phrase", "words", "plain"]
"""How a hit was found: as one phrase, by all words, or without the diacritics of the question."""

RANKED: Final = 1_000
"""So many matching passages are ranked, those of the newest documents; it bounds the time of a question for words
that stand everywhere."""

_CHUNK: Final = re.compile(r'-?"[^"]*"?|\S+')
_AROUND: Final = 90
_LONGEST: Final = 260
_LOOKED_AT: Final = 20
_PLACES: Final = (
    "SELECT p.number, document, first, last, d.doc_type, d.number, d.issuer, d.title, d.province, d.year "
    "FROM passages p JOIN documents d USING (document) "
    "WHERE p.what = ? AND p.number IN (SELECT value FROM json_each(?))"
)


class Hit(NamedTuple):
    """A passage that matches. `eid` is the innermost unit that holds the words, `span` its place in the source text
    (code points); `passage` is the eId of what was found as a whole, an article for instance, and `heading` its
    heading. `marks` are the places of the words in `snippet`. A higher `score` is better; hits of another `match` are
    not compared by it."""

    document: str
    eid: str | None
    passage: str | None
    heading: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    span: tuple[int, int] | None
    line: int | None
    match: Match
    score: float
    number: str | None
    province: str | None
    year: int | None
    title: str | None

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The snippet with its words between marks."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [self.snippet[at:start], before, self.snippet[start:end], after]
            at = end
        return "".join((*parts, self.snippet[at:]))


@dataclass(frozen=True, slots=True)
class _Term:
    """Words that stand one behind the other; of a `prefix` the last word is only begun."""

    words: tuple[str, ...]
    prefix: bool = False

    def match(self, column: str) -> str:
        words = [bare(word) for word in self.words] if column == "plain" else self.words
        return f'{column} : "{" ".join(words)}"{" *" if self.prefix else ""}'

    def regex(self, column: str) -> str:
        words = [bare(word) for word in self.words] if column == "plain" else self.words
        end = r"\w*" if self.prefix else r"(?!\w)"
        syllables = "_".join(words).split("_")
        return r"(?<!\w)" + r"\W+".join(map(re.escape, syllables)) + end


class _Question:
    """What was asked, as expressions of FTS5 and, to mark what they found, as regular expressions."""

    def __init__(self, words: str, split: Callable[[str], list[str]] | None = None) -> None:
        """`split` tells the words of a text, "đầu_tư"; without it they are its syllables."""
        self.phrases: list[_Term] = []
        self.free: list[_Term] = []
        self.excluded: list[_Term] = []
        free = []
        for chunk in _CHUNK.findall(words):
            excluded = len(chunk) > 1 and chunk.startswith("-")
            if split and not excluded and '"' not in chunk:
                free.append(chunk)
                continue
            found = tuple((split or words_of)(chunk.strip('-"')))
            if found:
                kind = self.excluded if excluded else self.phrases if '"' in chunk else self.free
                kind.append(_Term(found, chunk.endswith("*")))
        if split and free:
            self.free = [_Term((word,)) for word in split(" ".join(free))]
        if not self.phrases and not self.free:
            raise ValueError(f"there is no word to look for in {words!r}")
        self.column = "plain" if is_plain(words) else "exact"

    def attempts(self) -> list[tuple[Match, str, list[_Term]]]:
        """(match, column, terms) of the ways in which it is looked for, the best first."""
        together = self.phrases
        if self.free:
            joined = tuple(word for term in self.free for word in term.words)
            together = [*self.phrases, _Term(joined, self.free[-1].prefix)]
        ways: list[tuple[Match, list[_Term]]] = [("phrase", together)]
        if len(self.free) > 1:
            ways.append(("words", [*self.phrases, *self.free]))
        columns = ("exact", "plain") if self.column == "exact" else ("plain",)
        return [
            ("plain" if column != self.column else match, column, terms) for match, terms in ways for column in columns
        ]

    def expression(self, column: str, terms: Sequence[_Term]) -> str:
        wanted = " AND ".join(f"({term.match(column)})" for term in terms)
        unwanted = "".join(f" NOT ({term.match(column)})" for term in self.excluded)
        return f"({wanted}){unwanted}"


def search(
    db: sqlite3.Connection, words: str, what: str, limit: int, chosen: bytes | None = None, segmented: bool = False
) -> list[Hit]:
    """The best hits, at most `limit`, among the `chosen` passages or all; `segmented` asks the index of words. Raises
    ValueError for a question without a word and for things that are not searched."""
    if what not in SEARCHED or (segmented and what != "articles"):
        raise ValueError(f"{what!r} is not searched; {'articles' if segmented else ', '.join(SEARCHED)} are")
    if segmented and not is_plain(words):
        from vn_resolution.corpus.words import open_words, query_words

        with closing(open_words(db)) as index:
            return _search(db, index, "search_words", _Question(words, query_words), what, limit, chosen)
    return _search(db, db, f"search_{what}", _Question(words), what, limit, chosen)


def _search(
    db: sqlite3.Connection, indexed: sqlite3.Connection, index: str, question: _Question, what: str, limit: int,
    chosen: bytes | None,
) -> list[Hit]:  # fmt: skip
    hits: list[Hit] = []
    known: set[int] = set()
    for match, column, terms in question.attempts():
        if len(hits) >= limit:
            break
        if match == "plain" and hits:
            continue
        found = _ranked(indexed, index, question.expression(column, terms), chosen)
        new = [(number, score) for number, score in found if number not in known][: limit - len(hits)]
        known.update(number for number, _ in new)
        hits += _shown(db, what, new, match, _Marker(column, terms, question.free))
    return hits


def _ranked(db: sqlite3.Connection, index: str, expression: str, chosen: bytes | None) -> list[tuple[int, float]]:
    """(number, score) of the passages that match, the best first."""
    among, given = ("", ()) if chosen is None else ("AND substr(?, rowid, 1) = x'01'", (chosen,))
    query = f"SELECT rowid, bm25({index}) FROM {index} WHERE {index} MATCH ? {among} LIMIT {RANKED}"
    try:
        rows = db.execute(query, (expression, *given)).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        raise CorpusError("this corpus has no index to search in; build it again to complete it") from None
    return [(number, -score) for number, score in sorted(rows, key=lambda row: (row[1], row[0]))]


def choose(db: sqlite3.Connection, what: str, condition: str, values: Sequence[Any]) -> bytes:
    """A byte for each passage, from 1: whether it is of the documents that meet a condition of SQL on `document`."""
    last = db.execute("SELECT max(number) FROM passages WHERE what = ?", (what,)).fetchone()[0]
    flags = bytearray(last or 0)
    query = f"SELECT begin, finish FROM passages_of WHERE what = ? AND {condition}"
    for begin, finish in db.execute(query, (what, *values)):
        flags[begin - 1 : finish] = b"\x01" * (finish - begin + 1)
    return bytes(flags)


class _Marker:
    """Finds in texts what was looked for: the terms that led to it, or, where a text holds none of them, single
    words."""

    def __init__(self, column: str, terms: Sequence[_Term], free: Sequence[_Term]) -> None:
        self._column = column
        self._whole = [re.compile(term.regex(column)) for term in terms]
        self._parts = [re.compile(term.regex(column)) for term in free]
        words = {syllable for term in terms for word in term.words for syllable in word.split("_")}
        self._words = {bare(word) for word in words} if column == "plain" else words

    def best(self, texts: Sequence[str]) -> tuple[int, list[tuple[int, int]]]:
        """(the index of the first text that holds most of it, its places there)."""
        lows = folded("\n".join(text.replace("\n", " ") for text in texts))
        if self._column == "plain":
            lows = bare(lows)
        counts: dict[int, list[tuple[int, str]]] = {}
        for k, low in enumerate(lows.split("\n")):
            counts.setdefault(sum(word in low for word in self._words), []).append((k, low))
        best, most, places = 0, (0, 0, 0), list[tuple[int, int]]()
        for k, low in counts[max(counts)][:_LOOKED_AT]:
            quality, found = self._places(low)
            if quality > most:
                best, most, places = k, quality, found
        return best, places

    def _places(self, low: str) -> tuple[tuple[int, int, int], list[tuple[int, int]]]:
        whole = [[match.span() for match in regex.finditer(low)] for regex in self._whole]
        found = [spans for spans in whole if spans]
        parts = [[match.span() for match in regex.finditer(low)] for regex in self._parts] if not found else []
        some = [spans for spans in parts if spans]
        places = sorted(place for spans in (found or some) for place in spans)
        return (len(found), len(some), len(places)), _apart(places)


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _shown(
    db: sqlite3.Connection, what: str, found: Sequence[tuple[int, float]], match: Match, marker: _Marker
) -> list[Hit]:
    hits = []
    places = {
        number: rest for number, *rest in db.execute(_PLACES, (what, json.dumps([number for number, _ in found])))
    }
    for number, score in found:
        document, first, last, kind, name, issuer, title, province, year = places[number]
        units = _UNITS[what](db, document, first, last) if first is not None else [_title(kind, name, issuer, title)]
        best, spots = marker.best([unit.text for unit in units])
        unit = units[best]
        snippet, marks = _cut(unit.text, spots)
        around = units[0]
        hits.append(
            Hit(
                document, unit.eid, around.eid, around.heading, snippet, marks, unit.span, unit.line, match,
                round(score, 4), name, province, year, title,
            )
        )  # fmt: skip
    return hits


class _Unit(NamedTuple):
    eid: str | None
    line: int | None
    span: tuple[int, int] | None
    heading: str | None
    text: str


def _cut(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first place, cut between words, with the places that lie in it."""
    start, end = 0, len(text)
    if len(text) > _LONGEST:
        first = places[0] if places else (0, 0)
        start = max(0, first[0] - _AROUND)
        start = 0 if start == 0 else text.find(" ", start, first[0]) + 1 or start
        end = min(len(text), start + _LONGEST)
        end = len(text) if end == len(text) else max(text.rfind(" ", first[1], end), first[1])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((left + shift, right + shift) for left, right in places if left >= start and right <= end)
    return before + text[start:end] + after, marks


def _nodes(db: sqlite3.Connection, document: str, first: int, last: int) -> list[_Unit]:
    rows = db.execute(
        'SELECT eid, line, start, "end", heading, text, cells FROM nodes '
        "WHERE document = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (document, first, last),
    )
    units = []
    for eid, line, start, end, heading, text, cells in rows:
        span = None if start is None else (start, end)
        said = (": " if heading and heading[-1:].isalnum() else " ").join(filter(None, (heading, text)))
        units.append(_Unit(eid, line, span, heading, said))
        if cells != "[]":
            units += (_Unit(eid, line, span, heading, " | ".join(row)) for row in json.loads(cells))
    return units


def _rows(table: str) -> Any:
    def read(db: sqlite3.Connection, document: str, first: int, _: int) -> list[_Unit]:
        columns = "text, NULL, NULL, NULL" if table == "tasks" else "name, value, period, qualifiers"
        eid, line, start, end, text, value, period, qualifiers = db.execute(
            f'SELECT eid, line, start, "end", {columns} FROM {table} WHERE document = ? AND seq = ?', (document, first)
        ).fetchone()
        if table == "indicators":
            text = indicator_text(text, value, period, json.loads(qualifiers))
        return [_Unit(eid, line, None if start is None else (start, end), None, text)]

    return read


def _title(kind: str | None, name: str | None, issuer: str | None, title: str | None) -> _Unit:
    return _Unit(None, None, None, None, title_text(kind, name, issuer, title))


_UNITS: Final[dict[str, Any]] = {"articles": _nodes, "tasks": _rows("tasks"), "indicators": _rows("indicators")}

__all__ = ["RANKED", "Hit", "Match", "choose", "search"]
