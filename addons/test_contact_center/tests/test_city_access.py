# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center_supervision.tests.city_access import CityAccess


@tagged("post_install", "-at_install")
class TestCityAccess(CityAccess, ContactCenterCase):
    """Each role of the city, and each model of all addons."""
