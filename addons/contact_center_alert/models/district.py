# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import ormcache

from odoo.addons.contact_center_contact.core import districts


class District(models.Model):
    """Under which key the contacts of a district are counted.

    A place that is not on the city's list is counted too, under the words that citizens use: an
    outbreak does not wait until the list is complete. Once it is listed, it keeps its key.
    """

    _inherit = "contact_center.district"

    def write(self, vals):
        """Forget for which districts notices to a region are."""
        result = super().write(vals)
        if "region_id" in vals:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _alert_names(self):
        """Return ({id: key}, {key: name}) of the districts of the list, archived ones too."""
        # sudo: contact_center.district - the names of districts are no secret
        listed = self.sudo().with_context(active_test=False).search([], order="active, id")
        keys = {one.id: districts.key(one.name) for one in listed}
        return keys, {keys[one.id]: one.name for one in listed}

    @api.model
    def _alert_key(self, text, city=""):
        """Return the key of the place that a person wrote, "" for none or in another city.

        :param city: that of the address, where it is known
        """
        find = self._finder()
        return "" if not text or find.elsewhere(city) else find.key(text)

    @api.model
    def _alert_key_of(self, partner):
        """Return the key of the district where a citizen lives, "" where it is not known.

        :param partner: res.partner (sudo)
        """
        if district := partner.contact_center_district_id:
            return self._alert_names()[0].get(district.id, "")
        return self._alert_key(partner.street2, partner.city)

    @api.model
    def _alert_keys(self, text):
        """Return the keys of districts and regions written one in each line.

        A region stands for its districts; of a district and a region of one name, "Barreiro" is the
        district and "Regional Barreiro" the region.
        """
        lines = [line for line in (text or "").splitlines() if self._alert_key(line)]
        keys = {self._alert_key(line) for line in lines}
        named = {districts.key(line) for line in lines if not self._find(line)}
        if named:
            # sudo: contact_center.region - the names of regions are no secret
            regions = self.env["contact_center.region"].sudo().search([])
            meant = regions.filtered(lambda one: districts.key(one.name) in named)
            keys |= {self._alert_names()[0][one.id] for one in meant.district_ids}
        return sorted(keys)

    @api.model
    def _alert_name(self, key):
        """Return the name of the place with this key, as people read it."""
        return self._alert_names()[1].get(key) or (key or "").title()

    @api.model
    def _alert_ids(self, keys):
        """Return the ids of the districts of the list that have one of these keys."""
        return [one for one, key in self._alert_names()[0].items() if key in keys]
