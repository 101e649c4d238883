# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps secrets that stand in addresses out of the web log."""

import logging


class HiddenInAddress(logging.Filter):
    """Take a secret out of lines of the web log.

    Far sides that call us often can send no header of ours, so that their key stands in the
    address.

    :cvar secret: what finds it (`re.Pattern`); its first group, what stands before it, is kept
    """

    secret = None

    def filter(self, record):
        """Let every line pass, without the secret."""
        record.msg = self.hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(self.hide(argument) for argument in record.args)
        return True

    @classmethod
    def hide(cls, value):
        """Return a text without the secret; anything else as it is."""
        return cls.secret.sub(r"\1***", value) if isinstance(value, str) else value

    @classmethod
    def install(cls):
        """Let all lines of this process' web log pass through this."""
        logging.getLogger("werkzeug").addFilter(cls())
