"""Fixtures of pytest-odoo's run of the addons' tests."""

import logging
import time

import pytest
from _pytest import timing

from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

_logger = logging.getLogger(__name__)


def _own(clock):
    """Return a function that freezegun does not know, and so does not freeze."""
    return lambda: clock()  # noqa: PLW0108 - another function is wanted


# A test that freezes the clock does not stop that by which pytest measures how long it took.
timing.time = _own(time.time)
timing.perf_counter = _own(time.perf_counter)


@pytest.fixture(autouse=True)
def test_named_in_the_log(request: pytest.FixtureRequest) -> None:
    """Write which test runs before what it logs."""
    _logger.info("Starting %s", request.node.nodeid)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Collect what Odoo's own loader would.

    A class in the file that defines it only, and the tests it inherits only where it says
    `allow_inherited_tests_method`. Tests that are about other applications of Odoo (`beside` names
    them) are for databases that have these.
    """
    left_out = [item for item in items if not (_is_of_its_class(item) and _has_its_place(item))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_of_its_class(item: pytest.Item) -> bool:
    case, module = item.cls, item.getparent(pytest.Module)
    if case is None:
        return True
    if case.__module__ != module.obj.__name__:
        return False
    return item.originalname in vars(case) or getattr(case, "allow_inherited_tests_method", False)


def _has_its_place(item: pytest.Item) -> bool:
    beside = set(getattr(item.cls, "beside", ()))
    return not beside or beside <= Registry(get_db_name())._init_modules
