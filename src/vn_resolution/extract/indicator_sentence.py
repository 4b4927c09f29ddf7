"""Reads one sentence value by value: which values are indicators, of what, and how they stand to each other."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from vn_resolution.extract.indicator_actions import action_end
from vn_resolution.extract.indicator_findings import BEFORE, Finding, Sentence, Status, measure_of
from vn_resolution.extract.indicator_forms import Measure, Place, Said, form_of
from vn_resolution.extract.indicator_names import (
    Left,
    Subject,
    find_subject,
    names_measure,
    opens_measure,
    printed_name,
    qualifiers_of,
    read_left,
    strip_lead,
)
from vn_resolution.extract.indicator_rules import Amount, Form, accepted, is_about_money, part_of_a_name
from vn_resolution.extract.indicator_seams import brackets, dealt_out, seam, sizes
from vn_resolution.extract.indicator_words import Change, Words, prefix
from vn_resolution.grammar import fold

_PARTS = frozenset({"label", "bare", "output"})
_COMPARED = 30
_YEAR = re.compile(r"(?:19|20)\d\d")
_UP_TO = ("đến năm ", "đến ")
_STOP = re.compile(r"[,;()]")


def read_sentence(sentence: Sentence, words: Words) -> list[Finding]:
    """The indicators of a sentence, brackets after what they stand behind."""
    reader = _Reader(sentence, words)
    reader.region(0, len(sentence.text))
    return reader.found


@lru_cache(maxsize=512)
def _times(label: str, period: re.Pattern[str], against: re.Pattern[str]) -> tuple[str, ...]:
    """The times that a heading names, but for those that something is held against."""
    return tuple(
        match[0].strip()
        for match in period.finditer(label)
        if not against.search(label, max(0, match.start() - _COMPARED), match.start())
    )


class _Reader:
    def __init__(self, sentence: Sentence, words: Words) -> None:
        self.s = sentence
        self.words = words
        self.found: list[Finding] = []
        self.measure: Finding | None = sentence.before
        self.own = False
        """Whether the measure was found in this sentence."""
        self.counting = False
        """Whether the measure's name holds the noun that was counted."""
        self.dated = False
        """Whether the measure's value was that of a time under a label."""
        self.tallied = True
        """Whether the measure's value counts things."""
        self.first = False
        """Whether the last finding was named after its value."""
        self.shares_of: set[int] = set()
        """The findings that are shares of what is named after them."""
        self.units = {amount.index: amount.unit for amount in sentence.amounts}
        self.dealt: dict[int, str] = {}
        """The names of values that go one by one to names joined before them."""
        self.parent: int | None = None
        self.lasting = False
        self.part = ""
        """The kind of the first part after "trong đó"."""
        self.time: str | None = None
        """The period that was named before a measure, for those after it too."""
        self.group = ""
        self.inside = False
        self.asides: set[int] = set()
        """The findings in brackets."""
        self.whole: int | None = None
        """In brackets, the finding before them, whose parts they may name."""
        self.money = is_about_money(sentence.section, words)
        self.status = self._sentence_status()
        self.turns = self._turns()

    # -- the order of reading ------------------------------------------------------------------------------
    def region(self, start: int, end: int) -> None:
        """Reads `[start, end)`, statement by statement, and the insides of its brackets."""
        groups, mask = brackets(self.s.folded, start, end)
        named = sizes(self.s.folded, groups, self.s.amounts, self.words)
        inner = [g for g in groups if any(g[0] <= a.start < g[1] and a.index not in named for a in self.s.amounts)]
        here = [a for a in self.s.amounts if start <= a.start < end and not any(g[0] <= a.start < g[1] for g in groups)]
        at = start
        while at < end:
            stop = mask.find(";", at, end)
            stop = end if stop < 0 else stop
            amounts = [a for a in here if at <= a.start < stop]
            told = len(self.found)
            self._statement(at, stop, mask, amounts, [g for g in inner if at <= g[0] < stop])
            self._share_predicate(told, mask)
            at = stop + 1
            if not self.lasting:
                self.parent = None

    def _statement(self, start: int, end: int, mask: str, amounts: list[Amount], groups: list[tuple[int, int]]) -> None:
        waiting = list(groups)
        edge = start
        if amounts:
            edge = start = max((verb for verb in self.s.verbs if start < verb <= amounts[0].start), default=start)
        chosen = self._standing(amounts, mask, start)
        for position, amount in enumerate(chosen):
            while position and waiting and waiting[0][0] < amount.start:
                self._bracket(waiting.pop(0))
            limit, next_edge = end, end
            if position + 1 < len(chosen):
                limit, next_edge = seam(mask, amount, chosen[position + 1].start, self.words)
            self._value(amount, Place(mask, edge, limit, end))
            edge = next_edge
            while waiting and waiting[0][0] < amount.start:
                self._bracket(waiting.pop(0))
        if not chosen and waiting and self.s.section.figures == "open":
            self._name_alone(edge, waiting[0][0] - 1, mask)
        for number, group in enumerate(waiting):
            if number and self.s.section.figures == "open":
                self._name_listed(waiting[number - 1][1] + 1, group[0] - 1, mask)
            self._bracket(group)

    def _share_predicate(self, since: int, mask: str) -> None:
        """ "80% thanh niên, 75% cán bộ và 70% công nhân được học tập": shares of several say the same of them, with the
        verb of the last."""
        for index in range(len(self.found) - 2, since - 1, -1):
            one, other = self.found[index], self.found[index + 1]
            if not {index, index + 1} <= self.shares_of or self.words.verbal.search(fold(one.name)):
                continue
            verb = self.words.verbal.search(fold(other.name))
            between = mask[one.end : other.at].strip()
            if verb and verb.start() and self.words.joint.sub("", between) == fold(one.name):
                self.found[index] = replace(one, name=f"{one.name} {other.name[verb.start() :]}")

    def _name_listed(self, start: int, end: int, mask: str) -> None:
        """The name of one more thing whose value stands in brackets ("đàn trâu (giảm 6%) | và đàn lợn | (giảm 7%)")."""
        joiner = self.words.joined_name.match(mask, start, end)
        if joiner and prefix(mask, joiner.end(), end, self.words.predicates) < 0:
            name = printed_name(self.s.text, self.s.folded, joiner.end(), end, self.words)
            self.measure, self.own = measure_of(name, (), joiner.end()), True

    def _name_alone(self, start: int, end: int, mask: str) -> None:
        """The name of a measure whose value stands in brackets after it ("Vốn hằng năm (bình quân 3 tỷ đồng)")."""
        subject = find_subject(self.s.folded, mask, start, end, self.words)
        name = printed_name(self.s.text, self.s.folded, subject.start, subject.end, self.words)
        if names_measure(self.s.folded, subject.start, subject.end, self.words):
            qualifiers = qualifiers_of(self.s.text, self.s.folded, subject.start, subject.end, self.words)
            self.measure, self.own = measure_of(name, qualifiers, subject.start), True
            return
        listed = self.words.listed_first.search(self.s.folded, start, end)
        if listed:
            name = printed_name(self.s.text, self.s.folded, listed.start("name"), end, self.words)
            self.measure, self.own = measure_of(name, (), listed.start("name")), True

    def _bracket(self, group: tuple[int, int]) -> None:
        """What stands in brackets goes on about the measure before them, and leaves it as it was."""
        outer = self.measure, self.own, self.parent, self.lasting, self.group, self.inside, self.whole
        self.inside = True
        self.whole = len(self.found) - 1 if self.found and self.own else None
        self.region(*group)
        self.measure, self.own, self.parent, self.lasting, self.group, self.inside, self.whole = outer

    def _standing(self, amounts: list[Amount], mask: str, start: int) -> list[Amount]:
        """The amounts that are no part of a name; the value that a change began from is noted on the one it led to."""
        kept: list[Amount] = []
        origin: Amount | None = None
        timeless = [a for a in amounts if not self._only_time(a, mask, start)]
        for position, amount in enumerate(timeless):
            following = timeless[position + 1] if position + 1 < len(timeless) else None
            left = read_left(mask, kept[-1].end if kept else start, amount.start, self.words)
            if following and left.origin and self.words.arrives.fullmatch(mask, amount.end, following.start):
                origin = amount
                continue
            if part_of_a_name(amount, following, left, kept, mask, self.money, self.words):
                continue
            kept.append(replace(amount, origin=origin) if origin else amount)
            origin = None
        return kept

    def _only_time(self, amount: Amount, mask: str, start: int) -> bool:
        if amount.unit.lower() not in self.words.time_units:
            return False
        before = mask[max(start, amount.start - 90) : amount.start]
        return not any(measure in before for measure in self.words.time_measures)

    # -- one value -----------------------------------------------------------------------------------------
    def _value(self, amount: Amount, place: Place) -> None:
        s, words = self.s, self.words
        begin, time = self._past_place(place.edge, amount.start)
        left = read_left(s.folded, begin, amount.start, words)
        if amount.origin:
            begun = read_left(s.folded, place.edge, amount.origin.start, words)
            left = replace(begun, predicate=left.predicate, change="level")
        subject = find_subject(
            s.folded, place.mask, left.start, left.end, words, whole=left.label, predicated=bool(left.predicate)
        )
        if time and not subject.time:
            subject = replace(subject, time=time)
        if left.aimed and not opens_measure(s.folded, subject.start, left.end, words):
            left = replace(left, start=left.end)
            subject = Subject(left.end, left.end, cue=True)
        group = self.group
        if subject.group:
            a, b = subject.group
            judged = words.evaluated.search(s.folded[a:b].rstrip())
            b = a + judged.start() if judged else b
            group = printed_name(s.text[a:b], s.folded[a:b], 0, b - a, words)
        printed = printed_name(s.text, s.folded, subject.start, subject.end, words)
        if left.predicate and words.dealing.search(s.folded, place.edge, amount.start):
            self.dealt = dealt_out(printed, place.mask, amount, s.amounts)
        printed = self.dealt.get(amount.index, printed)
        said = Said(
            s.text, amount, place, left, subject, printed, fold(printed), group, self._before(amount, left), s.lead
        )
        form, name, change = form_of(said, words)
        grows = words.grows.match(name) if form == "bare" and place.edge in s.verbs else None
        if grows:
            name, change = name[grows.end() :], "increase"
        statement = place.mask[max(0, place.mask.rfind(";", 0, amount.start)) : amount.end]
        behind = amount.end + s.folded.startswith(" ", amount.end)
        again = form == "share" and words.against.match(s.folded, behind) is not None
        if form == "share" and name and words.period.search(subject.time):
            name = self._without_time(name)
        about = form == "first" and words.about.match(s.folded, behind) is not None
        joined = (form == "first" or again) and self._joined(left, again=again, about=about)
        if joined or (form == "bare" and self._goes_on(name, amount, subject, place.edge)):
            change = self.found[-1].change
        alike = bool(self.found) and self.units[self.found[-1].index] == amount.unit
        if alike and self._is_planned(form, subject, amount, place, left):
            change = self.found[-1].change  # "tăng 6,7% (kế hoạch 8,5%)"
        if form == "first" and self.own and self.found and not said.name:
            name = self._handed_to(self.found[-1], amount) or name
        repeats = self.own and self.measure is not None
        if form == "share" and self.inside and self._is_elsewhere(place.edge, amount.start):
            return
        if form is None or not accepted(
            form, name, amount, left, subject, s.section, statement, words,
            money=self.money, repeats=repeats, listed=self.parent is not None or repeats,
            alike=alike and amount.counted,
        ):  # fmt: skip
            if form not in (None, "share") and name:
                self.measure = None
            return
        self.group = group
        self._add(form, name, change, amount, place, left, subject)
        if amount.origin and not (amount.money and self.money):
            self._begin(amount.origin, amount)

    def _handed_to(self, counted: Finding, amount: Amount) -> str:
        """The name of the number of those for whom something was counted ("46 lớp | tập huấn | cho 5.300 lượt người");
        "" where the value tells of something else."""
        if not amount.noun(self.words) or not read_left(self.s.folded, counted.end, amount.start, self.words).handed:
            return ""
        purpose = counted.name.partition(f" {self.units[counted.index]} ")[2]
        acts = action_end(fold(purpose), 0, len(purpose), self.words) >= 0
        return purpose if purpose and acts else counted.name

    def _without_time(self, name: str) -> str:
        """A name without the time at its end, of which the value before was ("số phòng học | năm 2022")."""
        times = [time for time in self.words.period.finditer(fold(name)) if time.end() == len(name)]
        return name[: times[0].start()].rstrip() or name if times else name

    def _begin(self, origin: Amount, reached: Amount) -> None:
        """Where a change began was reached already ("giảm từ 8 % năm 2020 xuống còn 6 %"). In a budget it is no result
        but the sum that was planned before, and beside what was reached it is one only where its time is told."""
        time = self.words.period.search(self.s.folded, origin.end, reached.start)
        if time is None and self.found[-1].status == "actual":
            return
        begun = replace(
            self.found[-1], index=origin.index, at=origin.start, end=origin.end, change="level", status="actual",
            start=min(self.found[-1].start, origin.start), period=time[0].strip() if time else None,
        )  # fmt: skip
        self.found.append(begun)

    def _is_elsewhere(self, edge: int, end: int) -> bool:
        """Whether a value in brackets is of another place ("bình quân cả nước (5%)", "(cả nước đạt 5%)")."""
        find = self.words.elsewhere.search
        return bool(find(self.s.folded[max(0, edge - _COMPARED - _COMPARED) : edge]) or find(self.s.folded[edge:end]))

    def _past_place(self, start: int, end: int) -> tuple[int, str]:
        """Where an action begins that a place or a body stands before ("Năm 2025, Vùng I | xây dựng 02 cơ sở …"), with
        the time before that; or `start`."""
        at, _, time = strip_lead(self.s.folded, start, end, self.words)
        place = self.words.place_lead.match(self.s.text, at, end) or self._actor(at, end)
        if place is None:
            return start, ""
        after = action_end(self.s.folded, place.end(), end, self.words)
        acts = after >= 0 and self.s.folded[place.end() : after] not in self.words.predicates
        return (place.end(), time) if acts else (start, "")

    def _actor(self, start: int, end: int) -> re.Match[str] | None:
        """Those who did something, with "đã" ("Lực lượng công an đã | phát hiện …"), where they are no measure."""
        if self.s.section.figures != "open" or names_measure(self.s.folded, start, end, self.words):
            return None
        return self.words.actor.match(self.s.folded, start, end)

    def _before(self, amount: Amount, left: Left) -> Measure | None:
        """The measure that was spoken of before; for a change of a count the last one that counts the same."""
        if self.measure is None or (self.measure.index < 0 and not self.own and amount.noun(self.words)):
            return None
        if self.own and left.predicate and amount.counted and amount.unit != self.units.get(self.measure.index):
            for finding in reversed(self.found):
                if self.units[finding.index] == amount.unit:
                    self.measure = finding
                    break
        return Measure(self.measure.name, self.own, self.tallied, self.counting, self.dated)

    def _joined(self, left: Left, *, again: bool, about: bool) -> bool:
        """Whether a value without a predicate is joined to the one before it ("giảm 5 % … và 10 % …"); `again`: it is
        of the same measure ("tăng 2 % so với tháng trước và 10 % so với cùng kỳ"); `about`: it tells of what it is
        ("giảm 5 % về số vụ, 4 % về số người chết")."""
        if not self.found or left.predicate:
            return False
        before = self.s.folded[: left.start].rstrip()
        return about or ((self.first or again) and before.endswith(self.words.joiners))

    def _goes_on(self, name: str, amount: Amount, subject: Subject, edge: int) -> bool:
        """Whether a share without a verb goes on with the parts of which the last one had one ("trong đó công nghiệp
        tăng 10 %, dịch vụ 7 %"), or stands in brackets as a part of it ("giảm 1 % (riêng vùng cao 3 %)")."""
        if not self.found or not amount.share or self.units[self.found[-1].index] != amount.unit:
            return False
        last = self.found[-1]
        part = last.parent is not None and not subject.within and self.parent == last.parent
        apart = self.s.folded[edge : amount.start].lstrip().startswith(self.words.enclosing)
        aside = self.inside and apart and self.whole == len(self.found) - 1
        return (part or aside) and not names_measure(fold(name), 0, len(name), self.words)

    # -- writing it down -----------------------------------------------------------------------------------
    def _add(
        self, form: Form, name: str, change: Change, amount: Amount, place: Place, left: Left, subject: Subject
    ) -> None:
        measure = self.measure
        if form == "share" and measure is not None:
            start, qualifiers, group = measure.start if self.own else left.end, measure.qualifiers, measure.group
            parent = measure.parent if self.own else None
        else:
            start = subject.start if subject.end > subject.start else min(left.start, amount.start)
            qualifiers = qualifiers_of(self.s.text, self.s.folded, subject.start, subject.end, self.words)
            group = self.group
            if subject.within:
                self.parent = self._whole(amount)
                self.lasting = subject.lasting or self.parent == BEFORE
                self.part = amount.kind
            elif not self.lasting and amount.kind != self.part and names_measure(fold(name), 0, len(name), self.words):
                self.parent = None
            parent = self.whole if form in _PARTS and self.whole is not None else self.parent
        finding = Finding(
            index=amount.index,
            at=amount.start,
            start=min(start, amount.start),  # a name may stand behind its value
            end=amount.end,
            name=name,
            change=change,
            status=self._status(form, subject, amount, place, left),
            period=self._period(form, subject, amount, place, left, parent),
            qualifiers=qualifiers,
            parent=parent,
            group=group,
        )
        if self.inside:
            self.asides.add(len(self.found))
        if form == "first" and amount.share:
            self.shares_of.add(len(self.found))
        self.found.append(finding)
        self.first = form == "first"
        if form != "share":
            noun = amount.noun(self.words)
            self.measure, self.own, self.counting = finding, True, bool(noun) and noun in fold(name)
            self.tallied = amount.counted
            self.dated = form == "label" and bool(subject.time)

    def _whole(self, amount: Amount) -> int | None:
        """The finding whose part comes after "trong đó": the last one that is no part itself and that counts the same,
        else the last one that is none."""
        wholes = [
            index
            for index, finding in enumerate(self.found)
            if finding.parent is None
            and (index not in self.asides or self.inside)
            and not (index and self.found[index - 1].name == finding.name)
        ]
        if wholes:
            same = [index for index in wholes if amount.counted and self.units[self.found[index].index] == amount.unit]
            return same[-1] if same else wholes[-1]
        before = self.s.before
        return BEFORE if before is not None and before.index >= 0 and not self.found else None

    def _period(
        self, form: Form, subject: Subject, amount: Amount, place: Place, left: Left, parent: int | None
    ) -> str | None:
        """The time that the value is for: the one nearest to it, else that of the measure, its whole, the list or a
        heading."""
        find = self.words.period.search
        ends = (pattern.search(place.mask, amount.end, place.end) for pattern in (_STOP, self.words.conjunction))
        tail = place.mask[amount.end : min((match.start() for match in ends if match), default=place.end)]
        begin = left.start if form == "share" else subject.start
        led = find(subject.time)
        if led and form != "share":
            self.time = led[0].strip()
        compared = amount.kind == "factor" or self.words.against.search(tail)
        near = led or (None if compared else find(tail)) or self._own_time(begin, amount.start)
        if near:
            return near[0].strip()
        of = self.measure if form == "share" and self.own else self._at(parent)
        if (of is not None and of.period) or self.time:
            return of.period if of is not None and of.period else self.time
        section = self.s.section
        for label in (fold(self.group), *reversed(section.above)):
            times = _times(label, self.words.period, self.words.against)
            if times:
                # "tình hình năm 2025 và nhiệm vụ năm 2026": what was reached is named first.
                return times[0 if self.status == "actual" else -1]
        return None

    def _at(self, parent: int | None) -> Finding | None:
        return None if parent is None else self.s.before if parent == BEFORE else self.found[parent]

    def _own_time(self, start: int, end: int) -> re.Match[str] | None:
        """The period that a name holds, if it is no year of prices or of a standard ("giá so sánh năm 2010")."""
        times = self.words.period.finditer(self.s.folded, start, end)
        return next((t for t in times if not self.words.standard.search(self.s.folded, start, t.start())), None)

    def _status(self, form: Form, subject: Subject, amount: Amount, place: Place, left: Left) -> Status:
        if subject.past:
            return "actual"
        if self._is_planned(form, subject, amount, place, left):
            return "target"
        if form != "share" and self.words.planned_name.match(self.s.folded, subject.start, subject.end):
            return "target"
        year = _YEAR.search(subject.time)
        if year and form == "share" and self.status == "target":
            # A value of a year before those that the document plans for was reached already.
            told = " ".join((*self.s.section.path, *self.s.section.leads))
            planned = list(_YEAR.finditer(told))
            years = _YEAR.findall(subject.time)
            if len(years) > 1:  # "giai đoạn 2022 - 2025" is no time before a plan "đến năm 2030"
                planned = [match for match in planned if not told[: match.start()].endswith(_UP_TO)]
            first = min((int(match[0]) for match in planned), default=0)
            if int(years[-1]) < first or (not _YEAR.search(told) and self.inside):
                return "actual"
        if self.s.section.status is None and self.words.existing.search(place.mask, place.edge, amount.start):
            return "actual"
        return next((status for at, status in reversed(self.turns) if at < amount.start), self.status)

    def _is_planned(self, form: Form | None, subject: Subject, amount: Amount, place: Place, left: Left) -> bool:
        """Whether the value is the plan that the one before it is held against: "đạt 8,7% (KH 9,5%)"."""
        planned = self.words.planned_subject.match(subject.time) is not None
        if form == "share" and planned and self.inside:
            return True  # "tăng 6 % (kế hoạch tăng 7 %)"
        if form != "share" or left.predicate not in ("", "là"):
            return False
        if planned:
            return True
        if self.s.folded[place.edge - 1 : amount.start].strip() == "/":
            return True
        before = self.s.folded[max(0, place.edge - _COMPARED) : place.edge]
        alone = not self.s.folded[place.edge : amount.start].strip()
        return self.inside and alone and self.words.planned_before.search(before) is not None

    def _sentence_status(self) -> Status:
        if self.s.section.status is not None:
            return self.s.section.status
        return "actual" if self.words.actual.search(self.s.folded) else "target"

    def _turns(self) -> list[tuple[int, Status]]:
        """Where a sentence that tells of what was reached turns to what is aimed at, and back."""
        if self.status != "actual":
            return []
        turns: list[tuple[int, Status]] = [(m.start(), "target") for m in self.words.target.finditer(self.s.folded)]
        if turns:
            turns += [(m.start(), "actual") for m in self.words.actual.finditer(self.s.folded)]
        return sorted(turns)
