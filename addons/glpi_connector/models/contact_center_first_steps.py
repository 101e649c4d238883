# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core import first_steps


class FirstSteps(models.AbstractModel):
    """The GLPI step, which is optional."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _steps(self):
        return {**super()._steps(), "glpi": (50, self._step_glpi)}

    @api.model
    def _step_glpi(self):
        """Return the GLPI step: address, tokens, rights, and a test ticket."""
        _ = self.env._
        server = self.env["glpi.server"].search([], limit=1)
        intro = _(
            "Citizens' requests become tickets in GLPI. The person in charge of GLPI gives you "
            "the address and two tokens (page GLPI of the guide)."
        )
        view = "glpi_connector.server_view_form_first_steps"
        action = "glpi_connector.server_action"
        if not server:
            checks = [self._check(False, _("No GLPI is connected yet."))]
            buttons = [self._action(_("Enter GLPI"), action, dialog=True, view_id=view)]
        else:
            checks = self._glpi_checks(server)
            form = self._action(
                _("Address and tokens"), action, dialog=True, view_id=view, res_id=server.id
            )
            test = self._call(_("Test connection"), server, "action_test")
            ticket = self._call(_("Open a test ticket"), server, "action_test_ticket")
            catalogues = self._call(_("Fetch catalogues"), server, "action_sync_catalogues")
            working = server.state == "ok"
            buttons = [ticket, catalogues] if server.category_count else [catalogues, ticket]
            buttons = [*buttons, test, form] if working else [test, form]
            if not server._has_secrets():
                buttons = [form]
        return self._step(_("GLPI"), intro, checks, buttons, optional=True)

    @api.model
    def _glpi_checks(self, server):
        _ = self.env._
        count = server.category_count
        catalogues = _("Fetch the catalogues: flows choose categories and places from them.")
        if count:
            catalogues = _(
                "Categories: %(count)s, places: %(places)s",
                count=count,
                places=server.location_count,
            )
        return [
            self._check(
                bool(server.url),
                _("Address: %s", server.url) if server.url else _("The address is missing."),
            ),
            self._check(
                server._has_secrets(),
                _("Tokens are stored.") if server._has_secrets() else _("The tokens are missing."),
            ),
            self._glpi_check_answers(server),
            self._check(bool(count), catalogues),
            self._glpi_check_ticket(server),
        ]

    def _glpi_check_answers(self, server):
        """Return whether GLPI answered the last call, and with which rights."""
        _ = self.env._
        if server.state in ("down", "error"):
            words = server.last_error or _("It does not answer.")
            return self._check(first_steps.PROBLEM, words)
        if server.state == "ok":
            words = _("GLPI %s answers, and the API user has the rights.", server.version or "")
            return self._check(True, words)
        return self._check(False, _("Test the connection: the rights are looked at too."))

    def _glpi_check_ticket(self, server):
        """Return whether a ticket was opened: the test ticket, or any."""
        _ = self.env._
        if server.test_ticket_id:
            words = _("The test ticket is number %s in GLPI.", server.test_ticket_id)
            return self._check(True, words)
        opened = self.env["glpi.ticket"].search_count(
            [("server_id", "=", server.id), ("glpi_id", "!=", False)], limit=1
        )
        words = _("Tickets were opened in GLPI.") if opened else _("No ticket was opened yet.")
        return self._check(bool(opened), words)
