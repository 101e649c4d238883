# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

# Days within which another contact of the same citizen is a return
RETURN_DAYS = 30
# So many earlier contacts are counted: who comes that often is a figure of its own
MOST = 3
# Columns without a window or an aggregate, so that PostgreSQL computes what is asked for only.
_CONTACTS = """
SELECT c.id, c.id AS conversation_id, c.opened_at, %(local)s::date AS day,
    %(half_hour)s AS half_hour, c.company_id, c.channel_kind, c.queue_id, c.agent_id,
    (SELECT duty.supervisor_id FROM contact_center_assignment duty
     WHERE duty.user_id = c.agent_id AND duty.date_from <= %(local)s::date
        AND COALESCE(duty.date_until, 'infinity') >= %(local)s::date) AS supervisor_id,
    c.disposition_id, split_part(subject.parent_path, '/', 1)::int AS subject_id, c.nature,
    citizen.contact_center_district_id AS district_id,
    citizen.contact_center_region_id AS region_id,
    c.outcome, c.attendance, c.satisfaction,
    (c.attendance = 'human')::int AS human_count,
    (c.attendance = 'electronic')::int AS electronic_count,
    (c.outcome = 'abandoned')::int AS abandoned_count,
    CASE WHEN c.attendance = 'human' AND c.accepted_at IS NOT NULL THEN
        EXTRACT(EPOCH FROM COALESCE(c.survey_at, c.closed_at) - c.accepted_at)
    END AS handling,
    CASE WHEN c.satisfaction IS NOT NULL THEN
        (c.satisfaction IN ('very_good', 'good'))::int * 100.0
    END AS satisfied,
    earlier.number AS earlier_count, (earlier.number > 0)::int AS return_count,
    (earlier.number > 0)::int * 100.0 AS return_rate,
    (earlier.number + 1)::text AS visit
FROM contact_center_conversation c
JOIN res_partner citizen ON citizen.id = c.partner_id
LEFT JOIN contact_center_disposition subject ON subject.id = c.disposition_id
LEFT JOIN LATERAL (
    SELECT count(*) AS number FROM (
        SELECT 1 FROM contact_center_conversation before
        WHERE before.partner_id = c.partner_id AND before.opened_at < c.opened_at
            AND before.opened_at >= c.opened_at - interval '%(days)s days'
        LIMIT %(most)s) found
) earlier ON true
"""


class FigureContact(models.Model):
    """Contacts for managers: nature, subject, region, handling time, returns.

    A row is a conversation. The citizen stays out of it: region and district only, and how often
    they had come in the thirty days before.
    """

    _name = "contact_center.figure.contact"
    _inherit = ["contact_center.figure"]
    _description = "Figures of Contacts"
    _auto = False
    _order = "opened_at desc, id desc"
    _rec_name = "conversation_id"

    opened_at = fields.Datetime(string="Opened", readonly=True)
    supervisor_id = fields.Many2one("res.users", string="Team of", readonly=True)
    disposition_id = fields.Many2one("contact_center.disposition", readonly=True)
    subject_id = fields.Many2one("contact_center.disposition", string="Main subject", readonly=True)
    nature = fields.Selection("_natures", readonly=True)
    district_id = fields.Many2one("contact_center.district", readonly=True)
    region_id = fields.Many2one("contact_center.region", readonly=True)
    outcome = fields.Selection("_outcomes", readonly=True)
    attendance = fields.Selection(
        [("electronic", "Electronic"), ("human", "Human")], string="Served by", readonly=True
    )
    human_count = fields.Integer(string="By people", readonly=True)
    electronic_count = fields.Integer(string="Electronic", readonly=True)
    abandoned_count = fields.Integer(string="Abandoned", readonly=True)
    handling = fields.Float(
        string="Handling time (s)",
        readonly=True,
        aggregator="avg",
        help="From accepting to the end or the survey, of contacts served by people.",
    )
    satisfied = fields.Float(
        string="Satisfied (%)",
        readonly=True,
        aggregator="avg",
        help="Very good and good, of those who voted.",
    )
    earlier_count = fields.Integer(
        string="Earlier contacts",
        readonly=True,
        aggregator="avg",
        help="Of the same citizen in the thirty days before; three at most are counted.",
    )
    return_count = fields.Integer(
        string="Returns",
        readonly=True,
        help="Contacts of a citizen who had come in the thirty days before.",
    )
    return_rate = fields.Float(string="Returns (%)", readonly=True, aggregator="avg")
    visit = fields.Selection(
        [
            ("1", "First contact"),
            ("2", "Second contact"),
            ("3", "Third contact"),
            ("4", "Fourth contact or more"),
        ],
        string="Contact within thirty days",
        readonly=True,
    )

    def _natures(self):
        """Return the natures of subjects, in the user's language."""
        field = self.env["contact_center.disposition"]._fields["nature"]
        return field._description_selection(self.env)

    def _outcomes(self):
        """Return the outcomes of conversations, in the user's language."""
        field = self.env["contact_center.conversation"]._fields["outcome"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        local = self._local(SQL("c.opened_at"))
        return SQL(
            _CONTACTS,
            local=local,
            half_hour=self._half_hour(local),
            days=SQL(str(RETURN_DAYS)),
            most=MOST,
        )
