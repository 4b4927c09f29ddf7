"""Every rule of the grammar is run on its own examples and counter-examples, and faulty grammars are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from vn_resolution.cli.grammar import grammar_faults, rule_faults
from vn_resolution.errors import GrammarError
from vn_resolution.grammar import Rule, load_grammar

RULES = load_grammar().all_rules()


@pytest.mark.parametrize(("file", "section", "rule"), RULES, ids=[f"{f}.{s}.{r.id}" for f, s, r in RULES])
def test_rule_on_its_examples(file: str, section: str, rule: Rule) -> None:
    assert list(rule_faults(rule)) == [], f"{file}.toml [[{section}]] {rule.id}"


def test_every_rule_can_fail() -> None:
    """A rule without a counter-example claims that nothing is near it; there are few such rules, if any."""
    bare = [f"{file}.{section}.{rule.id}" for file, section, rule in RULES if not rule.counter_examples]
    assert len(bare) <= len(RULES) // 20, bare


def _folder(tmp_path: Path, content: str) -> Path:
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    return tmp_path


def test_the_test_sees_a_missed_example_and_a_matched_counter_example(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        """
        [[thing]]
        id = "good"
        pattern = 'điều \\d'
        examples = ["Điều 1", "ĐIỀU 2", "Ðiều 3"]
        counter_examples = ["Khoản 1"]
        [[thing]]
        id = "bad"
        pattern = 'điều'
        examples = ["Khoản 1"]
        counter_examples = ["Điều 1"]
        [[thing]]
        id = "bare"
        pattern = 'điều'
        examples = []
        """,
    )
    faults = [(f.id, f.what) for f in grammar_faults(load_grammar(folder)) if f.file == "mine"]
    assert faults == [
        ("bad", "does not match its example 'Khoản 1'"),
        ("bad", "matches its counter-example 'Điều 1'"),
        ("bare", "has no examples"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[thing", "mine.toml"),
        ("[[thing]]\nid = 'a'\npattern = '('\nexamples = []", "does not compile"),
        ("[[thing]]\nid = 'a'\npattern = '<<none>>'\nexamples = []", "no fragment <<none>>"),
        ("[[thing]]\nid = 'a'\npattern = 'x'", "'examples' is missing"),
        ("[[thing]]\nid = 'a'\npattern = 'x'\nanchor = 'end'\nexamples = []", "anchor must be"),
    ],
)
def test_a_faulty_grammar_is_refused_with_its_place(tmp_path: Path, content: str, words: str) -> None:
    folder = _folder(tmp_path, content)
    with pytest.raises(GrammarError, match=words):
        load_grammar(folder).all_rules()
    assert any(words in fault.what for fault in grammar_faults(load_grammar(folder)))


def test_a_later_folder_adds_replaces_and_removes_rules(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, patterns, more in ((first, "ab", ""), (second, ("bb", "c"), "[[t]]\nid='a'\nremove=true\n")):
        folder.mkdir()
        tables = (f"[[t]]\nid='{p[0]}'\npattern='{p}'\nexamples=['{p}']\n" for p in patterns)
        (folder / "mine.toml").write_text(more + "".join(tables), encoding="utf-8")
    rules = load_grammar(first, second).rules("mine", "t")
    assert [(id_, rule.source) for id_, rule in rules.items()] == [("b", "bb"), ("c", "c")]


def test_ids_are_unique_in_their_section() -> None:
    grammar = load_grammar()
    for name in grammar.names():
        for section, tables in grammar.file(name).items():
            if isinstance(tables, list) and all(isinstance(table, dict) and "id" in table for table in tables):
                ids = [table["id"] for table in tables]
                assert len(ids) == len(set(ids)), f"{name}.toml [[{section}]]"
