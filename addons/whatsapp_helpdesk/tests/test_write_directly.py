# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MARIA
from .test_template import TemplateCase


@tagged("post_install", "-at_install")
class TestWriteDirectly(TemplateCase):
    """An agent writes to a contact first."""

    def write_to(self, partner, user=None):
        with self.jobs():
            return partner.with_user(user or self.agent).action_whatsapp_write()

    def conversation_of(self, partner):
        return self.Conversation.search(
            [("partner_id", "=", partner.id), ("state", "!=", "closed")], limit=1
        )

    def test_free_text_at_once_while_the_window_is_open(self):
        first = self.in_service()
        maria = first.partner_id
        with self.jobs():
            first._close("resolved")
        self.meta.sent.clear()
        action = self.write_to(maria)
        self.assertEqual(action["tag"], "contact_center.desk")
        conversation = self.conversation_of(maria)
        self.assertEqual((conversation.state, conversation.agent_id), ("in_service", self.agent))
        self.assertIn("accepted", self._kinds(conversation))
        self.agent_says(conversation, "Bom dia, Maria")
        self.assertIn("Bom dia, Maria", self.meta.texts())

    def test_template_to_somebody_who_never_wrote_and_the_answer_finds_the_contact(self):
        jose = self.env["res.partner"].create({"name": "José Souza", "phone": "31 97777-6666"})
        action = self.write_to(jose)
        self.assertEqual(action["res_model"], "whatsapp.template.send")
        self.assertFalse(self.conversation_of(jose))
        dialog = self.dialog(partner_id=jose.id, template_id=self.resume.id)
        self.send(dialog)
        conversation = self.conversation_of(jose)
        (sent,) = self.meta.sent
        self.assertEqual(sent["to"], "+5531977776666")
        parameters = sent["template"]["components"][0]["parameters"]
        self.assertEqual([one["text"] for one in parameters], ["José", conversation.protocol])
        # Meta knows the number without its ninth digit
        person = {"wa_id": "553177776666", "user_id": "BR.77", "name": "Zé"}
        answer = self.say("Sim, continuar", person=person)
        self.assertEqual(answer.conversation_id, conversation)
        self.assertEqual(answer.identity_id.partner_id, jose)
        self.assertEqual(answer.identity_id.bsuid, "BR.77")
        self.assertEqual(answer.identity_id.wa_id, "553177776666")
        self.agent_says(conversation, "Obrigada")
        self.assertEqual(self.meta.texts()[-1], "Obrigada")

    # ------------------------------------------------------------
    # Numbers that nobody registered
    # ------------------------------------------------------------

    def new_message(self, number, name="Rosa Maria da Silva", user=None, template=None):
        """Return the dialog of a new message, filled in."""
        dialogs = self.env["whatsapp.template.send"].with_user(user or self.agent)
        form = Form(dialogs.with_context(default_recipient="number"))
        form.number = number
        if not form.known_partner_id:
            form.name = name
        form.template_id = template or self.resume
        return form

    def test_a_number_that_nobody_registered(self):
        for number, sent_to in (
            ("31 97777-6666", "+5531977776666"),
            ("+55 (31) 97777-6667", "+5531977776667"),
            ("https://wa.me/5531977776668", "+5531977776668"),
            ("tel: 031 97777 6669", "+5531977776669"),
        ):
            form = self.new_message(number)
            self.assertEqual(form.texts["body.1"], "Rosa")
            self.assertTrue(form.number_shown)
            self.assertFalse(form.number_note)
            self.assertFalse(self.env["res.partner"].search([("name", "=", "Rosa Maria da Silva")]))
            self.send(form.save())
            rosa = self.env["res.partner"].search([("name", "=", "Rosa Maria da Silva")])
            self.assertEqual(rosa.create_uid, self.agent)
            conversation = self.conversation_of(rosa)
            self.assertEqual(conversation.agent_id, self.agent)
            self.assertTrue(conversation._never_wrote())
            sent = self.meta.sent[-1]
            self.assertEqual(sent["to"], sent_to)
            parameters = sent["template"]["components"][0]["parameters"]
            self.assertEqual([one["text"] for one in parameters], ["Rosa", conversation.protocol])
            rosa.name = "Outra"

    def test_the_protocol_is_named_until_it_exists(self):
        form = self.new_message("31 97777-6666")
        self.assertIn("protocolo [protocol number] teve", form.preview)
        self.assertEqual([one["later"] for one in form.variables], [False, True])
        self.assertNotIn("{", str(form.texts["body.1"]))
        self.assertNotIn("body.2", form.texts)

    def test_a_number_that_somebody_has_goes_to_them(self):
        maria = self.say("oi").conversation_id
        with self.jobs():
            maria._close("resolved")
        jose = self.env["res.partner"].create({"name": "José Souza", "phone": "31 97777-6666"})
        for number, partner in (("31 8888-7777", maria.partner_id), ("31 7777-6666", jose)):
            form = self.new_message(number)
            self.assertEqual(form.known_partner_id, partner)
            self.assertIn(partner.name, form.number_note)
            before = self.env["res.partner"].search_count([])
            self.send(form.save())
            self.assertEqual(self.env["res.partner"].search_count([]), before)
            self.assertEqual(self.conversation_of(partner).agent_id, self.agent)

    def test_who_wrote_before_is_not_said_to_be_new(self):
        maria = self.in_service()
        self.assertFalse(maria._never_wrote())
        self.assertFalse(maria._bus_payload()["never_wrote"])

    def test_errors_of_a_new_message_are_in_words(self):
        form = self.new_message("97777-6666")
        self.assertIn("area code is missing", form.number_note)
        with self.assertRaisesRegex(UserError, "area code is missing"):
            form.save().action_send()
        dialogs = self.env["whatsapp.template.send"].with_user(self.agent)
        values = {"recipient": "number", "template_id": self.resume.id}
        for more, words in (
            ({}, "Fill in the number"),
            ({"number": "31 97777-6666", "name": " 123 "}, "Fill in the person's name"),
            ({"recipient": "contact"}, "Choose who gets the message"),
        ):
            with self.assertRaisesRegex(UserError, words):
                dialogs.create({**values, **more}).action_send()
        self.assertFalse(self.meta.sent)

    def test_nothing_stays_of_a_message_that_was_not_sent(self):
        self.resume.status = "PAUSED"
        dialog = self.new_message("31 97777-6666").save()
        with self.assertRaisesRegex(UserError, "Paused by Meta"), self.env.cr.savepoint():
            dialog.action_send()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Rosa Maria da Silva")]))

    def test_a_new_message_is_for_those_who_serve(self):
        values = {
            "recipient": "number",
            "number": "31 97777-6666",
            "name": "Rosa",
            "template_id": self.resume.id,
        }
        for user in (self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.dialog(user, **values)
        stranger = self._user("cc_stranger", "Sem fila", "contact_center.group_technician")
        with self.assertRaises(AccessError):
            self.dialog(stranger, **values).action_send()

    def test_what_is_no_number_is_never_written_to(self):
        # stored before telephones were read, or by a program
        for number, reason in (
            ("5,53199E+12", "dropped its last digits"),
            ("0800 283 2289", "service number"),
            ("98888-2277", "area code is missing"),
            ("31 98888-2290 / 31 98888-2291", "more than one telephone"),
            ("não tem", "no telephone number in it"),
            (False, "has no WhatsApp number"),
        ):
            partner = self.env["res.partner"].create({"name": "José", "phone": number})
            with self.assertRaisesRegex(UserError, reason):
                self.write_to(partner)
        self.assertFalse(self.meta.sent)
        self.assertFalse(self.env["whatsapp.identity"].search([("partner_id", "=", partner.id)]))

    def test_says_who_is_serving(self):
        conversation = self.in_service()
        with self.assertRaisesRegex(UserError, "Ana Agente is serving Maria da Silva"):
            self.write_to(conversation.partner_id, self.colleague)
        self.write_to(conversation.partner_id)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_takes_who_waits_and_leaves_other_queues_alone(self):
        conversation = self.say("oi").conversation_id
        self.assertEqual(conversation.state, "queued")
        with self.assertRaisesRegex(UserError, "which you do not serve"):
            self.write_to(conversation.partner_id, self.outsider)
        self.write_to(conversation.partner_id)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_takes_the_citizen_out_of_the_bots_hands(self):
        with self.bot("Olá"):
            conversation = self.say("oi").conversation_id
            self.assertEqual(conversation.state, "bot")
            self.write_to(conversation.partner_id)
            self.assertEqual(conversation.agent_id, self.agent)
            self.say("e agora?")
        self.assertEqual(len(self.heard), 1)

    def test_number_is_missing_or_somebody_elses(self):
        nobody = self.env["res.partner"].create({"name": "Sem número"})
        with self.assertRaisesRegex(UserError, "has no WhatsApp number"):
            self.write_to(nobody)
        self.say("oi")
        twin = self.env["res.partner"].create({"name": "Gêmea", "phone": "31 98888-7777"})
        with self.assertRaisesRegex(UserError, "belongs to another contact: Maria da Silva"):
            self.write_to(twin)

    def test_who_may(self):
        jose = self.env["res.partner"].create({"name": "José", "phone": "31 97777-6666"})
        for user in (self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.write_to(jose, user)
        stranger = self._user("cc_stranger", "Sem fila", "contact_center.group_technician")
        dialog = self.dialog(stranger, partner_id=jose.id, template_id=self.resume.id)
        with self.assertRaises(AccessError):
            dialog.action_send()

    def test_found_by_any_number_ever_known(self):
        maria = self.say("oi").conversation_id.partner_id
        maria.phone = False
        self.say("oi", person={**MARIA, "wa_id": "553199998888"})
        partners = self.env["res.partner"].with_user(self.agent)
        for number in ("88887777", "9999-8888", "3199998888"):
            self.assertIn(maria, partners.search([("contact_center_find", "ilike", number)]))

    def test_refusal_of_marketing_survives_the_contact(self):
        jose = self.env["res.partner"].create({"name": "José", "phone": "31 97777-6666"})
        identity = jose._whatsapp_identity()
        identity.marketing_opt_out = True
        with self.assertRaisesRegex(UserError, "1 refusals of marketing"):
            jose.with_user(self.administrator).unlink()
        identity.marketing_opt_out = False
        jose.with_user(self.administrator).unlink()
        self.assertFalse(identity.exists())

    def test_merge_keeps_every_identity(self):
        maria = self.say("oi").conversation_id.partner_id
        twin = self.env["res.partner"].create({"name": "Maria Silva", "phone": "31 98888-7777"})
        self.env["contact_center.contact.duplicate"]._refresh()
        pair = self.env["contact_center.contact.duplicate"].search(
            [("partner_id", "in", (maria.id, twin.id)), ("other_id", "in", (maria.id, twin.id))]
        )
        keep = "partner" if pair.partner_id == twin else "other"
        self.env["contact_center.contact.merge"].with_user(self.supervisor).create(
            {"duplicate_id": pair.id, "keep": keep}
        ).action_merge()
        again = self.say("oi de novo")
        self.assertEqual(again.identity_id.partner_id, twin)
        self.assertEqual(again.conversation_id.partner_id, twin)
