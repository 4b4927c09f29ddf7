"""The options --run-slow (Hypothesis profiles are short by default, long with it) and --skip-nothing, by which CI tells
of tests that never ran."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from support.texts import SHARED

_QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("short", max_examples=60, derandomize=True, database=None, **_QUIET)
settings.register_profile("long", max_examples=5_000, **_QUIET)

_CANNOT_BE_HERE = ("bluebell", *(() if SHARED.is_dir() else ("shared",)))
"""Of what need not be installed: a peer for Python 3.12 with a compiler of its own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="run the tests marked slow, and properties at length")
    parser.addoption(
        "--skip-nothing", action="store_true", help="a test that would be skipped for want of a program fails"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--run-slow") else "short")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--run-slow"):
        return
    slow = [item for item in items if "slow" in item.keywords]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if "slow" not in item.keywords]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _not_skipped(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _not_skipped(collector.config, report)
    return report


def _not_skipped(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    """With --skip-nothing, a skipped test has failed, unless what it needs cannot be here."""
    if not config.getoption("--skip-nothing") or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr)
    if not any(absent in reason for absent in _CANNOT_BE_HERE):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, but nothing may be: {reason}"
