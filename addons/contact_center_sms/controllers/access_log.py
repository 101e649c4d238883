# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps the token in a gateway's address out of the web log."""

import logging
import re

_TOKEN = re.compile(r"(/contact_center/sms/)[^/?\s\"]+")


class HideToken(logging.Filter):
    """Take the token out of lines of the access log."""

    def filter(self, record):
        """Let every line pass, without the token."""
        record.msg = hide_token(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hide_token(argument) for argument in record.args)
        return True


def hide_token(value):
    """Return a text without the token; anything else as it is."""
    return _TOKEN.sub(r"\1***", value) if isinstance(value, str) else value


logging.getLogger("werkzeug").addFilter(HideToken())
