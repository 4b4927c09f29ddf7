"""Reads the words around a value: in "phấn đấu tỷ lệ hộ nghèo giảm còn dưới" the name, the predicate and the change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vn_resolution.extract.indicator_actions import action_end, only_verbs
from vn_resolution.extract.indicator_words import Change, Words, prefix, suffix
from vn_resolution.extract.sentences import NUMERAL

_ACTION = 14
_PUNCTUATION = " \t,;:.-–+*•/"
_COMMA = re.compile(r",\s+")
_SEAM = re.compile(r",\s+| và ")
_ITEM = re.compile(rf":?\s*\(?{NUMERAL}[.)]\s")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a value. `[start, end)` is the stretch in which its subject is; `predicate` the word between
    them ("" for none); `label` = a colon stands between them; `origin` = the value is where a change began ("từ");
    `filler` the nearest word of comparison; `handed` a word that hands the number on to a verb ("cho");
    `more` = the value comes on top ("nâng tỷ lệ thêm 5%"); `aimed` = a clause of its own sets it as a goal ("…, phấn
    đấu có")."""

    start: int
    end: int
    predicate: str = ""
    change: Change = "level"
    label: bool = False
    origin: bool = False
    filler: str = ""
    handed: str = ""
    more: bool = False
    aimed: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The name found before a value, `[start, end)`; empty when the value continues the measure before it.

    `preposed` is the change of a verb that stands before the name ("Giảm tỷ lệ …"), `within` = after "trong đó",
    `part` = after "kể cả", `lasting` = after "trong đó:", so that all that follows is meant, `cue` = after "phấn đấu"
    and the like, `group` the label that the name stands under ("Cơ cấu kinh tế: …"), `item` = the name opens an item
    of the list under that label ("Mục tiêu: (1) …")."""

    start: int
    end: int
    preposed: Change | None = None
    within: bool = False
    cue: bool = False
    past: bool = False
    output: bool = False
    part: bool = False
    lasting: bool = False
    group: tuple[int, int] | None = None
    time: str = ""
    item: bool = False


def read_left(folded: str, start: int, end: int, words: Words) -> Left:
    """Reads from right to left what stands between the subject and a value that begins at `end`."""
    predicate = ""
    change: Change = "level"
    label = origin = False
    filler = ""
    handed = ""
    more = False
    average = -1
    while True:
        while end > start and folded[end - 1] in " \t:=–-":
            label = label or folded[end - 1] in ":="
            end -= 1
        at = suffix(folded, start, end, words.predicates)
        if at > start:
            at = _whole(folded, start, at, end, words)
        if at < 0:
            break
        phrase = folded[at:end]
        kind = words.changes[phrase]
        if label and (predicate or phrase not in words.labelled):
            break
        if kind is None:
            if predicate:
                break
            if phrase in words.averages and average < 0:
                average = end
            filler = filler or phrase
            more = more or phrase in words.more
            if phrase in words.handing:
                handed = phrase
            origin = origin or phrase in words.origins
        elif predicate:
            break
        else:
            predicate, change = phrase, kind
            origin = origin or phrase.rsplit(" ", 1)[-1] in words.origins
            more = more or phrase.rsplit(" ", 1)[-1] in words.more
        end = at
    if not predicate and not label:
        compared = words.compared.match(folded[start:end])
        if compared:
            verb = compared["verb"]
            return Left(start, start, verb, words.changes.get(verb) or "level", False, origin, filler)
        beyond = words.beyond.search(folded, start, end)
        if beyond:
            verb = beyond["verb"]
            return Left(start, beyond.start(), verb, words.changes.get(verb) or "level", False, origin, filler)
    if average >= 0 and not predicate:
        end = average
    before = end
    if not label:
        end = _without_auxiliaries(folded, start, end, words)
    between = f"{folded[end:before]} {predicate}"
    aimed = between.startswith(",") and between.lstrip(", ").startswith(words.aim_words)
    aimed = aimed or (bool(predicate) and folded[start:end].rstrip().endswith(words.towards))
    return Left(start, end, predicate, change, label, origin, filler, handed, more, aimed)


def _whole(folded: str, start: int, at: int, end: int, words: Words) -> int:
    """`at`, or where a shorter phrase begins when this one would tear a word in two ("chứng | chỉ đạt"), or -1."""
    while at >= 0:
        if not _torn(folded, start, at, end, words):
            return at
        inner = folded.find(" ", at, end)
        at = suffix(folded, inner + 1, end, words.predicates) if inner >= 0 else -1
    return -1


def find_subject(
    folded: str, mask: str, start: int, end: int, words: Words, *, whole: bool = False, predicated: bool = False
) -> Subject:
    """Finds the name in `[start, end)`. `mask` is `folded` with what stands in brackets blanked.
    `whole` = a colon stands before the value, so that commas belong to the name; `predicated` = a predicate does."""
    within = lasting = item = False
    group: tuple[int, int] | None = None
    colon = mask.rfind(":", start, end)
    if colon >= 0 and folded[colon + 1 : end].strip(_PUNCTUATION):
        label = folded[start:colon].strip(_PUNCTUATION)
        group = None if label in words.enclosing else (start, colon)
        within = lasting = label.endswith(words.enclosing)
        item = _ITEM.match(f"{folded[colon:end]} ") is not None
        start = colon + 1
    opening = start
    for match in words.cue.finditer(mask, start, end):
        start = match.start("word")
    passed, before, led = strip_lead(folded, opening, start, words)
    within = within or (passed >= start and any(word in before for word in words.within_words))
    tail = words.worth_tail.search(folded[start:end])
    if tail and tail.start():
        end = start + tail.start()
    adjusted = words.adjusted.match(folded, strip_lead(folded, start, end, words)[0], end)
    if adjusted:
        moved: Change | None = "increase" if adjusted["up"] else "decrease" if adjusted["down"] else None
        return Subject(adjusted.end(), end, preposed=None if tail else moved, group=group)
    start, flags, time = strip_lead(folded, start, end, words)
    time = time or led
    part = any(word in flags for word in words.part_words)
    within = within or any(word in flags for word in words.within_words)
    cue = any(word in flags for word in words.aim_words)
    past = bool(time) and words.past_subject.match(time) is not None
    preposed, start, output = _preposed(folded, start, end, words, predicated=predicated)
    if output and not whole and not predicated and not opens_measure(folded, start, end, words):
        start = _last_action(folded, mask, start, end, words)
    if not whole and not predicated and (output or not opens_measure(folded, start, end, words)):
        start, output = _aim(folded, start, end, output, words)
    if preposed is None and not whole and not (output and _one_action(folded, start, end)):
        start = _name_start(folded, mask, start, end, words, acting=not predicated)
        start, more, again = strip_lead(folded, start, end, words)
        within, time = within or any(word in more for word in words.within_words), time or again
        preposed, start, output = _preposed(folded, start, end, words, predicated=predicated)
    if predicated:
        start = _with_verb(folded, start, words)
    if preposed is not None:
        start, _, again = strip_lead(folded, start, end, words)
        end = _without_average(folded, start, end, words)
        time = time or again
    inner = words.inner_measure.search(folded[start:end]) if output else None
    if inner:
        start, output, cue = start + inner.start("measure"), False, True
    approved = words.approved.match(folded, start, end)
    if approved:
        start = approved.end()
    evaluated = words.evaluated.search(folded[start:end])
    if evaluated:
        end = start + evaluated.start()
    trail = words.trail.search(folded[start:end])
    if trail:
        end = start + trail.start()
    if start >= end and predicated and time:
        start, end = _judged_before(folded, mask, opening, start, words)
    return Subject(start, max(start, end), preposed, within, cue, past, output, part, lasting, group, time, item)


def _judged_before(folded: str, mask: str, start: int, end: int, words: Words) -> tuple[int, int]:
    """ "tiến độ giải ngân | còn chậm, đến tháng 11 mới đạt 71 %": what was judged before its value at a time."""
    comma = mask.find(",", start, end)
    begin = strip_lead(folded, start, comma, words)[0] if comma >= 0 else end
    judged = words.evaluated.search(folded[begin:comma]) if begin < comma else None
    return (begin, begin + judged.start()) if judged else (end, end)


def strip_lead(folded: str, start: int, end: int, words: Words) -> tuple[int, str, str]:
    """(where the name begins after connectives, places and times; the words left out; the time among them)."""
    left_out: list[str] = []
    time = ""
    for _ in range(8):
        match = words.lead.match(folded, start, end)
        if match and match.end() > start:
            time = time or (match["time"] or "").strip(" ,;:()")
            start = match.end()
        stop = prefix(folded, start, end, words.lead_words)
        if stop < 0 or prefix(folded, start, end, words.no_leads) > stop:
            if match is None or match.end() <= match.start():
                break
            continue
        left_out.append(folded[start:stop])
        start = stop
    while start < end and folded[start] in _PUNCTUATION:
        start += 1
    return start, " ".join(left_out), time


def opens_measure(folded: str, start: int, end: int, words: Words) -> bool:
    """Whether a stretch begins like the name of a measure."""
    return prefix(folded, start, end, words.heads) >= 0


def names_measure(folded: str, start: int, end: int, words: Words) -> bool:
    """Whether a stretch that stands alone, as a heading, is the name of a measure and not of a field."""
    return prefix(folded, start, end, words.measure_heads) >= 0


def names_number(folded: str, words: Words) -> bool:
    """Whether a name begins as that of the number of somebody or something does ("số hộ …")."""
    return folded.split(" ", 1)[0] in words.number_words


def printed_name(text: str, folded: str, start: int, end: int, words: Words) -> str:
    """The name as printed, without brackets that only tell where to look ("(phân bổ sau khi …)")."""
    name = text[start:end]
    if "(" in name:
        low = folded[start:end]
        for match in reversed(list(_BRACKET.finditer(low))):
            if words.drop_bracket.match(match[1].strip()):
                name = name[: match.start()] + name[match.end() :]
    name = " ".join(name.split()).strip(_PUNCTUATION)
    if name.endswith(")") and name.count("(") < name.count(")"):
        name = name.rstrip(")")
    if name.startswith("(") and name.count("(") > name.count(")"):
        name = name[1:]
    bare = name.strip(_PUNCTUATION + '“”"')
    if bare.count("“") > bare.count("”") and f"{bare}”" in name:
        return f"{bare}”"
    if bare.count('"') % 2 and f'{bare}"' in name:
        return f'{bare}"'
    return f"“{bare}" if bare.count("“") < bare.count("”") and f"“{bare}" in name else bare


def qualifiers_of(text: str, folded: str, start: int, end: int, words: Words) -> tuple[str, ...]:
    """What the brackets in a name say of how it is counted: "theo giá so sánh", "không kể thu tiền sử dụng đất"."""
    return tuple(
        text[start + match.start(1) : start + match.end(1)].strip()
        for match in _BRACKET.finditer(folded[start:end])
        if words.qualifier.match(match[1].strip())
    )


def complement_end(mask: str, start: int, limit: int, words: Words) -> int:
    """Where the words that belong to a counted thing end; positions in `mask`."""
    stop = words.stops.search(mask, start, limit)
    while stop is not None and words.no_stop.match(mask, stop.start()):
        stop = words.stops.search(mask, stop.end(), limit)
    return stop.start() if stop else limit


def preposed_change(name: str, words: Words) -> Change:
    """The change that a folded name tells with its own first word: "giảm tỷ lệ hộ nghèo"."""
    changes = (change for regex, change, _, _ in words.preposed if change != "level" and regex.match(name))
    return next(changes, "level")


def _preposed(folded: str, start: int, end: int, words: Words, *, predicated: bool) -> tuple[Change | None, int, bool]:
    """(the change of the verb before the name, where the name begins, whether the verb is part of the name)."""
    for regex, change, keeps, reaching in words.preposed:
        match = None if reaching and not predicated else regex.match(folded, start, end)
        if match and keeps:
            return change, match.end() - len(match[0].rsplit(" ", 1)[-1]), False
        if match:
            after = match.end() + 1
            if prefix(folded, after, end, words.heads) >= 0 or change != "level":
                return change, after, False
            return None, start, True
    return None, start, action_end(folded, start, end, words) >= 0


def _one_action(folded: str, start: int, end: int) -> bool:
    """Whether a phrase that opens with a verb is one whole ("bố trí, ổn định dân cư"), no verb before a measure."""
    return len(folded[start:end].split()) <= _ACTION


def _aim(folded: str, start: int, end: int, output: bool, words: Words) -> tuple[int, bool]:
    """ "Lồng ghép các nguồn lực để | hỗ trợ xây dựng": (where the action begins that the rest is a means to, True)."""
    if folded.startswith(words.funding, start, end) or names_measure(folded, start, end, words):
        return start, output
    for purpose in words.purposes:
        at = folded.rfind(f" {purpose} ", start, end)
        begin = at + len(purpose) + 2
        if at >= 0 and only_verbs(folded, begin, len(folded[:end].rstrip()), words):
            return begin, True
    return start, output


def _last_action(folded: str, mask: str, start: int, end: int, words: Words) -> int:
    """Of several actions the one that the value is about: "Phát triển du lịch, | đón", "xử lý rác tồn và | đóng cửa";
    "cải tạo, nâng cấp" is one, and so is "kinh phí duy tu, nâng cấp"."""
    seams = list(_SEAM.finditer(mask, start, end))
    parts = [start, *(seam.end() for seam in seams)]
    for index in range(len(parts) - 1, 0, -1):
        if action_end(folded, strip_lead(folded, parts[index], end, words)[0], end, words) < 0:
            continue
        while index:
            stop = seams[index - 1].start()
            verbs = only_verbs(folded, parts[index - 1], stop, words)
            if not verbs and suffix(folded, parts[index - 1], stop, words.outputs) < 0:
                break
            index -= 1
        return strip_lead(folded, parts[index], end, words)[0] if index else start
    return start


def _name_start(folded: str, mask: str, start: int, end: int, words: Words, *, acting: bool) -> int:
    """Where, among the parts between commas, the name begins: at the last one that opens like the name of a measure,
    else (`acting`) with an action."""
    parts = [start, *(m.end() for m in _COMMA.finditer(mask, start, end))]
    if len(parts) == 1 or prefix(folded, start, end, words.title_heads) >= 0:
        return start
    chosen = -1
    ratio = prefix(folded, start, end, words.ratio_heads) >= 0
    for index in range(len(parts) - 1, -1, -1):
        at, led, _ = strip_lead(folded, parts[index], end, words)
        stop = prefix(folded, at, end, words.heads)
        if led.endswith(words.purposes) and index and not names_measure(folded, at, end, words):
            continue
        listed = folded[at:end] in words.list_nouns or (ratio and folded[at:stop] in words.list_nouns)
        if stop >= 0 and not (index and listed):
            chosen = index
            break
    if chosen > 0:
        if _is_clause(folded, parts[-1], end, words):
            return parts[-1]
        while chosen > 0 and (
            _same_head(folded, parts[chosen - 1], parts[chosen]) or _lists_places(folded, parts[chosen], end, words)
        ):
            chosen -= 1
        return parts[chosen]
    if chosen == 0:
        return parts[-1] if _is_clause(folded, parts[-1], end, words) else start
    mark = prefix(folded, parts[-1], end, words.clause_marks)
    if mark >= 0:
        return min(mark + 1, end)
    action = _last_action(folded, mask, start, end, words) if acting else start
    if action > start or len(folded[start:end].split()) <= 12:
        return action
    last = parts[-1]
    return last if len(folded[last:end].split()) >= 2 else parts[-2]


def _is_clause(folded: str, start: int, end: int, words: Words) -> bool:
    """Whether the last part tells of an action of its own (", đã vận động ủng hộ được")."""
    mark = prefix(folded, start, end, words.clause_marks)
    return mark >= 0 and action_end(folded, mark + 1, end, words) >= 0


def _same_head(folded: str, one: int, other: int) -> bool:
    """ "số vụ, số người chết", "ngư, nông, lâm nghiệp": two parts of one enumeration open alike or are single words."""
    before = folded[one:other].split()
    if len(before) == 1 and before[0] != "," and len(before[0]) > 1:
        return True
    return folded.startswith(before[0] + " ", other) and len(before) <= 6


def _lists_places(folded: str, at: int, end: int, words: Words) -> bool:
    """ "ngân sách huyện, | xã hưởng": one more of the levels or places that stand right before the comma."""
    before = folded[:at].rstrip(" ,")
    placed = before[before.rfind(" ") + 1 :] in words.places
    return placed and prefix(folded, at, end, words.places) >= 0


def _with_verb(folded: str, start: int, words: Words) -> int:
    """ "trong đó | có văn bằng đạt 30 %": before a predicate, what those have is named with its verb."""
    before = folded[:start].rstrip()
    return before.rfind(" ") + 1 if before.endswith(words.having) else start


def _torn(folded: str, start: int, at: int, end: int, words: Words) -> bool:
    """Whether `at` lies within a word of two syllables ("xây dựng | cơ bản")."""
    if folded[start:at].rstrip().endswith(words.doubled):
        return True
    before = folded[start:at].rsplit(None, 1)
    return bool(before) and f"{before[-1]} {folded[at:end].split(' ', 1)[0]}" in words.compounds


def _without_auxiliaries(folded: str, start: int, end: int, words: Words) -> int:
    for _ in range(5):
        stop = end
        while stop > start and folded[stop - 1] in " ,;":
            stop -= 1
        at = suffix(folded, start, stop, words.auxiliaries)
        if at <= start or _torn(folded, start, at, stop, words) or _is_verb(folded, start, at, stop, words):
            return stop
        end = at
    return end


def _is_verb(folded: str, start: int, at: int, stop: int, words: Words) -> bool:
    """ "…, bố trí | 3 %": an auxiliary that opens a clause is its verb."""
    before = folded[start:at].rstrip()
    return folded[at:stop] in words.outputs and (not before or before.endswith(","))


def _without_average(folded: str, start: int, end: int, words: Words) -> int:
    while end > start and folded[end - 1] == " ":
        end -= 1
    at = suffix(folded, start, end, words.averages)
    return at - 1 if at > start else end
