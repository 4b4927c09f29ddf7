"""Reads a reference to provisions ("điểm a, b khoản 2 Điều 5; Điều 7") into its items and the paths that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from vn_resolution.extract.document_types import any_of_rules, first_of
from vn_resolution.grammar import Grammar

Path = tuple[tuple[str, str], ...]
"""A place in a document from its widest unit to its narrowest: (("article", "5"), ("point", "đ")). Labels are folded;
"this" is the enclosing unit of that kind, "" the only one."""

_MAX_ITEMS = 40
_MAX_RANGE = 60
_LOOK_BACK = 16
_INNER = frozenset({"part", "section", "subsection"})
_DECORATION = ' "“*#-'


@dataclass(frozen=True, slots=True)
class Label:
    """One label of an item, `text[start:end]`. `word` is where the words before it begin ("biểu số" 1.2), else `start`.
    `through` = the list runs on from the label before to this one."""

    value: str
    start: int
    end: int
    word: int
    through: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One word with its labels ("khoản 1, 2 và 5"). `kind` is the id of the grammar's rule, `unit` the kind of
    provision, `rank` 0 for "this", then 1 for the widest. `split` = ";" stands before it."""

    kind: str
    unit: str
    rank: int
    start: int
    end: int
    split: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """A chain of items that belong to one reference."""

    items: tuple[Item, ...]

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end

    @property
    def appendices_only(self) -> bool:
        """Whether it names appendices or forms and nothing in them."""
        return all(item.unit == "appendix" for item in self.items)

    def groups(self) -> list[Provision]:
        """The chain cut at each ";"."""
        cuts = [0, *(k for k, item in enumerate(self.items) if item.split), len(self.items)]
        return [Provision(self.items[a:b]) for a, b in pairwise(cuts) if a < b]


class ProvisionReader:
    """Reads provisions with the rules of one grammar; made once by `provision_reader`."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("citations", "provision")
        self._units = {rule.id: (str(rule.data["unit"]), int(rule.data["rank"])) for rule in rules.values()}
        self._these: dict[str, str] = rules["this"].data["units"] if "this" in rules else {}
        self._item = re.compile(first_of({rule.id: rule.regex.pattern for rule in rules.values()}))
        self._token = any_of_rules(grammar, "label_token")
        self._join = any_of_rules(grammar, "join")
        self._before_this = any_of_rules(grammar, "before_this")
        self._own_labels = tuple(grammar.rules("citations", "own_label").values())
        self._not_after: dict[str, list[re.Pattern[str]]] = {}
        for rule in grammar.rules("citations", "not_after").values():
            for kind in rule.data["for"]:
                self._not_after.setdefault(kind, []).append(rule.regex)

    def read(self, text: str, folded: str, start: int) -> Provision | None:
        """The provisions that begin here, or None."""
        first = self._item_at(folded, start, False)
        if first is None or self.in_a_word(folded, first.kind, start):
            return None
        if first.unit == "this" and not self._refers_alone(text, folded, first):
            return None
        items = [first]
        while items[-1].unit != "this" and len(items) < _MAX_ITEMS:
            following = self._next_item(folded, items[-1].end)
            if following is None:
                break
            items.append(following)
        return Provision(tuple(items))

    def in_a_word(self, folded: str, kind: str, start: int) -> bool:
        """Whether the word before makes another word of this one ("thời điểm", "pháp luật")."""
        return any(_ends_in(pattern, folded, start) for pattern in self._not_after.get(kind, ()))

    def is_own_label(self, text: str, folded: str, provision: Provision) -> bool:
        """Whether this is no reference but the label of the unit that begins the text ("Điều 1. Phạm vi")."""
        if len(provision.items) > 1 or text[: min(provision.start, _LOOK_BACK)].strip(_DECORATION):
            return False
        end = provision.end
        return any(rule.regex.match(text if rule.case else folded, end) for rule in self._own_labels)

    def labels(self, folded: str, item: Item) -> list[Label]:
        """The labels of an item, in order ("phụ lục 01, 03" → 01, 03); none for "Phụ lục kèm theo"."""
        found: list[Label] = []
        through = False
        word: int | None = None
        for match in self._token.finditer(folded, item.start, item.end):
            if match["label"]:
                begin = match.start() if word is None else word
                found.append(Label(match["label"], match.start(), match.end(), begin, through and bool(found)))
                word = None
            elif match["word"] and word is None:
                word = match.start()
            through = bool(match["through"]) or (through and not match["label"])
        return found

    def paths(self, folded: str, provision: Provision) -> tuple[Path, ...]:
        """What the chain names. A part that does not say its article takes it from the next part ("khoản 1, điểm b
        khoản 2 Điều 13"), or from the part before where the widest unit is named first ("Điều 5 khoản 2")."""
        items = _ranked(provision.items)
        widest_first = len(items) > 1 and items[0].rank == min(i.rank for i in items) != items[-1].rank
        runs = _runs(items, widest_first)
        paths: list[list[Path]] = []
        wider: list[Item] = []
        for run in runs if widest_first else reversed(runs):
            wider = [item for item in wider if item.rank < run[0].rank] + run
            paths.append(self._expand(folded, wider))
        return tuple(path for part in (paths if widest_first else reversed(paths)) for path in part)

    def _expand(self, folded: str, items: Sequence[Item]) -> list[Path]:
        *wider, last = items
        steps: Path = ()
        for item in wider:
            steps = (*steps, self._steps(folded, item)[-1])
        return [(*steps, step) for step in self._steps(folded, last)]

    def _steps(self, folded: str, item: Item) -> list[tuple[str, str]]:
        if item.unit == "this":
            return [(self._this(folded, item), "this")]
        values: list[str] = []
        for label in self.labels(folded, item):
            if label.through and values and values[-1].isdecimal() and label.value.isdecimal():
                low, high = int(values[-1]), int(label.value)
                values += [str(n) for n in range(low + 1, min(high, low + _MAX_RANGE))]
            values.append(label.value)
        return [(item.unit, value) for value in values or [""]]

    def _this(self, folded: str, item: Item) -> str:
        """The unit that "Điều này" names."""
        return self._these.get(folded[item.start : item.end].split()[0], "article")

    def _item_at(self, folded: str, start: int, split: bool) -> Item | None:
        match = self._item.match(folded, start)
        if match is None or match.lastgroup is None:
            return None
        unit, rank = self._units[match.lastgroup]
        return Item(match.lastgroup, unit, rank, start, match.end(), split)

    def _next_item(self, folded: str, end: int) -> Item | None:
        join = self._join.match(folded, end)
        if join is None or join.end() == end:
            return None
        return self._item_at(folded, join.end(), ";" in join[0])

    def _refers_alone(self, text: str, folded: str, item: Item) -> bool:
        if self._this(folded, item) == "article" and text[item.start].islower():
            return False
        return _ends_in(self._before_this, folded, item.start)


@lru_cache(maxsize=4)
def provision_reader(grammar: Grammar) -> ProvisionReader:
    """The reader of provisions that this grammar makes, compiled once."""
    return ProvisionReader(grammar)


def _ends_in(pattern: re.Pattern[str], folded: str, end: int) -> bool:
    return pattern.search(folded, max(0, end - _LOOK_BACK), end) is not None


def _ranked(items: Sequence[Item]) -> list[Item]:
    """The items with the ranks that hold in their chain: where no chapter is named, the mục and phần beside an article
    are parts of it ("khoản 4 mục II Điều 1"), as resolutions have them, and not what it stands in."""
    articles = [item.rank for item in items if item.unit == "article"]
    if not articles or any(item.unit == "chapter" for item in items):
        return list(items)
    inside = max(item.rank for item in items) + 1
    return [
        replace(item, rank=articles[0] * inside + (item.rank if item.rank < articles[0] else 0))
        if item.unit in _INNER
        else replace(item, rank=item.rank * inside)
        for item in items
    ]


def _runs(items: Sequence[Item], widest_first: bool) -> list[list[Item]]:
    """The items cut where a new path begins, each run from the widest unit to the narrowest."""
    runs: list[list[Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        goes_on = last is not None and (item.rank > last.rank if widest_first else item.rank < last.rank)
        if goes_on:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs if widest_first else [run[::-1] for run in runs]
