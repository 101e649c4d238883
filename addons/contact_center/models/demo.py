# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

# Demo data of Odoo's own addons: by model, in an order without blocking references, the addon and
# the prefix of the records' names.
DELETED = (
    ("rating.rating", "im_livechat", ""),
    ("discuss.call.history", "im_livechat", ""),
    ("mail.message.schedule", "contacts", ""),
    ("discuss.channel", "im_livechat", ""),
    ("mail.message", "mail", ""),
    ("mail.message", "contacts", ""),
    ("mail.activity", "mail", ""),
    ("chatbot.script", "im_livechat", ""),
    ("im_livechat.channel", "im_livechat", ""),
    ("im_livechat.expertise", "im_livechat", ""),
    ("mail.guest", "im_livechat", ""),
    ("mail.guest", "mail", ""),
    ("calendar.event", "calendar", ""),
    ("res.partner.category", "base", ""),
)
# Records that others refer to, or that Odoo does not let us delete.
ARCHIVED = (
    ("discuss.channel", "mail", ""),
    ("res.users", "base", "user_demo"),
    ("res.users", "base", "demo_user"),
    ("res.partner", "base", "res_partner_"),
    ("res.partner", "base", "partner_demo"),
    ("res.partner", "im_livechat", ""),
)


class Demo(models.AbstractModel):
    """Removes Odoo's demo data about foreign offices from a city's demo database.

    Called by demo data only. It touches only records from Odoo's own addons, by their external ids:
    people's records stay, and production has no demo data.
    """

    _name = "contact_center.demo"
    _description = "Contact Center Demonstration"

    @api.model
    def _tidy(self):
        """Delete or archive Odoo's demo data; switch off OdooBot's welcome and the tours."""
        for model, module, prefix in DELETED:
            if model in self.env:
                self._records(model, module, prefix).unlink()
        for model, module, prefix in ARCHIVED:
            if model in self.env:
                records = self._records(model, module, prefix)
                self._forget_members(records)
                # Odoo searches for a contact's users, and would find archived ones
                shown = records.filtered("active").with_context(active_test=True)
                shown.write({"active": False})
        self._name_hours()
        self._quiet_users()

    @api.model
    def _name_hours(self):
        """Name the lines of Odoo's usual hours, "Monday Morning" and so on, in Portuguese."""
        hours = self.env.ref("resource.resource_calendar_std").attendance_ids
        hours = hours.with_context(lang="pt_BR")
        days = dict(hours._fields["dayofweek"]._description_selection(hours.env))
        periods = dict(hours._fields["day_period"]._description_selection(hours.env))
        for line in hours:
            line.name = f"{days[line.dayofweek]}, {periods[line.day_period].lower()}"

    @api.model
    def _forget_chatter(self, module):
        """Remove the installation's messages from the chatter of an addon's own demo records.

        They are in the installation's language, English, and of no use to anybody.
        """
        # Flush what would be logged at the end of the transaction
        self.env.cr.flush()
        models = [name for name in self.env if hasattr(self.env[name], "message_ids")]
        data = self.env["ir.model.data"].search([("module", "=", module), ("model", "in", models)])
        for model in set(data.mapped("model")):
            ids = data.filtered(lambda row, model=model: row.model == model).mapped("res_id")
            self.env["mail.message"].search(
                [
                    ("model", "=", model),
                    ("res_id", "in", ids),
                    ("message_type", "=", "notification"),
                    ("author_id", "=", self.env.ref("base.partner_root").id),
                ]
            ).unlink()

    @api.model
    def _records(self, model, module, prefix):
        """Return the records of a model whose external ids in `module` begin with `prefix`."""
        domain = [("module", "=", module), ("model", "=", model), ("name", "=like", f"{prefix}%")]
        ids = self.env["ir.model.data"].search(domain).mapped("res_id")
        return self.env[model].with_context(active_test=False).browse(ids).exists()

    @api.model
    def _forget_members(self, records):
        """Silence remaining channels, and keep new users out of them."""
        if records._name != "discuss.channel":
            return
        records.message_ids.unlink()
        records.channel_member_ids.unlink()
        records.group_ids = False

    @api.model
    def _quiet_users(self):
        """Switch off tours and OdooBot's chat, for existing and future users."""
        users = self.env["res.users"].with_context(active_test=False)
        quiet = {"odoobot_state": "disabled", "tour_enabled": False}
        quiet = {name: value for name, value in quiet.items() if name in users._fields}
        users.search([]).write(quiet)
        if "odoobot_state" in quiet:
            self.env["ir.default"].set("res.users", "odoobot_state", "disabled")
