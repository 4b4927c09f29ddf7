"""Serves the parser to a browser and to programs on this machine: a page to drop files on, and a REST API."""

from __future__ import annotations
