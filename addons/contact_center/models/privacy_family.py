from odoo import models
from odoo.exceptions import AccessError, RedirectWarning, UserError

from .privacy_access_log import PRIVACY_WORK

# What Odoo answers when a contact may not be changed: it is told, and the others go on.
REFUSALS = (UserError, RedirectWarning)


class ResPartner(models.Model):
    """Which contacts below a citizen's own are erased with them, each checked by itself.

    Most are further addresses of the same person. Others are people of their own: an employee
    of a firm, a citizen who talks to the city, a user of this platform.
    """

    _inherit = "res.partner"

    def _privacy_child_blockers(self):
        """Why this contact is not erased together with the one above it, in words."""
        self.ensure_one()
        reasons = self._privacy_blockers()
        if not reasons and self._privacy_conversations():
            reasons.append(
                self.env._("They have conversations of their own and are judged by themselves.")
            )
        return reasons

    def _privacy_family(self):
        """Tell who is erased with these contacts from who is left out.

        What stands below a contact that is left out belongs to that one and stays too.

        :return: (records of these contacts and of those below them that are erased,
            {contact below them: list of reasons why it is left out})
        """
        erased, left, level = self, {}, self
        while level:
            # sudo: res.partner - the officer's work does not depend on what they may read
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
        """Cut these contacts off from the one above them.

        Odoo copies addresses and tax numbers between a contact and those below it, both ways:
        what is erased in one would be gone in the other.
        """
        # sudo: res.partner - as in `_privacy_erase`
        self.sudo().with_context(tracking_disable=True).write({"parent_id": False})

    def _privacy_erase(self):
        """Anonymise these citizens for good, and what stands below them unless it is blocked.

        Only with the mark `PRIVACY_WORK` in the context; the callers check the rights and that
        nothing stands against the citizens themselves (`_privacy_blockers`).

        :return: {contact below them: list of reasons why it was left out}
        """
        if self.env.context.get("contact_center_privacy") is not PRIVACY_WORK:
            raise AccessError(self.env._("Only a decided request or the retention erases data."))
        persons, left = self._privacy_family()
        below = persons - self
        for contact in (self, below, self.browse(child.id for child in left)):
            contact._privacy_detach()
        for child in below:
            try:
                with self.env.cr.savepoint():
                    child._privacy_erase_data()
            except REFUSALS as refusal:
                left[child] = [refusal_words(refusal)]
        self._privacy_erase_data()
        return left

    def _privacy_left_out_words(self, left):
        """One line for each contact of `left`, as `_privacy_erase` returns it: no name in it."""
        return [
            self.env._(
                "Contact no. %(number)s: %(reasons)s", number=child.id, reasons=" ".join(reasons)
            )
            for child, reasons in left.items()
        ]


def refusal_words(refusal):
    """Say what Odoo refused, on one line."""
    return " ".join(str(refusal.args[0] if refusal.args else refusal).split())
