# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# Fields of a user that decide whom they may serve.
_DECISIVE = frozenset({"active", "group_ids", "role", "contact_center_queue_ids"})


class ResUsers(models.Model):
    """Users who leave, or lose the role: their conversations go back, with a count."""

    _inherit = "res.users"

    def write(self, vals):
        """Return the conversations that these users may no longer serve.

        Removing somebody from a queue on the user's form is refused where the queue's form would
        refuse it; a user can always leave.
        """
        if not _DECISIVE & vals.keys():
            return super().write(vals)
        queues = self._contact_center_queues()._with_people()
        result = super().write(vals)
        self._contact_center_let_go(queues, refuse="contact_center_queue_ids" in vals)
        return result

    def unlink(self):
        """Update the queues of deleted users (who never served anybody, see below)."""
        queues = self._contact_center_queues()._with_people()
        result = super().unlink()
        self.browse()._contact_center_let_go(queues)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_center_record(self):
        """Keep users who appear in the service records."""
        # sudo: contact_center.conversation, contact_center.event - counts only, for any user
        conversations = self.env["contact_center.conversation"].sudo()
        events = self.env["contact_center.event"].sudo()
        for user in self:
            done = Domain("agent_id", "=", user.id) | Domain("user_id", "=", user.id)
            served = conversations.search_count([("agent_id", "=", user.id)])
            if served or events.search_count(done, limit=1):
                raise UserError(
                    self.env._(
                        "%(user)s cannot be deleted: the record of the service names them "
                        "(%(count)s conversations). Archive the user instead: open conversations "
                        "go back to the queue then.",
                        user=user.name,
                        count=served,
                    )
                )

    def _contact_center_queues(self):
        """Return the queues of which these users are members (sudo)."""
        # sudo: contact_center.queue - the person changing a user may not see queues
        return self.env["contact_center.queue"].sudo().search([("member_ids", "in", self.ids)])

    def _contact_center_let_go(self, queues, refuse=False):
        """After a change to these users, return conversations and empty queues without agents.

        :param queues: contact_center.queue that had agents before
        :param refuse: raise UserError where a queue that is needed would be left alone
        """
        queues = queues.exists()
        # The change came from the users' side, or a user was deleted: refresh the queues' cache.
        queues.invalidate_recordset(["member_ids"])
        if refuse:
            queues._check_not_left_alone()
        conversations = self.env["contact_center.conversation"]
        released = {user: conversations._release_stranded(user) for user in self}
        moved = queues._move_on_waiting()
        for user in self:
            self.env["contact_center.agent.state"]._end_for(user)
        words = [
            user._contact_center_note_released(went) for user, went in released.items() if went
        ]
        words += self._contact_center_words(moved, queues - queues._with_people())
        if words:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "title": self.env._("Conversations given back"),
                    "message": " ".join(words),
                    "type": "warning",
                    "sticky": True,
                },
            )

    def _contact_center_note_released(self, released):
        """Note on this user's contact how many conversations went back; return the words."""
        self.ensure_one()
        words = self.env._(
            "%(user)s: %(count)s conversations in service went back to the head of the queue "
            "(%(protocols)s).",
            user=self.name,
            count=len(released),
            protocols=", ".join(released.mapped("protocol")),
        )
        # sudo: res.partner - a note on the user's contact, for any change
        self.partner_id.sudo().message_post(body=words, subtype_xmlid="mail.mt_note")
        return words

    def _contact_center_words(self, moved, alone):
        """Return texts about moved conversations and queues without agents (a list)."""
        words = []
        if moved:
            words.append(
                self.env._(
                    "%(count)s waiting conversations went to the queue %(queue)s, because nobody "
                    "is left in theirs.",
                    count=len(moved),
                    queue=", ".join(moved.queue_id.mapped("name")),
                )
            )
        if alone:
            names = ", ".join(alone.mapped("name"))
            words.append(self.env._("Nobody is left in the queue: %s.", names))
        return words


class ResGroups(models.Model):
    """Roles: a user who loses one by a change of the group loses conversations too."""

    _inherit = "res.groups"

    def write(self, vals):
        """Return the conversations of users who may no longer serve."""
        result = super().write(vals)
        if {"user_ids", "all_user_ids", "implied_ids"} & vals.keys():
            # sudo: contact_center.conversation - the person changing a group may not see them
            conversations = self.env["contact_center.conversation"].sudo()
            serving = conversations.search([("state", "=", "in_service")]).agent_id
            gone = serving.filtered(
                lambda user: not user.has_group("contact_center.group_technician")
            )
            queues = gone._contact_center_queues()
            if gone:
                gone._contact_center_let_go(queues)
        return result
