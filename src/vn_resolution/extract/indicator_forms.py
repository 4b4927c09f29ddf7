"""Tells in which form a value is said ("X: 5 %", "X đạt 5 %", "Trồng 5 ha rừng") and what its name is thereby."""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.extract.indicator_names import Left, Subject, complement_end
from vn_resolution.extract.indicator_rules import Amount, Form
from vn_resolution.extract.indicator_words import Change, Words, prefix
from vn_resolution.grammar import fold


@dataclass(slots=True)
class Place:
    """Where in a sentence a value stands: the text with brackets blanked, and the limits of what belongs to it."""

    mask: str
    edge: int
    limit: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """The measure before a value: its name, whether it is of the same sentence, whether it counts things (`tallied`),
    and whether its name holds the noun that was counted (`counting`)."""

    name: str
    own: bool
    tallied: bool
    counting: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the words around it. `name` is the printed name before it ("" for none), `group` the label over
    that name, `measure` the one that was spoken of before."""

    text: str
    amount: Amount
    place: Place
    left: Left
    subject: Subject
    name: str
    group: str
    measure: Measure | None


def form_of(said: Said, words: Words) -> tuple[Form | None, str, Change]:
    """How the value is said, the name that it has thereby, and its change."""
    left, subject, name, change = said.left, said.subject, said.name, said.left.change
    if subject.preposed is not None and name:
        return "preposed", name, _preposed_change(subject.preposed, left)
    if name and left.label:
        return "label", name, change
    following = _complement(said, words)
    if name and left.predicate:
        if change != "level" and said.amount.share and _opens_measure(following, words):
            return "first", following, change
        return "predicate", name, change
    if name and subject.output:
        return "output", _action_name(said, following, words), change
    if name:
        return "bare", name, change
    if subject.group and said.group and not subject.time:
        return "label", said.group, change
    return _nameless(said, following, words)


def _nameless(said: Said, following: str, words: Words) -> tuple[Form | None, str, Change]:
    """A value without a name before it: of what follows it, or of the measure before."""
    amount, left, subject, measure = said.amount, said.left, said.subject, said.measure
    change = left.change
    noun = amount.noun(words)
    measured = _opens_measure(following, words)
    compares = not following or fold(following).split(" ")[0] in words.comparisons
    existing = amount.counted and left.predicate in words.existence
    given = words.of.match(fold(following)) if amount.money else None
    if (subject.part or given) and not left.predicate and following:
        return "first", f"{noun} {following}" if noun else words.of.sub("", following), change
    goes_on = compares or not measured or left.predicate in words.ratios
    if left.predicate and measure is not None and not existing and goes_on:
        return "share", measure.name, change
    if left.predicate and amount.share and following and (measured or not compares):
        return "first", following, change
    if measure is not None and _stands_alone(amount, left, following, noun, measure):
        return "share", measure.name, change
    if amount.counted and (following or noun):
        verb = left.predicate if left.predicate in words.outputs and not existing else ""
        return "first", " ".join(filter(None, (verb, noun, following))), change if left.predicate else "level"
    if amount.share and following and not compares:
        return "first", following, change
    if measure is not None:
        return "share", measure.name, change
    if amount.money and following:
        return "first", following, change
    return None, "", change


def _stands_alone(amount: Amount, left: Left, following: str, noun: str, measure: Measure) -> bool:
    """ "di chuyển 806 hộ, 4.077 khẩu": a second count of the same."""
    if not amount.counted or following or left.predicate:
        return False
    return measure.own and measure.tallied and not (measure.counting and noun)


def _action_name(said: Said, following: str, words: Words) -> str:
    """The name with what is counted: "Cứng hóa" + "đường nông thôn", "Đào tạo nghề" (cho 500 lao động)."""
    name, amount, handed = said.name, said.amount, said.left.handed
    if handed and not following:
        return name
    if amount.money:
        verb = prefix(fold(name), 0, len(name), words.outputs) == len(name)
        return f"{name} {following}" if words.of.match(fold(following)) or (verb and following) else name
    if following and fold(following).split(" ")[0] in words.comparisons:
        following = ""
    if amount.share:
        return f"{name} {following}".strip() if len(following.split()) > 1 else name
    noun = amount.noun(words)
    if noun in words.persons and not following and not handed:
        noun = ""
    return " ".join(filter(None, (name, handed, noun, following)))


def _opens_measure(following: str, words: Words) -> bool:
    """Whether these words, which follow a value, begin like the name of a measure and not like a comparison."""
    low = fold(following)
    if not low or low.split(" ")[0] in words.comparisons:
        return False
    return prefix(low, 0, len(low), words.heads) >= 0


def _complement(said: Said, words: Words) -> str:
    """The words after a value that belong to it: "140 trường | được công nhận đạt chuẩn quốc gia"."""
    amount, mask, text = said.amount, said.place.mask, said.text
    upwards = words.upwards.match(mask, amount.end)
    begin = upwards.end() if upwards else amount.end
    stop = max(begin, said.place.limit)
    cut = complement_end(mask, begin, stop, words)
    while mask[cut : cut + 1] == "(" and mask[begin:cut].strip():
        close = mask.find(")", cut, stop)
        if close < 0 or any(char.isdigit() for char in text[cut:close]):
            break
        cut = complement_end(mask, close + 1, stop, words)
    while amount.share and mask[cut : cut + 1] == "," and cut < stop and mask[begin:cut].strip():
        after = cut + 1
        while after < stop and mask[after] == " ":
            after += 1
        if max(prefix(mask, after, stop, words.heads), prefix(mask, after, stop, words.list_nouns)) < 0:
            break
        cut = complement_end(mask, after, stop, words)
    printed = " ".join(text[begin:cut].split()).strip(" ,.;:-")
    trailing = words.conjunction_end.search(fold(printed))
    return printed[: trailing.start()] if trailing else printed


def _preposed_change(preposed: Change, left: Left) -> Change:
    """ "Giảm … xuống còn X" is a level, "Giảm … X" a decrease, "nâng … thêm X" an increase."""
    if preposed == "level":
        return "increase" if left.more else left.change
    if left.predicate:
        return left.change
    return preposed
