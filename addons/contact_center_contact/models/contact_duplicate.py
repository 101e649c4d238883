# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..core import search

PHONE, EMAIL, DOCUMENT, NAME = "phone", "email", "document", "name"
# The strongest reason first: data that two people are least likely to share.
_SCORES = {DOCUMENT: 8, PHONE: 4, EMAIL: 2, NAME: 1}
# A key shared by more contacts than this (a department's telephone) does not identify a person.
MOST_OF_ONE_KEY = 10
# More suggestions than anybody will review; importing a bad list could create millions
MOST_PAIRS = 20_000

_PAIRS = """
WITH keyed AS (
    SELECT id, %(phone)s AS kind, contact_center_phone_key AS value FROM res_partner
    WHERE active AND partner_share AND contact_center_phone_key IS NOT NULL
    UNION ALL
    SELECT id, %(email)s, lower(email_normalized) FROM res_partner
    WHERE active AND partner_share AND email_normalized <> ''
    UNION ALL
    SELECT id, %(document)s, regexp_replace(vat, '[^0-9]', '', 'g') FROM res_partner
    -- The people of a company have its document from Odoo: only who it belongs to counts.
    WHERE active AND partner_share AND vat IS NOT NULL AND commercial_partner_id = id
),
counted AS (SELECT *, count(*) OVER (PARTITION BY kind, value) AS owners FROM keyed)
SELECT a.id, b.id, array_agg(DISTINCT a.kind)
FROM counted a JOIN counted b ON a.kind = b.kind AND a.value = b.value AND a.id < b.id
WHERE a.value <> '' AND a.owners <= %(most)s
GROUP BY a.id, b.id
ORDER BY a.id, b.id LIMIT %(pairs)s
"""


class ContactDuplicate(models.Model):
    """Two contacts that may be one person: people decide, nothing is merged by itself."""

    _name = "contact_center.contact.duplicate"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Possible Duplicate"
    _access_content = frozenset(
        {"partner_id", "other_id", "phone", "other_phone", "email", "other_email"}
    )
    _access_subject = "partner_id"
    _order = "score desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, readonly=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner",
        string="Possibly the same",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    phone = fields.Char(related="partner_id.phone")
    other_phone = fields.Char(related="other_id.phone", string="Telephone of the other")
    email = fields.Char(related="partner_id.email")
    other_email = fields.Char(related="other_id.email", string="E-mail of the other")
    kinds = fields.Json(readonly=True)
    reasons = fields.Char(compute="_compute_reasons")
    score = fields.Integer(readonly=True)
    state = fields.Selection(
        [("suggested", "To be looked at"), ("different", "Not the same person")],
        required=True,
        readonly=True,
        default="suggested",
    )

    _pair_unique = models.Constraint(
        "UNIQUE(partner_id, other_id)", "These two contacts are listed already."
    )

    @api.depends("kinds")
    @api.depends_context("lang")
    def _compute_reasons(self):
        words = {
            DOCUMENT: self.env._("same CPF or CNPJ"),
            PHONE: self.env._("same telephone, with or without the ninth digit"),
            EMAIL: self.env._("same e-mail"),
            NAME: self.env._("similar name"),
        }
        for pair in self:
            pair.reasons = ", ".join(words[kind] for kind in words if kind in (pair.kinds or []))

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------

    @api.model
    def _refresh(self):
        """Update the suggestions; people's decisions are kept."""
        self.env.flush_all()
        self.env.cr.execute(
            _PAIRS,
            {
                "phone": PHONE,
                "email": EMAIL,
                "document": DOCUMENT,
                "most": MOST_OF_ONE_KEY,
                "pairs": MOST_PAIRS,
            },
        )
        found = {(first, second): set(kinds) for first, second, kinds in self.env.cr.fetchall()}
        # sudo: contact_center.contact.duplicate - only the system makes suggestions
        pairs = self.sudo()
        known = {(pair.partner_id.id, pair.other_id.id): pair for pair in pairs.search([])}
        decided = {frozenset(key) for key, pair in known.items() if pair.state == "different"}
        for key, pair in known.items():
            if pair.state == "suggested" and key not in found:
                pair.unlink()
        names = self._names({partner_id for key in found for partner_id in key})
        new = []
        for key, kinds in found.items():
            if _similar(names[key[0]], names[key[1]]):
                kinds.add(NAME)
            vals = {"kinds": sorted(kinds), "score": sum(_SCORES[kind] for kind in kinds)}
            if frozenset(key) in decided:
                continue
            if key in known:
                if known[key].kinds != vals["kinds"]:
                    known[key].write(vals)
            else:
                new.append({**vals, "partner_id": key[0], "other_id": key[1]})
        pairs.create(new)

    @api.model
    def _names(self, ids):
        """Return {id: words of the name, plain}."""
        # sudo: res.partner - read by the system to compare
        partners = self.env["res.partner"].sudo().browse(ids)
        return {partner.id: set(search.plain(partner.name).split()) for partner in partners}

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def action_refresh(self):
        """Search for duplicates now."""
        self._check_may_decide()
        self._refresh()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_different(self):
        """Record that these are two people: never suggest them again."""
        self._check_may_decide()
        # sudo: contact_center.contact.duplicate - the right was checked
        self.sudo().state = "different"
        return True

    def action_suggest_again(self):
        """Undo the decision that these are two people."""
        self._check_may_decide()
        # sudo: contact_center.contact.duplicate - the right was checked
        self.sudo().state = "suggested"
        return True

    def action_merge(self):
        """Open the dialog that asks which of the two to keep."""
        self.ensure_one()
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge contacts"),
            "res_model": "contact_center.contact.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_duplicate_id": self.id},
        }

    def _check_may_decide(self):
        """Raise AccessError unless the user is a supervisor (or administrator)."""
        if not self.env.user.has_group("contact_center.group_supervisor"):
            raise AccessError(self.env._("Only supervisors decide about duplicates."))


def _similar(first, second):
    """Return whether two names (sets of plain words) may belong to one person.

    One has all words of the other, or they share two.
    """
    shared = first & second
    return bool(shared) and (shared in (first, second) or len(shared) >= 2)
