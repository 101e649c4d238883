"""Where the access log is written: on the server, whatever program asks."""

from odoo import api, models

from .access_logged import needs_log

# Fields of a conversation that show what was said, or what the bot learned.
CONTENT = frozenset({"transcript", "collected", "collected_html"})
# Fields of a message that show who wrote, or what.
MESSAGE_CONTENT = frozenset({"body", "preview", "author_id", "email_from", "subject"})
# Fields by which a list of conversations names people.
LISTED = frozenset({"partner_id"})
CONTACT = frozenset({"phone", "email", "vat", "street"})


class Conversation(models.Model):
    """Opening the form, reading the transcript, listing and exporting leave a line."""

    _name = "contact_center.conversation"
    _inherit = ["contact_center.conversation", "contact_center.access.logged"]
    _access_content = CONTENT | LISTED

    def _access_subjects(self):
        return self

    def _access_note(self, fnames):
        """Note the conversation itself when it is opened, the list when names are listed."""
        if not self or self.env.su:
            return
        log = self.env["contact_center.access.log"]
        if not CONTENT.isdisjoint(fnames):
            log._record("opened", self)
        elif not LISTED.isdisjoint(fnames):
            log._record_list("listed", self)


class ResPartner(models.Model):
    """Opening a citizen's contact, finding, listing and exporting contacts leave a line."""

    _name = "res.partner"
    _inherit = ["res.partner", "contact_center.access.logged"]
    _access_content = CONTACT | {"name", "display_name"}

    def _contact_center_citizens(self):
        """Those of the partners who have conversations."""
        # sudo: contact_center.conversation - whether there are any, for the log
        groups = (
            self.env["contact_center.conversation"]
            .sudo()
            ._read_group([("partner_id", "in", self.ids)], ["partner_id"])
        )
        return self.browse(partner.id for (partner,) in groups)

    def _access_subjects(self):
        return self._contact_center_citizens()

    def _access_note(self, fnames):
        """Note the contact that is opened, and the list that shows how to reach people."""
        if not self.ids or self.env.su or CONTACT.isdisjoint(fnames):
            return
        citizens = self._contact_center_citizens()
        log = self.env["contact_center.access.log"]
        if citizens and len(self) == 1:
            log._record("contact", citizens)
        elif citizens:
            log._record_list("listed", citizens, citizens)

    def _access_note_export(self):
        """Note those who are citizens."""
        citizens = self._contact_center_citizens()
        self.env["contact_center.access.log"]._record_list("exported", citizens, citizens)


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
        """Note groups by who wrote or by what was written."""
        first = {spec.partition(":")[0].partition(".")[0] for spec in specs}
        if shown := sorted(first & MESSAGE_CONTENT) if groups and not self.env.su else ():
            self.env["contact_center.access.log"]._record_once(
                "grouped", len(groups), what=self.env._("Message"), by=", ".join(shown)
            )

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
        if kind == "exported":
            self.env["contact_center.access.log"]._record_list(kind, conversations)
        elif conversations:
            self.env["contact_center.access.log"]._record(kind, conversations)
