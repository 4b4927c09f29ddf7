"""Turns files, bytes and strings into a `Source`: the decoded text in which every later span is counted."""

from __future__ import annotations

from vn_resolution.sources.text import DEFAULT_MAX_BYTES, load, load_stream, read_source

__all__ = ["DEFAULT_MAX_BYTES", "load", "load_stream", "read_source"]
