# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.lru import LRU

from .. import engine
from .flow_differences import describe_html

# Compiled flows of this process by the digest of their definition: the same definition gives the
# same flow in any database or version, so nothing here can become stale.
_COMPILED = LRU(64)


class ChatbotFlowVersion(models.Model):
    """A published flow, frozen. Conversations that began with it end with it."""

    _name = "chatbot.flow.version"
    _inherit = ["contact_center.machine.row"]
    _description = "Chatbot Flow Version"
    _order = "flow_id, number desc"
    _rec_name = "number"

    flow_id = fields.Many2one(
        "chatbot.flow", required=True, index=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    # A large flow has megabytes: not read along with the number, for every new conversation
    definition = fields.Json(required=True, readonly=True, prefetch=False)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the definition.")
    published_by = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    published_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("published", "In use"), ("replaced", "Replaced")], compute="_compute_state"
    )
    origin = fields.Selection(
        [
            ("approved", "Approved by a second person"),
            ("restored", "Return to an earlier version"),
            ("alone", "Published without a second person"),
            ("system", "Installed or imported by the system"),
        ],
        readonly=True,
        string="How it was released",
    )
    approval_id = fields.Many2one("chatbot.flow.approval", readonly=True, ondelete="restrict")
    requested_by_id = fields.Many2one(
        related="approval_id.requested_by_id", string="Asked by", related_sudo=False
    )
    restored_id = fields.Many2one(
        "chatbot.flow.version", string="Same as", readonly=True, ondelete="restrict"
    )
    reason = fields.Text(readonly=True)
    differences = fields.Html(compute="_compute_differences", sanitize=False)

    _number_unique = models.Constraint(
        "UNIQUE(flow_id, number)", "A flow has only one version of each number."
    )

    @api.depends("flow_id.published_version_id")
    def _compute_state(self):
        for version in self:
            current = version.flow_id.published_version_id == version
            version.state = "published" if current else "replaced"

    @api.depends("definition", "number")
    def _compute_differences(self):
        for version in self:
            before = self.search(
                [("flow_id", "=", version.flow_id.id), ("number", "<", version.number)], limit=1
            )
            version.differences = describe_html(
                self.env, before.definition or None, version.definition
            )

    @api.depends("flow_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(flow)s, version %(number)s", flow=version.flow_id.name, number=version.number
            )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse deletion for everybody."""
        raise UserError(self.env._("A published version never changes. Publish a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Published versions are kept: they cannot be deleted."))

    def action_restore(self):
        """Put this version back into service at once: it has been in service before.

        The steps in the editor are unchanged; see :meth:`action_edit`.
        """
        self.ensure_one()
        flow = self.flow_id
        flow._check_may_edit()
        if flow.published_version_id.digest == self.digest:
            raise UserError(self.env._("This version is the one in service."))
        flow._publish(
            self.definition,
            origin="restored",
            restored=self,
            reason=self.env._("Return to version %s", self.number),
        )
        pending = flow.pending_approval_id
        if pending:
            pending._close("outdated", self.env._("An earlier version was put into service."))
        return True

    def action_edit(self):
        """Load this version's steps into the editor; citizens are not affected."""
        self.ensure_one()
        notices = self.flow_id._load_definition(self.definition)
        words = self.env._("The editor has the steps of version %s now.", self.number)
        self.flow_id._message_log(body=words, author_id=self.env.user.partner_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if notices else "success",
                "message": "\n".join([words, *notices]),
                "sticky": bool(notices),
                "next": {
                    "type": "ir.actions.act_window",
                    "res_model": "chatbot.flow",
                    "res_id": self.flow_id.id,
                    "views": [[False, "form"]],
                },
            },
        }

    def _published_words(self):
        """Return the text about this version in the flow's history."""
        self.ensure_one()
        words = [self.env._("Version %s is in service.", self.number)]
        words.append(dict(self._fields["origin"]._description_selection(self.env))[self.origin])
        if self.approval_id:
            words.append(self.env._("Asked by %s.", self.approval_id.requested_by_id.name))
        if self.reason:
            words.append(self.reason)
        return " · ".join(words)

    def _compiled(self, digest=None):
        """Return the compiled flow (:class:`chatbot_flow.engine.Flow`), from this process' cache.

        :param digest: the definition's digest if known; then nothing is read
        """
        digest = digest or self.digest
        # the definition is a field, read only where it has to be compiled
        return _COMPILED.get(digest) or compiled(self.definition, digest)


def compiled(definition, digest):
    """Return the flow of a definition with this digest, from the cache if it is there."""
    flow = _COMPILED.get(digest)
    if flow is None:
        flow = engine.compile(definition)
        _COMPILED[flow.digest] = flow
    return flow
