"""Statements that are planned once."""

import doctest
import re

from whatsapp_helpdesk.cloud_api import prepared


def test_the_three_forms():
    assert not doctest.testmod(prepared).failed
    one = prepared.Prepared("two", "SELECT %(a)s, %(ab)s, %(a)s", {"a": "text", "ab": "int[]"})
    assert one.preparation == "PREPARE two (text, int[]) AS SELECT $1, $2, $1"
    assert one.execution == "EXECUTE two (%(a)s, %(ab)s)"
    assert not re.search(r"%\(\w+\)s", one.preparation)
