# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps the verify token, which Meta sends in the address, out of the web log."""

import re

from odoo.addons.contact_center.web_log import HiddenInAddress


class HideVerifyToken(HiddenInAddress):
    """Take the verify token out of lines of the access log."""

    secret = re.compile(r"(hub(?:\.|%2e)verify_token=)[^&\s\"]*", re.IGNORECASE)


hide_token = HideVerifyToken.hide
HideVerifyToken.install()
