"""Decides whether a value is an indicator: it must be no part of a name, no norm, limit or age, and fit its section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vn_resolution.extract.indicator_actions import action_end, sets_target
from vn_resolution.extract.indicator_names import (
    Left,
    Subject,
    find_subject,
    names_measure,
    names_number,
    read_left,
    strip_lead,
)
from vn_resolution.extract.indicator_words import Words, prefix
from vn_resolution.extract.sections import Section
from vn_resolution.grammar import fold

Form = Literal["label", "predicate", "preposed", "output", "bare", "first", "share"]
"""How a value is said: "X: 5%", "X đạt 5%", "Giảm X 5%", "Trồng 5 ha X", "X 5%", "5 xã X", or of the measure before."""

_LISTED = 6
_MEASURED = frozenset({"figures", "targets", "results", "objectives"})
_REPORTED = frozenset({"targets", "results"})
_BREAK = re.compile(r"[,;()\x00]")
_FURTHER = re.compile(r",| và ")
_NAMED = re.compile(r"[^,;:()\x00]{2,80}(?:, (?P<more>[^,;:()\x00]{2,60}))?:\s*(?:[^\W\d]+ ){0,2}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a sentence: `[start, end)`, its index, unit, kind (that of the unit, or "factor", "scale") and
    comparator. `origin` is the value from which a change to this one began ("giảm từ 8 % xuống còn 6 %")."""

    start: int
    end: int
    index: int
    unit: str
    kind: str
    comparator: str
    origin: Amount | None = None

    @property
    def share(self) -> bool:
        """A percentage."""
        return self.kind == "percent"

    @property
    def money(self) -> bool:
        """A sum, or a sum per something."""
        return self.kind == "money"

    @property
    def counted(self) -> bool:
        """Things counted or measured: no share, sum, factor or place on a scale."""
        return self.kind not in ("percent", "money", "factor", "scale")

    @property
    def head(self) -> str:
        """Its unit without the nouns that are counted together with the first ("xã" of "xã, phường")."""
        return _FURTHER.split(self.unit, maxsplit=1)[0]

    def repeated(self, words: Words) -> bool:
        """How often something is done ("02 lần/năm")."""
        base, slash, _ = self.unit.partition("/")
        return bool(slash) and base in words.repeated

    def moved(self, by: int) -> Amount:
        """The same in a text that begins so much later."""
        return replace(self, start=self.start - by, end=self.end - by) if by else self

    def noun(self, words: Words) -> str:
        """What was counted ("sản phẩm", "trường", "bác sĩ/vạn dân"), "" for ha, km, tấn."""
        noun = self.unit.partition("/")[0]
        return "" if self.kind != "count" or noun in words.measures else self.unit


def is_about_money(section: Section, words: Words) -> bool:
    """Whether a section is about budgets or capital: the sums in it are then what is decided, counts are not."""
    if section.roles & _MEASURED or not section.path:
        return "figures" in section.roles
    return words.money_title.search(section.path[0]) is not None


def part_of_a_name(
    amount: Amount, following: Amount | None, left: Left, kept: Sequence[Amount], mask: str, money: bool, words: Words
) -> bool:
    """Whether an amount is part of a name: "kế hoạch vốn của 04 dự án", "số xã đạt 10 tiêu chí không quá 15 xã"."""
    held = mask[left.start : left.end].rstrip().rsplit(" ", 1)[-1] in words.holders
    if amount.counted and not left.label and not left.predicate and held:
        return True
    if _is_base(amount, mask, words) or _is_pointed_at(amount, mask, words) or _is_distance(amount, left, mask, words):
        return True
    if _is_grade(amount, left, kept, mask, words):
        return True
    if following is None:
        return _in_complement(amount, left, kept, mask, words)
    gap = mask[amount.end : following.start]
    ahead = read_left(gap, 0, len(gap), words)
    if _qualifies(following, ahead, amount, mask, words):
        return False
    if ahead.handed and amount.noun(words) and following.noun(words) and not _BREAK.search(gap):
        return False  # "tổ chức 46 lớp tập huấn cho 5.300 lượt người"
    if not (amount.money or left.label or left.predicate or following.share) and words.grade.fullmatch(gap):
        return True
    if amount.counted and not left.label and money and words.worth.match(gap):
        return True
    if amount.counted and not left.label and money and following.money and _names_things(gap, words):
        return True
    if _BREAK.search(gap) or words.separator.search(gap) or words.conjunction.search(gap):
        return False
    if _is_grade(following, ahead, (amount,), mask, words) and not left.predicate:
        return False
    if words.measure_gap.match(gap):
        return False
    if not (ahead.predicate or ahead.filler):
        return amount.counted and not left.predicate and not left.label
    if left.label or not gap.strip():
        return False
    if following.share and left.predicate and ahead.predicate in words.comparing:
        return (
            amount.unit in words.criteria
            and _is_ratio(left, mask, words)
            and amount.unit not in mask[left.start : left.end]
        )
    if amount.money:
        return _is_ratio(left, mask, words) and following.share and bool(ahead.predicate) and not left.predicate
    if not amount.counted:
        return not left.predicate and bool(ahead.predicate)
    if left.predicate and ahead.predicate in words.comparing:
        return False
    if ahead.predicate and following.share:
        start = strip_lead(mask, left.start, left.end, words)[0]
        if names_measure(mask, start, left.end, words) and not _is_ratio(left, mask, words):
            return False
        return not find_subject(mask, mask, left.start, left.end, words).output
    return True


def _names_things(gap: str, words: Words) -> bool:
    """ "39 | dự án hoàn thành, quyết toán: | 212 tỷ đồng": whether the words between a count and a sum tell of what was
    counted, with a colon behind."""
    named = _NAMED.fullmatch(gap)
    return named is not None and prefix(gap, *named.span("more"), words.heads) < 0


def _is_ratio(left: Left, mask: str, words: Words) -> bool:
    """Whether the measure before an amount is a ratio or a number of things, so that other numbers are of its name."""
    return prefix(mask, strip_lead(mask, left.start, left.end, words)[0], left.end, words.ratio_heads) >= 0


def _is_base(amount: Amount, mask: str, words: Words) -> bool:
    """Whether an amount is what the measure is counted per: "số giường bệnh trên 1 vạn dân", "giá trị/1 ha đất"."""
    match = words.per_base.search(mask, max(0, amount.start - 6), amount.end)
    return match is not None and match.start("number") == amount.start and amount.comparator == "eq"


def _is_pointed_at(amount: Amount, mask: str, words: Words) -> bool:
    """ "02 bến cảng này": what was counted before."""
    return amount.counted and words.pointed.match(mask, amount.end) is not None


def _is_distance(amount: Amount, left: Left, mask: str, words: Words) -> bool:
    """ "cách trung tâm khoảng 7 km": where a thing lies."""
    return amount.unit in words.lengths and words.distance.search(mask, left.start, amount.start) is not None


def _is_grade(amount: Amount, left: Left, kept: Sequence[Amount], mask: str, words: Words) -> bool:
    """ "58 xã đạt 19 tiêu chí": how much each of the things counted before has reached."""
    if not kept or amount.unit not in words.criteria or left.predicate not in words.reaching:
        return False
    return kept[-1].counted and kept[-1].unit != amount.unit and not _BREAK.search(mask, kept[-1].end, amount.start)


def _in_complement(amount: Amount, left: Left, kept: Sequence[Amount], mask: str, words: Words) -> bool:
    """ "1.386 tàu cá công suất từ 90 CV trở lên": a value in the words that belong to the thing counted before it."""
    if not kept or left.label or amount.money or (left.handed and amount.noun(words)):
        return False
    gap = mask[kept[-1].end : amount.start]
    if _qualifies(amount, left, kept[-1], mask, words):
        return True
    if left.predicate:
        return False
    if _BREAK.search(gap) or words.conjunction.search(gap) or words.with_.search(gap) or words.measure_gap.match(gap):
        return False
    if words.separator.match(gap):
        return False
    return bool(gap.strip())


def _qualifies(share: Amount, left: Left, counted: Amount, mask: str, words: Words) -> bool:
    """ "có 17 chủ đầu tư giải ngân dưới 10 %": a share that tells which things were counted, where the count opens the
    clause."""
    gap = mask[counted.end : share.start]
    if not share.share or not counted.noun(words) or left.predicate in words.comparing or _BREAK.search(gap):
        return False
    return bool(gap.strip()) and mask[: counted.start].rstrip().rsplit(" ", 1)[-1] in words.having_words


def accepted(
    form: Form, name: str, amount: Amount, left: Left, subject: Subject, section: Section, statement: str, words: Words,
    *, money: bool, repeats: bool, listed: bool, alike: bool,
) -> bool:  # fmt: skip
    """Whether the value is an indicator. `statement` is the folded text up to the value's end; `money` = the document
    is about budgets; `repeats` = a measure stands before it in the sentence; `listed` = it is one of an enumeration;
    `alike` = the indicator before it in the sentence is counted in the same unit."""
    low = fold(name)
    if len(low) < 2 or words.vague.match(low) or words.conditional.search(low) or low.startswith(words.norm_measures):
        return False
    unit = amount.unit.lower()
    base, _, per = unit.partition("/")
    timed = any(measure in low + " " for measure in words.time_measures) or (per and low.startswith(f"{base} "))
    if base in words.time_units and not timed:
        return False
    measured = names_measure(low, 0, len(low), words)
    before = low[: subject.end - subject.start]
    if amount.kind == "measure" and form != "label" and before.endswith(words.dimensions) and not measured:
        return False
    if amount.kind == "factor" and left.predicate not in words.multiples:
        return False
    if amount.repeated(words) and left.filler not in words.at_least:
        return False
    if amount.money and not _in_time(unit, words) and not words.per_head.search(low):
        return section.figures == "open" and form in ("predicate", "share") and "targets" in section.roles
    if amount.counted and not alike and not _countable(form, amount.head.lower(), low, left, section, words, money):
        return False
    numbered = amount.counted and names_number(low, words)  # of whom what follows is told: no norm
    decided = numbered or (money and amount.money and not per)
    if "targets" not in section.roles and form != "label" and not decided and words.norm_cues.search(statement):
        return False
    if form == "output" and amount.share and _is_support(low, words):
        return False
    if amount.counted and words.per_unit.search(statement, 0, len(statement) - (amount.end - amount.start)):
        return False
    head = prefix(low, 0, len(low), words.heads) >= 0
    if section.figures == "open":
        if form == "bare" and amount.counted:
            rate = amount.kind == "measure" and "/" in unit and bool(section.roles & _REPORTED)
            return head or rate or subject.within or (listed and len(low.split()) <= _LISTED)
        return True
    return _accepted_in_task(form, low, head, amount, left, subject, words, money=money, repeats=repeats, alike=alike)


def _in_time(unit: str, words: Words) -> bool:
    """Whether a sum is one, or one per year, month or quarter."""
    return all(base in words.time_bases for base in unit.split("/")[1:])


def _is_handled(low: str, subject: Subject, words: Words) -> bool:
    """ "Giải quyết dứt điểm | 85 % đơn khiếu nại": of the cases that follow a share is dealt with."""
    handled = prefix(low, 0, len(low), words.handling) >= 0
    return handled and action_end(low, 0, len(low), words) >= subject.end - subject.start


def _is_flow(unit: str, words: Words) -> bool:
    """Whether a measure is one, or one per time ("20.000 m3/ngày đêm"); per thing it is a norm ("500 m2/trạm")."""
    return all(base in words.time_bases or base.startswith("ngày") for base in unit.split("/")[1:])


def _counts_directly(low: str, amount: Amount, words: Words) -> bool:
    """Whether the verbs of a name have the counted things as their object ("kê thêm 50 giường"), not a house."""
    end = action_end(low, 0, len(low), words)
    return low[end:].lstrip().startswith((amount.unit, *words.handing))


def _is_support(low: str, words: Words) -> bool:
    """Whether a name says what is paid for somebody ("hỗ trợ học phí cho học sinh"): a share of it is a norm."""
    end = prefix(low, 0, len(low), words.supports)
    return end >= 0 and low[end:].strip().startswith(words.cost_words)


def _countable(form: Form, unit: str, low: str, left: Left, section: Section, words: Words, money: bool) -> bool:
    if money and unit in words.money_nouns and form not in ("label", "predicate"):
        return False
    if form in ("label", "share"):
        return True
    if "results" in section.roles and form == "output" and unit in words.works:
        return True
    remains = left.predicate in words.having_words or words.state.search(low) is not None
    if "results" in section.roles and form == "first" and low != unit and remains:
        return True  # "vẫn còn 8.480 hồ sơ đất đai", "8.480 hồ sơ trễ hạn"
    if unit not in words.not_counted or any(f"{word} {unit}" in low for word in words.number_words):
        return True
    reached = form in ("predicate", "first") and left.predicate.startswith(tuple(words.reaching))
    reached = reached or (form == "first" and words.verbal.search(low, len(unit)) is not None)
    return reached and unit in words.criteria and section.figures == "open"


def _accepted_in_task(
    form: Form, low: str, head: bool, amount: Amount, left: Left, subject: Subject, words: Words,
    *, money: bool, repeats: bool, alike: bool,
) -> bool:  # fmt: skip
    """In a sentence that directs, a value is an indicator in the forms of a target only."""
    if form == "share":
        return repeats and bool(left.predicate)
    least = amount.money and amount.comparator in ("ge", "gt")
    if (amount.counted or (form == "output" and not least)) and low.startswith(words.funding):
        return False
    if form == "output" and amount.kind == "measure" and not _is_flow(amount.unit, words):
        return False
    if form == "output" and amount.unit in words.capacities and not _counts_directly(low, amount, words):
        return False
    if form == "label":
        return head or amount.money or sets_target(low, words)
    if form == "preposed":
        return head or subject.preposed != "level" or left.predicate != ""
    if form == "predicate":
        short = len(low.split()) <= _LISTED + 2 or sets_target(low, words)
        reached = amount.share and left.predicate in words.reaching and short
        numbered = amount.counted and names_number(low, words)
        weak = left.predicate in words.weak_predicates and not (numbered or names_measure(low, 0, len(low), words))
        return reached or ((head or subject.cue) and not weak)
    if form == "output":
        raised = prefix(low, 0, len(low), words.raising) >= 0
        if amount.share and _is_handled(low, subject, words):
            return True
        if left.filler in words.at_least and amount.kind != "measure" and (head or not amount.share):
            return True
        return sets_target(low, words) and (not amount.money or money or raised or least)
    if form == "bare":
        if alike and left.filler and len(low.split()) <= _LISTED:
            return True
        return (money and amount.money) or (head and (bool(left.filler) or repeats or subject.cue))
    if amount.share and not left.predicate and words.by_then.match(subject.time):
        return True
    if left.change != "level" or left.predicate in words.task_predicates or (repeats and not left.predicate):
        return True
    return (bool(left.predicate or left.filler) and subject.cue) or (money and amount.money)
