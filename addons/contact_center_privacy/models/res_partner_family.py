# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import RedirectWarning, UserError

# Odoo's errors for a protected contact: it is reported, and the others continue.
REFUSALS = (UserError, RedirectWarning)


class ResPartner(models.Model):
    """Which child contacts are erased with a citizen, each checked separately.

    Most are further addresses of the same person. Others are separate people: a company's employee,
    a citizen with conversations, a user of this platform.
    """

    _inherit = "res.partner"

    def _privacy_child_blockers(self):
        """Return in words why this contact is not erased together with its parent."""
        self.ensure_one()
        reasons = self._privacy_blockers()
        if not reasons and self._all_conversations():
            reasons.append(
                self.env._("They have conversations of their own and are judged by themselves.")
            )
        return reasons

    def _privacy_family(self):
        """Separate child contacts to erase from those left out.

        Children of a contact that is left out belong to it and stay too.

        :return: (these contacts and the children to erase, {child left out: list of reasons})
        """
        erased, left, level = self, {}, self
        while level:
            # sudo: res.partner - the officer's work is independent of their own access
            below = (
                self.sudo()
                .with_context(active_test=False)
                .search(
                    [
                        ("parent_id", "in", level.ids),
                        ("id", "not in", erased.ids),
                        ("privacy_erased_at", "=", False),
                    ]
                )
            )
            level = self.browse()
            for child in below.with_env(self.env):
                reasons = child._privacy_child_blockers()
                if reasons:
                    left[child] = reasons
                else:
                    level |= child
            erased |= level
        return erased, left

    def _privacy_detach(self):
        """Detach these contacts from their parent.

        Odoo copies addresses and tax numbers between parent and children, both ways: erasing one
        would also affect the other.
        """
        # sudo: res.partner - as in `_privacy_erase`
        self.sudo().with_context(tracking_disable=True).write({"parent_id": False})

    def _privacy_erase(self, basis):
        """Anonymise these citizens for good, and what stands below them unless it is blocked.

        The callers check the rights and that nothing stands against the citizens themselves
        (`_privacy_blockers`).

        :param basis: why: a contact_center.privacy.request that is being carried out, or a
            contact_center.privacy.retention
        :return: {contact below them: list of reasons why it was left out}
        """
        self.env["contact_center.conversation"]._check_erased_by(basis)
        persons, left = self._privacy_family()
        below = persons - self
        for contact in (self, below, self.browse(child.id for child in left)):
            contact._privacy_detach()
        for child in below:
            try:
                with self.env.cr.savepoint():
                    child._privacy_erase_data(basis)
            except REFUSALS as refusal:
                left[child] = [refusal_words(refusal)]
        self._privacy_erase_data(basis)
        return left

    def _privacy_left_out_words(self, left):
        """Return one line for each contact of `left`, without a name in it.

        `left` is as `_privacy_erase` returns it.
        """
        return [
            self.env._(
                "Contact no. %(number)s: %(reasons)s", number=child.id, reasons=" ".join(reasons)
            )
            for child, reasons in left.items()
        ]


def refusal_words(refusal):
    """Return Odoo's refusal on one line."""
    return " ".join(str(refusal.args[0] if refusal.args else refusal).split())
