# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

BUS_TYPE = "contact_center/notice"
# Maximum number of unread notices on a screen.
SCREEN_LIMIT = 20


class Notice(models.Model):
    """A supervisor's message to agents: a banner until they confirm having read it."""

    _name = "contact_center.notice"
    _description = "Notice to Agents"
    _order = "id desc"
    _rec_name = "body"

    body = fields.Text(string="Message", required=True)
    audience = fields.Selection(
        [("all", "Everybody"), ("queues", "Queues"), ("users", "People")],
        string="To",
        required=True,
        default="all",
    )
    queue_ids = fields.Many2many("contact_center.queue", string="Queues")
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref("contact_center.group_technician").ids),
        ],
    )
    author_id = fields.Many2one(
        "res.users", string="Sent by", readonly=True, default=lambda self: self.env.uid
    )
    sent_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    receipt_ids = fields.One2many("contact_center.notice.receipt", "notice_id", readonly=True)
    recipient_count = fields.Integer(compute="_compute_counts", string="Recipients")
    read_count = fields.Integer(compute="_compute_counts", string="Read by")

    @api.depends("receipt_ids.read_at")
    def _compute_counts(self):
        for notice in self:
            notice.recipient_count = len(notice.receipt_ids)
            notice.read_count = len(notice.receipt_ids.filtered("read_at"))

    @api.model_create_multi
    def create(self, vals_list):
        """Send the notices at once, in the user's own name."""
        fixed = {"author_id": self.env.uid, "sent_at": fields.Datetime.now()}
        for vals in vals_list:
            vals.pop("receipt_ids", None)
        notices = super().create([{**vals, **fixed} for vals in vals_list])
        for notice in notices:
            notice._send()
        return notices

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change: people may have read it already."""
        raise UserError(self.env._("A notice that was sent is not changed: send another one."))

    def _send(self):
        """Record who has to read it, and show it on their screens."""
        self.ensure_one()
        recipients = self._recipients()
        if not recipients:
            raise UserError(self.env._("Nobody would receive this notice: choose whom it is for."))
        # sudo: contact_center.notice.receipt - written by the system only
        self.env["contact_center.notice.receipt"].sudo().create(
            [{"notice_id": self.id, "user_id": user.id} for user in recipients]
        )
        for user in recipients:
            user._bus_send(BUS_TYPE, self._payload())

    def _recipients(self):
        """Return the agents whom this notice is for, without its author."""
        # sudo: res.groups, contact_center.queue - names of colleagues are no secret
        agents = self.env.ref("contact_center.group_technician").sudo().all_user_ids
        agents = agents.filtered(lambda user: not user.share) - self.author_id
        if self.audience == "queues":
            return agents & self.sudo().queue_ids.member_ids
        return agents & self.user_ids if self.audience == "users" else agents

    def _payload(self):
        """Return its data for a screen."""
        self.ensure_one()
        # sudo: contact_center.notice - its readers have no access to the notices themselves
        notice = self.sudo()
        return {
            "id": notice.id,
            "body": notice.body,
            "author": notice.author_id.name,
            "sent_at": fields.Datetime.to_string(notice.sent_at),
        }

    @api.model
    def get_mine(self):
        """Return the notices that the user has yet to confirm, oldest first.

        `{id, body, author, sent_at}`.
        """
        # sudo: contact_center.notice.receipt - the user's own only
        receipts = (
            self.env["contact_center.notice.receipt"]
            .sudo()
            .search(
                [("user_id", "=", self.env.uid), ("read_at", "=", False)],
                order="id",
                limit=SCREEN_LIMIT,
            )
        )
        return [receipt.notice_id._payload() for receipt in receipts]

    @api.model
    def acknowledge(self, notice_id):
        """Record that the user has read the notice.

        :raise AccessError: it was not for this user
        """
        # sudo: contact_center.notice.receipt - the user's own only
        receipt = (
            self.env["contact_center.notice.receipt"]
            .sudo()
            .search([("notice_id", "=", notice_id), ("user_id", "=", self.env.uid)])
        )
        if not receipt:
            raise AccessError(self.env._("This notice was not sent to you."))
        if not receipt.read_at:
            receipt.read_at = fields.Datetime.now()
        self.env.user._bus_send(f"{BUS_TYPE}/read", {"id": notice_id})
        return True


class NoticeReceipt(models.Model):
    """A recipient of a notice, and when they confirmed it."""

    _name = "contact_center.notice.receipt"
    _inherit = ["contact_center.machine.row"]
    _description = "Receipt of a Notice"
    _order = "read_at desc, id"
    _rec_name = "user_id"

    notice_id = fields.Many2one(
        "contact_center.notice", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, ondelete="cascade"
    )
    read_at = fields.Datetime(readonly=True)

    _once = models.Constraint("UNIQUE(notice_id, user_id)", "Everybody gets a notice once.")
    _unread_idx = models.Index("(user_id) WHERE read_at IS NULL")
