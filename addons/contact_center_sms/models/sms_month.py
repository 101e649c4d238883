# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..gateway import states


class SmsMonth(models.Model):
    """Text messages of each month and gateway, as the contract counts them."""

    _name = "contact_center.sms.month"
    _description = "Contact Center Text Messages by Month"
    _inherit = "contact_center.machine.row"
    _auto = False
    _order = "month desc, gateway_id"
    _rec_name = "month"

    month = fields.Date(readonly=True, help="Its first day, by the city's clock.")
    gateway_id = fields.Many2one("contact_center.sms.gateway", readonly=True)
    company_id = fields.Many2one("res.company", string="City hall", readonly=True)
    messages = fields.Integer(readonly=True)
    parts = fields.Integer(string="Billed parts", readonly=True)
    delivered = fields.Integer(readonly=True)
    unknown = fields.Integer(string="Sent or not", readonly=True)
    failed = fields.Integer(readonly=True)
    received = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        zone = str(self.env["contact_center.queue"]._local_time().tzinfo)
        return SQL(
            """
            SELECT min(id) AS id, month, gateway_id, company_id,
                   count(*) FILTER (WHERE direction = 'out') AS messages,
                   COALESCE(sum(parts) FILTER (WHERE state = ANY(%s)), 0) AS parts,
                   count(*) FILTER (WHERE state = 'delivered') AS delivered,
                   count(*) FILTER (WHERE state = 'unknown') AS unknown,
                   count(*) FILTER (WHERE state = 'failed') AS failed,
                   count(*) FILTER (WHERE direction = 'in') AS received
            FROM (
                SELECT *, date_trunc(
                    'month', queued_at AT TIME ZONE 'UTC' AT TIME ZONE %s
                )::date AS month
                FROM contact_center_sms_message
            ) AS message
            GROUP BY month, gateway_id, company_id
            """,
            list(states.BILLED),
            zone,
        )
