# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.contact_center.core.report_kind import (
    CHANNEL,
    NUMBER,
    PERCENT,
    QUEUE,
    SHARE,
    SUM,
    Column,
    Kind,
)

NATURES = (
    *("information", "request", "incident", "complaint"),
    *("criticism", "suggestion", "praise", "report"),
)
# Contacts that began in the period.
CONTACTS = """
FROM contact_center_event e
JOIN contact_center_conversation c ON c.id = e.conversation_id
JOIN res_partner p ON p.id = c.partner_id
LEFT JOIN contact_center_disposition d ON d.id = c.disposition_id
WHERE e.kind = 'opened' AND e.at >= %(since)s AND e.at < %(until)s %(within)s
"""
_SUBJECTS = """
SELECT %(slot)s AS slot, c.nature, d.complete_name, count(*),
    count(*) FILTER (WHERE c.attendance = 'human'),
    count(*) FILTER (WHERE c.attendance = 'electronic'),
    count(DISTINCT c.partner_id)
%(contacts)s
GROUP BY slot, c.nature, d.complete_name ORDER BY slot, c.nature NULLS LAST, d.complete_name
"""
_PLACES = """
SELECT %(slot)s AS slot, %(region)s AS region, %(district)s AS district, count(*), %(natures)s,
    count(*) FILTER (WHERE c.nature IS NULL), count(DISTINCT c.partner_id)
%(contacts)s
GROUP BY slot, region, district ORDER BY slot, region NULLS LAST, district NULLS LAST
"""


class ReportKind(models.AbstractModel):
    """Reports of what contacts were about and whence they came (B35, RP11)."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _subject_kinds(self):
        """Return the reports by nature, subject and region."""
        section = self.env._("Subjects")
        slots = self._slots("month", "day", "whole")
        note = self.env._("Contacts that began in the period, by their disposition.")
        return [
            Kind(
                code="subjects",
                name=self.env._("Contacts by nature and subject"),
                section=section,
                columns=self._subject_columns(),
                source="_subject_rows",
                filters=(QUEUE, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP7 XVII, RP11",
            ),
            Kind(
                code="regions",
                name=self.env._("Contacts by region and district"),
                section=section,
                columns=self._region_columns(),
                source="_region_rows",
                filters=(QUEUE, CHANNEL),
                groupings=slots,
                note=note,
                clause="RP7 XVII",
            ),
        ]

    @api.model
    def _subject_columns(self):
        _ = self.env._
        return (
            Column("slot", _("When"), width=14),
            Column("nature", _("Nature"), width=20),
            Column("subject", _("Subject"), width=44),
            Column("contacts", _("Contacts"), NUMBER, 12, SUM),
            Column("human", _("Served by people"), NUMBER, 12, SUM),
            Column("human_share", _("By people (%)"), PERCENT, 12, SHARE, ("human", "contacts")),
            Column("electronic", _("Electronic"), NUMBER, 12, SUM),
            Column("citizens", _("Citizens"), NUMBER, 12),
            Column("each", _("Contacts of each"), "decimal", 12),
        )

    @api.model
    def _region_columns(self):
        _ = self.env._
        words = self._words_of("contact_center.disposition", "nature")
        return (
            Column("slot", _("When"), width=12),
            Column("region", _("Region"), width=22),
            Column("district", _("District"), width=24),
            Column("contacts", _("Contacts"), NUMBER, 11, SUM),
            *(Column(nature, words[nature], NUMBER, 12, SUM) for nature in NATURES),
            Column("none", _("No disposition"), NUMBER, 11, SUM),
            Column("citizens", _("Citizens"), NUMBER, 11),
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _contacts_sql(self, scope):
        """Return `FROM ... WHERE ...` of the contacts `c` of a scope, with their citizens `p`."""
        return SQL(
            CONTACTS,
            since=scope.since,
            until=scope.until,
            within=self._within(
                scope,
                queue=SQL("c.queue_id"),
                channel=SQL("c.channel_kind"),
                company=SQL("c.company_id"),
            ),
        )

    @api.model
    def _contact_slot(self, scope):
        if scope.grouping == "whole":
            return SQL("NULL::timestamp")
        return self._slot_sql(scope, SQL("e.at"))

    @api.model
    def _subject_rows(self, scope):
        """Yield how many contacts there were of each nature and subject."""
        natures = self._words_of("contact_center.disposition", "nature")
        nothing = self.env._("No disposition")
        query = SQL(_SUBJECTS, slot=self._contact_slot(scope), contacts=self._contacts_sql(scope))
        for slot, nature, subject, contacts, human, electronic, citizens in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                natures.get(nature, nothing),
                subject or nothing,
                *(contacts, human),
                100 * human / contacts,
                *(electronic, citizens),
                contacts / citizens,
            )

    @api.model
    def _region_rows(self, scope):
        """Yield how many contacts came from each district, by nature."""
        district, region = self._place_sql()
        nothing = self.env._("Not told")
        natures = SQL(", ").join(
            SQL("count(*) FILTER (WHERE c.nature = %s)", nature) for nature in NATURES
        )
        query = SQL(
            _PLACES,
            slot=self._contact_slot(scope),
            region=region,
            district=district,
            natures=natures,
            contacts=self._contacts_sql(scope),
        )
        for slot, region, district, *figures in self._stream(query):
            yield (
                self._slot_label(scope, slot),
                region or nothing,
                district or nothing,
                *figures,
            )
