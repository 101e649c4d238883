from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.lru import LRU

from .. import engine
from ..engine.picture import picture

# Compiled flows of this process by the digest of their definition: whatever database or version
# they come from, the same definition gives the same flow, so nothing here can grow stale.
_COMPILED = LRU(64)


class ChatbotFlowVersion(models.Model):
    """A published flow, frozen. Conversations that began with it end with it."""

    _name = "chatbot.flow.version"
    _description = "Chatbot Flow Version"
    _order = "flow_id, number desc"
    _rec_name = "number"

    flow_id = fields.Many2one(
        "chatbot.flow", required=True, index=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    definition = fields.Json(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the definition.")
    published_by = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    published_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("published", "In use"), ("replaced", "Replaced")], compute="_compute_state"
    )
    picture = fields.Html(compute="_compute_picture", sanitize=False)

    _number_unique = models.Constraint(
        "UNIQUE(flow_id, number)", "A flow has only one version of each number."
    )

    @api.depends("flow_id.published_version_id")
    def _compute_state(self):
        for version in self:
            current = version.flow_id.published_version_id == version
            version.state = "published" if current else "replaced"

    @api.depends("definition")
    def _compute_picture(self):
        kinds = self.env["chatbot.flow.step"]._kind_names()
        for version in self:
            version.picture = Markup(picture(version.definition["steps"], kinds))

    @api.depends("flow_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(flow)s, version %(number)s", flow=version.flow_id.name, number=version.number
            )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refused for everybody."""
        raise UserError(self.env._("A published version never changes. Publish a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Published versions are kept: they cannot be deleted."))

    def _compiled(self, digest=None):
        """The compiled flow (:class:`chatbot_flow.engine.Flow`), from this process' cache.

        :param digest: the definition's digest where the caller knows it; then nothing is read
        """
        flow = _COMPILED.get(digest or self.digest)
        if flow is None:
            flow = engine.compile(self.definition)
            _COMPILED[flow.digest] = flow
        return flow
