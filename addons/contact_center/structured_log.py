# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Switches Odoo's log to JSON where the installation wants it."""

import configparser
import logging
import os

from odoo.tools import config

from .core.structured_log import JsonFormatter

VARIABLE = "CONTACT_CENTER_LOG_FORMAT"
SECTION, OPTION = "contact_center", "log_format"


def wanted():
    """Return whether the log is to be JSON: by the environment, else by odoo.conf.

    In odoo.conf: a section `[contact_center]` with `log_format = json`.
    """
    said = os.environ.get(VARIABLE) or _configured(config["config"])
    return said.strip().lower() == "json"


def _configured(paths):
    """Return what the configuration files say; Odoo reads no sections but its own."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(paths or [])
    return parser.get(SECTION, OPTION, fallback="")


def install():
    """Let this process' handlers write JSON, if it is wanted; safe to repeat."""
    if not wanted():
        return
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setFormatter(JsonFormatter())
