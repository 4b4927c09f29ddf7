"""The option --run-slow, and Hypothesis profiles: short by default, long with it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("short", max_examples=60, derandomize=True, database=None, **_QUIET)
settings.register_profile("long", max_examples=5_000, **_QUIET)


OPEN = (
    "test_real_texts.py::test_damaged_",
    "test_metamorphic.py::test_same_tree_of_real_texts",
    "test_linear_time.py::test_eight_times_the_text_takes_less_than_ten_times_the_time[one long line]",
    "test_linear_time.py::test_eight_times_the_text_takes_less_than_ten_times_the_time[open quotations]",
    "test_linear_time.py::test_each_rule_withstands_texts_that_almost_match[",
    "test_scan.py::test_clean_scans_of_two_samples",
)
"""Promises that do not hold yet for some inputs: they run, and their failures are expected until they are kept."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="run the tests marked slow, and properties at length")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--run-slow") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if any(name in item.nodeid for name in OPEN):
            item.add_marker(pytest.mark.xfail(reason="open: see CHANGELOG, known faults", strict=False))
    if config.getoption("--run-slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: runs with --run-slow"))
