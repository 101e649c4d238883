# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import fields, models

from odoo.addons.chatbot_flow.engine import matching, understanding
from odoo.addons.chatbot_flow.engine import state as flow_states
from odoo.addons.chatbot_flow.engine.texts import DEFAULT_TEXTS, SKIP_WORDS
from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.core.values import Option, Outgoing

from .glpi_email_code import DIGITS, MAX_TRIES

# Option ids under the question for the code.
SKIP, AGAIN = "glpi:code:skip", "glpi:code:again"
# After this many answers without a code the ticket is opened without it.
MAX_UNCLEAR = 3
ACTION = "glpi_open_ticket"


class GlpiServer(models.Model):
    """The setting whether a typed address must be confirmed."""

    _inherit = "glpi.server"

    email_proof = fields.Selection(
        [
            ("confirm", "Confirmed by a code sent to it"),
            ("known", "Known from before only"),
            ("trust", "As typed, unchecked"),
        ],
        string="E-mail that finds an account",
        required=True,
        default="confirm",
        help="Which address that a citizen gives finds the citizen's account in GLPI. An address "
        "that does not count goes along as an e-mail only: the ticket is nobody's account's.",
    )


class Conversation(models.Model):
    """The code that confirms a citizen's e-mail address in the middle of a flow.

    The flow waits for its ticket in the meantime. Whatever the answer, or without one, it
    continues: with the account if the code was right, otherwise with just the address.
    """

    _inherit = "contact_center.conversation"

    def _glpi_lang(self):
        """Return the language in which the city's systems speak to this citizen."""
        return self._glpi_server_of_flow().lang or self.env.user.lang

    def _glpi_server_of_flow(self):
        """Return the GLPI in which the flow of this conversation would open a ticket."""
        session = self._flow_session()
        servers = self.env["glpi.server"]
        return session._glpi_server() if session else servers._first_of(self.company_id)

    def _glpi_must_prove(self, server, email):
        """Return whether a ticket with this address should wait for a code from the citizen."""
        email = (email or "").strip().casefold()
        if not email or server.email_proof != "confirm" or self.state != lifecycle.BOT:
            return False
        if self.partner_id._glpi_email_is_proved(email):
            return False
        # sudo: glpi.email.code, glpi.user, glpi.catalogue.sync - only counted
        codes = self.env["glpi.email.code"].sudo()
        return server.sudo()._may_have_account(email) and codes._may_send(self.partner_id, email)

    def _glpi_ask_code(self, email):
        """Send a code, and ask for it."""
        # sudo: glpi.email.code - written by the system for the citizen
        code = self.env["glpi.email.code"].sudo()._ask(self, email.strip().casefold())
        server = self._glpi_server_of_flow()
        self._glpi_keep({"step": "code", "code": code.id, "messages": [], "unclear": 0})
        self.glpi_reply_until = fields.Datetime.add(fields.Datetime.now(), minutes=15)
        env = self.with_context(lang=server.lang).env
        self._glpi_say_code(
            env._(
                "To open the ticket in your name we sent a code of %(digits)s figures to "
                "%(address)s. Please type it here. Without it the ticket is opened all the same.",
                digits=DIGITS,
                address=_masked(email),
            )
        )

    def _glpi_say_code(self, text):
        """Send a text about the code, with the two options."""
        env = self.with_context(lang=self._glpi_lang()).env
        options = (Option(SKIP, env._("Go on without")), Option(AGAIN, env._("Send again")))
        self._say(Outgoing(text=text, options=options))

    def _glpi_read_code(self, reply, incoming, message):
        """Handle the citizen's answer to the question for the code; return True."""
        # sudo: glpi.email.code - the citizen's message decides, not a user
        code = self.env["glpi.email.code"].sudo().browse(reply.get("code") or []).exists()
        option = incoming.option_id or ""
        env = self.with_context(lang=self._glpi_lang()).env
        typed = incoming.text if incoming.kind in ("text", "option") else ""
        place = understanding.pick([(env._("Go on without"),), (env._("Send again"),)], typed)
        digits = re.sub(r"\D", "", typed)
        if option == AGAIN or (place == 1 and len(digits) != DIGITS):
            return self._glpi_send_code_again(code)
        if not code or option == SKIP or (len(digits) != DIGITS and _skips(typed, place)):
            return self._glpi_code_done()
        if len(digits) != DIGITS:
            return self._glpi_code_unclear(reply)
        if code._fits(digits):
            self.partner_id._glpi_prove_email(code.email)
            return self._glpi_code_done(env._("Thank you, your e-mail is confirmed."))
        if code.tries >= MAX_TRIES or code._is_over():
            return self._glpi_code_done(
                env._("This code does not hold any longer. We go on without it.")
            )
        self._glpi_say_code(env._("This is not the code. Please look again and type it here."))
        return True

    def _glpi_code_unclear(self, reply):
        """Handle an answer without code or option: ask again, a few times; return True."""
        unclear = reply.get("unclear", 0) + 1
        if unclear >= MAX_UNCLEAR:
            return self._glpi_code_done()
        until = self.glpi_reply_until
        self._glpi_keep({**reply, "unclear": unclear})
        self.glpi_reply_until = until
        env = self.with_context(lang=self._glpi_lang()).env
        self._glpi_say_code(
            env._("Please type the %s figures of the code that came by e-mail.", DIGITS)
        )
        return True

    def _glpi_send_code_again(self, code):
        """Send another code to the same address, within the limits; return True."""
        env = self.with_context(lang=self._glpi_lang()).env
        if not code or not code._may_send(self.partner_id, code.email):
            return self._glpi_code_done(
                env._("No more codes can be sent today. We go on without it.")
            )
        self._glpi_ask_code(code.email)
        return True

    def _glpi_code_not_sent(self, code):
        """Handle a failed e-mail: continue without, if it is still being waited for."""
        self.ensure_one()
        self._lock()
        reply = self.glpi_reply or {}
        if reply.get("step") == "code" and reply.get("code") == code.id:
            env = self.with_context(lang=self._glpi_lang()).env
            self._glpi_code_done(env._("The e-mail could not be sent. We go on without the code."))

    def _glpi_code_done(self, text=""):
        """Open the waiting ticket and let the flow continue; return True."""
        self._glpi_keep(None)
        if text:
            self._say(Outgoing(text=text))
        session = self._flow_session()
        if session:
            session._glpi_go_on()
        return True

    def _glpi_obey_at_code(self, word, incoming, message):
        """Handle a global word in place of the code: open the ticket, then obey it; return True."""
        if word not in ("agent", "exit"):
            self._glpi_code_done()
            session = self._flow_session()
            if self.state == lifecycle.BOT and session.status == flow_states.INPUT:
                self._serve_without_people(incoming, message)
            return True
        self._glpi_keep(None)
        session = self._flow_session()
        if session:
            session._glpi_open_and_leave()
        if word == "agent":
            self._hand_over(reason="asked")
        else:
            self._say(Outgoing(text=DEFAULT_TEXTS["goodbye"]))
            self._end_by_bot("abandoned")
        return True


def _skips(typed, place):
    """Return whether an answer without a code asks to continue without one."""
    return place == 0 or matching.normalise(typed) in SKIP_WORDS


def _masked(email):
    """Return an address that only its owner recognises: "m•••a@pjm.mg.gov.br"."""
    name, _at, domain = email.strip().casefold().partition("@")
    shown = f"{name[0]}•••{name[-1]}" if len(name) > 2 else f"{name[:1]}•••"
    return f"{shown}@{domain}"
