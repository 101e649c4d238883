# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

from .. import rest
from .glpi_words import CATALOGUE_RIGHTS, explain, right_place

_logger = logging.getLogger(__name__)

# Catalogues read while the administrator waits; users, possibly many, are read in the background.
_SMALL = ("categories", "locations", "entities", "groups", "request_types")


class GlpiServer(models.Model):
    """The catalogues of a GLPI, mirrored by a scheduled action or a button."""

    _inherit = "glpi.server"

    sync_ids = fields.One2many("glpi.catalogue.sync", "server_id", string="Catalogues")
    copy_users = fields.Boolean(
        string="Copy users",
        default=True,
        help="Mirror login, name, e-mail, telephone and registration of GLPI's users. Without "
        "it they are only looked up one by one.",
    )
    user_count = fields.Integer(compute="_compute_user_count")

    @api.depends("copy_users")
    def _compute_user_count(self):
        for server in self:
            # sudo: glpi.user - counts only
            users = self.env["glpi.user"].sudo()
            server.user_count = users.search_count([("server_id", "in", server.ids)])

    def _forget_users(self):
        """Delete the copies of users: they are no longer wanted."""
        # sudo: glpi.user - administrators may read, only the system writes
        self.env["glpi.user"].sudo().with_context(active_test=False).search(
            [("server_id", "in", self.ids)]
        ).unlink()
        # sudo: glpi.catalogue.sync - internal bookkeeping
        self.sync_ids.sudo().filtered(lambda sync: sync.catalogue == "users").unlink()

    def _catalogues(self):
        """Return the names of the catalogues to be mirrored."""
        return (*_SMALL, "users") if self.copy_users else _SMALL

    @api.model
    def _cron_sync_catalogues(self):
        """Scheduled action: queue a job for every server that reads its catalogues' changes."""
        # sudo: glpi.server - scheduled action
        for server in self.sudo().search([("url", "!=", False)]):
            server._enqueue_catalogues()

    def _enqueue_catalogues(self):
        """Queue the reading of all catalogues, once."""
        self.with_delay(
            identity_key=f"glpi.server.catalogues:{self.id}",
            max_retries=1,
            description=self.env._("Read the catalogues of GLPI %s", self.name),
        )._sync_catalogues()

    def _sync_catalogues(self, names=None, full=False):
        """Job: read the catalogues; an unreadable one does not stop the others.

        :return: {catalogue: (new, changed, archived)}, and the errors {catalogue: GlpiError}
        """
        self.ensure_one()
        # sudo: glpi.server - a job; the button has checked its user
        server = self.sudo()
        done, failed = {}, {}
        try:
            with server._client() as client:
                for name in names or server._catalogues():
                    sync = self.env["glpi.catalogue.sync"].sudo()._of(server, name)
                    try:
                        done[name] = sync._read_catalogue(client, full=full)
                    except rest.GlpiRefused as error:
                        failed[name] = error
                        sync._note(state="failed", error=server._explain_catalogue(name, error))
        except rest.GlpiError as error:
            server._note_error(error)
            running = server.sync_ids.filtered(lambda sync: sync.state == "running")
            running._note(state="failed", error=server._explain(error))
            return done, {**failed, "": error}
        server._note_ok()
        return done, failed

    def _explain_catalogue(self, name, error, env=None):
        """Report unreadable catalogues, and the rights they need.

        :param env: whose language; by default that of this server's tickets
        """
        env = env or self.with_context(lang=self.lang).env
        words = explain(env, error)
        if not name:
            return words
        field = env["glpi.catalogue.sync"]._fields["catalogue"]
        labels = dict(field._description_selection(env))
        if error.kind == "right":
            place = right_place(env, CATALOGUE_RIGHTS[name])
            words = env._("the profile of the API user lacks a right in GLPI: %s.", place)
        return f"{labels[name]}: {words}"

    def action_sync_catalogues(self):
        """Read categories, locations, entities, groups, request sources; users in a job."""
        self.ensure_one()
        self.check_access("write")
        done, failed = self._sync_catalogues(_SMALL, full=True)
        if self.copy_users and "" not in failed:
            self._enqueue_catalogues()
        if failed:
            words = "\n".join(
                dict.fromkeys(
                    self._explain_catalogue(name, error, self.env) for name, error in failed.items()
                )
            )
            return self._notify("danger", self.env._("Not fetched"), words)
        categories, locations = done["categories"], done["locations"]
        words = self.env._(
            "Categories: %(new)s new, %(changed)s changed, %(gone)s archived. "
            "Locations: %(new_places)s new, %(changed_places)s changed, %(gone_places)s archived.",
            new=categories[0],
            changed=categories[1],
            gone=categories[2],
            new_places=locations[0],
            changed_places=locations[1],
            gone_places=locations[2],
        )
        return self._notify("success", self.env._("Catalogues fetched"), words)
