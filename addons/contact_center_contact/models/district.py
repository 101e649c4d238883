# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

from ..core import districts


class District(models.Model):
    """A district of the city (bairro), with the region that it belongs to.

    Citizens write districts in many ways: `_find` knows those of the list in any of them.
    """

    _name = "contact_center.district"
    _description = "District of the City"
    _order = "name, id"
    _rec_names_search = ["name", "other_names"]

    name = fields.Char(required=True)
    other_names = fields.Char(
        string="Also called",
        help="Other names by which citizens know it, separated by commas.",
    )
    region_id = fields.Many2one("contact_center.region", index=True, ondelete="restrict")
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(lower(name))", "There is a district of this name already.")

    @api.constrains("name")
    def _check_name(self):
        for district in self:
            if not districts.forms(district.name):
                raise ValidationError(
                    self.env._("“%s” is no name of a district.", district.name or "")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Forget the names known so far, and look again for contacts that name these."""
        created = super().create(vals_list)
        created._names_changed()
        return created

    def write(self, vals):
        """Forget the names known so far, and look again for contacts that name these."""
        result = super().write(vals)
        if {"name", "other_names", "active"} & vals.keys():
            self._names_changed()
        return result

    def unlink(self):
        """Forget the names known so far."""
        result = super().unlink()
        self._names_changed()
        return result

    # ------------------------------------------------------------
    # Found by what people write
    # ------------------------------------------------------------

    @api.model
    def _names_changed(self):
        """Forget the names, and give contacts that name a district now their district.

        Once, when many districts are made: see `_match_contacts`.
        """
        self.env.registry.clear_cache()
        if not self.env.context.get("contact_center_districts_later"):
            self._match_contacts()

    @api.model
    @ormcache("self.env.company.id")
    def _finder(self):
        """Return the `core.districts.Finder` of the list, for the company's city."""
        # sudo: contact_center.district - the names of districts are no secret
        found = self.sudo().search_fetch([], ["name", "other_names"])
        names = {
            district.id: (district.name, *(district.other_names or "").split(","))
            for district in found
        }
        # sudo: res.company - its city
        return districts.Finder(names, self.env.company.sudo().city or "")

    @api.model
    def _find(self, text, city=""):
        """Return the district that a text names, or empty; `city` is that of the address."""
        find = self._finder()
        if not text or find.elsewhere(city):
            return self.browse()
        return self.browse(find(text) or [])

    @api.model
    def _match_contacts(self):
        """Give contacts without a district the one that their address names.

        :return: how many got one

        The texts stay as they were typed. Contacts with a district keep it. It is one statement:
        a registry of half a million is done in seconds, and nobody's record counts as changed.
        """
        partners = self.env["res.partner"]
        partners.flush_model()
        self.env.cr.execute(
            "SELECT DISTINCT street2, city FROM res_partner "
            "WHERE contact_center_district_id IS NULL AND street2 <> ''"
        )
        found = [
            (text, city or "", district.id)
            for text, city in self.env.cr.fetchall()
            if (district := self._find(text, city))
        ]
        if not found:
            return 0
        values = SQL(", ").join(SQL("(%s, %s, %s)", *row) for row in found)
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET contact_center_district_id = district.id, "
                "contact_center_region_id = district.region_id "
                "FROM (VALUES %s) AS named(street2, city, district_id), "
                "contact_center_district district "
                "WHERE district.id = named.district_id AND res_partner.street2 = named.street2 "
                "AND COALESCE(res_partner.city, '') = named.city "
                "AND contact_center_district_id IS NULL",
                values,
            )
        )
        count = self.env.cr.rowcount
        partners.invalidate_model(["contact_center_district_id", "contact_center_region_id"])
        return count

    # ------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------

    @api.model
    def _bring_in(self, listed):
        """Add the districts and regions of a list that are missing, and correct the others.

        :param listed: `core.districts.Listed`s
        :return: {"added", "changed", "known", "regions", "matched": numbers}
        """
        regions = self._bring_in_regions({one.region for one in listed if one.region})
        known = {}
        for district in self.with_context(active_test=False).search([]):
            for form in districts.forms(district.name):
                known.setdefault(form, district)
        later = self.with_context(contact_center_districts_later=True)
        counts = {"changed": 0, "known": 0}
        new = []
        for one in listed:
            district = next((known[f] for f in districts.forms(one.name) if f in known), None)
            region = regions.get(_key(one.region), self.env["contact_center.region"])
            if district is None:
                others = ", ".join(one.others)
                new.append({"name": one.name, "region_id": region.id, "other_names": others})
                continue
            vals = district._corrections(region, one.others)
            counts["changed" if vals else "known"] += 1
            if vals:
                district.with_env(later.env).write(vals)
        later.create(new)
        matched = self._match_contacts()
        return {**counts, "added": len(new), "regions": len(regions), "matched": matched}

    @api.model
    def _bring_in_regions(self, names):
        """Return {key of the name: region}; what is missing is made."""
        regions = self.env["contact_center.region"].with_context(active_test=False)
        found = {_key(region.name): region for region in regions.search([])}
        missing = {_key(name): name for name in sorted(names) if _key(name) not in found}
        found.update(
            zip(missing, regions.create([{"name": name} for name in missing.values()]), strict=True)
        )
        return {_key(name): found[_key(name)] for name in names}

    def _corrections(self, region, others):
        """Return what a list changes of this district; what a list leaves out is kept."""
        vals = {}
        if region and region != self.region_id:
            vals["region_id"] = region.id
        names = [name.strip() for name in (self.other_names or "").split(",") if name.strip()]
        more = [name for name in others if name not in names]
        if more:
            vals["other_names"] = ", ".join([*names, *more])
        if not self.active:
            vals["active"] = True
        return vals


def _key(name):
    """Return a region's name as it is compared."""
    return " ".join(sorted(districts.forms(name)))
