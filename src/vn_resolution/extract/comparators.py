"""Reads the words around a value: what bounds it ("tối đa", "… trở lên") and what makes it a label ("khoản 2")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Comparator

_WINDOW = 80
_AFTER = 128
_MAX_FILLERS = 3
_MAX_GAP = 6
_CUT_LINK = 8
_NEGATED: dict[str, Comparator] = {"gt": "le", "lt": "ge"}
_CLAUSE_END = re.compile(r"[.;:]")


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator of the grammar; see grammars/quantities.toml for the flags."""

    op: Comparator
    far: bool = False
    gap: bool = False
    bounded: bool = False
    not_after: frozenset[str] = frozenset()
    not_far_after: frozenset[str] = frozenset()
    not_over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that make the number after them a label."""

    blocks: str
    max: int
    spares: frozenset[str]
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number: a bound, a guard (which begins at `guard_at`), the word "từ" (`from_`).

    `opens` = nothing of the same clause stands before the bound's words; `moved` = an earlier "từ" stands in it.
    """

    bound: Bound | None = None
    guard: Guard | None = None
    guard_at: int = 0
    from_: bool = False
    opens: bool = False
    moved: bool = False


NOTHING = Before()


class _Node(dict[str, "_Node"]):
    """Phrases from their last word backwards."""

    entry: Bound | Guard | None = None


class Context:
    """The comparators and guards of a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        data = grammar.file("quantities")
        self._root = _Node()
        far: list[tuple[str, Bound]] = []
        after: list[tuple[str, Comparator]] = []
        for table in data.get("comparator", ()):
            if table["side"] == "after":
                after += [(word, table["op"]) for word in table["words"]]
                continue
            bound = _bound(table)
            for word in table["words"]:
                self._add(word, bound)
            if bound.far:
                far += [(word, bound) for word in table["words"]]
        for table in data.get("guard", ()):
            guard = _guard(table)
            for word in table["words"]:
                self._add(word, guard)
        self._far_bounds = dict(far)
        self._far = _words(
            list(self._far_bounds),
            r"(?<![^\W_])(?P<bound>{})(?![^\W_])(?P<gap>(?: (?:[^\W\d_]+|(?:19|20)[0-9]{{2}})){{0,12}})$",
        )
        self._after_ops = dict(after)
        self._after_cues = frozenset(word.split(" ")[0] for word in self._after_ops)
        self._after = _words(
            list(self._after_ops),
            r"(?: ?\([^()]{{1,90}}\))?(?P<words>(?: [^\W\d_]+){{0,10}}(?:, [^\W\d_]+(?: [^\W\d_]+)?){{0,2}})"
            r" (?P<op>{})(?![^\W_])",
        )
        words = {
            name: grammar.words("quantities", name)
            for name in ("fillers", "far_ends", "far_starts", "yardsticks", "moves", "from", "grades")
        }
        self._fillers = frozenset(words["fillers"])
        self._far_ends = frozenset(words["far_ends"])
        self._far_starts = frozenset(words["far_starts"])
        self._grades = tuple(f" {word}" for word in words["grades"])
        self._far_heads = frozenset(word.split(" ")[0] for word in self._far_bounds)
        self._from = frozenset(words["from"])
        self._last_from = frozenset(word.split(" ")[-1] for word in self._from)
        joiners = "|".join(map(re.escape, grammar.words("quantities", "joiners"))) or "(?!)"
        self._chain = re.compile(rf"[0-9](?:, ?| (?:{joiners}) )$")
        self._links = re.compile(rf"[0-9]+(?:(?:, ?| (?:{joiners}) )[0-9]+)*(?:, ?| (?:{joiners}) )$")
        self._yardstick = _words(list(words["yardsticks"]), r" (?:{})(?![^\W_])")
        self._negations = _words(list(grammar.words("quantities", "negations")), r"(?<![^\W_])(?:{})(?![^\W_])[^,]*$")
        self._moves = _words(list(words["moves"]), r"(?<![^\W_])(?:{})(?![^\W_])")

    def before(self, folded: str, start: int) -> Before:
        """The words that stand before the number at `start`."""
        window = folded[max(0, start - _WINDOW) : start]
        cut = max(window.rfind("("), window.rfind(";"), window.rfind('"'), window.rfind("“"))
        if self._chain.search(window):
            return self._chained(folded, start, window)
        clause = window[cut + 1 :].rstrip(" ")
        colon = clause.endswith(":")
        words = clause.rstrip(": ").lstrip().split(" ")
        from_ = False
        if words[-1] in self._last_from:
            keep = len(words) - (2 if " ".join(words[-2:]) in self._from else 1)
            from_, words = True, words[:keep] or [""]
        entry, used = self._nearest(words)
        if isinstance(entry, Guard) and not (from_ and entry.blocks == "all"):  # "đơn vị từ 5 năm trở lên"
            at = folded.rfind(words[-used], max(0, start - _WINDOW), start)
            return Before(guard=entry, guard_at=at, from_=from_)
        if not isinstance(entry, Bound):
            entry = self._far_bound(words, colon)
            return Before(bound=entry, from_=from_) if entry or from_ else NOTHING
        rest = words[: len(words) - used]
        if entry.op in _NEGATED and self._negations is not None and self._negations.search(clause):
            entry = replace(entry, op=_NEGATED[entry.op], gap=False)
        return Before(
            bound=entry,
            from_=from_,
            opens=not rest or rest[-1][-1:] in (",", ".", ":", "-", "+", ""),
            moved=not self._from.isdisjoint(rest),
        )

    def _chained(self, folded: str, start: int, window: str) -> Before:
        """A number in a list ("Phụ lục số 01, 02, 03") is a label where the first number is one."""
        links = self._links.search(window)
        assert links is not None
        first = start - len(window) + links.start()
        before = self.before(folded, first) if links.start() > _CUT_LINK else NOTHING
        return before if before.guard is not None else NOTHING

    def after(self, folded: str, end: int, *, opened: bool = False) -> Comparator | None:
        """The comparator that follows the value which ends at `end`; `opened` = "từ" stands before the value."""
        window = folded[end : end + _AFTER]
        if self._after is None or not any(cue in window for cue in self._after_cues):
            return None
        match = self._after.match(folded, end)
        # "90 % cán bộ có trình độ đại học trở lên": those words belong to a grade.
        graded = match is not None and not opened and match["words"].endswith(self._grades)
        return self._after_ops[match["op"]] if match and not graded else None

    def measured(self, folded: str, end: int) -> bool:
        """Whether a yardstick follows ("… so với cùng kỳ")."""
        return self._yardstick is not None and self._yardstick.match(folded, end) is not None

    def moves(self, folded: str, end: int) -> bool:
        """Whether the clause goes on to where the value moves ("từ 10% … lên 12%")."""
        window = folded[end : end + _WINDOW]
        stop = _CLAUSE_END.search(window)
        return self._moves is not None and self._moves.search(window[: stop.start()] if stop else window) is not None

    def _nearest(self, words: list[str]) -> tuple[Bound | Guard | None, int]:
        """The longest phrase that these words end in, and how many of them it has."""
        node, entry, used = self._root, None, 0
        for count in range(1, min(len(words), 6) + 1):
            following = node.get(words[-count])
            if following is None:
                break
            node = following
            if node.entry is not None:
                entry, used = node.entry, count
        if entry is not None and used < len(words) and words[-used - 1] in entry.not_after:
            return None, 0
        return entry, used

    def _far_bound(self, words: list[str], colon: bool) -> Bound | None:
        """A far-reaching bound before fillers ("tối thiểu phải đạt"), before some words that end in "là" or a colon, or
        before a few that begin with "mỗi" ("ít nhất mỗi xã 02 mô hình")."""
        if self._far is None or self._far_heads.isdisjoint(words):
            return None
        rest = list(words)
        for _ in range(_MAX_FILLERS):
            if not rest or rest[-1] not in self._fillers:
                break
            rest.pop()
        entry, _ = self._nearest(rest) if rest else (None, 0)
        if isinstance(entry, Bound) and entry.far:
            return entry if entry.not_over.isdisjoint(words[len(rest) :]) else None
        sentence = " ".join(words)
        match = self._far.search(sentence)
        if match is None:
            return None
        gap = match["gap"].split()
        near = len(gap) <= _MAX_GAP and bool(gap) and gap[0] in self._far_starts
        bound = self._far_bounds[match["bound"]]
        if sentence[: match.start()].rstrip().split(" ")[-1] in bound.not_after | bound.not_far_after:
            return None
        return bound if near or colon or words[-1] in self._far_ends else None

    def _add(self, phrase: str, entry: Bound | Guard) -> None:
        node = self._root
        for word in reversed(fold(phrase).split(" ")):
            node = node.setdefault(word, _Node())
        if node.entry is None:
            node.entry = entry


def _bound(table: dict[str, Any]) -> Bound:
    return Bound(
        op=table["op"],
        far=table.get("reach") == "far",
        gap=bool(table.get("gap", False)),
        bounded=bool(table.get("bounded", False)),
        not_after=frozenset(table.get("not_after", ())),
        not_far_after=frozenset(table.get("not_far_after", ())),
        not_over=frozenset(table.get("not_over", ())),
    )


def _guard(table: dict[str, Any]) -> Guard:
    return Guard(
        blocks=table["blocks"],
        max=int(table.get("max", 10**9)),
        spares=frozenset(table.get("spares", ())),
        not_after=frozenset(table.get("not_after", ())),
    )


def _words(phrases: list[str], shape: str) -> re.Pattern[str] | None:
    """A pattern of this shape for the phrases, longest first; None for no phrases."""
    if not phrases:
        return None
    longest = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(shape.format("|".join(map(re.escape, longest))))


@lru_cache(maxsize=8)
def context_words(grammar: Grammar) -> Context:
    """The compiled comparators and guards of a grammar."""
    return Context(grammar)
