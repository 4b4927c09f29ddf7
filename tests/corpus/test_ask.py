"""What a corpus answers: its views, search, SQL, indicators side by side, and who cites whom."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.short import resolution
from vn_resolution.corpus import search
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.periods import year_of
from vn_resolution.corpus.plain import plain, same_text, words_of
from vn_resolution.corpus.search import Hit
from vn_resolution.corpus.store import Corpus
from vn_resolution.errors import CorpusError


def ids(hits: list[Hit]) -> list[str]:
    return [hit.document.removesuffix(".txt") for hit in hits]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that differ in how a word is written."""
    source, folder = tmp_path_factory.mktemp("words"), tmp_path_factory.mktemp("words-corpus")
    bodies = {
        "a": "Điều 1. Đầu tư công\nThực hiện kế hoạch đầu tư công năm 2024.",
        "b": "Điều 1. Các dự án khác\nCông tác đầu tiên là lập hồ sơ; kinh phí do tư nhân góp.",
        "c": "Điều 1. Địa bàn\nThành phố Hoà Bình và công trình thuỷ lợi.",
        "d": "Điều 1. Địa bàn\nThành phố Hòa Bình và công trình thủy lợi.",
        "e": "Điều 1. Dấu vết\nĐậu tứ cống không phải là từ.",
        "f": "Điều 1. Quy định\na) Bán hàng;\nb) Thu phí;\n\nĐiều 2. Ban hành kèm theo.",
    }
    for name, body in bodies.items():
        (source / f"{name}.txt").write_text(resolution(f"{ord(name)}/NQ-HĐND", body, title="Về việc khác"), "utf-8")
    build(sorted(source.iterdir()), folder, Options(jobs=1))
    return folder


class TestSearch:
    @pytest.fixture
    def corpus(self, folder: Path) -> Corpus:
        return Corpus(folder)

    def test_words_one_behind_the_other_come_before_scattered_ones(self, corpus: Corpus) -> None:
        hits = corpus.search("đầu tư công")
        assert [(hit.document, hit.match) for hit in hits] == [("a.txt", "phrase"), ("b.txt", "words")]

    def test_a_question_without_diacritics_stands_for_any(self, corpus: Corpus) -> None:
        assert ids(corpus.search("dau tu cong"))[:2] in (["a", "e"], ["e", "a"])
        assert ids(corpus.search("DAU TU CONG", limit=2)) == ids(corpus.search("dau tu cong", limit=2))

    def test_one_with_diacritics_stands_for_itself(self, corpus: Corpus) -> None:
        assert "e" not in ids(corpus.search("đầu tư công"))
        assert ids(corpus.search("bán")) == ["f"]

    def test_unless_nothing_is_found_so(self, corpus: Corpus) -> None:
        hits = corpus.search("đầu tứ cồng")
        assert sorted(ids(hits)) == ["a", "e"] and {hit.match for hit in hits} == {"plain"}

    @pytest.mark.parametrize("words", ["Hoà Bình", "hòa bình", "HÒA BÌNH", "hoa binh"])
    def test_the_place_of_the_tone_does_not_matter(self, corpus: Corpus, words: str) -> None:
        assert sorted(ids(corpus.search(words))) == ["c", "d"]

    def test_decomposed_letters_are_the_same(self, corpus: Corpus) -> None:
        for words in ("đầu tư công", "thủy lợi"):
            assert corpus.search(unicodedata.normalize("NFD", words)) == corpus.search(words) != []

    def test_d_with_and_without_stroke(self, corpus: Corpus) -> None:
        assert sorted(ids(corpus.search("dia ban"))) == ["c", "d"]

    def test_quotes_prefix_and_exclusion(self, corpus: Corpus) -> None:
        assert ids(corpus.search('"tư công"')) == ["a"]
        assert ids(corpus.search('"công tư"')) == []
        assert ids(corpus.search("thuy l*")) == ids(corpus.search("thuỷ lợi"))
        assert ids(corpus.search("công -đầu")) != ids(corpus.search("công"))
        assert "a" not in ids(corpus.search("công -đầu"))

    @pytest.mark.parametrize("words", ["", " ", '"', "-đầu", "*", "…", "- -"])
    def test_nothing_to_look_for(self, corpus: Corpus, words: str) -> None:
        with pytest.raises(ValueError, match="no word"):
            corpus.search(words)

    @pytest.mark.parametrize(
        "words", ["đầu AND", "exact:công", "(công", "NEAR(a b)", "công^2", "a\x00b", "\ud800 công"]
    )
    def test_nothing_in_a_question_is_syntax(self, corpus: Corpus, words: str) -> None:
        corpus.search(words)

    def test_a_hit_tells_its_unit_and_place(self, corpus: Corpus) -> None:
        (hit,) = corpus.search("thu phí")
        text = corpus["f.txt"].source.text
        assert (hit.eid, hit.passage) == ("art_1__point_b", "art_1")
        assert hit.span is not None and text[slice(*hit.span)] == "b) Thu phí;"
        assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["Thu phí"]
        assert hit.marked("<b>", "</b>") == "<b>Thu phí</b>;"
        assert (hit.number, hit.province, hit.year) == ("102/NQ-HĐND", "Hà Nam", 2023)

    def test_what_is_searched(self, samples: Corpus) -> None:
        (title,) = samples.search("học nghề", "titles")
        assert title.document == "samples/amendment-2025.md" and title.eid is None
        for hit in samples.search("ủy ban nhân dân", "tasks"):
            assert any(row["eid"] == hit.eid for row in samples.rows("tasks", hit.document))
        (hit, *_) = samples.search("thu nội địa", "indicators")
        assert plain("thu nội địa") in plain(hit.snippet)
        with pytest.raises(ValueError, match="articles"):
            samples.search("a", "chapters")

    def test_every_unit_is_in_one_passage(self, samples: Corpus) -> None:
        held = dict.fromkeys(samples, 0)
        for document, first, last in samples.sql(
            "SELECT document, first, last FROM passages WHERE what = 'articles'"
        ).rows:
            held[document] += last - first + 1
        said = samples.sql(
            "SELECT document, count(*) n FROM nodes WHERE coalesce(heading, '') || text || cells != '[]' GROUP BY 1"
        )
        assert all(held[row["document"]] >= row["n"] for row in said)
        twice = (
            "SELECT 1 FROM passages a JOIN passages b USING (what, document) "
            "WHERE what = 'articles' AND a.number < b.number AND a.last >= b.first"
        )
        assert not samples.sql(twice)

    def test_a_long_text_is_cut_around_the_words(self, tmp_path: Path) -> None:
        words = " ".join(f"chữ{k}" for k in range(400))
        (tmp_path / "a.txt").write_text(resolution("1/NQ-HĐND", f"Điều 1. Dài\n{words} đích đến {words}."), "utf-8")
        build([tmp_path / "a.txt"], tmp_path / "corpus", Options(jobs=1))
        (hit,) = Corpus(tmp_path / "corpus").search("đích đến")
        assert len(hit.snippet) < 300 and hit.marked().count("[đích đến]") == 1
        assert hit.snippet.startswith("… chữ") and hit.snippet.endswith(" …")

    def test_the_newest_are_ranked_where_words_stand_everywhere(
        self, samples: Corpus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search, "RANKED", 5)
        found = {hit.year for hit in samples.search("nghị quyết", limit=100) if hit.match == "phrase"}
        assert found == {2025}


class TestViews:
    def test_columns_of_all_kinds(self, samples: Corpus) -> None:
        def names(**conditions: object) -> list[str]:
            return [name.removeprefix("samples/") for name in samples.where(**conditions)]

        assert names(province="an giang") == names(province="AN GIANG") == ["budget.txt"]
        assert names(province="Ần Giang") == []
        assert names(year=2021) == ["five-year-plan.md", "personnel.txt"]
        assert names(year=range(2019, 2021)) == ["attached-regulation-2019.txt", "budget.txt"]
        assert names(year=[2019, 2004]) == ["attached-regulation-2019.txt", "no-articles-2004.txt"]
        assert names(subject="phi_le_phi") == ["fees-2025.md"]
        assert names(issued="2020") == names(issued="2020-12-04") == ["budget.txt"]
        assert names(issued="202") == names(province=[]) == []
        assert names(effective_to=None) == [name.removeprefix("samples/") for name in samples]
        assert names(document=["samples/budget.txt", "none"]) == ["budget.txt"]

    def test_a_column_that_there_is_not(self, samples: Corpus) -> None:
        with pytest.raises(TypeError, match=r"no column provinz; they have .*province"):
            samples.where(provinz="a")
        with pytest.raises(ValueError, match="year is a whole number"):
            samples.where(year="MMXX")

    def test_views_are_mappings_that_narrow(self, samples: Corpus) -> None:
        view = samples.where(year=2021)
        assert len(view) == 2 and "samples/personnel.txt" in view and "samples/budget.txt" not in view
        assert len(view.where(province="lang son")) == 1
        assert view["samples/personnel.txt"].meta.number == samples["samples/personnel.txt"].meta.number
        with pytest.raises(KeyError):
            view["samples/budget.txt"]
        assert {row["document"] for row in view.rows("nodes")} == set(view)
        assert not list(view.rows("nodes", "samples/budget.txt"))

    def test_views_answer_for_their_documents_only(self, samples: Corpus) -> None:
        view = samples.where(year=2021)
        assert {hit.document for hit in view.search("nhân dân", limit=100)} <= set(view)
        assert {hit.document for hit in view.search("nhân dân", limit=100)} == {
            hit.document for hit in samples.search("nhân dân", limit=1000) if hit.document in view
        }
        assert {reading.document for reading in view.indicators()} <= set(view)
        assert {node.id for node in view.graph().nodes if node.inside} == set(view)
        assert dict(view.stats()["tables"].rows)["documents"] == 2


class TestSql:
    def test_functions(self, samples: Corpus) -> None:
        assert samples.sql("SELECT plain('Đầu tư'), fold('HOÀ')").rows == (("dau tu", "hòa"),)

    def test_values(self, samples: Corpus) -> None:
        assert samples.sql("SELECT document FROM documents WHERE year = :y", {"y": 2004})[0]["document"].endswith(
            ".txt"
        )

    @pytest.mark.parametrize(
        "query",
        [
            "DELETE FROM documents", "INSERT INTO about VALUES ('a', 'b')", "CREATE TABLE x (a)",
            "CREATE TEMP TABLE x (a)",
            "ATTACH 'x.db' AS x", "PRAGMA user_version", "VACUUM", "BEGIN", "SELECT load_extension('x')", "",
            "SELECT 1; SELECT 2", "SELECT nothing", "nonsense", "DROP TABLE documents", "VACUUM INTO 'x.db'",
        ],
    )  # fmt: skip
    def test_nothing_but_to_read(
        self, samples: Corpus, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(CorpusError):
            samples.sql(query)
        assert not list(tmp_path.iterdir())
        assert len(samples) == 9


class TestIndicators:
    def test_by_province_and_year(self, citing: Corpus) -> None:
        growth = citing.indicators("grdp_growth")
        assert growth.table().rows == (("Sơn La", "8.5 *"),)
        assert growth["Sơn La", 2024][0].eid == "art_1"
        assert growth["Sơn La", "2024"][0].middle == 8.5

    def test_what_cannot_be_compared_is_left_out_and_told(self, samples: Corpus) -> None:
        revenue = samples.indicators("budget_revenue")
        assert revenue.unit == "billion VND"
        assert revenue.others == ("1 increase in %/năm",)
        assert len(revenue.main) == len(revenue) - 1
        cells = revenue.table()
        assert cells[0]["province"] == "An Giang" and cells[0]["2021"] == "6,634 *"

    def test_side_by_side(self, samples: Corpus) -> None:
        table = samples.indicators(["grdp_growth", "budget_revenue"]).table("province")
        assert table.columns[:2] == ("concept", "year")
        assert {row["concept"] for row in table} == {"grdp_growth [%]", "budget_revenue [billion VND]"}

    def test_conditions(self, samples: Corpus) -> None:
        assert {r.status for r in samples.indicators(status="actual")} == {"actual"}
        assert {r.unit for r in samples.indicators("grdp_growth", unit="%/năm")} == {"%/năm"}
        assert all("nghèo" in r.name.lower() for r in samples.indicators(name="ho ngheo"))
        with pytest.raises(TypeError, match="no condition colour"):
            samples.indicators(colour="red")
        with pytest.raises(ValueError, match=r"do you mean .*grdp_growth"):
            samples.indicators("growth")

    @pytest.mark.parametrize(
        ("period", "year"),
        [("năm 2022", "2022"), ("đến năm 2025", "2025"), ("2025", "2025"), ("giai đoạn 2021-2025", "2021–2025"),
         ("quý I năm 2020", "2020-01–2020-03"), ("6 tháng đầu năm", None), (None, None)],
    )  # fmt: skip
    def test_periods(self, period: str | None, year: str | None) -> None:
        assert year_of(period) == year


class TestGraph:
    def test_one_document_is_one_node_however_it_is_cited(self, citing: Corpus) -> None:
        graph = citing.graph()
        edges = {(edge.source, edge.target): edge for edge in graph.edges}
        laws = [node for node in graph.nodes if node.type == "luat"]
        assert {node.number for node in laws} == {"77/2015/QH13", "39/2019/QH14", None}
        assert edges["second.txt", "first.txt"].amends == 1 and edges["second.txt", "first.txt"].places == ("art_1",)
        assert edges["third.txt", "/akn/vn/act/luat/qh/2015/77"].bases == 2
        assert edges["second.txt", "/akn/vn/act/luat/qh/2019/39"].weight == 1
        decree = next(node for node in graph.nodes if node.number == "40/2020/NĐ-CP")
        assert decree.cited == 2 and not decree.inside

    def test_a_citation_without_date_is_the_resolution_of_the_same_province(self, tmp_path: Path) -> None:
        texts = {
            "a.txt": resolution("5/NQ-HĐND", "Điều 1. Một điều."),
            "b.txt": resolution("5/NQ-HĐND", "Điều 1. Một điều.", place="SƠN LA"),
            "c.txt": resolution("6/NQ-HĐND", "Điều 1. Thực hiện Nghị quyết số 5/NQ-HĐND.", place="SƠN LA"),
        }
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
        build([tmp_path / name for name in texts], tmp_path / "corpus", Options(jobs=1))
        graph = Corpus(tmp_path / "corpus").graph()
        assert ("c.txt", "b.txt") in {(edge.source, edge.target) for edge in graph.edges}
        assert ("c.txt", "a.txt") not in {(edge.source, edge.target) for edge in graph.edges}

    def test_forms(self, citing: Corpus) -> None:
        graph = citing.graph()
        data = json.loads(graph.to_json())
        assert len(data["nodes"]) == len(graph.nodes) and len(data["links"]) == len(graph.edges)
        root = ElementTree.fromstring(graph.to_graphml())
        space = "{http://graphml.graphdrawing.org/xmlns}"
        known = {node.get("id") for node in root.iter(f"{space}node")}
        keys = {key.get("id") for key in root.iter(f"{space}key")}
        assert len(known) == len(graph.nodes)
        assert all({edge.get("source"), edge.get("target")} <= known for edge in root.iter(f"{space}edge"))
        assert {data.get("key") for data in root.iter(f"{space}data")} <= keys


class TestVerify:
    def test_whole(self, samples: Corpus) -> None:
        assert samples.verify() == samples.verify(quick=True) == []

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("DELETE FROM nodes WHERE document = 'first.txt'", "nodes: its"),
            ("UPDATE documents SET number = '1' WHERE document = 'first.txt'", "documents: its"),
            ("DELETE FROM outputs WHERE document = 'first.txt'", "JSON is missing"),
            ("UPDATE outputs SET json = x'00' WHERE document = 'first.txt'", "JSON is damaged"),
            ("UPDATE manifest SET output_sha256 = 'x' WHERE document = 'first.txt'", "not the one"),
            ("UPDATE manifest SET text_sha256 = 'x' WHERE document = 'first.txt'", "text is not the one"),
            ("DELETE FROM manifest WHERE document = 'first.txt'", "does not say that it was read"),
            ("DELETE FROM passages WHERE what = 'tasks'", "index of tasks"),
            ("DROP TABLE search_titles", "index of titles is missing"),
        ],
    )
    def test_each_fault_is_told(self, citing_folder: Path, tmp_path: Path, change: str, said: str) -> None:
        (tmp_path / "corpus.sqlite").write_bytes((citing_folder / "corpus.sqlite").read_bytes())
        with sqlite3.connect(tmp_path / "corpus.sqlite") as db:
            db.execute(change)
        db.close()
        with Corpus(tmp_path) as corpus:
            problems = corpus.verify()
            assert problems and any(said in problem.message for problem in problems)
            assert {problem.document for problem in problems} <= {"first.txt", None}

    def test_a_broken_page(self, citing_folder: Path, tmp_path: Path) -> None:
        data = bytearray((citing_folder / "corpus.sqlite").read_bytes())
        data[20_000:21_000] = b"\xff" * 1_000
        (tmp_path / "corpus.sqlite").write_bytes(data)
        with Corpus(tmp_path) as corpus:
            assert corpus.verify()


@pytest.mark.parametrize(
    ("wanted", "text", "same"),
    [("ha nam", "Hà Nam", True), ("Hà Nam", "ha nam", False), ("Đà Nẵng", "ĐÀ NẴNG", True),
     ("da nang", "Đà Nẵng", True), ("a", None, False)],
)  # fmt: skip
def test_same_text(wanted: str, text: str | None, same: bool) -> None:
    assert same_text(wanted, text) is same


def test_words() -> None:
    assert words_of("Số: 12/2022/NQ-HĐND, “UỶ ban” a_b") == ["số", "12", "2022", "nq", "hđnd", "ủy", "ban", "a", "b"]


def test_copies_are_one_document(tmp_path: Path) -> None:
    one = resolution("7/NQ-HĐND", "Điều 1. Mức chi\nMức chi hỗ trợ là 1.234.567 đồng cho 89 người của 17 xã.")
    other = resolution("8/NQ-HĐND", "Điều 1. Thực hiện Nghị quyết số 7/NQ-HĐND ngày 08 tháng 12 năm 2023 của tỉnh.")
    for name, text in (("a.txt", one), ("b.txt", one.replace("\n\n", "\n\n\n")), ("c.txt", other)):
        (tmp_path / name).write_text(text, "utf-8")
    build([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")], tmp_path / "corpus", Options(jobs=1))
    with Corpus(tmp_path / "corpus") as corpus:
        assert list(corpus.originals()) == ["a.txt", "c.txt"] and list(corpus.originals().where(number="8/NQ-HĐND"))
        assert len({hit.document for hit in corpus.search("mức chi")}) == 2
        assert [hit.document for hit in corpus.originals().search("mức chi")] == ["a.txt"]
        graph = corpus.graph()
        assert [(node.id, node.copies) for node in graph.nodes if node.inside] == [("a.txt", 2), ("c.txt", 1)]
        assert next(node.cited for node in graph.nodes if node.id == "a.txt") == 1
