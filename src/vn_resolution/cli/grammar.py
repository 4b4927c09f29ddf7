"""`vn-resolution grammar`: lists the rules of the grammar and runs the examples that they carry."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vn_resolution.cli.common import Exit, grammar_option, say
from vn_resolution.errors import GrammarError

if TYPE_CHECKING:
    from vn_resolution.grammar import Grammar, Rule


class Fault(NamedTuple):
    """Where (`file`, `section`, `id` of the rule; the id is empty for a whole section) and `what` is wrong."""

    file: str
    section: str
    id: str
    what: str


@click.group("grammar")
def command() -> None:
    """List and test the rules by which documents are read."""


@command.command("list")
@click.option("--file", "wanted", metavar="NAME", help="Only the rules of this grammar file (markers, zones, …).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with patterns and examples.")
@grammar_option
def list_command(wanted: str | None, as_json: bool, grammar: tuple[Path, ...]) -> None:
    """Print one line for each rule: file, section, id, and how many examples and counter-examples it carries."""
    rules = _loaded(grammar).all_rules()
    known = {name for name, _, _ in rules}
    if wanted is not None and wanted not in known:
        raise click.UsageError(f"no rules in a grammar file {wanted!r}; there are: {', '.join(sorted(known))}")
    for name, section, rule in rules:
        if wanted not in (None, name):
            continue
        if as_json:
            row = {"file": name, "section": section, "anchor": rule.anchor, "case": rule.case, **rule.data}
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        else:
            click.echo(f"{name}\t{section}\t{rule.id}\t{len(rule.examples)}\t{len(rule.counter_examples)}")


@command.command("test")
@grammar_option
def test_command(grammar: tuple[Path, ...]) -> int:
    """Run every rule on its own examples (they must match) and counter-examples (they must not)."""
    loaded = _loaded(grammar)
    faults = list(grammar_faults(loaded))
    for fault in faults:
        click.echo(f"{fault.file}.toml [[{fault.section}]] {fault.id}: {fault.what}")
    if faults:
        say(f"{len(faults)} faults in the grammar")
        return Exit.FAILED
    rules = loaded.all_rules()
    count = sum(len(rule.examples) + len(rule.counter_examples) for _, _, rule in rules)
    say(f"{len(rules)} rules, {count} examples and counter-examples: all as they should be")
    return Exit.OK


def grammar_faults(grammar: Grammar) -> Iterator[Fault]:
    """Every fault of every rule: one that does not compile, has no example, misses an example or matches a
    counter-example. A faulty rule does not hide the faults of other sections."""
    for name in grammar.names():
        try:
            content = grammar.file(name)
        except GrammarError as error:
            yield Fault(name, "", "", str(error))
            continue
        for section, tables in content.items():
            if not (isinstance(tables, list) and any(isinstance(t, dict) and "pattern" in t for t in tables)):
                continue
            try:
                rules = grammar.rules(name, section)
            except GrammarError as error:
                yield Fault(name, section, "", str(error))
                continue
            for rule in rules.values():
                yield from (Fault(name, section, rule.id, what) for what in rule_faults(rule))


def rule_faults(rule: Rule) -> Iterator[str]:
    """What is wrong with one rule, judged by its own examples."""
    if not rule.examples:
        yield "has no examples"
    for example in rule.examples:
        if not _matches(rule, example):
            yield f"does not match its example {example!r}"
    for example in rule.counter_examples:
        if _matches(rule, example):
            yield f"matches its counter-example {example!r}"


def _matches(rule: Rule, text: str) -> bool:
    from vn_resolution.grammar import fold

    text = unicodedata.normalize("NFC", text)
    return rule.find(text, fold(text)) is not None


def _loaded(folders: tuple[Path, ...]) -> Grammar:
    from vn_resolution.grammar import load_grammar

    return load_grammar(*folders)
