# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import MARIA, WhatsappCase


@tagged("post_install", "-at_install")
class TestIdentity(WhatsappCase):
    """One person is known under all their ids, and two people never become one."""

    def who(self, **person):
        """Let a person write; return their identity."""
        person.setdefault("user_id", "")
        return self.say("oi", person=person).identity_id

    def test_both_forms_of_the_ninth_digit_are_one_person(self):
        first = self.who(wa_id="5531988887777")
        second = self.who(wa_id="553188887777")
        self.assertEqual(first, second)
        self.assertEqual(second.wa_id, "553188887777")
        self.assertEqual(second.phone, "+5531988887777")
        self.assertEqual(len(second.address_ids), 2)

    def test_number_from_which_somebody_writes_is_proved_whatever_the_contact_holds(self):
        conversation = self.say("oi", person={**MARIA, "user_id": ""}).conversation_id
        proved = conversation._proved_number()
        self.assertEqual(proved, conversation.whatsapp_identity_id.phone)
        conversation.partner_id.phone = "+5511999990000"
        self.assertEqual(conversation._proved_number(), proved)

    def test_without_a_number_nothing_is_proved(self):
        person = {"user_id": "BR.56", "name": "Sem Telefone"}
        self.assertEqual(self.say("oi", person=person).conversation_id._proved_number(), "")

    def test_land_line_is_never_a_mobile(self):
        self.assertNotEqual(self.who(wa_id="553133334444"), self.who(wa_id="5531933334444"))

    def test_two_known_forms_stay_two_people(self):
        identities = self.env["whatsapp.identity"]
        first = identities._make("x", "", "5531988887777", "A", "")
        second = identities._make("x", "", "553188887777", "B", "")
        self.assertNotEqual(first, second)
        self.assertEqual(identities._of_person("x", "", "5531988887777"), first)
        self.assertEqual(identities._of_person("x", "", "553188887777"), second)

    def test_without_a_phone_the_answer_goes_to_the_id(self):
        person = {"user_id": "BR.55", "name": "Sem Telefone"}
        self.meta.give_user_id("553199990000", "BR.55")
        with self.bot("Olá!"):
            identity = self.say("oi", person=person).identity_id
        self.assertFalse(identity.wa_id)
        self.assertEqual(self.meta.sent[0]["recipient"], "BR.55")
        self.assertNotIn("to", self.meta.sent[0])
        later = self.say("oi", person={**person, "wa_id": "553199990000"}).identity_id
        self.assertEqual(later, identity)
        self.assertEqual(identity.wa_id, "553199990000")

    def test_id_is_learned_for_a_known_phone(self):
        identity = self.who(wa_id=MARIA["wa_id"])
        self.assertEqual(self.who(**MARIA), identity)
        self.assertEqual(identity.bsuid, MARIA["user_id"])

    def test_changed_id_keeps_the_person_and_the_old_id(self):
        identity = self.who(**MARIA)
        system = {
            "type": "user_changed_user_id",
            "user_id": "BR.2002",
            "previous_user_id": MARIA["user_id"],
            "body": "mudou",
        }
        self.deliver(self.call({"messages": [self.message(type="system", system=system)]}))
        self.assertEqual(identity.bsuid, "BR.2002")
        self.assertIn(MARIA["user_id"], identity.address_ids.mapped("value"))
        self.assertEqual(self.who(user_id="BR.2002", wa_id=""), identity)

    def test_changed_number_keeps_the_person(self):
        identity = self.who(wa_id=MARIA["wa_id"])
        system = {"type": "user_changed_number", "wa_id": "5511977776666", "body": "mudou"}
        message = {"from": MARIA["wa_id"], "id": "wamid.s", "type": "system", "system": system}
        self.deliver(self.call({"messages": [message]}))
        self.assertEqual(identity.wa_id, "5511977776666")
        self.assertEqual(self.who(wa_id="5511977776666"), identity)

    def test_changed_id_in_a_field_of_its_own(self):
        identity = self.who(**MARIA)
        change = {"previous_user_id": MARIA["user_id"], "current_user_id": "BR.3003"}
        self.deliver(self.call({"user_id_update": [change]}, field="user_id_update"))
        self.assertEqual(identity.bsuid, "BR.3003")

    def test_changed_id_in_every_published_shape(self):
        system = "system"
        own = {"wa_id": MARIA["wa_id"]}
        for number, (field, part) in enumerate(
            (
                (system, {"user_id": "NEW", "previous_user_id": "OLD"}),
                (system, {"new_user_id": "NEW", "old_user_id": "OLD"}),
                (system, {"user_id": "NEW", "body": "User Ana changed from OLD to NEW"}),
                (system, {"body": "O usuário mudou de OLD para NEW"}),
                (system, {"user_id": {"previous": "OLD", "current": "NEW"}}),
                ("user_id_update", {"previous_user_id": "OLD", "current_user_id": "NEW"}),
                ("user_id_update", {"user_id": {"previous": "OLD", "current": "NEW"}}),
                ("user_id_update", {"user_id": {"previous": "OLD", "current": "NEW"}, **own}),
                ("user_id_update", {"previous": "OLD", "current": "NEW"}),
                ("whole value", {"user_id": {"previous": "OLD", "current": "NEW"}}),
                ("not a list", {"previous_user_id": "OLD", "user_id": "NEW"}),
            ),
            start=1,
        ):
            old, new = f"BR.A{number}", f"BR.B{number}"
            part = json.loads(json.dumps(part).replace("OLD", old).replace("NEW", new))
            with self.subTest(field=field, part=part):
                identity = self.who(user_id=old, name="Ana", **(own if "wa_id" in part else {}))
                conversation = self.Message.search([], limit=1).conversation_id
                if field == system:
                    part = {"type": "user_changed_user_id", **part}
                    message = {"id": f"wamid.s{number}", "type": "system", "system": part}
                    self.deliver(self.call({"messages": [message]}))
                elif field == "whole value":
                    self.deliver(self.call(part, field="user_id_update"))
                else:
                    value = part if field == "not a list" else [part]
                    self.deliver(self.call({"user_id_update": value}, field="user_id_update"))
                self.assertEqual(identity.bsuid, new)
                self.assertEqual(self.who(user_id=new, wa_id=""), identity)
                last = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
                self.assertEqual(last.conversation_id, conversation, "the conversation goes on")

    def test_changed_number_in_every_published_shape(self):
        for number, part in enumerate(
            (
                {"wa_id": "NEW"},
                {"new_wa_id": "NEW"},
                {"wa_id": "NEW", "customer": "OLD"},
                {"wa_id": "NEW", "body": "User A changed from OLD to NEW"},
                {"body": "User A changed from +OLD to +NEW"},
            ),
            start=1,
        ):
            old, new = f"553188800{number:03}", f"553187700{number:03}"
            part = json.loads(json.dumps(part).replace("OLD", old).replace("NEW", new))
            with self.subTest(part=part):
                identity = self.who(wa_id=old, name="Ana")
                message = {"id": f"wamid.n{number}", "type": "system"}
                message["system"] = {"type": "user_changed_number", **part}
                if "customer" not in part and "body" not in part:
                    message["from"] = old
                self.deliver(self.call({"messages": [message]}))
                self.assertEqual(identity.wa_id, new)

    def test_the_only_contact_is_the_sender(self):
        contact = {"profile": {"name": "Bia", "username": "@bia"}, "user_id": "BR.70"}
        message = {"id": "wamid.c1", "type": "text", "text": {"body": "sou eu"}}
        self.deliver(self.call({"contacts": [contact], "messages": [message]}))
        identity = self.env["whatsapp.identity"].search([("bsuid", "=", "BR.70")])
        self.assertEqual((identity.name, identity.username), ("Bia", "bia"))
        self.assertIn("sou eu", self.Message.search([("wamid", "=", "wamid.c1")]).body)

    def test_of_several_contacts_nobody_is_guessed(self):
        contacts = [{"user_id": "BR.71"}, {"user_id": "BR.72"}]
        message = {"id": "wamid.c2", "type": "text", "text": {"body": "quem?"}}
        event = self.deliver(self.call({"contacts": contacts, "messages": [message]}))
        self.assertTrue(event.note)
        self.assertFalse(self.env["whatsapp.identity"].search([]))

    def test_a_name_that_comes_later(self):
        for person in (
            {"wa_id": "553188887001"},
            {"user_id": "BR.81"},
            {"user_id": "BR.82", "name": "\u200b\u3164"},
        ):
            with self.subTest(person=person):
                identity = self.who(**person)
                self.assertTrue(identity.partner_id.name.strip())
                conversation = self.Message.search([], limit=1).conversation_id
                self.who(**{**person, "name": "Rosa Lima"})
                self.assertEqual(identity.partner_id.name, "Rosa Lima")
                # sudo: its name is what agents read in Discuss
                self.assertIn("Rosa Lima", conversation.discuss_channel_id.sudo().name)
                self.who(**{**person, "name": "Outro Nome"})
                self.assertEqual(identity.partner_id.name, "Rosa Lima", "it has one by now")

    def test_a_name_that_an_agent_gave_stays(self):
        identity = self.who(wa_id="553188887002")
        identity.partner_id.name = "Dona Cida"
        self.who(wa_id="553188887002", name="cidinha2000")
        self.assertEqual(identity.partner_id.name, "Dona Cida")

    def test_odd_names_are_no_error(self):
        for number, name in enumerate(
            (
                "x" * 3000,
                "Ana " * 1000,
                "\u202eairaM",
                "a" + "\u0301" * 2000,
                " \n\t ",
                "👩‍👩‍👧" * 900,
            )
        ):
            with self.subTest(name=name[:10]):
                identity = self.who(wa_id=f"5531888880{number:02}", name=name)
                shown = identity.partner_id.name
                self.assertTrue(0 < len(shown) <= 100, shown)
                self.assertNotIn("\u202e", shown)
        self.assertFalse(self.Event.search([("state", "=", "failed")]))

    def test_phone_given_to_somebody_else_is_another_person(self):
        first = self.who(**MARIA)
        second = self.who(user_id="BR.9", wa_id=MARIA["wa_id"])
        self.assertNotEqual(first, second)
        self.assertEqual((first.wa_id, second.wa_id), (False, MARIA["wa_id"]))

    def test_id_of_another_person_is_not_taken(self):
        first, second = self.who(**MARIA), self.who(user_id="BR.9", wa_id="5511900000000")
        message = {**MARIA, "wa_id": "5511900000000"}
        self.assertEqual(self.who(**message), first)
        self.assertEqual((first.wa_id, second.wa_id), (MARIA["wa_id"], "5511900000000"))

    def test_what_the_api_calls_the_person_is_an_address(self):
        identity = self.who(wa_id="5531988887777")
        identity.wa_id = "5531988887777"
        with self.jobs():
            self.meta.answer(
                (
                    200,
                    {
                        "contacts": [{"input": "+5531988887777", "wa_id": "553188887777"}],
                        "messages": [{"id": "wamid.z"}],
                    },
                )
            )
            conversation = self.Message.search([], limit=1).conversation_id
            conversation._automatic("agent_joined")
        self.assertIn("553188887777", identity.address_ids.mapped("value"))

    def test_portfolios_are_apart(self):
        identities = self.env["whatsapp.identity"]
        first = identities._of_person("a", "BR.1", "5531911112222")
        self.assertNotEqual(identities._of_person("b", "BR.1", "5531911112222"), first)

    def test_window_is_a_day_from_the_last_message(self):
        message = self.say("oi")
        conversation, identity = message.conversation_id, message.identity_id
        until = identity.last_inbound_at + timedelta(hours=24)
        self.assertEqual(conversation._window_until(), until)
        shown = conversation._bus_payload()["window_until"]
        self.assertEqual(shown, fields.Datetime.to_string(until))
        identity.last_inbound_at = False
        self.assertEqual(conversation._window_until(), conversation.opened_at, "never opened")
        internal = self.env["contact_center.conversation"]._open(identity.partner_id, "internal")
        self.assertFalse(internal._bus_payload()["window_until"], "a channel without a window")
