"""Tells whether two texts differ as a text and its copy do: by misprints, and not by what they say.

Their words are compared without regard to order. A word of one text that the other lacks is a *misprint* where that
has a word instead from which it differs by a letter; else it is *strange*. Figures have no misprints that could be
told from other figures, but they are misread about as often as words are: a copy has few changed figures for its
misprints, another resolution on the same pattern has many. Where both have a figure between the same words, it shows
how it changed: a misreading changes a digit, another resolution the *whole* figure, and with no letter around it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

_STRANGE: Final = 0.5
"""Words that are misread beyond recognition, for each that is misread by a letter."""
Known = Literal["identity", "number", "nothing"]
"""What is known to be the same: the whole identity, the number alone, or nothing (though nothing contradicts)."""
_ALLOWED: Final[dict[Known, tuple[float, float]]] = {"identity": (2, 1.5), "number": (1, 0.8), "nothing": (1, 0.8)}
"""How many figures may be changed: so many, and so many more for each that would be misread as often as words are."""
_AROUND: Final = 2
"""Words on either side by which the place of a figure is known in both texts."""


def are_copies(one: Sequence[str], other: Sequence[str], known: Known = "nothing") -> bool:
    """Whether two texts, given by their words in order (folded, without accents), differ as copies of one do, where so
    much is known of them.

    >>> old = "giao uy ban nhan dan tinh chi 12 ty dong cho 30 xa trong nam".split()
    >>> are_copies(old, "giao uy bn nhan dan tinh chi 12 ty dong cho 30 xa trong nam".split())
    True
    >>> are_copies(old, "giao uy ban nhan dan tinh chi 45 ty dong cho 30 xa trong nam".split())
    False
    """
    found = differences(Counter(one), Counter(other))
    if not found.are_misprints(known):
        return False
    return known != "nothing" or not found.changed or figures_in_place(one, other).are_misread(found.rate)


class InPlace(NamedTuple):
    """Of the figures that two texts have between the same words (`common`): how many differ by a digit (`misread`), and
    how many by more (`whole`)."""

    common: int
    misread: int
    whole: int

    def are_misread(self, rate: float) -> bool:
        """Whether chance changed them, which misreads this share of all words, and twice a share of that. Where it
        misread no word it changed no figure."""
        once, twice = self.common * rate, self.common * rate**2 / 2
        return self.misread <= once + 2 * math.sqrt(once) and self.whole <= twice + math.sqrt(twice)


class Differences(NamedTuple):
    """Of two texts: how many `words` and `figures` the shorter has; how many words are `misprints` of each other; how
    many words are `strange` and how many figures `changed`, that is, in one text and not in the other. Of the two
    counts the lower: what one text has in addition (a page number, a stamp) makes it no other resolution."""

    words: int
    figures: int
    misprints: int
    strange: int
    changed: int

    @property
    def rate(self) -> float:
        """The share of words that are misread."""
        return (self.misprints + self.strange) / max(1, self.words)

    def are_misprints(self, known: Known = "nothing") -> bool:
        """Whether they may be those of a copy."""
        if self.strange > (self.misprints > 0) + _STRANGE * self.misprints:
            return False
        expected = self.figures * self.rate
        few, each = _ALLOWED[known]
        return self.changed <= few + each * expected + math.sqrt(expected)


def differences(one: Counter[str], other: Counter[str]) -> Differences:
    """The differences of two texts, given how often each has each word (folded, without accents).

    >>> old = Counter("giao uy ban nhan dan tinh chi 12 ty dong cho 30 xa".split())
    >>> differences(old, Counter("giao uy bn nhan dan tinh chi 12 ty dong cho 30 xa".split()))
    Differences(words=11, figures=2, misprints=1, strange=0, changed=0)
    >>> differences(old, Counter("giao uy ban nhan dan tinh chi 15 ty dong cho 45 phuong".split()))
    Differences(words=11, figures=2, misprints=0, strange=1, changed=2)
    """
    mine, its = one - other, other - one
    changed = min(_count(mine, True), _count(its, True))
    lacking = Counter({word: times for word, times in its.items() if not word.isdigit()})
    by_trace: dict[str, list[str]] = defaultdict(list)
    for word in lacking:
        for trace in _traces(word):
            by_trace[trace].append(word)
    misprints = strange = 0
    for word, times in mine.items():
        if not word.isdigit():
            found = _take((w for trace in _traces(word) for w in by_trace.get(trace, ())), lacking, times)
            misprints += found
            strange += times - found
    figures = min(_count(one, True), _count(other, True))
    words = min(_count(one, False), _count(other, False))
    return Differences(words, figures, misprints, min(strange, lacking.total()), changed)


def figures_in_place(one: Sequence[str], other: Sequence[str]) -> InPlace:
    """The figures between the same words of two texts; where those words come again, as often in both."""
    common = misread = whole = 0
    theirs = _by_place(other)
    for place, figures in _by_place(one).items():
        others = theirs.get(place, ())
        if len(others) == len(figures):
            common += len(figures)
            for figure, its in zip(figures, others, strict=True):
                if figure != its:
                    by_a_digit = not set(_traces(figure)).isdisjoint(_traces(its))
                    misread += by_a_digit
                    whole += not by_a_digit
    return InPlace(common, misread, whole)


def _by_place(words: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for k, word in enumerate(words):
        if word.isdigit():
            found[(*words[max(0, k - _AROUND) : k], "", *words[k + 1 : k + 1 + _AROUND])].append(word)
    return found


def may_be_misprint(word: str, other: str) -> bool:
    """Whether two words are one, or differ by a letter and are long enough for that to be a misprint."""
    return word == other or (min(len(word), len(other)) > 2 and not set(_traces(word)).isdisjoint(_traces(other)))


def _take(candidates: Iterable[str], lacking: Counter[str], wanted: int) -> int:
    """Takes up to so many of the candidates out of what is lacking; returns how many there were."""
    taken = 0
    for word in candidates:
        if taken == wanted:
            break
        some = min(lacking[word], wanted - taken)
        lacking[word] -= some
        taken += some
    return taken


def _traces(word: str) -> Iterator[str]:
    """The word, and the word without any one of its letters: two words with a trace in common differ by a letter."""
    yield word
    if len(word) > 1:
        yield from (word[:k] + word[k + 1 :] for k in range(len(word)))


def _count(words: Counter[str], figures: bool) -> int:
    return sum(times for word, times in words.items() if word.isdigit() == figures)


__all__ = ["Differences", "InPlace", "Known", "are_copies", "differences", "figures_in_place", "may_be_misprint"]
