"""What the linter finds in the XML of an Akoma Ntoso document."""

from __future__ import annotations

import pytest

import vn_resolution as vr
from render.small import SMALL
from vn_resolution.errors import DamagedSource, UnsupportedType
from vn_resolution.render.lint import lint, lint_akn

SMALL_AKN = SMALL.to_akn("spans")


def broken(old: str, new: str) -> bytes:
    text = SMALL_AKN.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_the_small_resolution_is_clean() -> None:
    assert lint_akn(SMALL_AKN) == ()
    assert lint_akn(SMALL.to_akn()) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "fault"),
    [
        ('href="#art_1__para_1"', 'href="#art_9"', "A002", "href='#art_9' leads nowhere"),
        ('refersTo="#unit-percent"', 'refersTo="#x"', "A002", "refersTo='#x' leads nowhere"),
        ('quantity="#art_1', 'quantity="#art_8', "A002", "leads nowhere"),
        ('eId="art_3__p_1"', 'eId="art_4__p_1"', "A003", "'art_4__p_1' should be 'art_3__p_' with a number"),
        ('eId="art_1__hcontainer_1"', 'eId="art_1__hcont_1"', "A003", "should be 'art_1__hcontainer_' with a number"),
        (' eId="art_3__p_1"', "", "A003", "eId '' should be 'art_3__p_' with a number"),
        ('<article eId="art_3">', '<article eId="art_5">', "A004", "number of its label 'Điều 3.'"),
        ('eId="art_3__p_1"', 'eId="art_4__p_1"', "A005", "'art_4__p_1' stands more than once"),
        ('language="vie"', 'language="vi"', "A006", "'vi' is no three-letter language code"),
        ('FRBRthis value="/akn/vn-99', 'FRBRthis value="akn/vn-99', "A007", "is no IRI of Akoma Ntoso"),
        ("/hdnd/2024-07-05/12/vie@", "/hdnd/2024-07-05/13/vie@", "A008", "does not belong to the work"),
        ('date="2019-06-13"', 'date="2019-06-31"', "A009", "'2019-06-31' is no date of the calendar"),
        ('date="2024-07-15" source', 'date="2024-07-01" source', "A010", "2024-07-01 stands after that of 2024-07-05"),
    ],
)
def test_faults_are_named(old: str, new: str, code: str, fault: str) -> None:
    found = [finding for finding in lint_akn(broken(old, new)) if finding.code == code]
    assert any(fault in finding.message for finding in found)
    assert all(finding.line and finding.hint and finding.category == "Akoma Ntoso" for finding in found)


def test_a_finding_says_in_which_line_and_element() -> None:
    line = (
        SMALL_AKN.decode()
        .split("\n")
        .index('        <content><p eId="art_3__p_1">Nghị quyết này có hiệu lực.</p></content>')
    )
    (finding,) = lint_akn(broken('<p eId="art_3__p_1">', '<p eId="art_3__q_1">'))
    assert (finding.code, finding.line, finding.eid) == ("A003", line + 1, "art_3__q_1")


@pytest.mark.parametrize(("data", "error"), [(b"<a", DamagedSource), (b"<a/>", UnsupportedType), (b"", DamagedSource)])
def test_what_is_no_akoma_ntoso(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        lint_akn(data)
    (finding,) = lint(data)
    assert (finding.code, finding.severity) == ("A001", "error")


def test_findings_about_the_resolution_stand_at_their_elements() -> None:
    lost = SMALL.citations[1].model_copy(update={"target": None, "provision": "khoản 1"})
    akn = SMALL.model_copy(update={"citations": (lost,)}).to_akn()
    (finding,) = [finding for finding in lint(akn) if finding.code == "R001"]
    assert finding.eid == "art_1__para_1__point_a"
    assert finding.line is not None
    assert b'eId="art_1__para_1__point_a"' in akn.split(b"\n")[finding.line - 1]


def test_the_front_door_takes_akoma_ntoso_and_texts() -> None:
    assert vr.lint(SMALL_AKN) == lint(SMALL_AKN)
    text = "NGHỊ QUYẾT\nVề việc x\n\nĐiều 1. Thông qua y.\n".encode()
    assert {"D002", "D005"} <= {finding.code for finding in vr.lint(text)}
    assert vr.lint(vr.parse(text)) == vr.lint(text)
