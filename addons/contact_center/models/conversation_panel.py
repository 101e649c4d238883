# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..core import lifecycle

# Page sizes of the panel; more is loaded on request.
FILES_LIMIT = 24
NOTES_LIMIT = 20

# Fields of a citizen that can be changed beside the conversation: res.partner field -> maximum
# length.
CITIZEN_FIELDS = {
    "name": 120,
    "email": 254,
    "phone": 40,
    "street": 200,
    "city": 100,
    "contact_center_department": 120,
}


class Conversation(models.Model):
    """The desk's side panel: the citizen, known data, files, notes and tags."""

    _inherit = "contact_center.conversation"

    tag_ids = fields.Many2many("contact_center.tag", string="Tags", readonly=True, copy=False)

    def get_panel(self):
        """Return the side panel's data; called when the panel is opened.

        :return: `_panel_data()`
        :raise AccessError: the user may not read the conversation
        """
        self.ensure_one()
        self.check_access("read")
        self._note_access("panel", self)
        return self._panel_data()

    def _panel_data(self):
        """Return the panel's sections by name, as JSON values (hook).

        Higher addons add theirs.

        Called for a user who may read the conversation, with that user's rights. Times are UTC,
        `YYYY-MM-DD HH:MM:SS`.
        """
        self.ensure_one()
        return {
            "may_annotate": self._may_annotate(),
            "transfer": self._panel_transfer(),
            "citizen": self._panel_citizen(),
            "collected": self.collected or [],
            "tags": self._panel_tags(),
            "previous": self._panel_previous(),
            "files": self._panel_files(),
            "notes": self._panel_notes(),
        }

    # ------------------------------------------------------------
    # Rights to change data
    # ------------------------------------------------------------

    def _may_annotate(self):
        """Return whether the user may change the citizen's data and the tags from the panel."""
        return self.env.user.has_group("contact_center.group_technician")

    def _check_may_annotate(self):
        """Raise AccessError unless the user works at the desk and sees this conversation."""
        self.ensure_one()
        self.check_access("read")
        if not self._may_annotate():
            raise AccessError(self.env._("Only those who serve citizens may change this."))

    # ------------------------------------------------------------
    # Citizen
    # ------------------------------------------------------------

    def _panel_citizen(self):
        """Return the citizen's data, with the number or name that the channel knows them by.

        :return: {"id", "number": as people dial it or "", "username", "locked": whether it cannot
        be changed from here, and the fields of `CITIZEN_FIELDS`}
        """
        # sudo: res.partner - anyone who reads the conversation may know who the citizen is
        partner = self.sudo().partner_id
        values = {name: partner[name] or "" for name in CITIZEN_FIELDS}
        return {
            **values,
            **self._citizen_address(),
            "id": partner.id,
            "locked": self._is_citizen_locked(),
        }

    def _is_citizen_locked(self):
        """Return whether the citizen is also a user here.

        Their e-mail address can reset a password, so only user managers may change it.
        """
        # sudo: res.partner, res.users - read only, for any user, archived users included
        return bool(self.sudo().partner_id.with_context(active_test=False).user_ids)

    def _is_citizen_nameless(self):
        """Return whether the citizen is shown by number or id, for want of a name (hook)."""
        # sudo: contact_center.conversation, res.partner - read only
        return not any(map(str.isalpha, self.sudo().partner_id.name or ""))

    def update_citizen(self, values):
        """Change the citizen's data from the panel.

        :param values: {field of `CITIZEN_FIELDS`: text}; an empty text clears it
        :return: `_panel_citizen()` as it is now
        """
        self._check_may_annotate()
        if self._is_citizen_locked():
            raise UserError(
                self.env._("This citizen is a user of the system: an administrator changes them.")
            )
        cleaned = self._cleaned_citizen(values)
        # sudo: res.partner - technicians need not manage contacts to note what a citizen told
        # them; the fields are those above, of a citizen whose conversation they see
        partner = self.sudo().partner_id
        changed = {name: value for name, value in cleaned.items() if (partner[name] or "") != value}
        if changed:
            partner.write({name: value or False for name, value in changed.items()})
            labels = partner.fields_get(list(changed), ["string"])
            names = ", ".join(sorted(label["string"] for label in labels.values()))
            self._log("citizen_edited", fields=names)
            self._bus_refresh()
        return self._panel_citizen()

    def _cleaned_citizen(self, values):
        """Return `values` checked and trimmed; raise UserError with an explanation."""
        if not isinstance(values, dict) or values.keys() - CITIZEN_FIELDS.keys():
            raise UserError(self.env._("This cannot be changed here."))
        cleaned = {name: " ".join(str(value or "").split()) for name, value in values.items()}
        if not cleaned.get("name", "-"):
            raise UserError(self.env._("The citizen's name cannot be empty."))
        for name, value in cleaned.items():
            if len(value) > CITIZEN_FIELDS[name]:
                raise UserError(self.env._("This text is too long: %s…", value[:40]))
        if cleaned.get("email") and not email_normalize(cleaned["email"]):
            raise UserError(self.env._("This is not an e-mail address: %s", cleaned["email"]))
        return cleaned

    # ------------------------------------------------------------
    # Tags
    # ------------------------------------------------------------

    def _panel_tags(self):
        """Return the conversation's tags and those that could be added."""
        # sudo: contact_center.tag - names and colours only
        known = self.env["contact_center.tag"].sudo().search([], limit=200)
        tags = self.sudo().tag_ids | known
        return {
            "selected": self.sudo().tag_ids.ids,
            "all": [{"id": tag.id, "name": tag.name, "color": tag.color} for tag in tags],
            "may_create": self.env["contact_center.tag"].has_access("create"),
        }

    def set_tag(self, tag_id, selected):
        """Add a tag to the conversation, or remove it; returns `_panel_tags()`."""
        self._check_may_annotate()
        tag = self.env["contact_center.tag"].browse(tag_id).exists()
        if not tag:
            raise UserError(self.env._("This tag no longer exists."))
        # sudo: contact_center.conversation - nobody may write it; the right was checked
        self.sudo().tag_ids = [(4 if selected else 3, tag.id)]
        return self._panel_tags()

    def add_new_tag(self, name):
        """Create a tag, or reuse the one of this name, and add it.

        Return `_panel_tags()`.
        """
        self._check_may_annotate()
        name = " ".join(str(name or "").split())[:50]
        if not name:
            raise UserError(self.env._("A tag needs a name."))
        tags = self.env["contact_center.tag"]
        tag = tags.search([("name", "=ilike", name)], limit=1) or tags.create({"name": name})
        return self.set_tag(tag.id, True)

    # ------------------------------------------------------------
    # Files and notes
    # ------------------------------------------------------------

    def _panel_files(self):
        """Return the newest files, which readers may open by Odoo's own URLs."""
        # sudo: ir.attachment - files of a channel whose conversation the user reads
        attachments = self.env["ir.attachment"].sudo()
        domain = [
            ("res_model", "=", "discuss.channel"),
            ("res_id", "=", self.discuss_channel_id.id),
        ]
        found = attachments.search(domain, order="id desc", limit=FILES_LIMIT)
        return {
            "total": attachments.search_count(domain) if len(found) == FILES_LIMIT else len(found),
            "rows": [self._file_values(attachment) for attachment in found],
        }

    def _file_values(self, attachment):
        """Return what a screen needs to know about a file."""
        mimetype = attachment.mimetype or ""
        return {
            "id": attachment.id,
            "name": attachment.name or "",
            "mimetype": mimetype,
            "image": mimetype.startswith("image/"),
        }

    def _panel_notes(self):
        """Return the newest internal notes, oldest first; no citizen ever sees them."""
        note_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        # sudo: mail.message - notes of a channel whose conversation the user reads
        notes = (
            self.env["mail.message"]
            .sudo()
            .search(
                self._messages_domain() & Domain("subtype_id", "=", note_id),
                order="id desc",
                limit=NOTES_LIMIT,
            )
        )
        return [
            {
                "id": note.id,
                "at": fields.Datetime.to_string(note.date),
                "author": note.author_id.name or "",
                "body": note.body or "",
            }
            for note in notes.sorted("id")
        ]

    def _messages_domain(self):
        """Return the domain of mail.message for what people said in the conversation."""
        return Domain(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", self.discuss_channel_id.id),
                ("message_type", "!=", "notification"),
            ]
        )

    # ------------------------------------------------------------
    # Earlier conversations (see conversation_previous.py)
    # ------------------------------------------------------------

    def _panel_previous(self):
        """Return the first page of the citizen's earlier conversations."""
        return self.get_previous()

    def _is_being_served(self):
        """Return whether somebody is talking to the citizen, or about to."""
        return self.state in lifecycle.STATES_WITH_PEOPLE
