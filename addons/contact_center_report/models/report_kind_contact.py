# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.report_kind import (
    CHANNEL,
    DURATION,
    HIGHEST,
    MEAN,
    MOMENT,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

_ELECTRONIC = """
SELECT %(slot)s AS slot, c.channel_kind, count(*),
    count(*) FILTER (WHERE c.attendance = 'electronic'),
    count(*) FILTER (WHERE c.attendance = 'electronic' AND c.outcome = 'self_service'),
    count(*) FILTER (WHERE c.attendance = 'electronic' AND c.outcome = 'abandoned'),
    count(*) FILTER (WHERE c.attendance = 'electronic' AND c.outcome = 'out_of_hours'),
    count(*) FILTER (WHERE c.attendance = 'electronic'
        AND COALESCE(c.outcome, '') NOT IN ('self_service', 'abandoned', 'out_of_hours')),
    avg(extract(epoch FROM c.closed_at - c.opened_at))
        FILTER (WHERE c.attendance = 'electronic' AND c.closed_at IS NOT NULL)
%(contacts)s
GROUP BY slot, c.channel_kind ORDER BY slot, c.channel_kind
"""
_CITIZENS = """
SELECT p.name, p.street, %(district)s, p.city, %(region)s, p.phone, p.email, one.*
FROM (
    SELECT c.partner_id, count(*) AS contacts, count(DISTINCT c.disposition_id) AS subjects,
        count(*) FILTER (WHERE c.attendance = 'human'), max(e.at) AS last,
        count(*) - count(DISTINCT (c.disposition_id)) FILTER (WHERE c.disposition_id IS NOT NULL)
            - count(*) FILTER (WHERE c.disposition_id IS NULL) AS repeated
    %(contacts)s
    GROUP BY c.partner_id
) one
JOIN res_partner p ON p.id = one.partner_id
ORDER BY one.contacts DESC, one.partner_id
"""
_OF_CITIZENS = """
SELECT p.name, p.phone, c.protocol, e.at, c.channel_kind, c.nature, d.complete_name, %(district)s,
    %(region)s, q.name, c.agent_id, c.outcome
FROM contact_center_event e
JOIN contact_center_conversation c ON c.id = e.conversation_id
JOIN res_partner p ON p.id = c.partner_id
LEFT JOIN contact_center_disposition d ON d.id = c.disposition_id
LEFT JOIN contact_center_queue q ON q.id = c.queue_id
WHERE e.kind = 'opened' AND e.at >= %(since)s AND e.at < %(until)s %(within)s
ORDER BY e.at, e.id
"""


class ReportKind(models.AbstractModel):
    """Reports of electronic contacts and of the registry of citizens."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _contact_kinds(self):
        """Return the reports of the assistant's contacts and of citizens (RP7 XV-XVII; RP11)."""
        citizens = self.env._("Citizens")
        return [
            Kind(
                code="electronic",
                name=self.env._("Electronic contacts"),
                section=self.env._("Service"),
                columns=self._electronic_columns(),
                source="_electronic_rows",
                filters=(QUEUE, CHANNEL),
                groupings=self._slots("day", "hour", "month", "whole"),
                note=self.env._("Contacts that began in the period; electronic: no person served."),
                clause="RP6 I, RP7 XV",
            ),
            Kind(
                code="citizens",
                name=self.env._("Citizens and their contacts"),
                section=citizens,
                columns=self._citizen_columns(),
                source="_citizen_rows",
                filters=(QUEUE, CHANNEL),
                personal=True,
                note=self.env._(
                    "Citizens with a contact in the period, those with most contacts first. "
                    "Came back: contacts about a subject that they had come for already."
                ),
                clause="RP7 XVI, RP11",
            ),
            Kind(
                code="citizen_contacts",
                name=self.env._("Contacts by citizen, nature and region"),
                section=citizens,
                columns=self._citizen_contact_columns(),
                source="_citizen_contact_rows",
                filters=(QUEUE, CHANNEL),
                personal=True,
                clause="RP7 XVII, RP11",
            ),
        ]

    @api.model
    def _electronic_columns(self):
        _ = self.env._
        return (
            Column("slot", _("When"), width=18),
            Column("channel", _("Channel"), width=16),
            Column("contacts", _("Contacts"), NUMBER, 12, SUM),
            Column("electronic", _("Electronic"), NUMBER, 12, SUM),
            Column("share", _("Electronic (%)"), PERCENT, 12, SHARE, ("electronic", "contacts")),
            Column("solved", _("Solved by the assistant"), NUMBER, 13, SUM),
            Column("abandoned", _("Gave up"), NUMBER, 12, SUM),
            Column("closed", _("Outside service hours"), NUMBER, 13, SUM),
            Column("others", _("Others"), NUMBER, 12, SUM),
            Column("lasted", _("Mean time"), DURATION, 12, MEAN, ("electronic",)),
        )

    @api.model
    def _citizen_columns(self):
        _ = self.env._
        return (
            Column("name", _("Citizen"), width=28),
            Column("street", _("Address"), width=28),
            Column("district", _("District"), width=18),
            Column("city", _("City"), width=16),
            Column("region", _("Region"), width=14),
            Column("phone", _("Telephone"), width=18),
            Column("email", _("E-mail"), width=24),
            Column("contacts", _("Contacts"), NUMBER, 10, SUM),
            Column("subjects", _("Subjects"), NUMBER, 10),
            Column("human", _("Served by people"), NUMBER, 10, SUM),
            Column("last", _("Last contact"), MOMENT, 19, HIGHEST),
            Column("again", _("Came back"), NUMBER, 10, SUM),
        )

    @api.model
    def _citizen_contact_columns(self):
        _ = self.env._
        return (
            Column("name", _("Citizen"), width=24),
            Column("phone", _("Telephone"), width=18),
            Column("protocol", _("Protocol"), width=18),
            Column("at", _("Began"), MOMENT, 19),
            Column("channel", _("Channel"), width=12),
            Column("nature", _("Nature"), width=14),
            Column("subject", _("Subject"), width=28),
            Column("district", _("District"), width=16),
            Column("region", _("Region"), width=14),
            Column("queue", _("Queue"), width=18),
            Column("agent", _("Agent"), width=18),
            Column("outcome", _("Outcome"), width=14),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _electronic_rows(self, scope):
        """Yield how many contacts nobody needed to serve, and how they ended."""
        channels = self._channels()
        query = SQL(_ELECTRONIC, slot=self._contact_slot(scope), contacts=self._contacts_sql(scope))
        for slot, channel, contacts, electronic, *ends in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                channels.get(channel, channel),
                *(contacts, electronic),
                100 * electronic / contacts,
                *ends,
            )

    @api.model
    def _citizen_rows(self, scope):
        """Yield the citizens who came, with what the registry knows of them."""
        district, region = self._place_sql()
        query = SQL(_CITIZENS, district=district, region=region, contacts=self._contacts_sql(scope))
        for row in self._stream(query):
            *person, _partner, contacts, subjects, human, last, again = row
            yield (*person, contacts, subjects, human, self._local(scope, last), again)

    @api.model
    def _citizen_contact_rows(self, scope):
        """Yield each contact with its citizen, nature and place."""
        district, region = self._place_sql()
        labels, channels = self._agent_labels(scope), self._channels()
        natures = self._words_of("contact_center.disposition", "nature")
        outcomes = self._words_of("contact_center.conversation", "outcome")
        limits = self._limits(scope, SQL("c.queue_id"))
        query = SQL(_OF_CITIZENS, district=district, region=region, **limits)
        for row in self._stream(query):
            name, phone, protocol, at, channel, nature, subject, area, place, *rest = row
            queue, agent, outcome = rest
            yield (
                *(name, phone, protocol),
                self._local(scope, at),
                channels.get(channel, channel),
                natures.get(nature, ""),
                *(subject, area, place, queue),
                labels(agent),
                outcomes.get(outcome, ""),
            )
