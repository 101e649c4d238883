# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

# News is fetched every few minutes: a silence this long means that GLPI does not answer.
SILENT = timedelta(hours=1)


class Health(models.AbstractModel):
    """Checks whether GLPI answers, and the tickets it refused."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "glpi_server": ("integration", self._check_glpi_servers),
            "glpi_ticket": ("integration", self._check_glpi_tickets),
        }

    @api.model
    def _failed_kinds(self):
        return {
            **super()._failed_kinds(),
            "glpi_ticket": ("glpi.ticket", [("state", "=", "failed")], "action_push", "error"),
        }

    @api.model
    def _job_titles(self):
        return {**super()._job_titles(), "root.glpi": self.env._("Jobs of GLPI")}

    @api.model
    def _check_glpi_servers(self):
        """Return the results of the last calls to each server; the page itself calls nobody."""
        _ = self.env._
        results = []
        for server in self.env["glpi.server"].search([]):
            last = server.last_ok_at
            silent = not last or fields.Datetime.now() - last > SILENT
            level = "error" if server.state in ("down", "error") else "warning" if silent else "ok"
            words = (
                _("Last answer %s minutes ago.", _minutes_since(last))
                if last
                else _("It has never answered.")
            )
            if level == "error":
                words = f"{server.last_error or _('It does not answer.')} {words}"
            advice = _(
                "Service goes on and tickets wait here. Check GLPI, then “Test connection” on "
                "the server's form."
            )
            title = _("GLPI %s", server.name)
            results.append(self._result(level, title, words, advice, step="" if last else "glpi"))
        return results or [self._no_glpi()]

    def _no_glpi(self):
        """Return the text if no GLPI is connected: on purpose, or not yet."""
        _ = self.env._
        skipped = self.env["contact_center.first.steps"]._skipped().get("glpi")
        if skipped:
            words = _("None is connected, on purpose: %s", skipped["words"])
            return self._result("ok", _("GLPI"), words)
        words = _("No GLPI is connected: what citizens ask for becomes no ticket.")
        advice = _("Connect it, or say in the first steps that it is not needed.")
        return self._result("warning", _("GLPI"), words, advice, step="glpi")

    @api.model
    def _check_glpi_tickets(self):
        _ = self.env._
        failed = self.env["glpi.ticket"].search_count([("state", "=", "failed")])
        return self._result(
            "warning" if failed else "ok",
            _("Tickets in GLPI"),
            _("GLPI refused %s tickets.", failed) if failed else _("None was refused."),
            _("See the reasons, mend the cause and send them again."),
            failed="glpi_ticket",
        )


def _minutes_since(at):
    return max(int((fields.Datetime.now() - at).total_seconds() // 60), 0)
