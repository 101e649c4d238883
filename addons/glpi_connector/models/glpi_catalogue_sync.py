# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

# Deletions in GLPI are only noticed by their absence from a full sync.
FULL_EVERY = timedelta(days=7)


class GlpiCatalogueSync(models.Model):
    """The sync state of a GLPI catalogue: when, how many, and errors."""

    _name = "glpi.catalogue.sync"
    _inherit = ["contact_center.machine.row", "contact_center.background.work"]
    _description = "GLPI Catalogue Reading"
    _order = "server_id, id"

    server_id = fields.Many2one(
        "glpi.server", required=True, ondelete="cascade", index=True, readonly=True
    )
    catalogue = fields.Selection(
        [
            ("categories", "Categories"),
            ("locations", "Locations"),
            ("entities", "Entities"),
            ("groups", "Groups"),
            ("request_types", "Request sources"),
            ("users", "Users"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("done", "Up to date"), ("running", "Being read"), ("failed", "Not read")],
        readonly=True,
    )
    done_count = fields.Integer(
        string="Read", readonly=True, help="How many the present or last reading has seen."
    )
    synced_at = fields.Datetime(string="Last reading", readonly=True)
    full_at = fields.Datetime(string="Last full reading", readonly=True)
    mark = fields.Char(readonly=True, help="GLPI's own time of the latest change seen.")
    error = fields.Text(readonly=True)

    _server_catalogue_unique = models.Constraint(
        "UNIQUE(server_id, catalogue)", "This catalogue of this GLPI is already here."
    )

    @api.model
    def _of(self, server, catalogue):
        """Return the record of a server's catalogue, creating it if missing."""
        found = self.search([("server_id", "=", server.id), ("catalogue", "=", catalogue)])
        return found or self.create({"server_id": server.id, "catalogue": catalogue})

    def _read_catalogue(self, client, full=False):
        """Read the changes, or everything if due or requested.

        Every batch is committed: progress is visible, and a broken connection costs one batch. The
        mark only advances after everything has been read.

        :return: (new, changed, archived) counts. Raises rest.GlpiError.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        full = full or not self.mark or not self.full_at or now - self.full_at > FULL_EVERY
        self._note(state="running", done_count=0, error=False)
        latest = [self.mark or ""]
        counts = self.env[self._model()]._sync(
            self.server_id,
            self._noting(getattr(client, self.catalogue)("" if full else self.mark), latest),
            full=full,
            progress=lambda done: self._note(done_count=done),
        )
        values = {"state": "done", "synced_at": now, "mark": latest[0] or False}
        self._note(**values, **({"full_at": now} if full else {}))
        return counts

    @staticmethod
    def _noting(items, latest):
        """Yield the items, keeping the latest change among them in `latest[0]`."""
        for item in items:
            latest[0] = max(latest[0], item.date_mod)
            yield item

    def _model(self):
        """Model in which this catalogue is mirrored."""
        return {
            "categories": "glpi.category",
            "locations": "glpi.location",
            "entities": "glpi.entity",
            "groups": "glpi.group",
            "request_types": "glpi.request.type",
            "users": "glpi.user",
        }[self.catalogue]

    def _note(self, **values):
        """Write and commit."""
        self.write(values)
        self._commit()
