from datetime import timedelta

from odoo import api, fields, models

# News are fetched every few minutes: silence for so long means that GLPI does not answer.
SILENT = timedelta(hours=1)


class Health(models.AbstractModel):
    """Whether GLPI answers, and the tickets it did not take."""

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
    def _check_glpi_servers(self):
        """What is known of each server from the last calls; the page itself calls nobody."""
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
            results.append(self._result(level, _("GLPI %s", server.name), words, advice))
        return results

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
