# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import ormcache

from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Option, Outgoing
from odoo.addons.contact_center.tools import lock_at_once

from ..outbreak.naming import folded
from .automatic_message import ENOUGH, NOTICE, TOLD, UNASKED

ENOUGH_ID, GO_ON_ID = "alert:enough", "alert:go_on"


class Conversation(models.Model):
    """Says notices to citizens, and hears whether that was enough."""

    _inherit = "contact_center.conversation"

    def _automatic_occasion(self, kind, **extra):
        """Let each notice be said once in a conversation."""
        if kind in TOLD:
            return extra.get("aviso_id")
        return super()._automatic_occasion(kind, **extra)

    def _unsolicited_kinds(self):
        """Send nothing that nobody asked for to citizens who opted out."""
        return super()._unsolicited_kinds() | UNASKED

    def _repeatable_kinds(self):
        return super()._repeatable_kinds() | {ENOUGH}

    # ------------------------------------------------------------
    # Saying
    # ------------------------------------------------------------

    def _say_alert_notices(self):
        """Say the notices that concern this conversation and were not said in it yet."""
        current = self.env["contact_center.alert.notice"]._current()
        if not current:
            return
        # sudo: contact_center.conversation - said by the system
        conversation = self.sudo()
        for notice in conversation._alert_notices_due(current):
            conversation._say_alert_notice(notice)

    def _alert_notices_due(self, current):
        """Return those of the current notices that concern this conversation (sudo) and are new."""
        if self.direction == "active":
            return self.env["contact_center.alert.notice"]
        contacts = self.env["contact_center.alert.contact"]._of(self)
        subjects = set(contacts.subject_id.ids)
        districts = {one.district for one in contacts if one.district} or {self._alert_district()}
        company = self.company_id.id
        wanted = [
            key
            for key, _start, _end, subject, where, owner in current
            if (not subject or subject in subjects)
            and (not where or where & districts)
            and (not owner or not company or owner == company)
        ]
        if not wanted:
            return self.env["contact_center.alert.notice"]
        heard = self.env["contact_center.alert.hearing"].search(
            [("conversation_id", "=", self.id), ("notice_id", "in", wanted)]
        )
        notices = self.env["contact_center.alert.notice"].browse(wanted)
        return notices - heard.notice_id

    def _say_alert_notice(self, notice):
        """Say a notice in this conversation (sudo); with buttons where it asks."""
        text = self._automatic_text(NOTICE, aviso=notice.text.strip(), aviso_id=notice.id)
        if not text:
            return
        options = ()
        if notice.ask and self.state in (lifecycle.BOT, lifecycle.QUEUED):
            enough, go_on = self._alert_titles()
            options = (Option(ENOUGH_ID, enough), Option(GO_ON_ID, go_on))
        self._say(Outgoing(text=text, options=options))
        self.env["contact_center.alert.hearing"].create(
            {"notice_id": notice.id, "conversation_id": self.id}
        )

    def _alert_titles(self):
        """Return the titles of the two buttons, in the citizen's language."""
        return self._titles_in(self._citizen_env())

    def _hear_while_waiting(self):
        """Say what is due to a citizen who waits (sudo), unless somebody is busy with them."""
        if lock_at_once(self) and self.state == lifecycle.QUEUED:
            self._say_alert_notices()

    # ------------------------------------------------------------
    # Hearing
    # ------------------------------------------------------------

    def _may_be_served(self, incoming, message):
        """Hear the answer to a notice before the assistant does."""
        if not super()._may_be_served(incoming, message):
            return False
        # sudo: contact_center.conversation - the citizen decides
        return not self.sudo()._hear_alert_answer(incoming)

    def _on_received(self, incoming, message):
        """Say what is due to citizens whom no assistant serves, and hear waiting ones."""
        result = super()._on_received(incoming, message)
        if self.state == lifecycle.QUEUED:
            # sudo: contact_center.conversation - the citizen decides
            conversation = self.sudo()
            if not conversation._hear_alert_answer(incoming):
                conversation._say_alert_notices()
        return result

    def _hear_alert_answer(self, incoming):
        """Follow the answer to a notice; return whether it was one.

        "Enough" ends the contact as served without people, "go on" asks the last question again.
        """
        answer = self._alert_answer(incoming)
        if not answer:
            return False
        hearing = self.env["contact_center.alert.hearing"].search(
            [("conversation_id", "=", self.id), ("answer", "=", False)], limit=1
        )
        if not hearing:
            return False
        hearing.answer = answer
        if answer == "enough":
            self._end_after_notice()
        elif self.state == lifecycle.BOT:
            self._ask_again_after_notice()
        return True

    def _alert_answer(self, incoming):
        """Return "enough" or "go_on", None for anything else that the citizen writes."""
        by_id = {ENOUGH_ID: "enough", GO_ON_ID: "go_on"}
        if incoming.option_id:
            return by_id.get(incoming.option_id)
        if incoming.kind != "text" or not incoming.text or len(incoming.text) > 60:
            return None
        return self._alert_words().get(folded(incoming.text))

    @api.model
    @ormcache()
    def _alert_words(self):
        """Return {title of a button, folded: answer} in every language, without a statement."""
        found = {}
        for code, _name in self.env["res.lang"].get_installed():
            # A title is said in the citizen's language; none is wrong in another one
            titles = self._titles_in(self.with_context(lang=code).env)
            found.update(zip(map(folded, titles), ("enough", "go_on"), strict=True))
        return found

    @staticmethod
    def _titles_in(env):
        return env._("That was enough"), env._("I want to go on")

    def _end_after_notice(self):
        """End the contact of a citizen for whom the notice was enough."""
        self._automatic(ENOUGH)
        if self.state == lifecycle.BOT:
            if session := self._flow_session():
                session._leave("ended")
            self._end_by_bot()
        else:
            self._close("self_service")

    def _ask_again_after_notice(self):
        """Let the flow put its question again; without one the assistant goes on as before."""
        session = self._flow_session()
        if session and session.status == "input" and session.step_key:
            session._resume(session.step_key)

    # ------------------------------------------------------------
    # Told later
    # ------------------------------------------------------------

    def _alert_target(self):
        """Return the conversation (sudo) in which its citizen is told of something now.

        The one that is open, where it takes a message; otherwise this one.
        """
        if self.state not in (lifecycle.CLOSED, lifecycle.SURVEY):
            return self
        present = self._find_open(self.partner_id, self.channel_kind).sudo()
        return present if present and present.state != lifecycle.SURVEY else self

    def _tell_alert(self, kind, text, key):
        """Tell the citizen of this conversation (sudo) something that nobody asked for now.

        :param kind: `MENDED` or `BULK`
        :param key: what it is said once for
        :return: ("", mail.message), or (why not, empty)
        """
        target = self._alert_target()
        extra = {"aviso": text.strip(), "aviso_id": key}
        refusal = target._automatic_refusal(kind, **extra)
        said = target._automatic(kind, **extra)
        if said:
            return "", said
        return refusal or "no_text", self.env["mail.message"]
