"""The option --run-slow, and Hypothesis profiles: short by default, long with it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("short", max_examples=60, derandomize=True, database=None, **_QUIET)
settings.register_profile("long", max_examples=5_000, **_QUIET)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="run the tests marked slow, and properties at length")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--run-slow") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--run-slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: runs with --run-slow"))
