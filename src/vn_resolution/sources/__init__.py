"""Turns files, bytes and strings into a `Source`: the decoded text in which every later span is counted."""

from __future__ import annotations

from vn_resolution.sources.limits import DEFAULT_MAX_BYTES
from vn_resolution.sources.readers import load, load_stream, read_document
from vn_resolution.sources.text import read_source

__all__ = ["DEFAULT_MAX_BYTES", "load", "load_stream", "read_document", "read_source"]
