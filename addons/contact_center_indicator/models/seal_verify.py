# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, models

from ..measure import days_of_month, faults, first_of_month


class Seal(models.Model):
    """The chain of closings, verified and handed over."""

    _inherit = "contact_center.indicator.seal"

    @api.model
    def _faults(self, domain=()):
        """Return in words what does not hold in the chain; empty if all does.

        :param domain: which closings; those between the first and the last have to be among them
        """
        # sudo: contact_center.indicator.seal - read to be verified
        closings = self.sudo().search(list(domain), order="id")
        found = faults([closing._exported() for closing in closings])
        return found if domain else found + self.env["contact_center.indicator.digest"]._faults()

    def _exported(self):
        """Return this closing as it is verified outside: see `measure.faults`."""
        self.ensure_one()
        rows = sorted(self.row_ids, key=lambda row: row.id)
        return {
            "seal": self.hash,
            "previous": self.previous,
            "header": self.header,
            "rows": [{**row._sealed(), "hash": row.hash} for row in rows],
        }

    @api.model
    def _export_month(self, day):
        """Return the closings between the first and the last of a month as a JSON text.

        In the order in which they were made, with those of other days that lie between them: the
        chain has to be whole.
        """
        month = days_of_month(day.year, day.month)
        # sudo: contact_center.indicator.seal - the callers check the right
        own = self.sudo().search([("day", ">=", month[0]), ("day", "<=", month[-1])], order="id")
        chain = self.sudo().search(
            [("id", ">=", own[:1].id), ("id", "<=", own[-1:].id)], order="id"
        )
        closings = [closing._exported() for closing in chain]
        return json.dumps({"closings": closings}, ensure_ascii=False, indent=1)

    def action_export_month(self):
        """Download the closings of this day's month, for a check without this system."""
        self.ensure_one()
        self.check_access("read")
        month = first_of_month(self.day)
        # sudo: ir.attachment - a file of this closing, read by those who may read the closing
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"fechamentos-{month:%Y-%m}.zip",
                    "raw": self.env["contact_center.indicator.delivery"].sudo()._zipped(month, {}),
                    "mimetype": "application/zip",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def action_verify(self):
        """Verify the whole chain, and say so."""
        self.check_access("read")
        found = self._faults()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if found else "success",
                "sticky": bool(found),
                "message": "\n".join(found) or self.env._("All closings hold."),
            },
        }
