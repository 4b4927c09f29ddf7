"""Tells in which form a value is said ("X: 5 %", "X đạt 5 %", "Trồng 5 ha rừng") and what its name is thereby."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vn_resolution.extract.indicator_actions import action_end, only_verbs
from vn_resolution.extract.indicator_names import Left, Subject, complement_end, names_measure, names_number
from vn_resolution.extract.indicator_rules import Amount, Form
from vn_resolution.extract.indicator_words import Change, Words, prefix, suffix
from vn_resolution.grammar import fold

_SHORT = 6
_VERB = 2
_FEW = 5
_PIECE = re.compile(r"[,;.()\x00]")
_THING = re.compile(r" ?(?P<thing>[^\W\d_][^/\d]*[^\W\d_]) ?/")


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
    whether its name holds the noun that was counted (`counting`), and whether its value was that of a time under a
    label (`dated`)."""

    name: str
    own: bool
    tallied: bool
    counting: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the words around it. `name` is the printed name before it ("" for none), `low` its fold, `group` the
    label over that name, `measure` the one that was spoken of before, `lead` what the lead-in of a list names."""

    text: str
    amount: Amount
    place: Place
    left: Left
    subject: Subject
    name: str
    low: str
    group: str
    measure: Measure | None
    lead: str = ""

    def noun(self, words: Words) -> str:
        """What was counted, as printed ("HTX"); "" for measures."""
        noun = self.amount.noun(words)
        printed = self.text[self.amount.end - len(noun) : self.amount.end]
        return printed if fold(printed) == fold(noun) else noun


def form_of(said: Said, words: Words) -> tuple[Form | None, str, Change]:
    """How the value is said, the name that it has thereby, and its change."""
    left, subject, name, change = said.left, said.subject, said.name, _change_of(said, words)
    if subject.preposed is not None and name:
        return "preposed", name, _preposed_change(subject.preposed, left, words)
    low = said.low
    averaged = said.measure is not None and said.measure.own and (low in words.averages or low in words.ratio_heads)
    if name and not left.label and (averaged or _is_place(said, words)):
        placed = replace(said, name="", low="", measure=None if left.predicate in words.having_words else said.measure)
        return _nameless(placed, _complement(said, words), words)
    plan = _own_plan(said, words)
    if plan:
        return "output", f"{left.predicate} {plan}", "level"
    if name and left.label and _is_finding(said, words):
        return _nameless(replace(said, name="", low="", measure=None), _complement(said, words), words)
    if name and left.label and change != "level" and said.amount.share and not names_measure(low, 0, len(low), words):
        following = _complement(said, words)
        if _opens_measure(following, words):  # "Cải cách hành chính: cắt giảm 30 % thời gian giải quyết"
            return "first", following, change
    if name and left.label:
        return "label", name, change
    if said.group and low in words.wholes and not words.period.fullmatch(fold(said.group)):
        return "label", said.group, change
    following = _complement(said, words)
    having = left.predicate in words.task_predicates or left.predicate in words.existence
    if name and having and _is_of_following(said, following, words):
        return "first", following, change
    if change != "level" and name and left.predicate and _changes_things(said, following, words):
        return "first", _phrase(said.noun(words), following), change
    if name and left.predicate:
        if change != "level" and said.amount.share and _opens_measure(following, words):
            return "first", following, change
        return "predicate", name, change
    if name and subject.output:
        return "output", _action_name(_without_first_object(said, words), following, words), change
    if name and _is_detached(said, following, words):
        return _nameless(replace(said, name="", low=""), following, words)
    if name and _is_action(said, following, words):
        return "output", _action_name(said, following, words), change
    if name:
        of = words.sum_object.match(fold(following)) if _is_bare_sum(said) else None
        return "bare", f"{name} {following[: of.end()]}" if of else name, change
    if subject.group and said.group and not subject.item and (not subject.time or _names_all(said, words)):
        return "label", said.group, change
    own = said.measure is not None and said.measure.own
    if said.lead and subject.time and not own and (not following or _is_comparison(following, words)):
        return "label", said.lead, change
    if left.label and said.amount.money and subject.time and not own:
        at = fold(said.text).find(subject.time, said.place.edge)
        return "label", said.text[at : at + len(subject.time)], change  # "Giai đoạn 2026 - 2027: 3.180 tỷ đồng"
    return _nameless(said, following, words)


def _own_plan(said: Said, words: Words) -> str:
    """ "Quân sự: Hoàn thành 100% | chỉ tiêu giao quân": the plan of its own, not the label's, that a share is of."""
    low, predicate = said.low, said.left.predicate
    carried_out = predicate in words.finishing or predicate in words.carrying_out
    if not said.amount.share or not carried_out or names_measure(low, 0, len(low), words):
        return ""
    following = _complement(said, words)
    return following if words.own_plan.match(fold(following)) else ""


def _names_all(said: Said, words: Words) -> bool:
    """Whether a label names what has a value for each of several times ("Tổng thu: Đến năm 2020 đạt …"); one that is
    no measure does so where several times follow it ("Phủ sóng: năm 2025 60%, năm 2030 100%")."""
    low = fold(said.group)
    if words.estimate.match(said.subject.time) is not None or names_measure(low, 0, len(low), words):
        return True
    times = words.period.findall(said.place.mask, said.subject.end)
    return len(times) > int(said.amount.money) and words.period.search(low) is None


def _changes_things(said: Said, following: str, words: Words) -> bool:
    """ "sắp xếp, giảm 15 | đơn vị sự nghiệp": a verb of change among others, with the things that are changed."""
    if not said.amount.counted or not following or _is_comparison(following, words):
        return False
    return only_verbs(said.low, 0, len(said.name), words)


def _is_action(said: Said, following: str, words: Words) -> bool:
    """Whether a short phrase before a counted thing is a verb that no list knows ("căng dây | 14 mốc nguy hiểm"): it
    opens no measure and no part of one, and other things were counted before."""
    noun, low, measure = fold(said.noun(words)), said.low, said.measure
    if not noun or not following or said.group or said.subject.within or len(low.split()) > _VERB:
        return False
    known = prefix(low, 0, len(low), words.heads) >= 0 or prefix(low, 0, len(low), words.list_nouns) >= 0
    same = measure is not None and measure.own and noun in fold(measure.name)
    return not (known or same or _is_comparison(following, words))


def _is_place(said: Said, words: Words) -> bool:
    """Whether what stands before "có" has the things counted and is no measure ("Huyện có 18 trường học")."""
    low = said.low
    if said.left.predicate not in words.having_words or low in words.places:
        return low in words.places
    clause = said.place.mask[said.left.end : said.amount.start].lstrip().startswith(",")
    if low.startswith(words.among) or (clause and said.noun(words) and not names_measure(low, 0, len(low), words)):
        return True
    noun = said.amount.noun(words)
    named = prefix(low, 0, len(low), words.heads) >= 0 or noun.partition("/")[0] in low
    bound = said.left.filler in words.origins or action_end(low, 0, len(low), words) >= 0
    if not noun or named or bound:
        return False
    return len(low.split()) <= _SHORT or words.verbal.search(fold(_complement(said, words))) is not None


def _is_of_following(said: Said, following: str, words: Words) -> bool:
    """ "chỉ đạo các trường bảo đảm 100% học sinh …": the share is one of what follows it, whoever brings it about."""
    if not said.amount.share or not following or _is_comparison(following, words):
        return False
    low = said.low
    return prefix(low, 0, len(low), words.heads) < 0


def _is_bare_sum(said: Said) -> bool:
    """Whether a sum stands right behind its name, so that what it is of may follow it."""
    return said.amount.money and not said.left.label


def _is_detached(said: Said, following: str, words: Words) -> bool:
    """ "Không còn hộ nghèo, 97% người dân …": a share of what follows it, which a comma parts from the words before."""
    before = said.place.mask[said.place.edge : said.amount.start].rstrip()
    if not before.endswith(",") or not following or _is_comparison(following, words):
        return False
    return said.amount.share or (bool(said.noun(words)) and _is_statement(said.low, words))


def _is_finding(said: Said, words: Words) -> bool:
    """ "Nhà trạm xuống cấp: 31 trạm chưa được sửa": how many have what the label, which is no measure, tells of."""
    name = said.low
    if not said.noun(words) or not _is_statement(name, words):
        return False
    after = said.place.mask.find(",", said.amount.end, said.place.limit)
    end = after if after >= 0 else said.place.limit
    return words.verbal.search(said.place.mask, said.amount.end, end) is not None


def _is_statement(name: str, words: Words) -> bool:
    """Whether a folded name says something by itself, and is neither a measure nor an action."""
    if len(name.split()) <= _VERB or action_end(name, 0, len(name), words) >= 0:
        return False
    counts = names_number(name, words) or names_measure(name, 0, len(name), words)
    return not counts and words.state.search(name) is not None


def _change_of(said: Said, words: Words) -> Change:
    """The change that the predicate tells; "vượt 150 tỷ đồng" bounds a level, "vượt 5 % dự toán" is an increase."""
    if said.left.predicate in words.bounds and said.amount.comparator in ("gt", "lt"):
        return "level"
    if not said.left.predicate and said.amount.share:
        sign = said.text[said.place.edge : said.amount.start].lstrip()
        return "increase" if sign == "+" else "decrease" if sign in ("-", "–") else said.left.change
    return said.left.change


def _nameless(said: Said, following: str, words: Words) -> tuple[Form | None, str, Change]:
    """A value without a name before it: of what follows it, or of the measure before."""
    amount, left, subject, measure = said.amount, said.left, said.subject, said.measure
    change = _change_of(said, words)
    noun = said.noun(words)
    compares = not following or _is_comparison(following, words)
    measured = _opens_measure(following, words) or (not compares and _opens_with_those(said, following, words))
    thing = _inside_unit(said)
    if thing and not following:
        return "first", thing, change
    about = words.about.match(fold(following))
    if about and (left.predicate or (measure and measure.own)) and not amount.counted:
        several = sum(1 for _ in words.about.finditer(said.place.mask)) > 1
        if several or measure is None or not measure.own:
            return "first", following[about.end() :], change
        return "share", measure.name, change  # "xảy ra 42 vụ tai nạn, giảm 8,7 % về số vụ"
    of_those = amount.share and not compares
    existing = left.predicate in words.existence and (amount.counted or of_those)
    if left.predicate in words.task_predicates and of_those:  # "…; bảo đảm 97% hồ sơ được trả đúng hạn"
        aimed = left.predicate.startswith(words.aim_words)
        existing = existing or aimed or words.verbal.search(fold(following)) is not None
    given = words.of.match(fold(following)) if amount.money else None
    if (subject.part or given) and not left.predicate and following:
        return "first", f"{noun} {following}" if noun else words.of.sub("", following), change
    if left.predicate in words.finishing and amount.share and following and not (measure and measure.own):
        return "first", f"{left.predicate} {following}", change
    if measure is not None and measure.own and measure.dated and subject.time:
        return "share", measure.name, change
    if left.predicate and measure is not None and not existing and not _opens_anew(said, following, words):
        dated = amount.share and measure.own and bool(subject.time)
        if compares or not measured or dated or left.predicate in words.ratios:
            return "share", measure.name, change
    if left.predicate and amount.share and following and (measured or not compares):
        return "first", following, change
    bracketed = said.place.mask[said.place.edge - 1 : amount.start].strip() == "("
    if measure is not None and _stands_alone(amount, left, following, noun, measure, bracketed=bracketed):
        return "share", measure.name, change
    if measure is not None and not following and _comes_on_top(said, noun, words):
        return "share", measure.name, change
    if amount.counted and (following or noun):
        verb = left.predicate if left.predicate in words.outputs and not existing and change == "level" else ""
        return "first", _phrase(verb, noun, following), change if left.predicate else "level"
    if amount.share and following and not compares:
        return "first", following, change
    if measure is not None:
        return "share", measure.name, change
    if amount.money and following:
        return "first", following, change
    return None, "", change


def _opens_with_those(said: Said, following: str, words: Words) -> bool:
    """ "…; giảm 2 % | hộ cận nghèo": a statement that opens with its verb, with those of whom a share is told."""
    low = fold(following)
    begins = said.place.mask[: said.place.edge].endswith(";")
    return begins and said.amount.share and prefix(low, 0, len(low), words.list_nouns) >= 0


def _inside_unit(said: Said) -> str:
    """ "50 nghìn tấn | quặng sắt | /năm": what was measured, where it stands before what it is measured per."""
    base, slash, _ = said.amount.unit.partition("/")
    value = said.text[said.amount.start : said.amount.end]
    at = fold(value).find(f" {fold(base)} ") if slash and said.amount.kind == "measure" else -1
    thing = _THING.match(value, at + len(base) + 2) if at >= 0 else None
    return " ".join(thing["thing"].split()) if thing else ""


def _opens_anew(said: Said, following: str, words: Words) -> bool:
    """ "…; hoàn thành 640 căn hộ", "…, giảm 4 người chết": a count of other things than those before."""
    predicate, noun = said.left.predicate, said.noun(words)
    if said.amount.kind == "measure" and said.measure and not said.measure.tallied and predicate in words.anew:
        return " " in following and not _is_comparison(following, words) and not _opens_measure(following, words)
    begins = said.place.mask[: said.place.edge].endswith(";") and said.measure is not None and not said.measure.tallied
    reached = begins and bool(following) and predicate in words.reaching  # "…; hằng năm đạt 100 huy chương các loại"
    if not noun or (predicate not in words.anew and predicate not in words.outputs and not reached):
        return False
    other = said.measure is not None and fold(noun) not in fold(said.measure.name)
    if following and other and predicate in words.having_words and words.inside.match(fold(following)):
        return True
    if following:
        return not _is_comparison(following, words) and not _opens_measure(following, words)
    # "khởi công 12 trường, hoàn thành 5 trường"
    begun = said.measure is not None and action_end(fold(said.measure.name), 0, len(said.measure.name), words) > 0
    return (other or begun) and (predicate in words.finishing or (other and predicate in words.carrying_out))


def _stands_alone(amount: Amount, left: Left, following: str, noun: str, measure: Measure, *, bracketed: bool) -> bool:
    """ "di chuyển 806 hộ, 4.077 khẩu": a second count of the same; "đạt 50% (8 xã)"."""
    if not amount.counted or following or left.predicate:
        return False
    if bracketed:
        return measure.own
    return measure.own and measure.tallied and not (measure.counting and noun)


def _comes_on_top(said: Said, noun: str, words: Words) -> bool:
    """ "xây 5 trường và thêm | 3 trường": more of the things counted before."""
    before = said.place.mask[said.place.edge : said.amount.start].rstrip()
    measure = said.measure
    named = measure is not None and measure.own and measure.counting and fold(noun) in fold(measure.name)
    return named and before.rsplit(" ", 1)[-1] in words.more


def _without_first_object(said: Said, words: Words) -> Said:
    """ "Nâng cấp | Quốc lộ 4C và | 6 tuyến đường": the verbs alone, where what was named first is no part of a count;
    not "xây dựng nhà văn hóa tỉnh và 9 huyện"."""
    verbs = action_end(said.low, 0, len(said.low), words)
    joined = said.place.mask[said.left.start : said.amount.start].rstrip().endswith(words.joiners)
    if not joined or not said.noun(words) or said.amount.head in words.places or verbs < 0:
        return said
    return replace(said, name=said.name[:verbs], low=said.low[:verbs])


def _action_name(said: Said, following: str, words: Words) -> str:
    """The name with what is counted: "Cứng hóa" + "đường nông thôn", "Đào tạo nghề" (cho 500 lao động)."""
    name, amount, handed = said.name, said.amount, said.left.handed
    if handed and not following:
        return name
    if following:
        low = fold(name)
        average = suffix(low, 0, len(low), words.averages)
        name = name[:average].rstrip() if average > 0 else name
    if amount.money:
        verb = only_verbs(fold(name), 0, len(name), words)
        return f"{name} {following}" if words.of.match(fold(following)) or (verb and following) else name
    if amount.share:
        compared = words.against.match(fold(following)) is not None
        if not only_verbs(fold(name), 0, len(name), words):  # "chi cho giáo dục 20 % | tổng chi ngân sách"
            compared = compared or fold(following).startswith(words.totals)
        return name if compared or len(following.split()) < 2 else _phrase(name, handed, following)
    if following and _is_comparison(following, words) and not words.whereabouts.match(fold(following)):
        following = ""
    noun = "" if amount.repeated(words) else said.noun(words)
    if amount.kind == "scale" and following:
        noun = amount.unit  # "xóa 64 điểm | lõm sóng"
    said_before = fold(noun) in fold(name)
    if not following and (said_before or (fold(noun) in words.persons and not handed)):
        noun = ""
    return _phrase(name, handed, noun, following)


def _phrase(*parts: str) -> str:
    return " ".join(filter(None, parts)).replace(" ,", ",")


def _opens_measure(following: str, words: Words) -> bool:
    """Whether these words, which follow a value, begin like the name of a measure and not like a comparison."""
    low = fold(following)
    return bool(low) and not _is_comparison(following, words) and prefix(low, 0, len(low), words.heads) >= 0


def _is_comparison(following: str, words: Words) -> bool:
    """Whether the words after a value tell what it is compared with ("so với cùng kỳ", "kế hoạch năm")."""
    low = fold(following)
    return prefix(low, 0, len(low), words.comparisons) >= 0


def _complement(said: Said, words: Words) -> str:
    """The words after a value that belong to it: "140 trường | được công nhận đạt chuẩn quốc gia"."""
    amount, mask, text = said.amount, said.place.mask, said.text
    upwards = words.upwards.match(mask, amount.end)
    begin = upwards.end() if upwards else amount.end
    stop = max(begin, said.place.limit)
    cut = complement_end(mask, begin, stop, words)
    while mask[cut : cut + 1] == "(" and mask[begin:cut].strip():
        close = mask.find(")", cut, stop)
        inside = text[cut + 1 : close] if close >= 0 else ""
        if close < 0 or any(map(str.isdigit, inside)) or words.drop_bracket.match(fold(inside)):
            break
        cut = complement_end(mask, close + 1, stop, words)
    if amount.share:
        cut = _past_place(mask, begin, cut, stop, words)
    elif amount.counted and words.at_place.match(mask, cut):  # "Ngầm hóa 620 km cáp | tại các phường trung tâm"
        cut = complement_end(mask, cut + 1, stop, words)
    if mask[cut : cut + 1] == "(" and not mask[begin:cut].strip():
        close = mask.find(")", cut, stop) + 1
        if close and words.verbal.match(mask, close + 1):
            begin, cut = close, complement_end(mask, close, stop, words)
    while mask[cut : cut + 1] == "," and cut < stop and (amount.noun(words) or mask[begin:cut].strip()):
        after = cut + 1
        while after < stop and mask[after] == " ":
            after += 1
        listed = _goes_on_listing(mask, begin, cut, after, stop, amount, words)
        named = _awaits_verb(mask, begin, cut, stop, amount, words)  # a name may stand among those listed
        if not (named or text[after : after + 1].islower()):
            break
        if not (listed or _closes_list(said.place, begin, cut, after, words)):
            break
        cut = complement_end(mask, after, stop, words)
    printed = " ".join(text[begin:cut].split()).rstrip(" ,.;:-").lstrip(" .;:-" if amount.counted else " ,.;:-")
    low = fold(printed)
    if amount.comparator in ("ge", "le") and (bound := words.upwards.search(low)):
        printed = printed[: bound.start()] + printed[bound.end() :]  # "11 đơn vị | cấp huyện trở lên được công nhận"
        low = fold(printed)
    trailing = words.conjunction_end.search(low)
    return printed[: trailing.start()] if trailing else printed


def _closes_list(place: Place, begin: int, cut: int, after: int, words: Words) -> bool:
    """Whether the words behind a comma are one more noun of a list with which a statement ends ("kinh phí hội nghị, |
    đi công tác"): a few words that tell of nothing done, behind words that do not either."""
    mask = place.mask
    stop = _PIECE.search(mask, after)
    end = min(stop.start() if stop else len(mask), place.end)
    if place.limit != place.end or not mask[begin:cut].strip() or words.verbal.search(mask, begin, end):
        return False
    ended = words.stops.search(mask, after, end)
    nouns = mask[after : ended.start() if ended else end].split(" và ")
    if any(len(noun.split()) > _FEW for noun in nouns) or (ended and len(nouns) == 1):
        return False
    return not _opens_clause(mask, after, end, words) and prefix(mask, after, end, words.outputs) < 0


def _opens_clause(mask: str, start: int, end: int, words: Words) -> bool:
    """Whether a stretch opens like a statement of its own: with a measure, a predicate, or what leads up to them."""
    known = (words.helpers, words.lead_words, words.predicates, words.auxiliaries, words.heads)
    return any(prefix(mask, start, end, phrases) >= 0 for phrases in known)


def _past_place(mask: str, begin: int, cut: int, stop: int, words: Words) -> int:
    """Where the words of those counted end when they go on behind a place with what those do ("số xã trên địa bàn tỉnh
    | đạt chuẩn")."""
    if words.place_stop.match(mask, cut) is None or words.verbal.search(mask, begin, cut):
        return cut
    after = complement_end(mask, cut + 1, stop, words)
    while mask[after : after + 1] == "," and prefix(mask, after + 2, stop, words.list_nouns) >= 0:
        after = complement_end(mask, after + 1, stop, words)
    return after if words.verbal.search(mask, cut, after) else cut


def _goes_on_listing(mask: str, begin: int, cut: int, after: int, stop: int, amount: Amount, words: Words) -> bool:
    """Whether after a comma more of the same is listed: nouns ("xã, phường"), what opens like what went before ("sang
    trồng màu, trồng dừa"), the rest of those whose verb is still to come ("80% cơ sở sản xuất, kinh doanh được cấp
    phép"), a second verb ("được thu gom, xử lý", "được tuyên truyền, phổ biến pháp luật")."""
    noun = prefix(mask, after, stop, words.list_nouns)
    listed = noun >= 0 and mask[after:noun] not in words.outputs  # "tổ chức" is a verb as well
    if listed or (amount.share and prefix(mask, after, stop, words.heads) >= 0):
        return True
    if amount.noun(words) and mask[begin:cut].strip() and mask.startswith(words.denials, after):
        return words.verbal.search(mask, begin, cut) is None  # "bãi rác quá tải, chưa được cải tạo"
    first = mask[after:stop].split(" ", 1)[0]
    if len(first) > 1 and f" {first} " in mask[begin:cut]:
        return True
    if amount.share and words.passive.search(mask, begin, cut) and not _opens_clause(mask, after, stop, words):
        return True
    if amount.share and words.verbal.search(mask, begin, cut) is None:
        return _awaits_verb(mask, begin, cut, stop, amount, words) or words.conjunction.match(mask, stop) is not None
    return suffix(mask, begin, cut, words.outputs) >= 0 and action_end(mask, after, stop, words) >= 0


def _awaits_verb(mask: str, begin: int, cut: int, stop: int, amount: Amount, words: Words) -> bool:
    """Whether what those of a share do is told only behind the comma at `cut`."""
    if not amount.share or words.verbal.search(mask, begin, cut):
        return False
    return words.verbal.search(mask, cut, stop) is not None


def _preposed_change(preposed: Change, left: Left, words: Words) -> Change:
    """ "Giảm … xuống còn X" is a level, "Giảm … X" a decrease, "nâng … thêm X" an increase."""
    if left.predicate in words.bounds:
        return "level"
    if preposed == "level":
        return "increase" if left.more else left.change
    if left.predicate:
        return left.change
    return preposed
