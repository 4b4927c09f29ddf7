"""Finds the grammar folders, merges their rules by id and compiles them, each file when it is first asked for."""

from __future__ import annotations

import hashlib
import re
import tomllib
from copy import copy
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from vn_resolution.errors import GrammarError
from vn_resolution.grammar.rules import MarkerRule, Rule

_NEVER = r"(?!)"
_FRAGMENT = re.compile(r"<<(\w+)>>")
_COUNTINGS = frozenset({"arabic", "roman", "latin", "vietnamese", "dotted", "word", "sign"})


def default_folder() -> Path:
    """The folder of the packaged grammar: beside the package when installed, at the repository's top otherwise."""
    packaged = Path(__file__).parents[1] / "grammars"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "grammars"


class Rules(dict[str, Rule]):
    """Rules by id, in their order. Asked for one that a user's folder removed, it raises GrammarError."""

    def __init__(self, where: str, rules: dict[str, Rule]) -> None:
        super().__init__(rules)
        self._where = where

    def __missing__(self, key: str) -> Rule:
        raise GrammarError(f"{self._where}: the reader needs the rule {key!r}, which is not there")

    @property
    def sole(self) -> Rule:
        """The rule of a section that has one."""
        for rule in self.values():
            return rule
        raise GrammarError(f"{self._where}: the reader needs a rule, and there is none")


class Grammar:
    """The rules of one or more folders; a later folder adds rules and replaces those with the same id.

    A rule with `remove = true` deletes the earlier rule of that id. Raises GrammarError for a file or a rule that
    cannot be used, when it is first asked for.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise GrammarError(f"no grammar folder at {folder}")
        self.folders = folders
        self._files: dict[str, dict[str, Any]] = {}
        self._rules: dict[tuple[str, str], Rules] = {}

    def file(self, name: str) -> dict[str, Any]:
        """The merged content of `name`.toml: tables of the later folders override, lists of rules merge by id."""
        if name not in self._files:
            merged: dict[str, Any] = {}
            for folder in self.folders:
                path = folder / f"{name}.toml"
                if path.is_file():
                    try:
                        _merge(merged, tomllib.loads(path.read_text("utf-8")))
                    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                        raise GrammarError(f"{path}: {error}") from None
            self._files[name] = merged
        return self._files[name]

    def names(self) -> list[str]:
        """The names of all grammar files, without the ending."""
        return sorted({path.stem for folder in self.folders for path in folder.glob("*.toml")})

    def rules(self, name: str, section: str) -> Rules:
        """The compiled rules `[[section]]` of `name`.toml, by id, in their order."""
        key = (name, section)
        if key not in self._rules:
            tables = self.file(name).get(section, [])
            where = f"{name}.toml [[{section}]]"
            self._rules[key] = Rules(where, {table["id"]: self._compile(name, table) for table in tables})
        return self._rules[key]

    def all_rules(self) -> list[tuple[str, str, Rule]]:
        """(file, section, rule) for every rule that has a pattern, each of them compiled."""
        found = []
        for name in self.names():
            for section, tables in self.file(name).items():
                if isinstance(tables, list) and any(isinstance(t, dict) and "pattern" in t for t in tables):
                    found += [(name, section, rule) for rule in self.rules(name, section).values() if rule.regex]
        return found

    def without(self, name: str, section: str, rule_id: str) -> Grammar:
        """The same grammar, but this rule of `name`.toml never matches: to see what the rule is good for."""
        self.all_rules()
        other = Grammar(self.folders)
        other._files = self._files
        other._rules = {key: copy(rules) for key, rules in self._rules.items()}
        rules = other._rules[name, section]
        rules[rule_id] = replace(rules[rule_id], pattern=_NEVER)
        return other

    @cached_property
    def markers(self) -> tuple[MarkerRule, ...]:
        """The openers of units, in the order in which they are tried."""
        return tuple(
            MarkerRule(rule, rule.data["kind"], rule.data["style"], rule.data["counting"])
            for rule in self.rules("markers", "marker").values()
        )

    @cached_property
    def zones(self) -> dict[str, Rule]:
        """The rules of zones.toml, by id."""
        return self.rules("zones", "zone")

    def words(self, name: str, key: str) -> tuple[str, ...]:
        """The word list `key` of the table `[words]` of `name`.toml."""
        return tuple(self.file(name).get("words", {}).get(key, ()))

    @cached_property
    def sha256(self) -> str:
        """Of all grammar files: the provenance of a reading."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.glob("*.toml")):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()

    def _compile(self, name: str, table: dict[str, Any]) -> Rule:
        where = f"{name}.toml, rule {table.get('id')!r}"
        try:
            source = table["pattern"]
            while _FRAGMENT.search(source):
                source = _FRAGMENT.sub(lambda match: f"(?:{self._fragment(name, match[1])})", source)
            rule = Rule(
                id=table["id"],
                file=f"{name}.toml",
                source=table["pattern"],
                pattern=source,
                case=bool(table.get("case", False)),
                anchor=table.get("anchor", "start"),
                examples=tuple(table["examples"]),
                counter_examples=tuple(table.get("counter_examples", ())),
                data=table,
            )
        except KeyError as error:
            raise GrammarError(f"{where}: {error} is missing") from None
        if len(self.folders) > 1:  # the packaged grammar is known to compile; another is tried at once
            _ = rule.regex
        if rule.anchor not in ("start", "whole", "any"):
            raise GrammarError(f"{where}: anchor must be start, whole or any")
        if "counting" in table and table["counting"] not in _COUNTINGS:
            raise GrammarError(f"{where}: counting must be one of {', '.join(sorted(_COUNTINGS))}")
        return rule

    @cached_property
    def slips(self) -> dict[str, str]:
        """Known slips of anchor words, each with the word that it stands for (both folded)."""
        return {slip: table["word"] for table in self.file("slips").get("slip", []) for slip in table["slips"]}

    def _fragment(self, name: str, key: str) -> str:
        found = self.file(name).get("fragments", {}).get(key)
        if isinstance(found, str):
            return found
        for table in self.file("slips").get("slip", []):
            if table["id"] == key:
                forms = sorted((table["word"], *table["slips"]), key=len, reverse=True)
                return "|".join(re.escape(form).replace(r"\ ", " ") for form in forms)
        raise GrammarError(f"{name}.toml: no fragment <<{key}>>")


@lru_cache(maxsize=8)
def load_grammar(*extra: Path) -> Grammar:
    """The packaged grammar, with the rules of the extra folders added or put in place of its own."""
    return Grammar((default_folder(), *extra))


def _merge(into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        old = into.get(key)
        if isinstance(value, list) and isinstance(old, list) and all(isinstance(v, dict) and "id" in v for v in value):
            by_id = {rule["id"]: rule for rule in old}
            for rule in value:
                if rule.get("remove"):
                    by_id.pop(rule["id"], None)
                else:
                    by_id[rule["id"]] = rule
            into[key] = list(by_id.values())
        elif isinstance(value, dict) and isinstance(old, dict):
            _merge(old, value)
        else:
            into[key] = value
