"""The language of the documents as data: loads and compiles `grammars/*.toml`."""

from __future__ import annotations

from vn_resolution.grammar.fold import fold
from vn_resolution.grammar.load import Grammar, default_folder, load_grammar
from vn_resolution.grammar.rules import MarkerRule, Rule

__all__ = ["Grammar", "MarkerRule", "Rule", "default_folder", "fold", "load_grammar"]
