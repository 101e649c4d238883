# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import itertools

from odoo import api, fields, models

SYNC_BATCH = 500


class GlpiCatalogueMixin(models.AbstractModel):
    """A GLPI list that is mirrored here for use in flows and tickets."""

    _name = "glpi.catalogue.mixin"
    _description = "Mirrored GLPI Catalogue"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "name"]
    _order = "server_id, complete_name, id"

    name = fields.Char(required=True)
    complete_name = fields.Char(required=True, string="Full name")
    server_id = fields.Many2one("glpi.server", required=True, ondelete="cascade", index=True)
    glpi_id = fields.Integer(required=True, string="GLPI id")
    parent_glpi_id = fields.Integer(string="Parent (GLPI id)")
    active = fields.Boolean(
        default=True, help="Removed from GLPI (or hidden there): archived here, never deleted."
    )
    sync_round = fields.Integer(
        readonly=True, copy=False, help="Number of the last full reading that saw it."
    )

    @api.model
    def _sync(self, server, items, full=True, progress=None):
        """Make the mirror equal to `items`, by GLPI id, holding one batch of them at a time.

        Records that GLPI no longer has are archived: tickets and flows still refer to them.

        :param items: iterable of rest.CatalogueItem (or what `_sync_values` takes)
        :param full: False if `items` are only changes: nothing is archived for its absence
        :param progress: called with the number of items done after each batch
        :return: (new, changed, archived) counts
        """
        everything = self.with_context(active_test=False, tracking_disable=True)
        mine = [("server_id", "=", server.id)]
        last = everything.search([*mine], order="sync_round desc", limit=1).sync_round
        number = last + 1 if full else 0
        new = changed = done = 0
        items = iter(items)
        while batch := list(itertools.islice(items, SYNC_BATCH)):
            counts = everything._sync_batch(server, batch, number)
            new, changed, done = new + counts[0], changed + counts[1], done + len(batch)
            if progress:
                progress(done)
            self.env.invalidate_all()  # the batch is written: free its memory
        return new, changed, everything._sync_gone(mine, number) if full else 0

    def _sync_batch(self, server, batch, number):
        """Write one batch; return (new, changed). For duplicate ids the last one counts."""
        found = {item.id: item for item in batch}
        domain = [("server_id", "=", server.id), ("glpi_id", "in", list(found))]
        known = {record.glpi_id: record for record in self.search(domain)}
        new, changed = [], 0
        for glpi_id, item in found.items():
            vals = self._sync_values(item)
            record = known.get(glpi_id)
            if record is None:
                new.append(
                    {**vals, "server_id": server.id, "glpi_id": glpi_id, "sync_round": number}
                )
                continue
            different = {name: value for name, value in vals.items() if record[name] != value}
            if different:
                record.write(different)
                changed += 1
        if number and known:
            self.browse([record.id for record in known.values()]).write({"sync_round": number})
        self.create(new)
        self.env.flush_all()
        return len(new), changed

    def _sync_gone(self, mine, number):
        """Archive records that the full sync `number` did not see; return how many."""
        gone = self.search([*mine, ("sync_round", "!=", number), ("active", "=", True)])
        gone._sync_archive()
        return len(gone)

    def _sync_archive(self):
        """Archive records that GLPI no longer has."""
        self.active = False

    @api.model
    def _sync_values(self, item):
        """Return a record's values from GLPI's data: {field: value as read from the record}."""
        return {
            "name": item.name or f"#{item.id}",
            "complete_name": item.complete_name or item.name or f"#{item.id}",
            "parent_glpi_id": item.parent_id,
            "active": item.visible,
        }
