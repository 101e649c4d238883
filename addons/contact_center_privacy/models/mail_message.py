# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .access_logged import needs_log

# Fields that show a message's author or content.
MESSAGE_CONTENT = frozenset({"body", "preview", "author_id", "email_from", "subject"})


class MailMessage(models.Model):
    """Logs fetching the messages of a conversation."""

    _inherit = "mail.message"

    @api.model
    def _message_fetch(self, domain, *, thread=None, search_term=None, **options):
        result = super()._message_fetch(domain, thread=thread, search_term=search_term, **options)
        if thread and thread._name == "discuss.channel":
            conversation = thread._contact_center_conversation()
            if conversation:
                self.env["contact_center.access.log"]._record(
                    "searched" if search_term else "opened",
                    conversation,
                    **({"term": search_term} if search_term else {}),
                )
        return result

    @needs_log
    def read(self, fields=None, load="_classic_read"):
        """Read, and log the conversations whose texts were read."""
        result = super().read(fields, load=load)
        if not self.env.su and (not fields or "body" in fields):
            self._record_conversations_opened()
        return result

    @needs_log
    @api.model
    def search_read(self, domain=None, fields=None, *args, **options):
        """Search and read, and log the conversations whose texts were read."""
        rows = super().search_read(domain, fields, *args, **options)
        if not self.env.su and (not fields or "body" in fields):
            self.browse(row["id"] for row in rows)._record_conversations_opened()
        return rows

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        groups = super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        self._record_groups([*groupby, *aggregates], groups)
        return groups

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), *args, **kwargs):
        groups = super()._read_grouping_sets(domain, grouping_sets, aggregates, *args, **kwargs)
        specs = [spec for grouping in grouping_sets for spec in grouping]
        self._record_groups([*specs, *aggregates], [row for one in groups for row in one])
        return groups

    def _record_groups(self, specs, groups):
        """Log groups by author or content."""
        first = {spec.partition(":")[0].partition(".")[0] for spec in specs}
        if shown := sorted(first & MESSAGE_CONTENT) if groups and not self.env.su else ():
            labels = [self._fields[name]._description_string(self.env) for name in shown]
            self.env["contact_center.access.log"]._record_once(
                "grouped", len(groups), what=self.env._("Message"), by=", ".join(labels)
            )

    def export_data(self, fields_to_export):
        """Export, and log the conversations concerned."""
        result = super().export_data(fields_to_export)
        self._record_conversations_opened("exported")
        return result

    def _record_conversations_opened(self, kind="opened"):
        """Log that the user did `kind` with the conversations of these messages."""
        # sudo: mail.message, discuss.channel - to which conversation they belong, for the log
        channel_ids = {
            message.res_id for message in self.sudo() if message.model == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids).exists()
        conversations = channels.contact_center_conversation_id
        if kind == "exported":
            self.env["contact_center.access.log"]._record_list(kind, conversations)
        elif conversations:
            self.env["contact_center.access.log"]._record(kind, conversations)
