# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..outbreak import matcher

MOST_WINDOW = 120


class AlertSubject(models.Model):
    """A watched subject: by what it is known, and when it is too much.

    Known by steps of flows that the citizen reaches, by words in what they write or choose, or by
    the disposition of the contact, whichever comes first.
    """

    _name = "contact_center.alert.subject"
    _description = "Subject Watched for Outbreaks"
    _order = "sequence, name, id"

    name = fields.Char(
        required=True, help="As in a sentence about contacts: street lighting, lack of water."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True, help="Empty: all."
    )
    step_ids = fields.Many2many(
        "chatbot.flow.step", string="Steps of flows", help="A citizen who gets there asks about it."
    )
    disposition_ids = fields.Many2many(
        "contact_center.disposition", string="Dispositions", help="With those below them."
    )
    words = fields.Text(
        help="One word or phrase in each line; a star stands for any ending: ilumina*. Found in "
        "what citizens write, and in the titles that they choose."
    )
    window_minutes = fields.Integer(
        string="Contacts within (minutes)",
        default=20,
        required=True,
        help="How long the look back is.",
    )
    minimum = fields.Integer(
        string="At least (contacts)",
        default=8,
        required=True,
        help="Fewer contacts within this time never raise an alarm.",
    )

    _window_valid = models.Constraint(
        f"CHECK(window_minutes BETWEEN 5 AND {MOST_WINDOW})",
        "The look back is between 5 minutes and 2 hours.",
    )
    _minimum_valid = models.Constraint(
        "CHECK(minimum >= 3)", "Fewer than three contacts are no outbreak."
    )

    @api.constrains("step_ids", "disposition_ids", "words")
    def _check_known(self):
        for subject in self:
            if not (subject.step_ids or subject.disposition_ids or subject._pattern()):
                raise ValidationError(
                    self.env._(
                        "By what is “%s” known? Choose steps of flows or dispositions, or write "
                        "words.",
                        subject.name,
                    )
                )

    def _pattern(self):
        """Return the pattern of this subject's words, None without."""
        self.ensure_one()
        return matcher((self.words or "").splitlines())

    @api.model_create_multi
    def create(self, vals_list):
        """Make every process watch the new subjects."""
        subjects = super().create(vals_list)
        self.env.registry.clear_cache()
        return subjects

    def write(self, vals):
        """Make every process watch them as they are now."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Make every process forget them."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # ------------------------------------------------------------
    # Looked at with every message: from the process' cache
    # ------------------------------------------------------------

    @api.model
    @ormcache()
    def _by_words(self):
        """Return ((id, company id or False, pattern), ...) of subjects known by words."""
        # sudo: contact_center.alert.subject - a citizen's message decides
        subjects = self.sudo().search([("words", "!=", False)])
        found = ((one.id, one.company_id.id, one._pattern()) for one in subjects)
        return tuple(row for row in found if row[2])

    @api.model
    @ormcache()
    def _by_steps(self):
        """Return {flow id: {key of a step: ((subject id, company id or False), ...)}}."""
        found = {}
        # sudo: contact_center.alert.subject, chatbot.flow.step - a citizen's way decides
        for subject in self.sudo().search([("step_ids", "!=", False)]):
            for step in subject.step_ids.filtered("key"):
                keys = found.setdefault(step.flow_id.id, {})
                keys[step.key] = (*keys.get(step.key, ()), (subject.id, subject.company_id.id))
        return found

    @api.model
    @ormcache("disposition_id")
    def _by_disposition(self, disposition_id):
        """Return ((subject id, company id or False), ...) of a disposition or one above it."""
        # sudo: contact_center.alert.subject, contact_center.disposition - the system looks
        domain = [("disposition_ids", "parent_of", disposition_id)]
        subjects = self.sudo().search(domain)
        return tuple((subject.id, subject.company_id.id) for subject in subjects)

    @api.model
    @ormcache()
    def _watched(self):
        """Return {id: (window in minutes, least number of contacts)} of what is watched."""
        # sudo: contact_center.alert.subject - the scheduled action watches all
        return {one.id: (one.window_minutes, one.minimum) for one in self.sudo().search([])}


class FlowStep(models.Model):
    """Steps by which subjects are known."""

    _inherit = "chatbot.flow.step"

    def write(self, vals):
        """Make every process know a step by its new code."""
        result = super().write(vals)
        if "key" in vals:
            self.env.registry.clear_cache()
        return result


class Disposition(models.Model):
    """Dispositions by which subjects are known."""

    _inherit = "contact_center.disposition"

    def write(self, vals):
        """Make every process know a disposition by its new place."""
        result = super().write(vals)
        if "parent_id" in vals:
            self.env.registry.clear_cache()
        return result
