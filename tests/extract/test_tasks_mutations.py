"""No rule of tasks.toml or agents.toml is idle: without any one of them a sentence, or a section, is read amiss."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from extract.statement_suites import DIRECTIONS, Direction, directions, read_tasks
from extract.test_sentences import SPLIT, WHOLE
from vn_resolution.extract.sections import read_sections, root_section, sentence_section
from vn_resolution.extract.sentences import split_sentences
from vn_resolution.extract.tasks import TaskMatch, find_tasks
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Node

RULES = [(name, section, rule.id) for name, section, rule in load_grammar().all_rules() if name in ("tasks", "agents")]
NAMES = (
    "tasks",
    "tasks_more",
    "tasks_third",
    "tasks_fourth",
    "tasks_fifth",
    "tasks_sixth",
    "tasks_seventh",
    "tasks_eighth",
    "tasks_ninth",
    "tasks_tenth",
)
FOLLOWING = [
    ("all", "Rà soát quy hoạch. Diện tích đất thu hồi được cấp lại cho những hộ bố trí tái định cư.", 1),
    ("body", "Giao Sở Y tế thực hiện. Bãi bỏ Nghị quyết số 12/2019/NQ-HĐND.", 1),
]
PLAN, NORMS, OTHER = (
    "Về kế hoạch phát triển kinh tế - xã hội năm 2025",
    "Quy định mức hỗ trợ hợp tác xã",
    "Về việc khác",
)
# title, heading or lead-in (with ":"), sentence under it, whether that is a task
SECTIONS = [
    (PLAN, "Thực trạng quản lý", "Ủy ban nhân dân tỉnh rà soát quy hoạch chậm.", False),
    (PLAN, "Tuy nhiên vẫn còn một số hạn chế như sau:", "Ủy ban nhân dân tỉnh chậm rà soát quy hoạch.", False),
    (PLAN, "Các chỉ tiêu chủ yếu", "Ủy ban nhân dân tỉnh giảm tỷ lệ hộ nghèo.", False),
    (PLAN, "Mục tiêu tổng quát", "Ủy ban nhân dân tỉnh xây dựng tỉnh giàu mạnh.", False),
    (PLAN, "Thực hiện kế hoạch với các quan điểm sau:", "Ủy ban nhân dân tỉnh phát huy nội lực.", False),
    (PLAN, "Nhiệm vụ, giải pháp", "Xây dựng đường giao thông.", True),
    (PLAN, "Tập trung thực hiện các nhiệm vụ sau:", "Xây dựng đường giao thông.", True),
    (OTHER, "Tổ chức thực hiện", "Xây dựng kế hoạch hằng năm.", True),
    (OTHER, "Hội đồng nhân dân tỉnh giám sát chuyên đề:", "Xem xét việc quản lý đất đai.", True),
    (OTHER, "Nguyên tắc", "Ủy ban nhân dân cấp xã tiếp nhận hồ sơ.", False),
    (OTHER, "Mức hỗ trợ", "Ủy ban nhân dân cấp xã chi trả một lần.", False),
    (PLAN, "Chính sách đối với hợp tác xã", "Ủy ban nhân dân cấp xã chi trả một lần.", False),
    (PLAN, "Tổng chi ngân sách địa phương", "Xây dựng trường học.", False),
    (PLAN, "Quy mô xây dựng", "Xây dựng trường học.", False),
    (PLAN, "Phát triển hạ tầng giao thông", "Xây dựng đường vành đai.", True),
    (NORMS, "Nhiệm vụ, giải pháp thực hiện", "Xây dựng kế hoạch hằng năm.", True),
    (NORMS, "Đối với người làm nhiệm vụ chuyên trách", "Hưởng phụ cấp và xây dựng kế hoạch.", False),
    (NORMS, "Ủy ban nhân dân cấp xã có trách nhiệm:", "Rà soát danh mục dự án.", True),
    (NORMS, "Người được hỗ trợ có trách nhiệm:", "Rà soát danh mục dự án.", False),
    (PLAN, "Giao Ủy ban nhân dân tỉnh đầu tư các công trình gồm:", "Xây dựng trường học.", False),
    (PLAN, "Ủy ban nhân dân tỉnh quy định chính sách khác, bao gồm:", "Hỗ trợ nhà ở cho công nhân.", False),
]
# what a heading, and what the first words of a sentence say that they are
SAID = [
    ("Hiệu lực thi hành", "", "validity"),
    ("Dự toán ngân sách địa phương", "", "figures"),
    ("Quy mô dân số", "", "figures"),
    ("Khác", "Mục tiêu đến năm 2025: hoàn thành xây dựng nông thôn mới.", "targets"),
    ("Khác", "Trong những năm qua, Ủy ban nhân dân tỉnh tập trung xây dựng đường.", "results"),
]
# whom an item under this lead-in charges
CHARGED = [
    ("Hội đồng nhân dân tỉnh thống nhất các nhiệm vụ sau:", ()),
    ("Ủy ban nhân dân tỉnh thực hiện các nhiệm vụ sau:", ("Ủy ban nhân dân tỉnh",)),
]
# an item of a list of tasks with a list of its own under it, and whether it is a task
OPEN = [("Tập trung thực hiện các nhiệm vụ sau:", False), ("Xóa cầu tạm tại các xã theo thứ tự sau:", True)]


def _right(direction: Direction, grammar: Grammar) -> bool:
    found = read_tasks(direction.text, direction.mode, grammar)
    if direction.kind == "N" or len(found) != 1:
        return not found and direction.kind == "N"
    words, _, date = direction.said.get("by", "").partition(" = ")
    due = found[0].deadline
    return (
        list(found[0].agents) == direction.names("agents")
        and ("with" not in direction.said or list(found[0].coagents) == direction.names("with"))
        and (due.text if due else "") == words
        and (not date or (due is not None and due.date == date))
    )


def _node(name: str, text: str = "", heading: str | None = None, children: tuple[Node, ...] = ()) -> Node:
    span = (0, 1)
    return Node(
        id=name, kind="bullet" if text else "clause", text=text, heading=heading, span=span, own=span,
        text_span=span if text else None, heading_span=span if heading else None, children=children,
    )  # fmt: skip


def _under(title: str, opening: str, sentence: str, grammar: Grammar) -> list[TaskMatch]:
    """The tasks of a bullet with this sentence under this heading, or under this lead-in that ends in a colon."""
    item = _node("item", sentence)
    over = _node("over", opening, None, (item,)) if opening.endswith(":") else _node("over", "", opening, (item,))
    sections = read_sections((over,), root_section(title, grammar), grammar)
    return find_tasks(sentence, item, sections["item"], grammar)


def _says(heading: str, sentence: str, role: str, grammar: Grammar) -> bool:
    over = _node("over", "", heading, (_node("item", "Khác."),))
    section = read_sections((over,), root_section(PLAN, grammar), grammar)["item"]
    return role in sentence_section(section, fold(sentence), grammar).roles


def outcomes(grammar: Grammar) -> Iterator[bool]:
    """Whether each case comes out right, one after the other."""
    yield from (bool(_under(title, opening, text, grammar)) == task for title, opening, text, task in SECTIONS)
    for lead, agents in CHARGED:
        yield [task.agents for task in _under(PLAN, lead, "Rà soát quy hoạch.", grammar)] == [agents]
    yield from (_says(heading, text, role, grammar) for heading, text, role in SAID)
    yield from (len(read_tasks(text, mode, grammar)) == count for mode, text, count in FOLLOWING)
    for text, task in OPEN:
        item = _node("item", text, None, (_node("under", "Cầu Bản Mới."),))
        yield bool(find_tasks(text, item, DIRECTIONS["all"], grammar)) == task
    yield from (_right(direction, grammar) for direction in _suite())
    yield from (len(split_sentences(text, grammar)) == (1 if text.strip() else 0) for text in WHOLE)
    yield from (len(split_sentences(text, grammar)) == len(parts) for text, parts in SPLIT)


@lru_cache(maxsize=1)
def _suite() -> tuple[Direction, ...]:
    return tuple(direction for name in NAMES for direction in directions(name))


def test_all_cases_hold_with_the_whole_grammar() -> None:
    assert all(outcomes(load_grammar()))


@pytest.mark.parametrize(("name", "section", "rule_id"), RULES)
def test_without_a_rule_a_case_goes_wrong(name: str, section: str, rule_id: str) -> None:
    assert not all(outcomes(load_grammar().without(name, section, rule_id)))
