# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import ContactCenterCase
from .neighbours import Neighbours


@tagged("post_install", "-at_install")
class TestNeighbours(Neighbours, ContactCenterCase):
    """The core leaves the contacts of others alone."""
