# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL


class AlertBroadcast(models.Model):
    """Whom a sending is for: each person with their last conversation."""

    _inherit = "contact_center.alert.broadcast"

    def _audience_count(self):
        """Return how many citizens this would be for now."""
        self.ensure_one()
        query = SQL("SELECT count(*) FROM (%s) AS audience", self._audience())
        return self.env.execute_query(query)[0][0]

    def _make_recipients(self):
        """Write a row for each citizen (sudo); return how many there are."""
        self.ensure_one()
        now = fields.Datetime.now()
        state = "drill" if self.is_drill else "pending"
        self.env["contact_center.alert.recipient"].flush_model()
        self.env.cr.execute(
            SQL(
                "INSERT INTO contact_center_alert_recipient (broadcast_id, partner_id,"
                " conversation_id, state, create_uid, write_uid, create_date, write_date)"
                " SELECT %s, partner_id, id, %s, %s, %s, %s, %s FROM (%s) AS audience"
                " ON CONFLICT DO NOTHING",
                *(self.id, state, self.env.uid, self.env.uid, now, now, self._audience()),
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_recordset(["recipient_ids"])
        return count

    def _audience(self):
        """Return the statement (SQL) of (partner_id, id of their last conversation)."""
        for name in ("contact_center.conversation", "contact_center.alert.contact", "res.partner"):
            self.env[name].flush_model()
        which = self._asked_condition() if self.audience == "asked" else self._chosen_condition()
        company = SQL()
        if self.company_id:
            company = SQL("AND (c.company_id IS NULL OR c.company_id = %s)", self.company_id.id)
        return SQL(
            "SELECT DISTINCT ON (c.partner_id) c.partner_id, c.id"
            " FROM contact_center_conversation c JOIN res_partner p ON p.id = c.partner_id"
            " WHERE p.active AND c.last_inbound_at IS NOT NULL AND %s %s"
            " ORDER BY c.partner_id, c.id DESC",
            which,
            company,
        )

    def _asked_condition(self):
        """Return the condition of those behind the alarm: SQL."""
        return SQL(
            "c.id IN (SELECT conversation_id FROM contact_center_alert_contact"
            " WHERE alarm_id = %s)",
            self.alarm_id.id or 0,
        )

    def _chosen_condition(self):
        """Return the condition of those who wrote lately, in these districts: SQL."""
        since = fields.Datetime.now() - timedelta(days=min(max(self.days, 1), 3660))
        lately = SQL("c.last_inbound_at >= %s", since)
        if not (self.districts or "").strip():
            return lately
        districts = self.env["contact_center.district"]
        keys = districts._alert_keys(self.districts)
        texts, cities = self._places_in_use(keys)
        return SQL(
            "%s AND (p.contact_center_district_id = ANY(%s)"
            " OR (p.contact_center_district_id IS NULL AND (p.street2, COALESCE(p.city, ''))"
            " IN (SELECT * FROM unnest(%s::varchar[], %s::varchar[])))"
            " OR EXISTS (SELECT FROM contact_center_alert_contact a"
            " WHERE a.partner_id = c.partner_id AND a.district = ANY(%s)))",
            *(lately, districts._alert_ids(keys), texts, cities, keys),
        )

    def _places_in_use(self, keys):
        """Return the places off the list, as they are written in the registry, with these keys.

        :return: (texts, their cities)
        """
        query = SQL(
            "SELECT DISTINCT street2, COALESCE(city, '') FROM res_partner"
            " WHERE contact_center_district_id IS NULL AND street2 <> ''"
        )
        key_of = self.env["contact_center.district"]._alert_key
        found = [row for row in self.env.execute_query(query) if key_of(*row) in keys]
        return [text for text, _city in found], [city for _text, city in found]
