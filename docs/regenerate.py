"""Writes the pages that follow from the code: the references of docs/ and README's examples.

usage: python docs/regenerate.py [--check]     (--check writes nothing and exits 1 where a page is not current)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from vn_resolution import diagnostics, model
from vn_resolution.cli import app
from vn_resolution.corpus.kernel import REASONS
from vn_resolution.corpus.tables import TABLES
from vn_resolution.grammar import Rule, load_grammar

ROOT = Path(__file__).parents[1]
EXAMPLES = 4
NOTE = "<!-- written by docs/regenerate.py: change the code or the grammar, not this page -->\n"
GRAMMAR_HEAD = """\
The rules by which documents are read, as they stand in `grammars/*.toml`. A pattern is a Python regular expression;
`<<name>>` stands for a fragment. It is matched against the folded text (lower case, plain dashes, new-style tones:
*hòa*, *thủy*) unless the rule says *as printed*; at the *start* of the text, on the *whole* of it, or *any*where in it.
[The user guide](guide.md#rules-of-your-own) tells how to add and to replace rules."""
CODES_HEAD = """\
What the parser doubts (`diagnostics` in the JSON) and what `vn-resolution lint` finds bear these codes. The first
letter is the category. An *error* makes `lint` exit with 1 (with `--strict` a *warning* does too); *info* tells how
something was read. A code keeps its meaning: codes are added, none is given another."""
MODEL_HEAD = """\
What `parse` returns and what its JSON says. The names are stable: fields are added, none is renamed. In Python the
classes are frozen pydantic models of `vn_resolution.model`; `vn-resolution schema` prints the JSON Schema.

- A span is `[start, end)` in Unicode code points of `source.text`: `source.text[start:end]` is the evidence.
- `text` is the same stretch for reading: NFC, white space folded, soft line breaks joined, layout left out.
- ids of units are Akoma Ntoso eIds (`art_1__para_2__point_a`), so that JSON and XML name a place alike.
- Numbers are `Decimal` in Python and JSON numbers; dates are ISO strings with the precision that is printed.
- Unknown is null: nothing is invented."""


TABLES_HEAD = """\
The flat tables of a [corpus](corpus.md), in SQLite and in Arrow. Columns marked * are never null. Lists are JSON texts
in SQLite and lists of strings in Arrow, flags 0 and 1 in SQLite and boolean in Arrow, numbers NUMERIC and double. The
rows of a table are told apart by `document`, or by it and `seq`, and lie in that order. `"end"` is a word of SQL
and is quoted where a database demands it."""
TYPES = {
    "text": "text",
    "integer": "integer",
    "number": "number",
    "flag": "flag",
    "texts": "list of texts",
    "cells": "list of rows of texts",
}


def grammar_page() -> str:
    """Every rule with its pattern and its first examples, by file and section."""
    grammar = load_grammar()
    rules = grammar.all_rules()
    lines = [
        "# Grammar reference",
        "",
        NOTE,
        *GRAMMAR_HEAD.splitlines(),
        "",
        f"{len(rules)} rules, {sum(len(r.examples) + len(r.counter_examples) for _, _, r in rules)} examples and",
        "counter-examples; `vn-resolution grammar test` runs all of them.",
        "",
    ]
    for name in grammar.names():
        own = [(section, rule) for file, section, rule in rules if file == name]
        lines += [f"## {name}.toml", "", *_comment(name)]
        for section in dict.fromkeys(section for section, _ in own):
            lines += [f"### {name}: {section}", ""]
            for rule in (rule for s, rule in own if s == section):
                lines += _rule(rule)
            lines.append("")
        if not own:
            tables = ", ".join(f"`{key}`" for key in grammar.file(name))
            lines += [f"Data without patterns: {tables}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _comment(name: str) -> Iterator[str]:
    """The comment with which a grammar file opens."""
    words = []
    for line in (ROOT / "grammars" / f"{name}.toml").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        words.append(line.lstrip("# ").rstrip())
    if words:
        yield from (*words, "")


def _rule(rule: Rule) -> Iterator[str]:
    how = f"{rule.anchor}, as printed" if rule.case else rule.anchor
    known = {"id", "pattern", "anchor", "case", "examples", "counter_examples", "note"}
    more = "; ".join(f"{key}: {_value(value)}" for key, value in rule.data.items() if key not in known)
    yield f"- **{rule.id}** ({how}{'; ' + more if more else ''})"
    if note := rule.data.get("note"):
        yield f"  {note}"
    pattern = " ".join(rule.source.split())
    yield f"  <br>pattern {_code(pattern if len(pattern) < 300 else pattern[:300] + ' …')}"
    yield f"  <br>reads {_examples(rule.examples)}" + (
        f"; not {_examples(rule.counter_examples)}" if rule.counter_examples else ""
    )


def _examples(examples: tuple[str, ...]) -> str:
    shown = ", ".join(_code(" ".join(example.split()) or "␣") for example in examples[:EXAMPLES])
    return shown + (", …" if len(examples) > EXAMPLES else "")


def _code(text: str) -> str:
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def cli_page() -> str:
    """The help of every command."""
    lines = ["# Command line reference", "", NOTE]
    for path, command in _commands(app, ("vn-resolution",)):
        context = click.Context(command, info_name=" ".join(path), terminal_width=100, max_content_width=100)
        text = re.sub(r"\[default: \(cpu_count\)\]", "", command.get_help(context))
        lines += [f"## {' '.join(path)}", "", "```", text.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, (*path, name))


def codes_page() -> str:
    """The table of codes, by category."""
    lines = ["# Codes", "", NOTE, *CODES_HEAD.splitlines(), ""]
    for letter, name in diagnostics.CATEGORIES.items():
        lines += [f"## {letter}: {name}", "", "| code | severity | message | what to do |", "|---|---|---|---|"]
        for code, entry in sorted(diagnostics.CODES.items()):
            if code[0] == letter:
                message = diagnostics.shown_message(code).replace("|", "\\|")
                hint = diagnostics.HINTS.get(code, "").replace("|", "\\|")
                lines.append(f"| `{code}` | {entry.severity} | {message} | {hint} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def model_page() -> str:
    """Every class of the data model with its fields and what they hold."""
    lines = [
        "# Data model",
        "",
        NOTE,
        *MODEL_HEAD.splitlines(),
        "",
    ]
    kinds = {name: kind for name in model.__all__ if hasattr(kind := getattr(model, name), "model_fields")}
    for name in sorted(kinds, key=lambda name: name != "Resolution"):
        kind = kinds[name]
        lines += [
            f"## {name}",
            "",
            " ".join((kind.__doc__ or "").split()),
            "",
            "| field | type | default |",
            "|---|---|---|",
        ]
        for field, info in kind.model_fields.items():
            default = "required" if info.is_required() else f"`{_plain_default(info.default)}`"
            lines.append(f"| `{field}` | {_type(info.annotation)} | {default} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _plain_default(value: object) -> str:
    return (
        f"{type(value).__name__}()"
        if isinstance(value, BaseModel)
        else {None: "null", (): "[]"}.get(value, repr(value))
    )  # type: ignore[call-overload, no-any-return]


def _type(annotation: Any) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is type(None):
        return "null"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(map(_type, arguments))
    if origin is typing.Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        if annotation == model.Span:
            return "span"
        return f"list of {_type(arguments[0])}"
    name = getattr(annotation, "__name__", str(annotation))
    linked = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return (
        f"[{name}](#{name.lower()})"
        if linked
        else {"str": "text", "int": "integer", "Decimal": "number"}.get(name, name)
    )


def tables_page() -> str:
    """Every table of a corpus with its columns."""
    lines = ["# Tables of a corpus", "", NOTE, *TABLES_HEAD.splitlines(), ""]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", table.about, "", "| column | type | what it holds |", "|---|---|---|"]
        lines += [
            f"| `{column.name}` | {TYPES[column.type]} | {column.about}{'' if column.optional else ' *'} |"
            for column in table.columns
        ]
        lines.append("")
    lines += ["## Reasons", "", "Why a document is quarantined (`manifest.reason`):", ""]
    lines += [f"- `{reason}`: {about}" for reason, about in REASONS.items()]
    return "\n".join(lines).rstrip() + "\n"


def readme_page() -> str:
    """README.md with its examples run again."""
    text = (ROOT / "README.md").read_text("utf-8")
    outline = _run("parse", "samples/budget.txt", "--to", "outline", "-q").splitlines()
    rows = _run("extract", "samples/budget.txt", "--what", "indicators", "--to", "csv").splitlines()
    text = _fill(text, "outline", outline[:26] + (["…"] if len(outline) > 26 else []))
    return _fill(text, "extract", rows[:5] + (["…"] if len(rows) > 5 else []))


def _run(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "vn_resolution", *arguments]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def _fill(text: str, name: str, lines: list[str]) -> str:
    block = "\n".join((f"<!-- {name} -->", "```", *lines, "```", "<!-- end -->"))
    return re.sub(rf"<!-- {name} -->.*?<!-- end -->", lambda _: block, text, flags=re.DOTALL)


PAGES = {
    "docs/grammar.md": grammar_page,
    "docs/cli.md": cli_page,
    "docs/codes.md": codes_page,
    "docs/data-model.md": model_page,
    "docs/tables.md": tables_page,
    "README.md": readme_page,
}


def main() -> int:
    """Write the pages, or tell which are not current."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, page in PAGES.items():
        path = ROOT / name
        new = page()
        if not path.exists() or path.read_text("utf-8") != new:
            stale.append(name)
            if not check:
                path.write_text(new, encoding="utf-8")
    print(
        f"not current: {', '.join(stale)}"
        if check and stale
        else f"{'written' if stale else 'current'}: {', '.join(stale) or 'all'}"
    )
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
