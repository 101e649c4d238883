# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import wallboard as core

PAGE = "/contact_center/wallboard"


class Wallboard(models.Model):
    """A television that shows figures of the queues, page after page, without a login.

    Its link is a secret of its own with an end and a list of addresses; the database keeps a hash.
    """

    _name = "contact_center.wallboard"
    _description = "Wallboard"
    _order = "name, id"

    name = fields.Char(required=True, help="Where it hangs.")
    active = fields.Boolean(default=True)
    mode = fields.Selection(
        [(core.CITY, "City: goals and colours"), (core.FLOOR, "Floor: calm, no colours")],
        required=True,
        default=core.CITY,
        help="On the floor agents see nothing that drives them to hurry.",
    )
    queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_wallboard_queue_rel",
        string="Queues",
        help="The queues whose figures are added up; empty: all of them.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    page_ids = fields.One2many("contact_center.wallboard.page", "wallboard_id", copy=True)
    page_seconds = fields.Integer(
        string="Seconds per page", default=20, help="How long each page stays on the screen."
    )
    addresses = fields.Text(
        string="Allowed addresses",
        help="Addresses or networks from which the screen may ask, one per line; empty: from "
        "anywhere. For instance 10.20.0.0/16.",
    )
    expires_at = fields.Datetime(string="Link ends", readonly=True, copy=False)
    token_digest = fields.Char(
        readonly=True, copy=False, groups="base.group_system", index="btree_not_null"
    )
    has_link = fields.Boolean(compute="_compute_has_link")
    seen_at = fields.Datetime(string="Last asked", readonly=True, copy=False)

    _page_seconds_sensible = models.Constraint(
        "CHECK(page_seconds BETWEEN 5 AND 600)", "A page stays between 5 and 600 seconds."
    )

    @api.depends("expires_at")
    def _compute_has_link(self):
        now = fields.Datetime.now()
        for board in self:
            # sudo: contact_center.wallboard - whether there is a link, not which
            board.has_link = bool(board.sudo().token_digest) and not core.is_over(
                board.expires_at, now
            )

    @api.constrains("addresses")
    def _check_addresses(self):
        for board in self:
            try:
                core.networks(board.addresses or "")
            except ValueError as error:
                raise ValidationError(
                    self.env._("“%s” is neither an address nor a network.", error)
                ) from error

    @api.constrains("mode", "page_ids")
    def _check_calm(self):
        self.page_ids.tile_ids._check_kind()

    # ------------------------------------------------------------
    # The link
    # ------------------------------------------------------------

    def action_new_link(self):
        """Open the dialog that makes a new link, which ends the former one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link of the wallboard"),
            "res_model": "contact_center.wallboard.link",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_wallboard_id": self.id},
        }

    def action_end_link(self):
        """Let the link end now."""
        self.check_access("write")
        # sudo: contact_center.wallboard - the right to change it was checked
        self.sudo().write({"token_digest": False, "expires_at": False})
        return True

    def _make_link(self, days):
        """Return a new link, shown once, that lives so many days.

        :raise AccessError: the user may not change this wallboard
        """
        self.ensure_one()
        self.check_access("write")
        token = core.new_token()
        days = min(max(days, 1), core.LONGEST_DAYS)
        # sudo: contact_center.wallboard - the right to change it was checked
        self.sudo().write(
            {
                "token_digest": core.digest(token),
                "expires_at": fields.Datetime.now() + timedelta(days=days),
            }
        )
        # In the fragment, which browsers send to no server: it is in no log.
        return f"{self.get_base_url()}{PAGE}#{token}"

    @api.model
    def _admit(self, token, address):
        """Return the wallboard of this token that may be shown at this address, or empty (sudo)."""
        if not token or len(token) > 200:
            return self.browse()
        # sudo: contact_center.wallboard - the token is the right
        board = self.sudo().search([("token_digest", "=", core.digest(token))], limit=1)
        if not board or core.is_over(board.expires_at, fields.Datetime.now()):
            return self.browse()
        if not core.admits(board.addresses or "", address or ""):
            return self.browse()
        return board

    def _timezone(self):
        """Return the name of the time zone where the screen hangs: the city's."""
        return str(self.env["contact_center.queue"]._default_queue()._timezone())

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

    def _shown(self):
        """Return what the screen shows.

        :return: {"name", "mode", "at", "page_seconds", "pages": [{"name", "tiles": [{"kind",
            "label", "queue", "value", "standing"}]}]}
        """
        self.ensure_one()
        team = self.env["contact_center.team"]
        mine = [("company_id", "in", [self.company_id.id, False])]
        queues = self.queue_ids or self.env["contact_center.queue"].search(mine)
        queues |= self.page_ids.tile_ids.queue_id
        figures = team._figures(queues)
        figures["sees_citizens"] = False
        agents = team._agents(figures)
        rows = {row["id"]: row for row in team._queues(figures, agents)}
        chosen = (self.queue_ids or queues).ids
        pages = [page._shown(rows, agents, chosen) for page in self.page_ids if page.tile_ids]
        return {
            "name": self.name,
            "mode": self.mode,
            "at": fields.Datetime.context_timestamp(self, figures["now"]).strftime("%H:%M:%S"),
            "page_seconds": self.page_seconds,
            "pages": pages,
        }
