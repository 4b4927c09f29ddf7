"""Tasks: the suites of sentences that direct and of those that do not, their bodies and time limits, and sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from extract.statement_suites import DIRECTIONS, Direction, directions, read_tasks
from vn_resolution.extract.deadlines import find_deadline
from vn_resolution.grammar import fold, load_grammar

SUITE = (
    directions("tasks")
    + directions("tasks_more")
    + directions("tasks_third")
    + directions("tasks_fourth")
    + directions("tasks_fifth")
    + directions("tasks_sixth")
    + directions("tasks_seventh")
    + directions("tasks_eighth")
    + directions("tasks_ninth")
    + directions("tasks_tenth")
)


def test_the_suite_is_large_and_has_both_kinds() -> None:
    assert len(SUITE) >= 140
    assert len({(d.mode, d.text) for d in SUITE}) == len(SUITE)
    assert sum(d.kind == "N" for d in SUITE) >= 45


@pytest.mark.parametrize("direction", SUITE, ids=lambda d: f"{d.mode} {d.kind}: {d.text[:60]}")
def test_reads_as_a_careful_reader(direction: Direction) -> None:
    found = read_tasks(direction.text, direction.mode, load_grammar())
    if direction.kind == "N":
        assert found == []
        return
    [task] = found
    assert list(task.agents) == direction.names("agents")
    if "with" in direction.said:
        assert list(task.coagents) == direction.names("with")
    words, _, date = direction.said.get("by", "").partition(" = ")
    assert (task.deadline.text if task.deadline else "") == words
    if date:
        assert task.deadline is not None
        assert task.deadline.date == date


@pytest.mark.parametrize(
    ("text", "words", "date"),
    [
        ("hoàn thành trước ngày 30 tháng 6 năm 2025", "trước ngày 30 tháng 6 năm 2025", "2025-06-30"),
        ("hoàn thành trong quý III/2024", "trong quý III/2024", "2024-09"),
        ("hoàn thành trước ngày 15/11 hằng năm", "trước ngày 15/11 hằng năm", None),
        ("hoàn thành trong quý III nãm 2013", "trong quý III nãm 2013", "2013-09"),
        ("phân bổ vốn trước ngày 31 tháng 12 năm trước", "trước ngày 31 tháng 12 năm trước", None),
        ("đấu thầu thuốc chậm nhất trong tháng 10 hằng năm", "chậm nhất trong tháng 10 hằng năm", None),
        ("sửa phòng học trước ngày khai giảng năm học mới", "trước ngày khai giảng năm học mới", None),
        ("báo cáo tại kỳ họp thứ 10", "tại kỳ họp thứ 10", None),
        ("thực hiện từ ngày 01/01/2025", None, None),
        ("tiếp tục rà soát quy hoạch", None, None),
    ],
)
def test_time_limits(text: str, words: str | None, date: str | None) -> None:
    found = find_deadline(text, fold(text), load_grammar())
    assert (found.text if found else None, found.date if found else None) == (words, date)


SOURCE = """HỘI ĐỒNG NHÂN DÂN
TỈNH HẠ SƠN
Số: 12/NQ-HĐND

NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2025

HỘI ĐỒNG NHÂN DÂN TỈNH HẠ SƠN
KHÓA XVII, KỲ HỌP THỨ 9

QUYẾT NGHỊ:

Điều 1. Đánh giá tình hình năm 2024
1. Kinh tế tăng trưởng khá, thu ngân sách vượt dự toán.
2. Việc giải ngân vốn đầu tư còn chậm.
Điều 2. Nhiệm vụ, giải pháp chủ yếu
1. Đẩy mạnh thu hút đầu tư.
2. Giao các cơ quan sau đây thực hiện:
a) Sở Tài chính rà soát các khoản thu trước ngày 31/3/2025;
b) Công an tỉnh bảo đảm an ninh trật tự.
Điều 3. Tổ chức thực hiện
1. Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.
2. Nghị quyết này có hiệu lực từ ngày thông qua.
"""


def test_sections_decide_what_is_a_task() -> None:
    doc = vr.parse(SOURCE.encode(), media_type="text/plain")
    assert [(t.text.rstrip(" .;"), t.agents, t.deadline.date if t.deadline else None) for t in doc.tasks] == [
        ("Đẩy mạnh thu hút đầu tư", (), None),
        ("Sở Tài chính rà soát các khoản thu trước ngày 31/3/2025", ("Sở Tài chính",), "2025-03-31"),
        ("Công an tỉnh bảo đảm an ninh trật tự", ("Công an tỉnh",), None),
        ("Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này", ("Ủy ban nhân dân tỉnh",), None),
    ]


def test_a_lead_in_hands_its_body_to_the_items_of_its_list() -> None:
    listed = SOURCE[: SOURCE.index("2. Giao các")] + (
        "2. Giao Ủy ban nhân dân tỉnh:\na) Chỉ đạo rà soát quy hoạch;\nb) Bố trí kinh phí thực hiện.\n"
    )
    doc = vr.parse(listed.encode(), media_type="text/plain")
    assert [(t.text.rstrip(" .;"), t.agents) for t in doc.tasks][1:] == [
        ("Chỉ đạo rà soát quy hoạch", ("Ủy ban nhân dân tỉnh",)),
        ("Bố trí kinh phí thực hiện", ("Ủy ban nhân dân tỉnh",)),
    ]


PIECES = st.sampled_from(
    ["Giao ", "Sở Y tế ", "Ủy ban nhân dân tỉnh", ", ", "; ", ". ", "và ", "các ", "huyện ", "chủ trì ",
     "phối hợp với ", "xây dựng ", "trước ngày 30/6/2025 ", "hằng năm ", "sau: ", ":", "(", ")", "“", "”",
     "theo quy định ", "", "Ban ", "trong quý IV "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(sorted(DIRECTIONS)))
def test_any_order_of_words_is_read_without_fault(text: str, mode: str) -> None:
    end = 0
    for task in read_tasks(text, mode, load_grammar()):
        assert end <= task.start < task.end <= len(text)
        end = task.end
        for name in (*task.agents, *task.coagents):
            assert name in text
        assert task.deadline is None or task.deadline.text in text


HEAD = SOURCE[: SOURCE.index("Điều 1.")]


def tasks_of(body: str, head: str = HEAD) -> list[tuple[str, tuple[str, ...]]]:
    doc = vr.parse((head + body).encode(), media_type="text/plain")
    return [(task.text.rstrip(" .;"), task.agents) for task in doc.tasks]


def test_a_heading_that_names_a_body_charges_it_with_what_stands_under_it() -> None:
    assert tasks_of(
        "Điều 1. Tổ chức thực hiện\n1. Ủy ban nhân dân tỉnh\na) Ban hành kế hoạch thực hiện;\nb) Sơ kết hằng năm.\n"
        "2. Trách nhiệm của Sở Y tế\na) Hướng dẫn các bệnh viện;\nb) Công an tỉnh bảo đảm an ninh.\n"
        "3. Ngành nông nghiệp\na) Phát triển chăn nuôi.\n"
    ) == [
        ("Ban hành kế hoạch thực hiện", ("Ủy ban nhân dân tỉnh",)),
        ("Sơ kết hằng năm", ("Ủy ban nhân dân tỉnh",)),
        ("Hướng dẫn các bệnh viện", ("Sở Y tế",)),
        ("Công an tỉnh bảo đảm an ninh", ("Công an tỉnh",)),
        ("Phát triển chăn nuôi", ()),
    ]


def test_an_article_that_asks_leads_into_the_bodies_that_it_asks() -> None:
    assert tasks_of(
        "Điều 1. Để khắc phục những hạn chế nêu trên, Hội đồng nhân dân tỉnh đề nghị:\n1. Ủy ban nhân dân tỉnh:\n"
        "a) Bố trí kinh phí mua thiết bị;\nb) Việc phân công cán bộ bảo đảm rõ người, rõ việc.\n"
        "2. Các cơ quan báo chí tăng thời lượng tuyên truyền.\n"
    ) == [
        ("Bố trí kinh phí mua thiết bị", ("Ủy ban nhân dân tỉnh",)),
        ("Việc phân công cán bộ bảo đảm rõ người, rõ việc", ("Ủy ban nhân dân tỉnh",)),
        ("Các cơ quan báo chí tăng thời lượng tuyên truyền", ("Các cơ quan báo chí",)),
    ]


def test_what_a_charge_consists_of_is_no_list_of_tasks() -> None:
    assert tasks_of(
        "Điều 1. Nhiệm vụ\n1. Ủy ban nhân dân tỉnh quy định một số chính sách khác, bao gồm:\n"
        "a) Hỗ trợ nhà ở cho công nhân;\nb) Hỗ trợ tiền ăn.\n2. Sở Y tế thực hiện các nhiệm vụ sau:\n"
        "a) Kiểm tra các cơ sở.\n"
    ) == [
        ("Ủy ban nhân dân tỉnh quy định một số chính sách khác, bao gồm:", ("Ủy ban nhân dân tỉnh",)),
        ("Kiểm tra các cơ sở", ("Sở Y tế",)),
    ]


def test_a_plan_directs_under_headings_of_what_is_to_be_built() -> None:
    plan = HEAD.replace("nhiệm vụ phát triển kinh tế - xã hội năm 2025", "Quy hoạch phát triển thương mại đến năm 2030")
    assert tasks_of(
        "Điều 1. Thông qua Quy hoạch phát triển thương mại với những nội dung sau:\nI. QUAN ĐIỂM\n"
        "1. Phát triển thương mại gắn với du lịch.\nII. QUY HOẠCH PHÁT TRIỂN\n1. Phát triển mạng lưới chợ\n"
        "Đến năm 2030 phát triển 20 chợ, trong đó có 5 chợ hạng I. Tổng diện tích đất là 12 ha.\n"
        "2. Phân kỳ thực hiện\na) Năm 2026 - 2027: Xây dựng 10 chợ.\n",
        plan,
    ) == [
        ("Đến năm 2030 phát triển 20 chợ, trong đó có 5 chợ hạng I", ()),
        ("Năm 2026 - 2027: Xây dựng 10 chợ", ()),
    ]


def test_a_time_ahead_among_objectives_holds_targets_and_no_tasks() -> None:
    doc = vr.parse(
        "NGHỊ QUYẾT\nVề Đề án phát triển giáo dục tỉnh Gia Lai\nQUYẾT NGHỊ:\nĐiều 1. Thông qua Đề án\nI. MỤC TIÊU\n"
        "1. Mục tiêu chung\nNâng cao chất lượng giáo dục.\n2. Định hướng đến năm 2030\n"
        "Huy động 35% trẻ dưới 3 tuổi ra lớp. Hoàn thành phổ cập bậc trung học.\n"
        "II. NHIỆM VỤ\n1. Xây dựng đội ngũ giáo viên.\n",
        media_type="text/plain",
    )
    assert [task.text for task in doc.tasks] == ["Xây dựng đội ngũ giáo viên."]
    assert [indicator.status for indicator in doc.indicators] == ["target"]


def test_norms_direct_nobody_but_those_who_are_told_to() -> None:
    norms = HEAD.replace("nhiệm vụ phát triển kinh tế - xã hội năm 2025", "Quy định mức hỗ trợ hợp tác xã")
    assert tasks_of(
        "Điều 1. Mức hỗ trợ\n1. Hỗ trợ 30 triệu đồng/hợp tác xã.\n2. Hỗ trợ đào tạo: Hỗ trợ 100% chi phí.\n"
        "3. Trong thời hạn 15 ngày, Ủy ban nhân dân cấp xã thẩm định hồ sơ.\nĐiều 2. Tổ chức thực hiện\n"
        "1. Giao Ủy ban nhân dân tỉnh thực hiện; Ban Pháp chế giám sát.\n"
        "2. Hợp tác xã được hỗ trợ có trách nhiệm sử dụng đúng mục đích.\n",
        norms,
    ) == [
        ("Giao Ủy ban nhân dân tỉnh thực hiện; Ban Pháp chế giám sát", ("Ủy ban nhân dân tỉnh", "Ban Pháp chế")),
        ("Hợp tác xã được hỗ trợ có trách nhiệm sử dụng đúng mục đích", ("Hợp tác xã được hỗ trợ",)),
    ]
