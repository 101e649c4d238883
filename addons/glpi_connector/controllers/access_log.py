# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps the token in the address of GLPI's webhook out of the web log."""

import re

from odoo.addons.contact_center.web_log import HiddenInAddress


class HideWebhookToken(HiddenInAddress):
    """Take the token out of lines of the access log."""

    secret = re.compile(r"(/glpi/webhook/)[^/?\s\"]+")


HideWebhookToken.install()
