"""Turns strings that nobody vouches for into HTML text, attributes and JSON that cannot become markup or script."""

from __future__ import annotations

import json
import re
import tomllib
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any, Final

SCRIPTS: Final = ("core.js", "select.js", "tree.js", "search.js", "keys.js")
"""The viewer's script, in the order in which its parts are joined."""

_UNREPRESENTABLE: Final = re.compile("[\x00\ud800-\udfff]")


def text(words: str) -> str:
    """The string as HTML text or quoted attribute: one character for each code point of it, in a browser too.

    A carriage return is written as a reference (the HTML parser would drop it); NUL and lone surrogates, which HTML
    cannot carry, become U+2400 and U+FFFD.
    """
    out = escape(words)
    if "\r" in out:
        out = out.replace("\r", "&#13;")
    return _UNREPRESENTABLE.sub(_stand_in, out)


def clean(words: str) -> str:
    """The string without what UTF-8 and HTML cannot carry, as `text` writes it but unescaped."""
    return _UNREPRESENTABLE.sub(_stand_in, words)


def json_block(data: Any) -> str:
    """JSON for a script element: no "<", so neither "</script>" nor "<!--" can end or confuse it."""
    out = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return clean(out).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@lru_cache
def asset(name: str) -> str:
    """A file of the folder `viewer` beside this module."""
    return files("vn_resolution.render").joinpath("viewer", name).read_text("utf-8")


@lru_cache
def script() -> str:
    """The viewer's whole script: its parts share one scope and leave nothing global."""
    return '(() => {\n"use strict";\n' + "\n".join(asset(name) for name in SCRIPTS) + "\n})();"


@lru_cache
def style() -> str:
    """The viewer's style sheet; the dark colours, written once, serve the system's choice and the reader's."""
    return asset("viewer.css").replace("@dark", asset("dark.css"))


def digest(words: str) -> str:
    """The hash by which a content security policy allows an inline script or style."""
    return f"'sha256-{b64encode(sha256(words.encode('utf-8')).digest()).decode('ascii')}'"


@lru_cache
def page_policy() -> str:
    """The content security policy of a viewer page: its own script and style and nothing else, no network at all."""
    scripts = f"{digest(asset('boot.js'))} {digest(script())}"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {digest(style())}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@lru_cache
def _file() -> dict[str, Any]:
    return tomllib.loads(asset("words.toml"))


def sentences() -> dict[str, str]:
    """The Vietnamese sentences of the diagnostics, by code."""
    found: dict[str, str] = _file()["message"]
    return found


def words_of(section: str) -> dict[str, list[str]]:
    """The words of one section of words.toml, [Vietnamese, English] each."""
    found: dict[str, list[str]] = _file()[section]
    return found


def pair(section: str, key: str | None) -> tuple[str, str]:
    """A word in Vietnamese and English; the key itself, for reading, where the list has none."""
    if key is None:
        return ("", "")
    found = words_of(section).get(key)
    return (found[0], found[1]) if found else ((plain := key.replace("_", " ")), plain)


def word(section: str, key: str) -> str:
    """A word of the page as HTML that the language switch can change."""
    known = key in words_of(section)
    mark = f' data-w="{section}.{text(key)}"' if known else ""
    return f"<span{mark}>{text(pair(section, key)[0])}</span>"


def title(section: str, key: str, attribute: str = "title") -> str:
    """A word as an attribute that the language switch can change: title, aria-label or placeholder."""
    return f'{attribute}="{text(pair(section, key)[0])}" data-w-{attribute}="{section}.{key}"'


def _stand_in(match: re.Match[str]) -> str:
    return "\u2400" if match.group() == "\x00" else "\ufffd"


__all__ = [
    "SCRIPTS", "asset", "clean", "digest", "json_block", "page_policy", "pair", "script", "sentences", "style", "text",
    "title", "word", "words_of",
]  # fmt: skip
