# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

# Fields of a message in which an agent may be named.
WORDS = frozenset({"body", "preview", "subject"})
SENDER = frozenset({"email_from", "reply_to"})


class MailMessage(models.Model):
    """Messages as the city's people read them: agents by number.

    So are they in what citizens were told. A thread of Discuss is open to them once they serve it,
    and messages may be read as data. What is stored stays as it was said.
    """

    _inherit = "mail.message"

    def _read_format(self, fnames, load="_classic_read"):
        """Put numbers in the place of names of agents."""
        rows = super()._read_format(fnames, load)
        words, sender = WORDS.intersection(fnames), SENDER.intersection(fnames)
        if (words or sender) and self._is_read_by_number():
            names, senders = self._names_of_agents(), self._numbers_of_senders()
            for row in rows:
                for field in words:
                    for name, number in names.get(row["id"], {}).items():
                        row[field] = row[field] and row[field].replace(name, number)
                if row["id"] in senders:
                    row.update(dict.fromkeys(sender, senders[row["id"]]))
        return rows

    def _to_store(self, store, fields, **kwargs):
        """Tell screens the number in the place of the sender's name and address."""
        result = super()._to_store(store, fields, **kwargs)
        if self._is_read_by_number():
            for id_, number in self._numbers_of_senders().items():
                store.add_model_values(self._name, {"id": id_, "email_from": number})
        return result

    def _is_read_by_number(self):
        """Return whether the user sees agents by number."""
        return bool(self and self.env.uid and self.env.user._contact_center_sees_numbers())

    def _numbers_of_senders(self):
        """Return {id of a message: the number of its author}, where it is an agent."""
        # sudo: mail.message - who wrote what the user may read
        authors = {message.id: message.sudo().author_id for message in self}
        partners = self.env["res.partner"].union(*authors.values()).with_env(self.env)
        numbers = partners._contact_center_numbers()
        return {id_: numbers[one] for id_, one in authors.items() if one in numbers}

    def _names_of_agents(self):
        """Return {id of a message of a conversation: {name: number} of who ever served there}."""
        # sudo: discuss.channel - to which conversation a message belongs that the user may read
        channels = self.env["discuss.channel"].sudo()
        found, known = {}, {}
        for message in self.sudo().filtered(lambda one: one.model == "discuss.channel"):
            conversation = channels.browse(message.res_id).contact_center_conversation_id
            if conversation not in known:
                known[conversation] = conversation.with_env(self.env)._numbers_by_name()
            found[message.id] = known[conversation]
        return found
