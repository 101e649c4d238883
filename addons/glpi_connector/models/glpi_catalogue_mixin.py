from odoo import api, fields, models

SYNC_BATCH = 500


class GlpiCatalogueMixin(models.AbstractModel):
    """A tree that lives in GLPI and is mirrored here, to be chosen from in flows and tickets."""

    _name = "glpi.catalogue.mixin"
    _description = "Mirrored GLPI Catalogue"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name", "name"]
    _order = "server_id, complete_name, id"

    name = fields.Char(required=True)
    complete_name = fields.Char(required=True, string="Full name")
    server_id = fields.Many2one("glpi.server", required=True, ondelete="cascade", index=True)
    glpi_id = fields.Integer(required=True, string="GLPI id")
    active = fields.Boolean(
        default=True, help="Removed from GLPI (or hidden there): archived here, never deleted."
    )

    @api.model
    def _sync(self, server, items):
        """Make the mirror equal to `items` (rest.CatalogueItem), by GLPI id.

        What GLPI no longer has is archived: tickets and flows still point to it.
        :return: (new, changed, archived) counts
        """
        known = {
            record.glpi_id: record
            for record in self.with_context(active_test=False).search(
                [("server_id", "=", server.id)]
            )
        }
        new, changed, seen = [], 0, set()
        for item in items:
            seen.add(item.id)
            vals = {
                "name": item.name or f"#{item.id}",
                "complete_name": item.complete_name or item.name or f"#{item.id}",
                "active": item.visible,
            }
            record = known.get(item.id)
            if record is None:
                new.append({**vals, "server_id": server.id, "glpi_id": item.id})
            elif any(record[name] != value for name, value in vals.items()):
                record.write(vals)
                changed += 1
        for start in range(0, len(new), SYNC_BATCH):
            self.create(new[start : start + SYNC_BATCH])
        gone = self.browse(
            [
                record.id
                for glpi_id, record in known.items()
                if glpi_id not in seen and record.active
            ]
        )
        gone.active = False
        return len(new), changed, len(gone)
