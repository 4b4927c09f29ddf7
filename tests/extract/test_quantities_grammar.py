"""The examples beside the data of quantities, units, dates and effect; and that no entry can be dropped unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.number_suites import expected_quantities, read_dates, read_effect, read_quantities, suite
from vn_resolution.extract.quantities import find_quantities
from vn_resolution.extract.units import unit_table
from vn_resolution.grammar import Grammar, default_folder, fold, load_grammar

SECTIONS = {
    "units": ("unit", "noun", "classifier", "rate"),
    "quantities": ("scale", "comparator", "guard", "station"),
    "dates": ("date",),
    "effective": ("subject", "start", "end"),
}
PATTERNS = ("date", "subject", "start", "end", "station")


def entries() -> Iterator[tuple[str, str, str]]:
    for name, sections in SECTIONS.items():
        for section in sections:
            for entry in load_grammar().file(name)[section]:
                yield name, section, entry["id"]


def entry_of(name: str, section: str, entry_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in load_grammar().file(name)[section] if e["id"] == entry_id)
    return found


@pytest.mark.parametrize(("name", "section", "entry_id"), list(entries()))
def test_every_entry_has_examples(name: str, section: str, entry_id: str) -> None:
    assert entry_of(name, section, entry_id)["examples"]


@pytest.mark.parametrize(("name", "section", "entry_id"), [e for e in entries() if e[1] in PATTERNS])
def test_examples_of_patterns(name: str, section: str, entry_id: str) -> None:
    rule = load_grammar().rules(name, section)[entry_id]
    assert [text for text in rule.examples if not rule.find(text, fold(text))] == []
    assert [text for text in rule.counter_examples if rule.find(text, fold(text))] == []


@pytest.mark.parametrize("entry_id", [e[2] for e in entries() if e[1] in ("unit", "noun")])
def test_examples_of_units(entry_id: str) -> None:
    section = "unit" if any(e["id"] == entry_id for e in load_grammar().file("units")["unit"]) else "noun"
    entry = entry_of("units", section, entry_id)
    assert [text for text in entry["examples"] if entry_id not in groups(text)] == []
    assert [text for text in entry.get("counter_examples", ()) if entry_id in groups(text)] == []


def groups(text: str) -> set[str]:
    """The ids of the unit entries that are read in a text."""
    table, folded = unit_table(load_grammar()), fold(text)
    found = set()
    for quantity in find_quantities(text):
        start, end = quantity.span
        for at in range(start, end):
            unit = table.read(text, folded, at, len(text))
            if unit is not None and unit.end == end and not folded[at - 1].isalpha() and unit.name == quantity.unit:
                found.add(unit.group)
    return found


@pytest.mark.parametrize("entry_id", [e[2] for e in entries() if e[1] == "comparator"])
def test_examples_of_comparators(entry_id: str) -> None:
    entry = entry_of("quantities", "comparator", entry_id)
    op = entry["op"]
    assert [text for text in entry["examples"] if find_quantities(text)[0].comparator != op] == []
    for text in entry.get("counter_examples", ()):
        assert not find_quantities(text) or find_quantities(text)[0].comparator != op, text


@pytest.mark.parametrize("entry_id", [e[2] for e in entries() if e[1] == "guard"])
def test_examples_of_guards(entry_id: str) -> None:
    entry = entry_of("quantities", "guard", entry_id)
    assert [text for text in entry["examples"] if find_quantities(text)] == []
    assert [text for text in entry.get("counter_examples", ()) if not find_quantities(text)] == []


@pytest.mark.parametrize(("section", "entry_id"), [e[1:] for e in entries() if e[1] in ("scale", "rate", "classifier")])
def test_examples_of_scales_rates_and_classifiers(section: str, entry_id: str) -> None:
    entry = entry_of("quantities" if section == "scale" else "units", section, entry_id)
    assert [text for text in entry["examples"] if not find_quantities(text)] == []
    if section == "scale":
        assert [text for text in entry.get("counter_examples", ()) if find_quantities(text)] == []


@pytest.mark.parametrize("name", list(SECTIONS))
def test_no_two_entries_share_an_id_or_a_word(name: str) -> None:
    tables = [e for section in SECTIONS[name] for e in load_grammar().file(name)[section]]
    ids = [table["id"] for table in tables]
    assert len(ids) == len(set(ids))
    for section in SECTIONS[name]:
        if section not in ("classifier", "guard"):
            words = [w for e in load_grammar().file(name)[section] for w in e.get("words", ()) if e["id"] in ids]
            assert sorted({w for w in words if words.count(w) > 1}) == []


@pytest.mark.parametrize(("name", "section", "entry_id"), list(entries()))
def test_dropping_an_entry_changes_what_is_read(tmp_path: Path, name: str, section: str, entry_id: str) -> None:
    (tmp_path / f"{name}.toml").write_text(f'[[{section}]]\nid = "{entry_id}"\nremove = true\n', "utf-8")
    grammar = Grammar((default_folder(), tmp_path))
    assert any(changes(name, grammar))


def changes(name: str, grammar: Grammar) -> Iterator[bool]:
    """Whether each case of the suite that is about this file of the grammar is read otherwise."""
    if name == "effective":
        for text, expected in suite("effective"):
            yield "/".join(day or "-" for day in read_effect(text, grammar)) != expected
    elif name == "dates":
        for text, expected in suite("dates"):
            yield read_dates(text, grammar) != expected
    else:
        for text, expected in suite("quantities"):
            yield read_quantities(text, grammar) != expected_quantities(expected)
