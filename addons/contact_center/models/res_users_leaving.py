from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What of a user decides whom they may serve.
_DECISIVE = frozenset({"active", "group_ids", "role", "contact_center_queue_ids"})


class ResUsers(models.Model):
    """Users who leave, or lose the role: what they served goes back, and it is said how much."""

    _inherit = "res.users"

    def write(self, vals):
        """Put back the conversations that these users may not serve any more.

        Taking somebody out of a queue on the user's form is refused where the queue's own form
        would refuse it; a user who leaves is never held back.
        """
        if not _DECISIVE & vals.keys():
            return super().write(vals)
        queues = self._contact_center_queues()._with_people()
        result = super().write(vals)
        self._contact_center_let_go(queues, refuse="contact_center_queue_ids" in vals)
        return result

    def unlink(self):
        """Look after the queues of deleted users (who never served anybody, see below)."""
        queues = self._contact_center_queues()._with_people()
        result = super().unlink()
        self.browse()._contact_center_let_go(queues)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contact_center_record(self):
        """Keep users who are named in the record of the service."""
        # sudo: contact_center.conversation, contact_center.event - counted, whoever deletes
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
        """The queues of which these users are members (sudo)."""
        # sudo: contact_center.queue - whoever changes a user need not see queues
        return self.env["contact_center.queue"].sudo().search([("member_ids", "in", self.ids)])

    def _contact_center_let_go(self, queues, refuse=False):
        """After a change of these users: conversations go back, queues without people are empty.

        :param queues: contact_center.queue that somebody served before
        :param refuse: raise UserError where a queue that is needed would be left alone
        """
        queues = queues.exists()
        # Written from the users' side, or a user deleted: the queues' cache does not know.
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
        # sudo: res.partner - a note on the user's contact, whoever changed the user
        self.partner_id.sudo().message_post(body=words, subtype_xmlid="mail.mt_note")
        return words

    def _contact_center_words(self, moved, alone):
        """Words on waiting conversations that were moved, and on queues without people (a list)."""
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
    """Roles: who loses one by a change of the group loses the conversations as well."""

    _inherit = "res.groups"

    def write(self, vals):
        """Put back the conversations of those who may not serve any more."""
        result = super().write(vals)
        if {"user_ids", "all_user_ids", "implied_ids"} & vals.keys():
            # sudo: contact_center.conversation - whoever changes a group need not see them
            conversations = self.env["contact_center.conversation"].sudo()
            serving = conversations.search([("state", "=", "in_service")]).agent_id
            gone = serving.filtered(
                lambda user: not user.has_group("contact_center.group_technician")
            )
            queues = gone._contact_center_queues()
            if gone:
                gone._contact_center_let_go(queues)
        return result
