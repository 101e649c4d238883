# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

BUS_TYPE = "contact_center/offer"
OPEN = Domain("result", "=", False)
# The agent serves from then on.
SERVED = frozenset({"accepted", "assigned"})


class Offer(models.Model):
    """A contact offered or assigned to one agent: when, why, and what came of it.

    The contact keeps its place in the queue until the agent accepts. Written by the system only;
    agents answer through `accept` and `refuse`.
    """

    _name = "contact_center.offer"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "Offer of a Contact"
    _access_content = frozenset({"conversation_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    conversation_id = fields.Many2one(
        "contact_center.conversation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    queue_id = fields.Many2one(
        "contact_center.queue", required=True, readonly=True, ondelete="restrict"
    )
    via_id = fields.Many2one(
        "contact_center.queue",
        string="As an agent of",
        readonly=True,
        ondelete="set null",
        help="The queue in which the agent serves it: the same, or one to which it overflowed.",
    )
    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, ondelete="restrict"
    )
    at = fields.Datetime(
        string="Offered", required=True, readonly=True, default=fields.Datetime.now
    )
    until = fields.Datetime(string="To be accepted by", required=True, readonly=True)
    weight = fields.Integer(readonly=True, aggregator=None)
    score = fields.Float(readonly=True, aggregator=None, help="Seconds by which it was ranked.")
    why = fields.Char(readonly=True, help="Why this contact, and why this agent.")
    result = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("assigned", "Assigned"),
            ("refused", "Refused"),
            ("expired", "Not answered"),
            ("gone", "Agent gone"),
            ("withdrawn", "Withdrawn"),
        ],
        readonly=True,
        help="Empty while the agent has not answered.",
    )
    answered_at = fields.Datetime(readonly=True)
    refusal = fields.Selection(
        [
            ("busy", "I must finish another conversation"),
            ("subject", "I cannot help with this subject"),
            ("acquainted", "I know this person"),
            ("technical", "Technical problem"),
            ("other", "Another reason"),
        ],
        string="Why refused",
        readonly=True,
    )

    _one_open = models.UniqueIndex(
        "(conversation_id) WHERE result IS NULL", "A contact is offered to one agent at a time."
    )
    _open_of_agent_idx = models.Index("(user_id) WHERE result IS NULL")
    _turns_idx = models.Index("(queue_id, user_id, id)")

    @api.depends("conversation_id", "user_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for offer in self:
            offer.display_name = f"{offer.conversation_id.protocol} · {offer.user_id.display_name}"

    def _access_subjects(self):
        """Return the conversations that were offered."""
        return self.conversation_id

    @api.model
    def _open_offers(self, domain):
        """Return the offers without an answer that match `domain` (sudo)."""
        # sudo: contact_center.offer - for the system; what people may see is said elsewhere
        return self.sudo().search(OPEN & Domain(domain), order="until, id")

    def _end(self, result, **vals):
        """End these offers; the agents' screens forget them."""
        for offer in self:
            offer.write({**vals, "result": result, "answered_at": fields.Datetime.now()})
            offer._tell_screen()
            if result not in SERVED:
                self.env["contact_center.agent.state"]._sync_offered(offer.user_id)

    # ------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------

    @api.model
    def get_mine(self):
        """Return what the user's screen shows of the distribution.

        :return: {"offers": rows of `_rows`, the first to expire first, "newest": id of the last
            offer, "after_work": see `contact_center.agent.state._after_work`, "gate": words while
            the supervisor's absence keeps contacts from them, "refusals": [[code, words]]}
        """
        mine = [("user_id", "=", self.env.uid)]
        offers = self._open_offers(mine)
        return {
            "offers": offers._rows(),
            # sudo: contact_center.offer - the number of the user's own
            "newest": self.sudo().search(mine, order="id desc", limit=1).id,
            "after_work": self.env["contact_center.agent.state"]._after_work(self.env.user),
            "gate": self.env["contact_center.queue"]._gate_notice(self.env.user),
            "refusals": self._fields["refusal"]._description_selection(self.env),
        }

    def _rows(self):
        """Return these offers for the agent's screen: who, what and since when.

        Whoever is offered a contact may know of it what the list of waiting ones shows.
        """
        previews = self.conversation_id._previews() if self else {}
        now, rows = fields.Datetime.now(), []
        for offer in self:
            conversation = offer.conversation_id
            rows.append(
                {
                    **conversation._bus_payload(),
                    **previews[conversation],
                    "offer_id": offer.id,
                    "seconds": (offer.until - offer.at).total_seconds(),
                    "left": max((offer.until - now).total_seconds(), 0),
                    "why": offer.why or "",
                }
            )
        return rows

    def _tell_screen(self):
        """Tell the agent's screens that what is offered to them changed."""
        self.ensure_one()
        row = self._rows()[0] if not self.result else {}
        self.user_id._bus_send(
            BUS_TYPE, {"offer_id": self.id, "result": self.result or "", "row": row}
        )
