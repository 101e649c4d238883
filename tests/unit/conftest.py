"""Fixtures that files share: a running simulated Meta, its webhook, a caller."""

import sys
from socketserver import BaseServer
from unittest.mock import patch

import pytest

from tests.unit.sandbox_meta_helpers import api, maria, meta, running, webhook

__all__ = ["api", "maria", "meta", "running", "webhook"]


@pytest.fixture(autouse=True, scope="session")
def clients_may_leave():
    """Let the tests' servers be silent about clients that did not wait.

    Printing that traceback parses source in the server's thread, and two threads that parse at once
    fail in Python 3.11 ("AST constructor recursion depth mismatch").
    """
    told = BaseServer.handle_error

    def handle_error(server, request, address):
        if not isinstance(sys.exception(), ConnectionError):
            told(server, request, address)

    with patch.object(BaseServer, "handle_error", handle_error):
        yield
