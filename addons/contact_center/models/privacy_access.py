"""Where the access log is written: on the server, whatever program asks."""

from odoo import api, models

# Fields of a conversation that show what was said, or what the bot learned.
CONTENT = frozenset({"transcript", "collected", "collected_html"})
CONTACT = frozenset({"phone", "email", "vat", "street"})


def needs_log(method):
    """Mark a method that Odoo serves by a replica of the database, where nothing is written."""
    method._readonly = False
    return method


class Conversation(models.Model):
    """Opening the form, reading the transcript and exporting leave a line."""

    _inherit = "contact_center.conversation"

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load=load)
        if self and not self.env.su and not CONTENT.isdisjoint(fnames):
            self.env["contact_center.access.log"]._record("opened", self)
        return result

    @needs_log
    def read(self, fields=None, load="_classic_read"):
        """Read; see `_read_format`, which notes it."""
        return super().read(fields, load=load)

    @needs_log
    def web_read(self, specification):
        """Read for a form; see `_read_format`, which notes it."""
        return super().web_read(specification)

    def export_data(self, fields_to_export):
        """Export, and note it."""
        result = super().export_data(fields_to_export)
        self.env["contact_center.access.log"]._record("exported", self)
        return result


class ResPartner(models.Model):
    """Opening a citizen's contact and exporting contacts leave a line."""

    _inherit = "res.partner"

    def _contact_center_citizens(self):
        """Those of the partners who have conversations."""
        # sudo: contact_center.conversation - whether there are any, for the log
        groups = (
            self.env["contact_center.conversation"]
            .sudo()
            ._read_group([("partner_id", "in", self.ids)], ["partner_id"])
        )
        return self.browse(partner.id for (partner,) in groups)

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load=load)
        if len(self) == 1 and self.id and not self.env.su and not CONTACT.isdisjoint(fnames):
            citizens = self._contact_center_citizens()
            if citizens:
                self.env["contact_center.access.log"]._record("contact", citizens)
        return result

    @needs_log
    def web_read(self, specification):
        """Read for a form; see `_read_format`, which notes it."""
        return super().web_read(specification)

    def export_data(self, fields_to_export):
        """Export, and note it for those who are citizens."""
        result = super().export_data(fields_to_export)
        citizens = self._contact_center_citizens()
        if citizens:
            self.env["contact_center.access.log"]._record("exported", citizens)
        return result


class MailMessage(models.Model):
    """Fetching the messages of a conversation leaves a line."""

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
        """Read, and note the conversations whose texts were read."""
        result = super().read(fields, load=load)
        if not self.env.su and (not fields or "body" in fields):
            self._record_conversations_opened()
        return result

    @needs_log
    @api.model
    def search_read(self, domain=None, fields=None, *args, **options):
        """Search and read, and note the conversations whose texts were read."""
        rows = super().search_read(domain, fields, *args, **options)
        if not self.env.su and (not fields or "body" in fields):
            self.browse(row["id"] for row in rows)._record_conversations_opened()
        return rows

    def export_data(self, fields_to_export):
        """Export, and note the conversations concerned."""
        result = super().export_data(fields_to_export)
        self._record_conversations_opened("exported")
        return result

    def _record_conversations_opened(self, kind="opened"):
        """Note that the user did `kind` with the conversations of these messages."""
        # sudo: mail.message, discuss.channel - to which conversation they belong, for the log
        channel_ids = {
            message.res_id for message in self.sudo() if message.model == "discuss.channel"
        }
        channels = self.env["discuss.channel"].sudo().browse(channel_ids).exists()
        conversations = channels.contact_center_conversation_id
        if conversations:
            self.env["contact_center.access.log"]._record(kind, conversations)
