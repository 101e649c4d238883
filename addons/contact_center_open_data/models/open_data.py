# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Known to nobody: which counts are put together with small ones
SECRET = "contact_center_open_data.secret"
LICENCES = {
    "cc_by": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.pt-br"),
    "cc0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.pt-br"),
    "odbl": ("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
DAYS_PER_RUN = 400


class OpenData(models.Model):
    """The page of open data: off until an administrator switches it on.

    A day is published once, some days after its end, and never again: two versions of a count could
    be compared, and small ones computed from the difference.
    """

    _name = "contact_center.open.data"
    _description = "Open Data"
    _rec_name = "publisher"

    publisher = fields.Char(string="Published by", required=True, default="Prefeitura")
    contact = fields.Char(string="E-mail for questions")
    licence = fields.Selection(
        [(key, name) for key, (name, _url) in LICENCES.items()], required=True, default="cc_by"
    )
    delay_days = fields.Integer(
        string="Days until a day is published",
        required=True,
        default=3,
        help="What is registered late is then in it: a published day never changes.",
    )
    day_from = fields.Date(
        string="From the day",
        required=True,
        default=lambda self: self.env["contact_center.queue"]._city_today(),
    )
    is_on = fields.Boolean(string="On the internet", readonly=True, copy=False)
    switched_at = fields.Datetime(string="Switched", readonly=True, copy=False)
    switched_by_id = fields.Many2one(
        "res.users", string="Switched by", readonly=True, copy=False, ondelete="restrict"
    )
    last_day = fields.Date(string="Published up to", readonly=True, copy=False)
    url = fields.Char(string="Address", compute="_compute_url")

    _delay_possible = models.Constraint(
        "CHECK(delay_days BETWEEN 1 AND 60)", "A day is published 1 to 60 days after its end."
    )

    def _compute_url(self):
        for page in self:
            page.url = f"{page.get_base_url()}/dados-abertos"

    @api.model
    def _only(self):
        """Return the only record."""
        return self.env.ref("contact_center_open_data.open_data")

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a second page."""
        if not self.env.su:
            raise UserError(self.env._("There is one page of open data: change that one."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse that people write what the buttons and the system do."""
        if not self.env.su and vals.keys() & {
            *("is_on", "switched_at", "switched_by_id", "last_day")
        }:
            raise UserError(self.env._("The page is switched on and off by its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("There is one page of open data: switch it off instead."))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_switch_on(self):
        """Put the page on the internet, with what there is to publish."""
        self._check_administrator()
        self._switch(True)
        # sudo: contact_center.open.data - the right was checked
        self.sudo()._publish()
        return True

    def action_switch_off(self):
        """Take the page off the internet; what was published is kept here."""
        self._check_administrator()
        self._switch(False)
        return True

    def _check_administrator(self):
        self.ensure_one()
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators of the contact center may do this."))

    def _switch(self, is_on):
        # sudo: contact_center.open.data - the callers checked the right
        self.sudo().write(
            {
                "is_on": is_on,
                "switched_at": fields.Datetime.now(),
                "switched_by_id": self.env.uid,
            }
        )

    @api.model
    def action_open(self):
        """Open the only record."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open data"),
            "res_model": self._name,
            "res_id": self._only().id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------

    @api.model
    def _secret(self):
        """Return the secret by which small counts are hidden; it is made the first time."""
        # sudo: ir.config_parameter - nobody reads it
        parameters = self.env["ir.config_parameter"].sudo()
        secret = parameters.get_param(SECRET)
        if not secret:
            secret = secrets.token_urlsafe(32)
            parameters.set_param(SECRET, secret)
        return secret

    @api.model
    def _cron_publish(self):
        """Publish the days that are due (scheduled action)."""
        page = self._only().sudo()
        if page.is_on:
            page._publish()

    def _publish(self):
        """Publish the days that are due and were counted, each once; return how many."""
        self.ensure_one()
        first = self.day_from
        if self.last_day:
            first = max(first, self.last_day + timedelta(days=1))
        today = self.env["contact_center.queue"]._city_today()
        until = min(today - timedelta(days=self.delay_days), self._counted_until())
        days = [first + timedelta(days=n) for n in range(max((until - first).days + 1, 0))]
        rows = self.env["contact_center.open.data.row"]
        for day in days[:DAYS_PER_RUN]:
            rows._publish_day(day, self._secret())
            self.last_day = day
        if days:
            self.env["contact_center.open.data.file"]._write_files(self)
        return len(days[:DAYS_PER_RUN])

    @api.model
    def _counted_until(self):
        """Return the last day before the cubes were last brought up to date."""
        # sudo: contact_center.cube.refresh - when it was
        last = self.env["contact_center.cube.refresh"].sudo()._last_done()
        if not last:
            return fields.Date.to_date("1970-01-01")
        queue = self.env["contact_center.queue"]
        return queue._local_time(last.started_at).date() - timedelta(days=1)

    def _licence(self):
        """Return (name, address) of the licence."""
        return LICENCES[self.licence]

    def _head(self, dataset):
        """Return what a JSON file says of itself."""
        name, url = self._licence()
        return {
            "conjunto": dataset.code,
            "titulo": dataset.title,
            "publicado_por": self.publisher,
            "licenca": name,
            "licenca_url": url,
            "contagens_menores_que_5": "somadas a outra em “demais”",
        }
