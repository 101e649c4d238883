# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..outbreak import district_key


class AlertDistrict(models.Model):
    """A district or region with the other ways in which people write it.

    A district that nobody listed is known too, by the words that citizens use; the list joins
    what belongs together.
    """

    _name = "contact_center.alert.district"
    _description = "District"
    _order = "name, id"

    name = fields.Char(required=True)
    key = fields.Char(compute="_compute_key", store=True)
    spellings = fields.Text(
        string="Also",
        help="One in each line: other spellings, or the neighbourhoods of a region.",
    )

    _key_unique = models.UniqueIndex("(key)", "There is already a district of this name.")

    @api.depends("name")
    def _compute_key(self):
        for district in self:
            district.key = district_key(district.name)

    @api.constrains("name", "spellings")
    def _check_spellings(self):
        """Refuse names that say nothing, and a spelling that belongs to two districts."""
        owners = {}
        for district in self.search([], order="id"):
            keys = district._keys()
            if not district.key:
                raise ValidationError(self.env._("Give the district a name with letters."))
            for key in keys:
                other = owners.setdefault(key, district)
                if other != district:
                    raise ValidationError(
                        self.env._(
                            "“%(key)s” belongs to %(one)s and to %(other)s: leave it in one of "
                            "them.",
                            key=key,
                            one=other.name,
                            other=district.name,
                        )
                    )

    def _keys(self):
        """Return the keys of this district: of its name and its spellings."""
        self.ensure_one()
        texts = [self.name, *(self.spellings or "").splitlines()]
        return {key for key in map(district_key, texts) if key}

    @api.model_create_multi
    def create(self, vals_list):
        """Make every process know the new districts."""
        districts = super().create(vals_list)
        self.env.registry.clear_cache()
        return districts

    def write(self, vals):
        """Make every process know them as they are now."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Make every process forget them."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # ------------------------------------------------------------
    # Used by others
    # ------------------------------------------------------------

    @api.model
    @ormcache()
    def _known(self):
        """Return ({key of a spelling: key of its district}, {key of a district: name})."""
        # sudo: contact_center.alert.district - names of places are no secret
        districts = self.sudo().search([])
        spellings = {key: one.key for one in districts for key in one._keys()}
        return spellings, {one.key: one.name for one in districts}

    @api.model
    def _key_of(self, text):
        """Return the key of the district that a person wrote, "" for none."""
        key = district_key(text or "")
        return self._known()[0].get(key, key)

    @api.model
    def _keys_of(self, text):
        """Return the keys of districts written one in each line."""
        return sorted({key for key in map(self._key_of, (text or "").splitlines()) if key})

    @api.model
    def _name_of(self, key):
        """Return the name of a district, as people read it."""
        return self._known()[1].get(key) or (key or "").title()
